"""What letters take from the pages: their words, and the addresses under which things are read and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel import Event
from projections.saying import Said
from workflows.texts import Texts


@dataclass(frozen=True)
class Once:
    """A one-time link: where it leads, until when it opens, and for which partner its bearer answers."""

    address: str
    until: datetime
    partner: str | None


class Doors(Protocol):
    """The one place where the addresses in letters are made."""

    def say(self, said: Said, name_of: Callable[[UUID], str], texts: Texts) -> str:
        """What a question says, as pages say it."""

    def act(
        self,
        name: str,
        person_id: UUID,
        *,
        places: Mapping[str, UUID],
        partner_id: UUID | None = None,
        given: Mapping[str, str] | None = None,
        own: bool = False,
    ) -> str | None:
        """The form of an act at one of these places, filled with what is given; None for whoever may not do it there.
        `own`: it is about themselves.

        `places` has ids by what they are of: `convention_id`, `territory_id`, `stream_id`, `framework_id`.
        """

    def once(
        self,
        name: str,
        person_id: UUID,
        *,
        places: Mapping[str, UUID],
        partner_id: UUID | None = None,
        about_id: UUID | None = None,
        own: bool = False,
    ) -> Once | None:
        """A new one-time link to an act, for whoever may do it there and cannot sign in, or is invited for a seat of
        theirs without any role there; None for everybody else, and for what no link lets do. `about_id`: the one thing
        that it is about, where the act is asked of one; `own`: it is about themselves."""

    def may_sign_in(self, person_id: UUID) -> bool:
        """Whether somebody has an account that is open."""

    def recorded(self, event: Event, texts: Texts) -> str:
        """A recorded fact in one sentence, as pages tell it."""

    def home(self, places: Mapping[str, UUID]) -> str:
        """The page about a convention, about a territory without one, or about a whole framework."""

    def paper(self, sha256: str) -> str | None:
        """Where a document is read by whoever comes in; None where only its fingerprint is kept."""

    def may_read(self, person_id: UUID, territory_id: UUID) -> bool:
        """Whether somebody may read what is recorded on a territory."""
