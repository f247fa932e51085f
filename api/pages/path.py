"""The path of a convention: its milestones as lines, with what is missing and why.

A milestone keeps the day on which it was first reached, whatever is added to it later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from api.pages.contexts import MilestoneLine, Missing, Phrase, RuleText, Status
from api.pages.situation import Situation, lacking
from api.pages.view import View
from api.pages.withheld import Withheld, act_awaited
from domain.convention.state import PLAN
from projections.where_conventions_stand import Milestone
from projections.which_signatures_are_missing import SignatoryState
from workflows.instants import PARIS

WORST_FIRST: tuple[Status, ...] = ("late", "irregular", "watch", "on-time")


def milestone_lines(view: View) -> tuple[MilestoneLine, ...]:
    """Every milestone of the path, in the order of the method."""
    lines = [
        _reached(view, "ENGAGEMENT", "engagement-confirmed", "record-engagement", "missing.engagement"),
        _reached(view, "DIAGNOSIS", "diagnosis-shared", "record-shared-diagnosis", "missing.diagnosis"),
        _forums(view),
        _priorities(view),
        _reached(view, "PLAN", "action-plan-validated", "validate-action-plan", "missing.plan"),
        *_convention_signed(view),
        _plan_signed(view),
        _reached(view, "ACTIVATION", "convention-activated", "activate-convention", None),
        *_reviews(view),
    ]
    return tuple(lines)


def status_in(lines: Iterable[MilestoneLine], code: str) -> Status:
    """The status of one milestone, as every picture, tile and list of the page says it."""
    return next(line.status for line in lines if line.code == code)


def _recorded_on(fact: Milestone) -> date | None:
    recorded = fact.recorded_at.astimezone(PARIS).date()
    return recorded if recorded != fact.occurred_on else None


def _latest(name: str, days: Sequence[date]) -> tuple[Phrase, ...]:
    """When it was last added to, where that is another day than the first."""
    return (Phrase(f"page.path.latest.{name}", {"on": max(days)}),) if days and max(days) != min(days) else ()


def _reached(view: View, name: str, kind: str, command: str, missing: str | None) -> MilestoneLine:
    """A milestone that one kind of fact reaches, the first time."""
    situation = view.situation
    label = Phrase(f"milestone.{name}")
    facts = situation.facts(kind)
    if facts:
        marks = (mark for fact in facts for mark in view.ask.marks(fact.irregularities))
        return MilestoneLine(
            kind,
            label,
            "done",
            facts[0].occurred_on,
            _recorded_on(facts[0]),
            facts=(*_said_of(facts[-1]), *_latest(name, [one.occurred_on for one in facts])),
            evidence=tuple(shown for fact in facts for shown in view.ask.documents(fact.evidence)),
            rules=tuple(dict.fromkeys(marks)),
            href=situation.trail(facts[0].event_id),
        )
    lacks = (_missing(situation, missing, command),) if missing is not None else ()
    ahead = _ahead(situation, kind, label, command, lacks)
    withheld = tuple(rule for one in situation.withheld if one.fact.kind == kind for rule in one.rules)
    return replace(ahead, status="irregular", rules=withheld) if withheld and ahead.status != "late" else ahead


def _ahead(situation: Situation, code: str, label: Phrase, command: str, missing: tuple[Missing, ...]) -> MilestoneLine:
    """A milestone that is not reached, with its deadline where the method gives it one."""
    deadline = situation.deadline_for(command)
    due = deadline.due_on if deadline is not None else None
    return MilestoneLine(code, label, situation.status_of(deadline), due_on=due, missing=missing)


def _missing(situation: Situation, key: str, command: str, **parameters: object) -> Missing:
    deadline = situation.deadline_for(command)
    who = situation.expected_from(deadline) if deadline is not None and deadline.is_open else None
    return Missing(Phrase(key, parameters), who)


def _said_of(fact: Milestone) -> tuple[Phrase, ...]:
    if fact.kind == "diagnosis-shared":
        return (Phrase("page.path.diagnosis", {"themes": tuple(fact.facts["themes"])}, len(fact.facts["findings"])),)
    return ()


def _forums(view: View) -> MilestoneLine:
    """Reached by the first forum that counts; what a theme still lacks presses until priorities are chosen."""
    situation = view.situation
    held = [one for one in view.basis.forums if one.held_on is not None]
    if not held:
        lacks = (_missing(situation, "missing.forum", "record-forum"),)
        return _ahead(situation, "forums", Phrase("milestone.FORUMS"), "record-forum", lacks)
    counting = {forum_id for theme in situation.themes for forum_id in theme.counting}
    days = [one.held_on for one in held if one.held_on is not None and (not counting or one.forum_id in counting)]
    missing = tuple(
        Missing(Phrase("missing.theme", {"theme": theme.theme, "missing": one}))
        for theme in situation.gaps
        for one in lacking(theme)
    )
    marks = (mark for one in held if one.forum_id not in counting for mark in view.ask.marks(one.irregularities))
    return MilestoneLine(
        "forums",
        Phrase("milestone.FORUMS-count", {"count": len(held)}),
        "irregular" if not counting else "watch" if missing else "done",
        min(days),
        facts=_latest("FORUMS", days),
        evidence=tuple(shown for one in held for shown in view.ask.documents(one.evidence)),
        missing=missing,
        rules=tuple(dict.fromkeys(marks)),
        href="#forums",
    )


def _priorities(view: View) -> MilestoneLine:
    chosen = [one.chosen_on for one in view.basis.priorities]
    if chosen:
        label = Phrase("milestone.PRIORITIES-count", {"count": len(chosen)})
        latest = _latest("PRIORITIES", chosen)
        return MilestoneLine("priorities", label, "done", min(chosen), facts=latest, href="#priorities")
    lacks = (_missing(view.situation, "missing.priority", "choose-priority"),)
    return _ahead(view.situation, "priorities", Phrase("milestone.PRIORITIES"), "choose-priority", lacks)


def _convention_signed(view: View) -> Iterable[MilestoneLine]:
    """A line of its own where the convention was signed apart from its plan."""
    convention, plan = view.situation.facts("convention-signed"), view.situation.facts("action-plan-signed")
    if convention and (not plan or plan[0].occurred_on != convention[0].occurred_on):
        label = Phrase("milestone.CONVENTION_SIGNED")
        yield MilestoneLine("convention-signed", label, "done", convention[0].occurred_on, href="#signatures")


def _plan_signed(view: View) -> MilestoneLine:
    situation = view.situation
    signed = situation.facts("action-plan-signed")
    if signed:
        label = Phrase("milestone.PLAN_SIGNED")
        return MilestoneLine("plan-signed", label, "done", signed[0].occurred_on, href="#signatures")
    missing = [situation.signatory(one) for one in situation.missing_for(PLAN)]
    waits = bool(view.basis.plans) or any(PLAN in given.covers for one in missing for given in one.signatures)
    if not waits:
        return MilestoneLine("plan-signed", Phrase("milestone.PLAN_SIGNED"), "not-started")
    done = situation.required - len(missing)
    given = [one for one in situation.withheld if any(one.partner_id == each.partner_id for each in missing)]
    expected = [
        one for one in situation.sheet if one.is_open and any(one.partner_id == each.partner_id for each in missing)
    ]
    found: set[Status] = {situation.status_of(one) for one in expected}
    if any(one.fact.kind == "signature-recorded" and PLAN in one.fact.facts["covers"] for one in given):
        found.add("irregular")
    return MilestoneLine(
        "plan-signed",
        Phrase("milestone.PLAN_SIGNED-count", {"done": done, "total": situation.required}),
        next((one for one in WORST_FIRST if one in found), "not-started"),
        due_on=min((one.due_on for one in expected), default=None),
        missing=tuple(_missing_signature(one) for one in missing),
        rules=tuple(dict.fromkeys(rule for one in given for rule in _of_partner(view, one))),
        href="#signatures",
    )


def _missing_signature(one: SignatoryState) -> Missing:
    """The signature that is missing, or the mandate that it waits for."""
    awaited = "mandate" if act_awaited(one, PLAN) == "record-mandate" else "signature"
    return Missing(Phrase(f"missing.{awaited}", {"partner": one.partner_name}))


def _of_partner(view: View, one: Withheld) -> Iterable[RuleText]:
    """Why a partner's fact does not count, with the name of the partner."""
    if one.partner_id is None:
        return one.rules
    name = view.ask.name(one.partner_id)
    return (
        RuleText(rule.rule, view.ask.texts.t("withheld.of", partner=name, why=rule.text[:1].lower() + rule.text[1:]))
        for rule in one.rules
    )


def _reviews(view: View) -> list[MilestoneLine]:
    """One line for each period over or under way, once the convention is signed."""
    situation = view.situation
    lines = []
    for one in situation.sheet:
        if one.review_period is None:
            continue
        label = Phrase("milestone.REVIEW", {"period": one.review_period.code})
        code = f"review-{one.review_period.code}"
        if one.met_on is not None:
            href = situation.trail(one.met_by) if one.met_by is not None else None
            lines.append(MilestoneLine(code, label, "done", one.met_on, due_on=one.due_on, href=href))
        elif one.review_period.first <= view.ask.today:
            what = Phrase("missing.review", {"period": one.review_period.code})
            missing = (Missing(what, situation.expected_from(one)),) if situation.is_over(one) else ()
            lines.append(MilestoneLine(code, label, situation.status_of(one), due_on=one.due_on, missing=missing))
    return lines
