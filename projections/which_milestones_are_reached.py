"""Which milestones are reached, and what do the others still lack, and why?

A milestone keeps the day on which it was first reached, whatever is added to it later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.closing import CloseConvention
from domain.convention.diagnosis import RecordSharedDiagnosis
from domain.convention.forums import RecordForum
from domain.convention.opening import RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.renewing import StartRenewal
from domain.convention.state import PLAN
from domain.values import Code
from projections.how_a_convention_does import lacking, status_of
from projections.how_a_convention_does.known import Known, no_of
from projections.milestones_of_before import with_what_was_known
from projections.milestones_on_the_path import (
    CONVENTION_SIGNED,
    EXTENSION,
    FORUMS,
    PLAN_SIGNED,
    PRIORITIES,
    Missing,
    OnPath,
)
from projections.saying import Reason, Said, Status, Word
from projections.what_the_plan_rests_on import PlanBasis
from projections.where_conventions_stand import CLOSED
from projections.which_facts_do_not_count import Withheld, act_awaited, marks
from projections.which_signatures_are_missing import SignatoryState

WORST_FIRST: Final[tuple[Status, ...]] = ("late", "irregular", "watch", "on-time")


def path(known: Known, basis: PlanBasis) -> tuple[OnPath, ...]:
    """Every milestone, in the order of the method."""
    made = (
        _reached(known, "ENGAGEMENT", "engagement-confirmed", RecordEngagement.NAME, "no-engagement"),
        _diagnosis(known, basis),
        _forums(known, basis),
        _priorities(known, basis),
        _plan(known),
        *_convention_signed(known),
        _plan_signed(known),
        _reached(known, "ACTIVATION", "convention-activated", ActivateConvention.NAME, None),
        *_reviews(known),
        *_at_the_term(known),
        *_closed(known),
    )
    return made if known.taken_over is None else tuple(with_what_was_known(known, known.taken_over, made))


def _at_the_term(known: Known) -> Iterable[OnPath]:
    """What becomes of it at its term, once that is a question: extensions, what follows, the last day."""
    for place, one in enumerate(known.facts("convention-extended")):
        code = Code(f"extension-{place + 1}")
        yield OnPath(code, _milestone("EXTENSION"), "done", one.occurred_on, event_id=one.event_id, begun=True)
    waits = known.extension
    if waits is not None and known.phase != CLOSED:
        missing = tuple(_missing_signature(known.signatory(one), waits.cover) for one in waits.partners)
        label = _milestone("EXTENSION")
        yield OnPath(EXTENSION, label, "watch", due_on=waits.until, missing=missing, begun=True)
    if known.facts("renewal-started"):
        yield _reached(known, "RENEWAL", "renewal-started", StartRenewal.NAME, None)
    period = known.standing.period
    if period is not None and known.term_is_near:
        over = period.effective_to < known.today
        last_day = OnPath(Code("term"), _milestone("TERM"), "on-time", due_on=period.effective_to)
        yield replace(last_day, status="done", happened_on=period.effective_to, due_on=None) if over else last_day


def _closed(known: Known) -> Iterable[OnPath]:
    """Its end, once it is closed."""
    if known.facts("convention-closed"):
        yield _reached(known, "CLOSING", "convention-closed", CloseConvention.NAME, None)


def _milestone(name: str) -> Said:
    return Said(word="milestone", of=Code(name))


def _latest(name: str, days: Sequence[date]) -> tuple[Said, ...]:
    """When it was last added to, where that is another day than the first."""
    return (Said(word="latest", of=Code(name), on=max(days)),) if days and max(days) != min(days) else ()


def _diagnosis(known: Known, basis: PlanBasis) -> OnPath:
    """Reached by the first version shared; told with the findings of the last one."""
    reached = _reached(known, "DIAGNOSIS", "diagnosis-shared", RecordSharedDiagnosis.NAME, "no-diagnosis")
    shared = {one.event_id for one in known.facts("diagnosis-shared")}
    versions = [one for one in basis.diagnoses if one.event_id in shared]
    if not versions:
        return reached
    last = max(versions, key=lambda one: one.shared_on)
    return replace(reached, facts=(Said(word="findings", themes=last.themes, count=len(last.findings)), *reached.facts))


def _reached(known: Known, name: str, kind: str, command: str, missing: Word | None) -> OnPath:
    """A milestone that one kind of fact reaches, the first time."""
    facts = known.facts(kind)
    if facts:
        return OnPath(
            Code(kind),
            _milestone(name),
            "done",
            facts[0].occurred_on,
            facts[0].recorded_at,
            facts=_latest(name, [one.occurred_on for one in facts]),
            evidence=tuple(one for fact in facts for one in fact.evidence),
            reasons=tuple(dict.fromkeys(mark for fact in facts for mark in marks(fact.irregularities))),
            event_id=facts[0].event_id,
            begun=True,
        )
    ahead = _ahead(known, Code(kind), _milestone(name), command, missing)
    reasons = tuple(reason for one in known.withheld if one.kind == kind for reason in one.reasons)
    return replace(ahead, status="irregular", reasons=reasons) if reasons and ahead.status != "late" else ahead


def _plan(known: Known) -> OnPath:
    """Reached by the first plan validated; ahead again once the last one serves a priority that was withdrawn."""
    kind = "action-plan-validated"
    if known.facts(kind) and not known.plan_validated:
        return _ahead(known, Code(kind), _milestone("PLAN"), ValidateActionPlan.NAME, "plan-undone")
    return _reached(known, "PLAN", kind, ValidateActionPlan.NAME, "no-plan")


def _ahead(known: Known, code: Code, label: Said, command: str, missing: Word | None) -> OnPath:
    """A milestone that is not reached, with its deadline where the method gives it one."""
    deadline = known.deadline_for(command)
    lacks = (Missing(Said(word=missing), known.expected(deadline)),) if missing is not None else ()
    due = deadline.due_on if deadline is not None else None
    return OnPath(code, label, status_of(deadline), due_on=due, missing=lacks)


def _forums(known: Known, basis: PlanBasis) -> OnPath:
    """Reached by the first forum that counts; what a theme still lacks presses until priorities are chosen."""
    held = [(one, one.held_on) for one in basis.forums if one.held_on is not None]
    if not held:
        return _ahead(known, FORUMS, _milestone("FORUMS"), RecordForum.NAME, "no-forum")
    counting = known.counting
    days = [day for one, day in held if not counting or one.forum_id in counting]
    missing = tuple(
        Missing(Said(word="crossing-lacks", theme=theme.theme, lacks=one))
        for theme in known.gaps
        for one in lacking(theme)
    )
    found = (mark for one, _ in held if one.forum_id not in counting for mark in marks(one.irregularities))
    return OnPath(
        FORUMS,
        Said(word="milestone-counted", of=Code("FORUMS"), count=len(held)),
        "irregular" if not counting else "watch" if missing else "done",
        min(days),
        facts=_latest("FORUMS", days),
        evidence=tuple(document for one, _ in held for document in one.evidence),
        missing=missing,
        reasons=tuple(dict.fromkeys(found)),
        begun=True,
    )


def _priorities(known: Known, basis: PlanBasis) -> OnPath:
    chosen = [one.chosen_on for one in basis.priorities if one.withdrawn_on is None]
    if chosen:
        label = Said(word="milestone-counted", of=Code("PRIORITIES"), count=len(chosen))
        latest = _latest("PRIORITIES", chosen)
        return OnPath(PRIORITIES, label, "done", min(chosen), facts=latest, begun=True)
    return _ahead(known, PRIORITIES, _milestone("PRIORITIES"), ChoosePriority.NAME, "no-priority")


def _convention_signed(known: Known) -> Iterable[OnPath]:
    """A line of its own where the convention was signed apart from its plan."""
    convention, plan = known.facts("convention-signed"), known.facts("action-plan-signed")
    if convention and (not plan or plan[0].occurred_on != convention[0].occurred_on):
        label = _milestone("CONVENTION_SIGNED")
        yield OnPath(CONVENTION_SIGNED, label, "done", convention[0].occurred_on, begun=True)


def _plan_signed(known: Known) -> OnPath:
    signed = known.facts("action-plan-signed")
    if signed:
        return OnPath(PLAN_SIGNED, _milestone("PLAN_SIGNED"), "done", signed[0].occurred_on, begun=True)
    missing = [known.signatory(one) for one in known.missing_for(PLAN)]
    partners = {one.partner_id for one in missing}
    if not known.plan_validated and not any(PLAN in given.covers for one in missing for given in one.signatures):
        return OnPath(PLAN_SIGNED, _milestone("PLAN_SIGNED"), "not-started")
    given = [one for one in known.withheld if one.partner_id in partners]
    expected = [one for one in known.sheet if one.is_open and one.partner_id in partners]
    found: set[Status] = {status_of(one) for one in expected}
    if any(one.kind == "signature-recorded" and PLAN in one.covers for one in given):
        found.add("irregular")
    if known.phase != CLOSED and any(one.no_to(PLAN) is not None for one in missing):
        found.add("watch")
    return OnPath(
        PLAN_SIGNED,
        Said(
            word="milestone-progress",
            of=Code("PLAN_SIGNED"),
            count=known.required - len(missing),
            total=known.required,
        ),
        next((one for one in WORST_FIRST if one in found), "not-started"),
        due_on=min((one.due_on for one in expected), default=None),
        missing=tuple(_missing_signature(one, PLAN) for one in missing),
        reasons=tuple(dict.fromkeys(reason for one in given for reason in _of_partner(one))),
        begun=True,
    )


def _missing_signature(one: SignatoryState, cover: Code) -> Missing:
    """The signature that is missing, the mandate that it waits for, or that the partner's own body said no."""
    if (answer := one.no_to(cover)) is not None:
        return Missing(no_of(one.partner_id, answer))
    word: Word = "no-mandate" if act_awaited(one, cover) == RecordMandate.NAME else "no-signature"
    return Missing(Said(word=word, partner_id=one.partner_id))


def _of_partner(one: Withheld) -> Iterable[Reason]:
    """Why a partner's fact does not count, with the partner."""
    return (replace(reason, partner_id=one.partner_id) for reason in one.reasons)


def _reviews(known: Known) -> Iterable[OnPath]:
    """One line for each period over or under way, once the convention is signed."""
    for one in known.sheet:
        if one.review_period is None:
            continue
        code = Code(f"review-{one.review_period.code}")
        label = Said(word="milestone", of=Code("REVIEW"), period=one.review_period.code)
        if one.met_on is not None:
            yield OnPath(code, label, "done", one.met_on, due_on=one.due_on, event_id=one.met_by, begun=True)
        elif one.review_period.first <= known.today:
            lacks = Missing(Said(word="no-review", period=one.review_period.code), known.expected(one))
            missing = (lacks,) if known.is_over(one) else ()
            yield OnPath(code, label, status_of(one), due_on=one.due_on, missing=missing)
