"""An arbitration as pages show it, with the decision that carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.pages.contexts import Act, Phrase
from api.pages.contexts.weighing import AlternativeShown, WeighedShown
from api.pages.deciding.about import decision_href, subjects
from api.pages.steered import SteeredView
from domain.arbitrating import RecordArbitration
from domain.steering.reference import DecisionReference
from domain.values import Prose
from projections.what_became_of_decisions import DecisionStanding
from projections.what_was_weighed import Arbitration, arbitrations


def weighed(view: SteeredView) -> Mapping[DecisionReference, WeighedShown]:
    """The arbitrations of a place, by the decision that carries each."""
    found = view.place.once(arbitrations)
    view.ask.open(found)
    return {one.reference: _shown(view, one) for one in found}


def _shown(view: SteeredView, one: Arbitration) -> WeighedShown:
    ask = view.ask

    def words(text: Prose | None) -> str | None:
        return ask.said(text) if text is not None else ""

    return WeighedShown(
        question=ask.said(one.question),
        outcome=one.outcome,
        alternatives=tuple(
            AlternativeShown(
                ask.said(each.what),
                words(each.in_favour),
                words(each.against),
                each.cost_cents,
                ask.name(each.defended_by) if each.defended_by is not None else "",
                number == one.chosen,
            )
            for number, each in enumerate(one.alternatives, 1)
        ),
        why=ask.said(one.motive),
        criteria=words(one.criteria),
        settles=subjects(view, one),
        again=tuple(_again(view, one)),
        href=view.trail(one.event_id),
    )


def _again(view: SteeredView, one: Arbitration) -> Iterator[Act]:
    if one.reopens is not None:
        yield Act(Phrase("page.weighed.reopens"), decision_href(view, one.reopens))
    if one.reopened_by is not None:
        yield Act(Phrase("page.weighed.reopened"), decision_href(view, one.reopened_by))


def weighing_act(view: SteeredView, one: DecisionStanding, told: WeighedShown | None) -> Act | None:
    """What is said next of what was weighed: for a decision of which nobody said it, or an arbitration opened again."""
    if view.is_closed or (told is not None and any(each.label.key == "page.weighed.reopened" for each in told.again)):
        return None
    where = one.reference
    chosen: dict[str, Any] = {"stream_id": str(where.body_id)}
    if told is None:
        chosen |= {"meeting_id": where.meeting_id, "decision_id": where.decision_id}
    else:
        chosen |= {"reopens": where.word}
    act = view.act(RecordArbitration.NAME, **chosen)
    return Act(Phrase("page.weighed.say" if told is None else "page.weighed.reopen"), act.href) if act else None
