"""The page of documents: where is the paper? Every document by the act that rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from api.pages.acts import form_of
from api.pages.addresses import anchor_of
from api.pages.contexts import DocumentGroup, DocumentLine, DocumentsPage, Phrase
from api.pages.mistakes import Mistakes
from api.pages.view import View
from domain.kernel import RECORDED_BY, Event
from projections import what_happened
from projections.which_mistakes_are_mended import ANNULLED, CORRECTED

ORDER: Final = ("signatures", "plan", "priorities", "meetings", "forums", "findings", "milestones", "other")
"""The families of acts, those that one looks for most first."""


def documents_page(view: View) -> DocumentsPage:
    """Everything the page shows."""
    mistakes = Mistakes(view.ask, view.dossier)
    found: dict[str, list[DocumentLine]] = {}
    seen: set[tuple[str, str]] = set()
    for event in _standing(view, mistakes):
        family = _family(event)
        for document in view.ask.documents(event.envelope.evidence):
            if (family, document.sha256) not in seen:  # one ceremony, one copy
                seen.add((family, document.sha256))
                fact = mistakes.telling.label(event)
                trail, anchor = view.told.trail(event.envelope.event_id), anchor_of("document", document.sha256)
                line = DocumentLine(document, fact, event.occurred_on, trail, anchor)
                found.setdefault(family, []).append(line)
    # What follows from an act rests on the documents of that act: they are told there.
    elsewhere = {sha256 for family, sha256 in seen if family != "other"}
    found["other"] = [line for line in found.get("other", ()) if line.document.sha256 not in elsewhere]
    found = _told_apart(found)
    groups = tuple(
        DocumentGroup(Phrase(f"page.documents.{family}"), tuple(found[family])) for family in ORDER if found.get(family)
    )
    total = len({sha256 for _, sha256 in seen})
    said = Phrase("page.documents.answer", {}, total) if total else Phrase("page.documents.empty")
    return DocumentsPage(territory=view.territory, answer=(said,), groups=groups)


def _told_apart(found: dict[str, list[DocumentLine]]) -> dict[str, list[DocumentLine]]:
    """One place of a page has a name: a document that several families rest on is found by its first line."""
    named: set[str] = set()
    told: dict[str, list[DocumentLine]] = {}
    for family in ORDER:
        for line in sorted(found.get(family, ()), key=_latest_first):
            told.setdefault(family, []).append(replace(line, anchor="") if line.anchor in named else line)
            named.add(line.anchor)
    return told


def _standing(view: View, mistakes: Mistakes) -> Iterator[Event]:
    """The facts with documents that stand as they were recorded."""
    for one in what_happened.trail_of(view.dossier):
        event = one.event
        fate = mistakes.fates.get(event.envelope.event_id)
        if event.envelope.evidence and (fate is None or fate.stands not in (ANNULLED, CORRECTED)):
            view.ask.open(event)
            yield event


def _family(event: Event) -> str:
    kind = RECORDED_BY.get(type(event))
    section = form_of(kind.NAME).sections[0] if kind is not None else "other"
    return section if section in ORDER else "other"


def _latest_first(line: DocumentLine) -> int:
    return -line.on.toordinal()
