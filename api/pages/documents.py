"""The page of documents: where is the paper? Every document by the act that rests on it, what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from api.pages.acts import form_of
from api.pages.addresses import DOCUMENTS, anchor_of
from api.pages.contexts import DocumentGroup, DocumentLine, DocumentsPage, Phrase, UnprovenLine
from api.pages.mistakes import Mistakes
from api.pages.view import View
from domain.kernel import RECORDED_BY, Event
from domain.policy import KEEP_FILE
from projections import what_happened
from projections.which_mistakes_are_mended import COUNTS

ORDER: Final = (
    "signatures",
    "plan",
    "pledges",
    "money",
    "priorities",
    "meetings",
    "forums",
    "findings",
    "milestones",
    "other",
)
"""The families of acts, those that one looks for most first."""

PROVED: Final = frozenset({"signatures", "meetings", "forums", "milestones"})
"""The families whose acts rest on a paper: one without any is told."""


def documents_page(view: View, joined: str = "", errors: Mapping[str, str] | None = None) -> DocumentsPage:
    """Everything the page shows. `joined`: the document whose file was just joined; `errors`: why one could not be,
    by its fingerprint."""
    return Papers(view).page(joined, errors or {})


@dataclass
class Papers:
    """The documents that the standing facts of a convention cite."""

    view: View

    @cached_property
    def mistakes(self) -> Mistakes:
        """How facts are told."""
        return Mistakes(self.view.ask, self.view.dossier)

    @cached_property
    def standing(self) -> tuple[Event, ...]:
        """The facts that count, the latest first."""
        found = [one.event for one in what_happened.trail_of(self.view.dossier)]
        fates = self.mistakes.fates
        kept = [one for one in found if (fate := fates.get(one.envelope.event_id)) is None or fate.stands == COUNTS]
        return tuple(sorted(kept, key=lambda one: one.occurred_on, reverse=True))

    @cached_property
    def lines(self) -> Mapping[str, list[DocumentLine]]:
        """The documents by family, each once in its own: one ceremony, one copy."""
        found: dict[str, dict[str, DocumentLine]] = {}
        cited = [one for one in self.standing if one.envelope.evidence]
        self.view.ask.open(*cited)
        for event in cited:
            family = _family(event)
            for document in self.view.ask.documents(event.envelope.evidence):
                line = DocumentLine(document, self._act(event), event.occurred_on, self._place(event))
                found.setdefault(family, {}).setdefault(document.sha256, line)
        # What follows from an act rests on the documents of that act: they are told there.
        elsewhere = {sha256 for family, lines in found.items() if family != "other" for sha256 in lines}
        left = {sha256: line for sha256, line in found.get("other", {}).items() if sha256 not in elsewhere}
        return {family: list(({**found, "other": left}).get(family, {}).values()) for family in ORDER}

    def page(self, joined: str, errors: Mapping[str, str]) -> DocumentsPage:
        """All of it."""
        every = {line.document.sha256: line for lines in self.lines.values() for line in lines}
        missing = tuple(one for one in every.values() if one.document.href is None and one.document.erased_on is None)
        unproven = tuple(self._unproven())
        here = self.view.home.page(DOCUMENTS)
        told = every[joined].document.title if joined in every and every[joined].document.href else None
        return DocumentsPage(
            territory=self.view.territory,
            answer=tuple(_answer(len(every), len(missing), len(unproven))),
            groups=tuple(self._groups()),
            missing=missing,
            unproven=unproven,
            action=here if self.view.ask.visitor.may_here(KEEP_FILE, self.view.dossier.territory_id) else None,
            joined=told,
            errors=errors,
            first=self.view.first,
        )

    def _groups(self) -> Iterator[DocumentGroup]:
        """The families that have documents; one that two families cite has its place in the first."""
        placed: set[str] = set()
        for family, lines in self.lines.items():
            found = [
                line
                if (sha256 := line.document.sha256) in placed
                else replace(line, anchor=anchor_of("document", sha256))
                for line in lines
            ]
            placed |= {line.document.sha256 for line in lines}
            if found:
                yield DocumentGroup(Phrase(f"page.documents.{family}"), tuple(found))

    def _unproven(self) -> Iterator[UnprovenLine]:
        """The facts that no paper proves; saying them again with one is their correction."""
        for event in self.standing:
            if not event.envelope.evidence and type(event) in RECORDED_BY and _family(event) in PROVED:
                acts = self.mistakes.acts(event)
                yield UnprovenLine(self._act(event), event.occurred_on, self._place(event), acts[0] if acts else None)

    def _act(self, event: Event) -> str:
        """The act by its kind, and whose it is where it is one partner's."""
        ask = self.view.ask
        what = ask.texts.t(f"fact.{event.TOPIC.removeprefix('ctg.')}")
        partner_id = ask.register.kept(getattr(event, "partner_id", None))
        if partner_id is None:
            return what
        return ask.texts.t("page.documents.of", what=what, partner=ask.name(partner_id))

    def _place(self, event: Event) -> str:
        return self.view.told.trail(event.envelope.event_id)


def _answer(total: int, missing: int, unproven: int) -> Iterator[Phrase]:
    """What is missing, then what is there."""
    if missing:
        yield Phrase("page.documents.answer-missing", {}, missing)
    if unproven:
        yield Phrase("page.documents.answer-unproven", {}, unproven)
    if total > missing:
        yield Phrase("page.documents.answer-there", {}, total - missing)
    elif not total:
        yield Phrase("page.documents.empty")


def _family(event: Event) -> str:
    kind = RECORDED_BY.get(type(event))
    section = form_of(kind.NAME).sections[0] if kind is not None else "other"
    return section if section in ORDER else "other"
