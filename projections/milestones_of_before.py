"""Which milestones had a convention passed when it was taken over (R34)? On their day, or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from domain.convention import earlier
from domain.values import Code
from projections.how_a_convention_does.known import Known
from projections.milestones_on_the_path import FORUMS, PLAN_SIGNED, PRIORITIES, OnPath
from projections.saying import Said, Status
from projections.what_was_taken_over import EarlierFactKnown, TakenOverAsOf

TAKEN_OVER: Final = Code("taken-over")
"""The take-over itself, on the path."""
_OF_BEFORE: Final = {
    Code("engagement-confirmed"): earlier.ENGAGEMENT,
    Code("diagnosis-shared"): earlier.DIAGNOSIS,
    FORUMS: earlier.FORUMS,
    PRIORITIES: earlier.PRIORITIES,
    Code("action-plan-validated"): earlier.PLAN,
    PLAN_SIGNED: earlier.SIGNED,
    Code("convention-activated"): earlier.IN_FORCE,
}
"""What a convention that ran had passed, by the milestone of its path."""


def with_what_was_known(known: Known, before: TakenOverAsOf, made: Sequence[OnPath]) -> Iterable[OnPath]:
    """The path of a convention taken over: what it had passed on its day, or unknown; what comes after as of any."""
    reviews = [one for one in made if one.code.startswith("review-")]
    for one in made:
        if one.code in _OF_BEFORE:
            detailed = one.happened_on is not None and one.happened_on < before.as_of
            yield one if detailed else _of_before(one.code, one.label, before.of(_OF_BEFORE[one.code]))
            if one.code == "convention-activated":
                yield from _reviews_of_before(known, before, reviews)
        elif one not in reviews:
            yield one


def _reviews_of_before(known: Known, before: TakenOverAsOf, asked: Sequence[OnPath]) -> Iterable[OnPath]:
    """The reviews: those of before by what is known of them, be it since, then those that the method asks for."""
    done = {one.period.effective_from: one for one in known.reviews if one.cause is None}
    told = {}
    for one in before.facts:
        if (period := one.review_period) is None:
            continue
        code, label = Code(f"review-{period.code}"), Said(word="milestone", of=Code("REVIEW"), period=period.code)
        since = done.get(period.first)
        if one.on is not None or not any(each.code == code for each in asked):
            told[code] = _of_before(code, label, one)
        if one.on is None and since is not None:
            evidence = since.evidence
            told[code] = OnPath(
                code, label, "done", since.held_on, evidence=evidence, event_id=since.event_id, begun=True
            )
    yield from told.values()
    label = Said(word="milestone", of=Code("TAKEN_OVER"))
    yield OnPath(TAKEN_OVER, label, "done", before.as_of, event_id=before.event_id, begun=True)
    yield from (one for one in asked if one.code not in told)


def _of_before(code: Code, label: Said, one: EarlierFactKnown) -> OnPath:
    if one.on is None:
        return OnPath(code, _plainly(label), "unknown")
    if one.count is not None and label.of is not None:
        label = Said(word="milestone-counted", of=label.of, count=one.count)
    status: Status = "done" if one.evidence else "unproven"
    return OnPath(
        code,
        _plainly(label),
        status,
        one.on,
        one.recorded_at,
        evidence=one.evidence,
        event_id=one.event_id,
        begun=True,
    )


def _plainly(label: Said) -> Said:
    """A milestone without what is still to come of it."""
    return Said(word="milestone", of=label.of) if label.word == "milestone-progress" else label
