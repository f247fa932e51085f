"""What is recommended to a territory, and the notes that explain why this is done there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from api.pages.addresses import DIAGNOSIS, anchor_of
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.counsel import CounselShown, NoteLine, RecommendationLine
from api.pages.contexts.participation import TraceShown
from api.pages.deciding.about import decision_href, subjects
from api.pages.deciding.addresses import decisions_of
from api.pages.steered import SteeredView
from api.pages.view import View
from domain.counsel.following import ABANDONED, DONE
from domain.counsel.recommending import ACCEPTED, IN_PART, REFUSED
from domain.values import Code, Prose
from projections.what_diagnoses_hold import diagnoses
from projections.what_is_recommended import LONG_UNDECIDED, UNDECIDED, RecommendationTold, recommendations
from projections.what_reviews_saw import reviews
from projections.what_was_translated import NoteTold, notes

STATUS_OF: Final[Mapping[Code, Status]] = {
    LONG_UNDECIDED: "late",
    UNDECIDED: "not-started",
    ACCEPTED: "watch",
    IN_PART: "watch",
    REFUSED: "irregular",
    DONE: "done",
    ABANDONED: "irregular",
}


def counsel_shown(view: SteeredView, acts: tuple[Act, ...], note_acts: tuple[Act, ...]) -> CounselShown:
    """Both lists; `acts`, `note_acts`: what may be done in each."""
    found = view.place.once(notes)
    view.ask.open(found)
    explained = tuple(_note(view, one) for one in found)
    if not isinstance(view, View):
        return CounselShown((), explained, (), note_acts, recommends=False)
    told = view.dossier.once(recommendations, view.ask.today)
    view.ask.open(told)
    return CounselShown(tuple(_line(view, one) for one in told), explained, acts, note_acts)


def why_links(view: View) -> Mapping[object, str]:
    """Where each priority, action, decision or pledge is explained: the note that was written last."""
    found: dict[object, str] = {}
    for one in reversed(view.place.once(notes)):
        href = f"{decisions_of(view.home)}#{anchor_of('note', one.note_id)}"
        for subject in (one.priority_id, one.sheet_id, one.pledge_id, one.decision):
            if subject is not None:
                found[subject] = href
    return found


# --- what is recommended ----------------------------------------------------------------------------------------------


def _line(view: View, one: RecommendationTold) -> RecommendationLine:
    bodies = {body.id: str(body.name) for body in view.place.bodies}
    name = view.ask.name
    giver = bodies.get(one.by_body_id) if one.by_body_id is not None else name(one.partner_id)
    receiver = bodies.get(one.to_body_id) if one.to_body_id is not None else None
    if one.to_partner_id is not None:
        receiver = name(one.to_partner_id)
    why = (one.motive, one.shown_by)
    return RecommendationLine(
        anchor=anchor_of("recommendation", one.recommendation_id),
        text=view.ask.said(one.text),
        kind=one.kind,
        given=Phrase(
            "page.counsel.from-to", {"giver": giver or "…", "addressee": receiver or "…", "on": one.issued_on}
        ),
        state=one.state,
        status=STATUS_OF[one.state],
        rests=tuple(_rests(view, one)),
        why=tuple(words for text in why if text is not None and (words := view.ask.said(text)) is not None),
        decided=_decided(view, one),
        evidence=view.ask.documents(one.evidence),
        href=view.trail(one.event_id),
        act=_act(view, one),
    )


def _act(view: View, one: RecommendationTold) -> Act | None:
    """What brings it on: by whoever steers, or by the partner that it is addressed to."""
    if one.next_act is None or view.is_closed:
        return None
    whose = None if view.may(one.next_act) else one.to_partner_id
    return view.act(one.next_act, whose, recommendation_id=one.recommendation_id)


def _decided(view: View, one: RecommendationTold) -> TraceShown | None:
    if one.decided_in is None:
        return None
    for taken in view.decisions:
        if taken.reference == one.decided_in:
            href = decision_href(view, one.decided_in)
            return TraceShown(Phrase("page.counsel.decided-in"), view.ask.said(taken.text), href)
    return None


def _rests(view: View, one: RecommendationTold) -> Iterator[TraceShown]:
    """The findings, the review or the diagnosis that it rests on."""
    page, said = view.home.page(DIAGNOSIS), view.ask.said
    known = {each.finding_id: each.statement for shared in view.basis.diagnoses for each in shared.findings}
    held = view.dossier.once(diagnoses)
    view.ask.open(held)
    known |= {each.finding_id: each.statement for each in held.findings}
    for finding_id in one.findings:
        if finding_id in known:
            yield TraceShown(Phrase("page.counsel.finding"), said(known[finding_id]), page)
    for each in held.diagnoses:
        if each.diagnosis_id == one.diagnosis_id:
            yield TraceShown(Phrase("page.counsel.diagnosis"), said(each.title), page)
    for review in reviews(view.dossier, view.ask.today) if one.review_id is not None else ():
        if review.review_id == one.review_id:
            day = view.ask.texts.long_date(review.held_on)
            yield TraceShown(Phrase("page.counsel.review"), day, view.home.reviews)


# --- what explains ----------------------------------------------------------------------------------------------------


def _note(view: SteeredView, one: NoteTold) -> NoteLine:
    return NoteLine(
        anchor=anchor_of("note", one.note_id),
        title=view.ask.said(one.source_title),
        source=one.source,
        said=tuple(_said(view, one)),
        by=Phrase("page.counsel.by", {"partner": view.ask.name(one.partner_id), "on": one.written_on}),
        explains=(*subjects(view, one), *_method(one)),
        evidence=view.ask.documents(one.evidence),
        href=view.trail(one.event_id),
    )


def _said(view: SteeredView, one: NoteTold) -> Iterator[Phrase]:
    told: tuple[tuple[str, Prose | None], ...] = (
        ("reference", one.source_reference),
        ("address", one.source_link),
        ("asks", one.asks),
        ("became", one.became_here),
        ("adapted", one.adapted),
        ("because", one.motive),
    )
    if one.source_on is not None:
        yield Phrase("page.counsel.dated", {"on": one.source_on})
    for name, text in told:
        if text is not None:
            words: Any = view.ask.said(text)
            yield Phrase(f"page.counsel.{name}", {"text": words or view.ask.texts.t("page.erased")})


def _method(one: NoteTold) -> Iterator[TraceShown]:
    if one.about_method:
        yield TraceShown(Phrase("page.counsel.method"), "", "")
