"""What the pages of meetings and decisions need of a place that committees steer: a convention, or a framework."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Act
from domain.kernel import Event
from projections.engine import Steered
from projections.what_became_of_decisions import DecisionStanding
from projections.what_the_committee_decided import Meeting


class SteeredView(Protocol):
    """A place as those pages see it."""

    @property
    def ask(self) -> Asking:
        """The page that is answered."""

    @property
    def place(self) -> Steered:
        """What was recorded there."""

    @property
    def place_id(self) -> UUID:
        """What its acts are done on: the convention, or the framework."""

    @property
    def name(self) -> str:
        """How the place is called."""

    @property
    def meetings_href(self) -> str:
        """The page of all its meetings."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing is done there any more."""

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings that were held, the latest first."""

    @property
    def contested(self) -> frozenset[UUID]:
        """The facts that partners contest, and that nobody resolved yet."""

    @property
    def decisions(self) -> tuple[DecisionStanding, ...]:
        """What was decided, the latest first, and what became of it; its words opened."""

    def trail(self, event_id: UUID) -> str:
        """A fact in the journal; empty where there is none."""

    def meeting(self, meeting_id: str) -> str:
        """The page of a meeting."""

    def mends(self, event: Event) -> tuple[Act, ...]:
        """The links that correct and annul a record, for whoever may."""

    def may(self, name: str) -> bool:
        """Whether the visitor may do an act there, for whomever."""

    def act(self, name: str, whose: UUID | None = None, **chosen: str) -> Act | None:
        """The link to an act there, with what its form has chosen; None for whoever may not do it."""

    def acts(self, section: str) -> tuple[Act, ...]:
        """The acts of a section that the visitor may do."""
