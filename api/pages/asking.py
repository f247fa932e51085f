"""What a page is built with: one connection, today, the visitor, and the names that ids stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from fastapi import Request
from sqlalchemy import Connection

from api.access import Visitor, services_of
from api.pages.contexts import EvidenceShown, RuleText
from api.services import Services
from domain.kernel import Irregularity
from domain.values import Evidence, Prose
from projections import where_conventions_stand, which_partners_and_places_are_known
from projections.engine import prose_tokens
from workflows.application import UnknownStream
from workflows.texts import Texts


@dataclass
class Asking:
    """One page being answered. Free texts and names of people are opened once and kept for the page."""

    services: Services
    visitor: Visitor
    connection: Connection
    today: date
    _texts: dict[str, str | None] = field(default_factory=dict)
    _people: dict[UUID, str | None] = field(default_factory=dict)
    _names: dict[UUID, str] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        """The words of the visitor's language."""
        return self.visitor.texts

    def open(self, *answers: object) -> None:
        """Open every free text of some answers with one query."""
        tokens = {token for answer in answers for token in prose_tokens(answer)} - self._texts.keys()
        if tokens:
            self._texts.update(self.services.vault.open_texts(tokens, self.connection))

    def said(self, prose: Prose | None) -> str | None:
        """The words of a free text, None when it was erased or never written."""
        if prose is None or prose.token is None:
            return prose.text if prose is not None else None
        if prose.token not in self._texts:
            self.open(prose)
        return self._texts[prose.token]

    def meet(self, person_ids: Iterable[UUID]) -> None:
        """Read the names of people with one query."""
        unknown = set(person_ids) - self._people.keys()
        if unknown:
            known = self.services.vault.people(unknown, self.connection)
            self._people.update({one: known[one].name if one in known else None for one in unknown})

    def person(self, person_id: UUID) -> str | None:
        """The name of a person; None when it was erased, or when the id is a tool's or the engine's."""
        self.meet((person_id,))
        return self._people[person_id]

    def name(self, one: UUID) -> str:
        """The official name of a partner or a territory; an unknown id stays an id."""
        if not self._names:
            register = which_partners_and_places_are_known
            self._names = {each.partner_id: each.name for each in register.partners(self.connection, None)}
            self._names |= {each.territory_id: each.name for each in register.territories(self.connection, None)}
        return self._names.get(one, str(one))

    def documents(self, evidence: Iterable[Evidence]) -> tuple[EvidenceShown, ...]:
        """Documents as pages show them."""
        return tuple(EvidenceShown(self.said(one.title), one.sha256) for one in evidence)

    def marks(self, irregularities: Iterable[Irregularity]) -> tuple[RuleText, ...]:
        """The irregularities of a fact, in words."""
        return tuple(RuleText(mark.rule, self.texts.t(f"irregularity.{mark.code}")) for mark in irregularities)

    def territory_of(self, convention_id: UUID) -> UUID:
        """The territory of a convention that the visitor may read. Raises `UnknownStream` for any other."""
        territory_id = where_conventions_stand.territory_of(self.connection, convention_id)
        if territory_id is None:
            raise UnknownStream(str(convention_id))
        self.visitor.look_at(territory_id)
        return territory_id


@contextmanager
def asking(request: Request, visitor: Visitor) -> Iterator[Asking]:
    """A page on one connection that only reads."""
    services = services_of(request)
    with services.engine.connect() as connection:
        yield Asking(services, visitor, connection, services.clock.today())
