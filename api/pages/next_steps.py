"""What is awaited of a convention, the most pressing first: the one source of what a page says to do or to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from api.pages.contexts import Act, NextAct, Phrase, Status
from api.pages.met_by import act_meeting
from api.pages.situation import Situation, lacking
from api.pages.withheld import act_awaited
from domain.convention.state import CONVENTION, PLAN
from domain.roles import PILOT
from domain.values import Code
from projections import what_is_due
from projections.which_themes_are_crossed import ThemeCrossing

DECIDED_IN_COMMITTEE: Final = ("choose-priority", "validate-action-plan", "activate-convention", "record-review")
"""The acts that record a decision of the committee."""

CROSSING: Final = "R06"
"""The rule that asks for a crossed theme before a priority."""

_PLACE: Final = {
    "record-engagement": "step-engagement-confirmed",
    "record-shared-diagnosis": "step-diagnosis-shared",
    "record-forum": "forums",
    "choose-priority": "step-priorities",
    "validate-action-plan": "step-action-plan-validated",
    "record-mandate": "signatures",
    "record-signature": "signatures",
    "activate-convention": "step-convention-activated",
    "record-review": "milestones",
}
"""Where the convention's page shows what each act moves."""


@dataclass(frozen=True)
class Awaited:
    """One thing awaited: what, by when, from whom, why it is not there, and the act that brings it.

    `command` is None when nothing is to be done before its day. `place` is an id of the convention's page.
    """

    what: Phrase
    status: Status
    command: str | None
    place: str
    partner_id: UUID | None = None
    theme: Code | None = None
    why: Phrase | None = None
    due_on: date | None = None
    days_late: int = 0
    who: str | None = None


def awaited(situation: Situation) -> tuple[Awaited, ...]:
    """Everything awaited, the most pressing first, each act once; the next deadline when nothing else is."""
    found: dict[object, Awaited] = {}
    for one in _all(situation):
        key = (one.command, one.partner_id, one.theme) if one.command is not None else one.what.key
        found.setdefault(key, one)
    following = what_is_due.next_deadline(situation.sheet)
    if not found and following is not None:
        return (_of_deadline(situation, following),)
    return tuple(found.values())


def to_decide(situation: Situation) -> tuple[Awaited, ...]:
    """What waits for the committee: of all that is awaited what it decides, and a waiver for a theme that lacks
    someone."""
    found = [one for one in awaited(situation) if one.command in DECIDED_IN_COMMITTEE]
    if situation.method.is_waivable(CROSSING):
        found += [
            Awaited(Phrase("page.decide.waiver"), "watch", "grant-waiver", "waivers", why=_lack(theme))
            for theme in situation.gaps
        ]
    return tuple(found)


def next_act(situation: Situation, one: Awaited) -> NextAct:
    """A thing awaited as a page shows it: with the link to its act, or its name for whoever may not do it."""
    act = situation.act(one.command, partner_id=one.partner_id) if one.command is not None else None
    label = Phrase(f"command.{one.command}") if one.command is not None else None
    return NextAct(one.what, one.status, label, act, one.who, one.why, one.due_on, one.days_late)


def link_of(situation: Situation, one: Awaited) -> Act | None:
    """The link to the act of a thing awaited, None for whoever may not do it."""
    return next_act(situation, one).act


# --- what is awaited --------------------------------------------------------------------------------------------------


def _all(situation: Situation) -> Iterator[Awaited]:
    if situation.can_activate and situation.phase == "SIGNING":
        yield _step(situation, "activate-convention", Phrase("page.decide.activate"))
    for deadline in (*situation.late, *situation.soon):
        yield _of_deadline(situation, deadline)
    yield from _steps(situation)
    for theme in situation.gaps:
        yield _gap(situation, theme.theme)


def _of_deadline(situation: Situation, deadline: what_is_due.Deadline) -> Awaited:
    """A deadline; where its own act is not possible yet, the step that comes before it."""
    command = situation.act_meeting(deadline)
    if deadline.review_period is not None and not situation.is_over(deadline):
        command = None
    place = _PLACE.get(command or "", "deadlines")
    if deadline.review_period is not None:
        place = f"step-review-{deadline.review_period.code}"
    found = Awaited(
        situation.what(deadline),
        situation.status_of(deadline),
        command,
        place,
        deadline.partner_id,
        due_on=deadline.due_on,
        days_late=deadline.days_late,
        who=situation.expected_from(deadline),
    )
    if command is not None and not situation.is_possible(command):
        before = next(_steps(situation), None)
        if before is None:
            return replace(found, command=None)
        return replace(
            found, command=before.command, place=before.place, why=before.why, theme=before.theme, who=before.who
        )
    return found


def _steps(situation: Situation) -> Iterator[Awaited]:
    """The first milestone of the method that is not reached; the signatures of all who are still missing."""
    if situation.phase == "EXPIRED" or (situation.phase == "IN_FORCE" and not situation.plan_missing):
        return
    if not situation.facts("engagement-confirmed"):
        yield _step(situation, "record-engagement", Phrase("missing.engagement"))
    elif not situation.facts("diagnosis-shared"):
        yield _step(situation, "record-shared-diagnosis", Phrase("missing.diagnosis"))
    elif not situation.facts("priority-chosen"):
        if situation.can_prioritise:
            yield _step(situation, "choose-priority", Phrase("missing.priority"))
        elif situation.gaps:
            yield _gap(situation, situation.gaps[0].theme)
        else:
            yield _step(situation, "record-forum", Phrase("missing.forum"))
    elif not situation.facts("action-plan-validated"):
        yield _step(situation, "validate-action-plan", Phrase("missing.plan"))
    if situation.phase == "SIGNING" or situation.facts("action-plan-validated"):
        yield from _signatures(situation)


def _signatures(situation: Situation) -> Iterator[Awaited]:
    cover = PLAN if situation.facts("action-plan-validated") else CONVENTION
    for partner_id in situation.missing_for(cover):
        signatory = situation.signatory(partner_id)
        command = act_awaited(signatory, cover)
        running = next((one for one in situation.sheet if one.partner_id == partner_id and one.is_open), None)
        if running is not None:
            yield _of_deadline(situation, running)
        else:
            yield Awaited(
                Phrase("milestone.signature-of", {"partner": signatory.partner_name}),
                "not-started",
                command,
                "signatures",
                partner_id,
                who=signatory.partner_name,
            )


def _step(situation: Situation, command: str, why: Phrase) -> Awaited:
    """A milestone to reach, with its deadline where the method gives it one."""
    deadline = next(
        (
            one
            for one in situation.sheet
            if one.is_open and act_meeting(situation.method.deadline(one.id)) == command and one.partner_id is None
        ),
        None,
    )
    who = situation.expected_from(deadline) if deadline is not None else None
    return Awaited(
        Phrase(f"step.{command}"),
        situation.status_of(deadline),
        command,
        _PLACE[command],
        why=why,
        due_on=deadline.due_on if deadline is not None else None,
        days_late=deadline.days_late if deadline is not None else 0,
        who=who or situation.people((PILOT,)),
    )


def _gap(situation: Situation, theme: Code) -> Awaited:
    """A theme that lacks someone, and a forum that brings them."""
    crossing = next(one for one in situation.gaps if one.theme == theme)
    return replace(_step(situation, "record-forum", _lack(crossing)), status="watch", theme=theme)


def _lack(theme: ThemeCrossing) -> Phrase:
    return Phrase("missing.theme", {"theme": theme.theme, "missing": lacking(theme)[0]})
