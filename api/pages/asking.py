"""What a page is built with: one connection, today, the visitor, and the names that ids stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar
from uuid import UUID

from fastapi import Request
from sqlalchemy import Connection

from api.access import Visitor, services_of
from api.pages.contexts import EvidenceShown, RuleText
from api.services import Services
from domain.kernel import Context, Irregularity
from domain.values import Code, Evidence, Prose
from projections.engine import Dossier, Register, Surroundings, WholeFramework, prose_tokens
from workflows.api_keys import ApiKey
from workflows.application import UnknownStream
from workflows.files import COMMON
from workflows.texts import Texts

AnswerT = TypeVar("AnswerT")
FILES: Final = "/fichiers"
"""Under which address kept files are opened."""


@dataclass
class Asking:
    """One page being answered. Free texts and names of people are opened once and kept for the page."""

    services: Services
    visitor: Visitor
    connection: Connection
    today: date
    _texts: dict[str, str | None] = field(default_factory=dict)
    _people: dict[UUID, str | None] = field(default_factory=dict)
    _dossiers: dict[UUID, Dossier] = field(default_factory=dict)
    _on: dict[UUID, dict[UUID, Dossier]] = field(default_factory=dict)
    _answers: dict[str, Any] = field(default_factory=dict)
    _files: dict[str, date | None] = field(default_factory=dict)
    _file_places: set[UUID] = field(default_factory=set)
    _whole: set[UUID] = field(default_factory=set)

    @property
    def context(self) -> Context:
        """The circumstances of whoever asks what would come of an act."""
        return Context(actor=self.visitor.actor, today=self.today, now=self.services.clock.now())

    @property
    def texts(self) -> Texts:
        """The words of the visitor's language."""
        return self.visitor.texts

    def open(self, *answers: object) -> None:
        """Open every free text of some answers with one query."""
        tokens = {token for answer in answers for token in prose_tokens(answer)} - self._texts.keys()
        if tokens:
            self._texts.update(self.services.vault.open_texts(tokens, self.connection))

    def reader(self, answers: object) -> Callable[[Prose], str | None]:
        """What reads each of the texts of some answers, all opened with one query."""
        self.open(answers)
        return self.said

    def said(self, prose: Prose | None) -> str | None:
        """The words of a free text, None when it was erased or never written."""
        if prose is None or prose.token is None:
            return prose.text if prose is not None else None
        if prose.token not in self._texts:
            self.open(prose)
        return self._texts[prose.token]

    def meet(self, actor_ids: Iterable[UUID]) -> None:
        """Read the names of people with one query, and those of the tools that partners send with another."""
        unknown = set(actor_ids) - self._people.keys()
        if unknown:
            known = self.services.vault.people(unknown, self.connection)
            tools = self.services.api_keys.known(unknown - known.keys(), self.connection)
            names = {one: person.name for one, person in known.items()}
            names |= {one: self._tool(key) for one, key in tools.items()}
            self._people.update({one: names.get(one) for one in unknown})

    def _tool(self, key: ApiKey) -> str:
        """A tool by what its key is for, and the partner it acts for."""
        label = key.label or self.texts.t("page.tool-without-name", prefix=key.prefix)
        if key.partner_id is None:
            return self.texts.t("page.tool", label=label)
        return self.texts.t("page.tool-of", label=label, partner=self.name(key.partner_id))

    def person(self, person_id: UUID) -> str | None:
        """The name of a person or of a partner's tool; None when it was erased, or when the id is the engine's."""
        self.meet((person_id,))
        return self._people[person_id]

    def name(self, one: UUID | Code) -> str:
        """The official name of a partner, a territory or a commune; what is unknown stays as it is."""
        return self.register.name_of(one)

    def documents(self, evidence: Iterable[Evidence]) -> tuple[EvidenceShown, ...]:
        """Documents as pages show them."""
        return tuple(self._document(one) for one in evidence)

    def _document(self, one: Evidence) -> EvidenceShown:
        kept = self._files_kept()
        erased_on = kept.get(one.sha256)
        is_there = one.sha256 in kept and erased_on is None
        return EvidenceShown(self.said(one.title), one.sha256, f"{FILES}/{one.sha256}" if is_there else None, erased_on)

    def _files_kept(self) -> Mapping[str, date | None]:
        """The files kept where the dossiers and the frameworks of the page belong, with the days of those erased."""
        places = {COMMON, *self._whole}
        for dossier in self._dossiers.values():
            places |= {dossier.territory_id, *(one.id for one in dossier.frameworks)}
        if unread := places - self._file_places:
            self._files |= self.services.files.kept_at(unread, self.connection)
            self._file_places |= places
        return self._files

    def marks(self, irregularities: Iterable[Irregularity]) -> tuple[RuleText, ...]:
        """The irregularities of a fact, in words."""
        return tuple(RuleText(mark.rule, self.texts.t(f"irregularity.{mark.code}")) for mark in irregularities)

    # --- what questions are asked of --------------------------------------------------------------------------------

    @cached_property
    def register(self) -> Register:
        """Territories, partners, frameworks, methods and roles, as this page found them."""
        return self.services.reader.register(self.connection)

    def dossier(self, convention_id: UUID) -> Dossier:
        """All that was recorded about a convention that the visitor may read. Raises `UnknownStream` for any other."""
        self.dossiers((convention_id,))
        if convention_id not in self._dossiers:
            raise UnknownStream(str(convention_id))
        found = self._dossiers[convention_id]
        self.visitor.look_at(found.territory_id)
        return found

    def dossiers(self, convention_ids: Iterable[UUID]) -> dict[UUID, Dossier]:
        """The dossiers of several conventions, each read once for the page; those that do not exist are left out."""
        wanted = list(convention_ids)
        unread = [one for one in wanted if one not in self._dossiers]
        if unread:
            self._dossiers.update(self.services.reader.dossiers(unread, self.connection))
        return {one: self._dossiers[one] for one in wanted if one in self._dossiers}

    def on_territory(self, territory_id: UUID) -> dict[UUID, Dossier]:
        """The dossiers of a territory's conventions, but for those opened by mistake."""
        if territory_id not in self._on:
            found = self.dossiers(self.services.reader.conventions((territory_id,), self.connection))
            self._on[territory_id] = {one: kept for one, kept in found.items() if not kept.convention.is_annulled}
        return self._on[territory_id]

    def kept(self, name: str, answer: Callable[[], AnswerT]) -> AnswerT:
        """An answer asked once for the page."""
        if name not in self._answers:
            self._answers[name] = answer()
        found: AnswerT = self._answers[name]
        return found

    def surroundings(self, territory_id: UUID) -> Surroundings:
        """A territory with its committees and groups."""
        return self.services.reader.surroundings(territory_id, self.connection)

    def of_framework(self, framework_id: UUID) -> WholeFramework:
        """A framework with its own committees and delegations."""
        self._whole.add(framework_id)
        return self.services.reader.of_framework(framework_id, self.connection)

    def territory_of(self, convention_id: UUID) -> UUID:
        """The territory of a convention that the visitor may read. Raises `UnknownStream` for any other."""
        return self.dossier(convention_id).territory_id


@contextmanager
def asking(request: Request, visitor: Visitor) -> Iterator[Asking]:
    """A page on one connection that only reads."""
    services = services_of(request)
    with services.engine.connect() as connection:
        yield Asking(services, visitor, connection, services.clock.today())
