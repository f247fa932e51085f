"""What comes next? Everything that is awaited of a convention, the most pressing first; what the committee decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.following import ReportActionStatus
from domain.agenda import Occurrence
from domain.claims.sending import RecordClaimSent
from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.counting import AnswerGiven
from domain.convention.diagnosis import RecordSharedDiagnosis
from domain.convention.extending import ExtendConvention
from domain.convention.forums import RecordForum
from domain.convention.opening import RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.renewing import RenewConvention, StartRenewal
from domain.convention.reviews import RecordReview
from domain.convention.signatories import ChangeSignatory
from domain.convention.signing import RecordSignature
from domain.convention.state import CONVENTION, PLAN
from domain.convention.uncrossed import PriorityWithoutForum
from domain.convention.waivers import GrantWaiver
from domain.following import RecordDecisionDone
from domain.indicators.measuring import RecordMeasure
from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.proposing import TriageProposal
from domain.pledges.keeping import RecordDelivery
from domain.roles import PILOT
from domain.values import Code, Theme
from projections.how_a_convention_does import is_possible, is_to_activate, lacking, status_of, what
from projections.how_a_convention_does.known import Known, no_of
from projections.saying import Asked, Expected, Said, Status, Word
from projections.what_is_due import Deadline
from projections.what_is_due.waited_for import Thing
from projections.which_facts_do_not_count import act_awaited
from projections.which_themes_are_crossed import ThemeCrossing

DECIDED_IN_COMMITTEE: Final = (
    ChoosePriority.NAME,
    ValidateActionPlan.NAME,
    ChangeSignatory.NAME,
    ActivateConvention.NAME,
    RecordReview.NAME,
    ExtendConvention.NAME,
)
"""The acts that record a decision of the committee."""

FORUMS: Final = Code("forums")
SIGNATURES: Final = Code("signatures")
REVIEWS: Final = Code("reviews")
DEADLINES: Final = Code("deadlines")
WAIVERS: Final = Code("waivers")
SHEETS: Final = Code("plan")
RESULTS: Final = Code("results")
PLEDGES: Final = Code("pledges")
MONEY: Final = Code("money")
MEETINGS: Final = Code("meetings")
CONTRIBUTIONS: Final = Code("contributions")
PROPOSALS: Final = Code("bottom-up")

_MOVES: Final = {
    RecordEngagement.NAME: Code("engagement-confirmed"),
    RecordSharedDiagnosis.NAME: Code("diagnosis-shared"),
    RecordForum.NAME: FORUMS,
    ChoosePriority.NAME: Code("priorities"),
    ValidateActionPlan.NAME: Code("action-plan-validated"),
    RecordMandate.NAME: SIGNATURES,
    RecordSignature.NAME: SIGNATURES,
    ChangeSignatory.NAME: SIGNATURES,
    ActivateConvention.NAME: Code("convention-activated"),
    RecordReview.NAME: REVIEWS,
    ExtendConvention.NAME: REVIEWS,
    StartRenewal.NAME: REVIEWS,
    RenewConvention.NAME: REVIEWS,
    ReportActionStatus.NAME: SHEETS,
    RecordMeasure.NAME: RESULTS,
    RecordDelivery.NAME: PLEDGES,
    RecordClaimSent.NAME: MONEY,
    RecordDecisionDone.NAME: MEETINGS,
    AnswerContribution.NAME: CONTRIBUTIONS,
    RecordToldBack.NAME: CONTRIBUTIONS,
    TriageProposal.NAME: PROPOSALS,
}
"""What each act moves: a milestone of the path, or the part of the convention that it belongs to."""


@dataclass(frozen=True)
class Awaited:
    """One thing awaited: what, by when, from whom, why it is not there, and the act that brings it.

    `act` is None when nothing is to be done before its day. `moves`: the milestone, or the part of the convention.
    `occurrence`: the deadline that waits for it, where the method has one. `owner_id`: the partner that is asked of
    several `things` together, each brought by the act.
    """

    what: Said
    status: Status
    act: Code | None
    moves: Code
    partner_id: UUID | None = None
    theme: Theme | None = None
    why: Said | None = None
    due_on: date | None = None
    days_late: int = 0
    expected: Expected | None = None
    occurrence: Occurrence | None = None
    owner_id: UUID | None = None
    things: tuple[Thing, ...] = ()

    @property
    def whose(self) -> UUID | None:
        """The partner that the act is of, where it is some partner's."""
        return self.partner_id or self.owner_id


def awaited(known: Known) -> tuple[Awaited, ...]:
    """Everything awaited, the most pressing first, each act once; the next deadline when nothing else is.

    What a partner owes of several days is one thing, the oldest day first: what is late of it, and what is not yet.
    """
    found: dict[object, Awaited] = {}
    for one in _all(known):
        held = found.setdefault(_once(one), one)
        if held is not one:
            found[_once(one)] = replace(held, things=tuple(dict.fromkeys((*held.things, *one.things))))
    if not found and known.following is not None:
        return (of_deadline(known, known.following),)
    return tuple(found.values())


def _once(one: Awaited) -> object:
    """What of all that is awaited is said once."""
    if one.owner_id is not None or (one.why is not None and one.why.word == "silence"):
        return one.what, one.status
    return (one.act, one.partner_id, one.theme) if one.act is not None else (one.what.word, one.what.of)


def to_decide(known: Known) -> tuple[Awaited, ...]:
    """What waits for the committee: of all that is awaited what it decides, and a waiver for a theme that lacks
    someone."""
    found = [one for one in awaited(known) if one.act in DECIDED_IN_COMMITTEE]
    if known.method.is_waivable(PriorityWithoutForum.RULE):
        found += [
            Awaited(Said(word="waiver"), "watch", Code(GrantWaiver.NAME), WAIVERS, why=_lack(theme))
            for theme in known.gaps
        ]
    return tuple(found)


def _all(known: Known) -> Iterator[Awaited]:
    if is_to_activate(known) and known.phase == "SIGNING":
        yield _activation(known)
    for deadline in (*known.late, *known.soon, *known.silent):
        yield of_deadline(known, deadline)
    yield from _steps(known)
    if known.extension is not None and known.phase == "IN_FORCE":
        yield from _signatures(known, known.extension.cover)
    for theme in known.gaps:
        yield _gap(known, theme)


def _activation(known: Known) -> Awaited:
    """The entry into force; before the day that opens it there is nothing to do."""
    step = _step(known, ActivateConvention.NAME, "to-activate")
    if is_possible(known, ActivateConvention.NAME):
        return step
    days = [rule.opens_on for rule in known.in_the_way[ActivateConvention.NAME]]
    return replace(step, act=None, due_on=next((day for day in days if day is not None), None))


def of_deadline(known: Known, deadline: Deadline) -> Awaited:
    """A deadline; where its own act is not possible yet, the step that comes before it."""
    command = known.act_meeting(deadline)
    if deadline.review_period is not None and not known.is_reviewable(deadline):
        command = None
    moves = _MOVES.get(command or "", DEADLINES)
    if deadline.review_period is not None:
        moves = Code(f"review-{deadline.review_period.code}")
    found = Awaited(
        what(deadline),
        status_of(deadline),
        Code(command) if command is not None else None,
        moves,
        deadline.partner_id,
        due_on=deadline.due_on,
        days_late=deadline.days_late,
        expected=known.expected(deadline),
        occurrence=deadline.occurrence,
        owner_id=deadline.owner_id,
        things=deadline.things if deadline.is_open else (),
    )
    if deadline.is_silence:  # it is to be watched: no day is shown as missed
        return replace(found, why=_chain(deadline), due_on=None, days_late=0)
    if command is not None and not is_possible(known, command):
        before = next(_steps(known), None)
        if before is None:
            return replace(found, act=None)
        return replace(
            found, act=before.act, moves=before.moves, why=before.why, theme=before.theme, expected=before.expected
        )
    return found


def _chain(deadline: Deadline) -> Said:
    """Since when nothing was heard, and who is asked first, then who after which grace."""
    asked = tuple(Asked(step.on, step.recipients) for step in deadline.steps)
    return Said(word="silence", of=deadline.id, on=deadline.trigger_on, asked=asked)


def _steps(known: Known) -> Iterator[Awaited]:
    """The first milestone of the method that is not reached; the signatures of all who are still missing."""
    if known.phase in ("EXPIRED", "CLOSED") or (known.phase == "IN_FORCE" and not known.plan_missing):
        return
    if not known.facts("engagement-confirmed"):
        yield _step(known, RecordEngagement.NAME, "no-engagement")
    elif not known.facts("diagnosis-shared"):
        yield _step(known, RecordSharedDiagnosis.NAME, "no-diagnosis")
    elif not known.priorities:
        if is_possible(known, ChoosePriority.NAME):
            yield _step(known, ChoosePriority.NAME, "no-priority")
        elif known.gaps:
            yield _gap(known, known.gaps[0])
        else:
            yield _step(known, RecordForum.NAME, "no-forum")
    elif not known.plan_validated:
        undone = known.facts("action-plan-validated")
        yield _step(known, ValidateActionPlan.NAME, "plan-undone" if undone else "no-plan")
    if known.phase == "SIGNING" or known.plan_validated:
        yield from _signatures(known, PLAN if known.plan_validated else CONVENTION)


def _signatures(known: Known, cover: Code) -> Iterator[Awaited]:
    for partner_id in known.missing_for(cover):
        if (answer := known.signatory(partner_id).no_to(cover)) is not None:
            yield _said_no(known, partner_id, answer)
            continue
        running = next((one for one in known.sheet if one.partner_id == partner_id and one.is_open), None)
        if running is not None:
            yield of_deadline(known, running)
        else:
            yield Awaited(
                Said(word="signature", partner_id=partner_id),
                "not-started",
                act_awaited(known.signatory(partner_id), cover),
                SIGNATURES,
                partner_id,
                expected=Expected(partner_id),
            )


def _said_no(known: Known, partner_id: UUID, answer: AnswerGiven) -> Awaited:
    """A partner whose own body said no: another vote, or a decision of the committee about who signs."""
    return Awaited(
        Said(word="signature", partner_id=partner_id),
        "watch",
        Code(ChangeSignatory.NAME),
        SIGNATURES,
        partner_id,
        why=no_of(partner_id, answer),
        expected=known.people((PILOT,)),
    )


def _step(known: Known, command: str, why: Word) -> Awaited:
    """A milestone to reach, with its deadline where the method gives it one."""
    return _towards(known, command, Said(word=why))


def _gap(known: Known, theme: ThemeCrossing) -> Awaited:
    """A theme that lacks someone, and a forum that brings them."""
    return replace(_towards(known, RecordForum.NAME, _lack(theme)), status="watch", theme=theme.theme)


def _towards(known: Known, command: str, why: Said) -> Awaited:
    open_ones = (one for one in known.deadlines_for(command) if one.is_open and one.partner_id is None)
    deadline = next(open_ones, None)
    return Awaited(
        Said(word="step", of=Code(command)),
        status_of(deadline),
        Code(command),
        _MOVES[command],
        why=why,
        due_on=deadline.due_on if deadline is not None else None,
        days_late=deadline.days_late if deadline is not None else 0,
        expected=known.expected(deadline) or known.people((PILOT,)),
        occurrence=deadline.occurrence if deadline is not None else None,
    )


def _lack(theme: ThemeCrossing) -> Said:
    return Said(word="crossing-lacks", theme=theme.theme, lacks=lacking(theme)[0])
