"""A whole framework as the pages of its meetings and decisions see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from api.finding import visible_framework
from api.pages.acts import form_of, forms_in
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase
from api.pages.framework_addresses import MEETINGS, framework_address, framework_names
from api.pages.mistakes import links
from domain.kernel import Event
from projections import which_partners_and_places_are_known
from projections.engine import WholeFramework
from projections.what_a_framework_decided import framework_decisions
from projections.what_became_of_decisions import DecisionStanding
from projections.what_the_committee_decided import Meeting, meetings
from projections.which_facts_are_contested import still_contested
from projections.which_partners_and_places_are_known import FrameworkKnown
from workflows.application import UnknownStream


@dataclass
class FrameworkView:
    """A framework that the visitor may read. No journal of a territory holds what its bodies recorded."""

    ask: Asking
    known: FrameworkKnown
    is_closed: bool = False

    @property
    def framework_id(self) -> UUID:
        """Which framework it is."""
        return self.known.framework_id

    @property
    def place_id(self) -> UUID:
        """What its acts are done on."""
        return self.known.framework_id

    @property
    def name(self) -> str:
        """How it is called."""
        return self.known.name

    @property
    def address(self) -> str:
        """Where its own page is."""
        return framework_address(self.ask.register, self.framework_id)

    @cached_property
    def place(self) -> WholeFramework:
        """What was recorded about the whole of it."""
        return self.ask.of_framework(self.framework_id)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings of its bodies, the latest first."""
        found = meetings(self.place, ())
        self.ask.open(found)
        return found

    @cached_property
    def contested(self) -> frozenset[UUID]:
        """The facts that partners contest, and that nobody resolved yet."""
        return still_contested(self.place)

    @cached_property
    def decisions(self) -> tuple[DecisionStanding, ...]:
        """What its bodies decided, the latest first, and what became of it."""
        found = framework_decisions(self.place, self.ask.today)
        self.ask.open(found)
        return found

    def trail(self, event_id: UUID) -> str:
        """Nothing: the journals of territories do not hold it."""
        return ""

    def meeting(self, meeting_id: str) -> str:
        """The page of a meeting."""
        return f"{self.meetings_href}/{meeting_id}"

    @property
    def meetings_href(self) -> str:
        """The page of all its meetings."""
        return f"{self.address}{MEETINGS}"

    def mends(self, event: Event) -> tuple[Act, ...]:
        """The links that correct and annul a record, for whoever may."""
        return links(self.ask.visitor, event, None, None, self.framework_id)

    def may(self, name: str) -> bool:
        """Whether the visitor may do an act on it."""
        return self.ask.visitor.may(name, framework_id=self.framework_id)

    def act(self, name: str, whose: UUID | None = None, **chosen: str) -> Act | None:
        """The link to an act on it, with what its form has chosen; None for whoever may not do it."""
        if not self.ask.visitor.may(name, None, whose, framework_id=self.framework_id):
            return None
        address = form_of(name).address(framework_id=self.framework_id)
        return Act(Phrase(f"command.{name}"), f"{address}?{urlencode(chosen)}" if chosen else address)

    def acts(self, section: str) -> tuple[Act, ...]:
        """The acts of a section that are done on a framework, and that the visitor may do."""
        names = (form.name for form in forms_in(section) if "framework_id" in (form.place.key, *form.place.either))
        return tuple(act for name in names if (act := self.act(name)) is not None)


def frameworks_read(ask: Asking) -> tuple[FrameworkKnown, ...]:
    """The frameworks that the visitor may read, by name."""
    known = which_partners_and_places_are_known.frameworks(ask.register)
    return tuple(one for one in known if visible_framework(ask.visitor, ask.register, one.framework_id))


def framework_at(ask: Asking, which: str) -> FrameworkView:
    """The framework at an address. Raises `UnknownStream` for one that may not be read, or is not known."""
    names = framework_names(ask.register)
    for one in frameworks_read(ask):
        if which in (names[one.framework_id], str(one.framework_id)):
            return FrameworkView(ask, one)
    raise UnknownStream(which)
