"""The path of a convention: its milestones as lines, with what is missing and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from api.pages.contexts import MilestoneLine, Missing, Phrase, RuleText, Status
from api.pages.view import View
from domain.calendar import add_months
from domain.convention.state import CONVENTION, PLAN
from projections import what_is_due
from projections.where_conventions_stand import Milestone
from workflows.texts import PARIS

RENEWAL_MONTHS_BEFORE = 15
"""The renewal is thought of so long before the end (D18, domain.md 4.4); a later version makes it a deadline."""


def milestone_lines(view: View) -> tuple[MilestoneLine, ...]:
    """Every milestone of the path, in the order of the method."""
    lines = [
        _reached(view, "ENGAGEMENT", "engagement-confirmed", "record-engagement", "missing.engagement", None),
        _reached(view, "DIAGNOSIS", "diagnosis-shared", "record-shared-diagnosis", "missing.diagnosis", "D01"),
        _forums(view),
        _priorities(view),
        _reached(view, "PLAN", "action-plan-validated", "validate-action-plan", "missing.plan", "D06"),
        _signed(view),
        _reached(view, "ACTIVATION", "convention-activated", "activate-convention", None, None),
        *_reviews(view),
        _renewal(view),
    ]
    return tuple(lines)


def _facts(view: View, kind: str) -> list[Milestone]:
    return [one for one in view.standing.milestones if one.kind == kind]


def _deadline(view: View, deadline_id: str | None) -> what_is_due.Deadline | None:
    return next((one for one in view.sheet if one.id == deadline_id), None)


def _open_status(view: View, deadline: what_is_due.Deadline | None) -> Status:
    if deadline is None:
        return "not-started"
    if deadline in view.late:
        return "late"
    return "watch" if deadline in view.soon else "not-started"


def _recorded_on(view: View, fact: Milestone) -> date | None:
    recorded = fact.recorded_at.astimezone(PARIS).date()
    return recorded if recorded != fact.occurred_on else None


def _reached(
    view: View, name: str, kind: str, command: str, missing: str | None, deadline_id: str | None
) -> MilestoneLine:
    """A milestone that one kind of fact reaches; the latest fact is shown."""
    label = Phrase(f"milestone.{name}")
    facts = _facts(view, kind)
    if facts:
        fact = facts[-1]
        return MilestoneLine(
            kind,
            label,
            "done",
            fact.occurred_on,
            _recorded_on(view, fact),
            facts=_said_of(fact),
            evidence=view.ask.documents(fact.evidence),
            rules=view.ask.marks(fact.irregularities),
            href=view.trail(fact.event_id),
        )
    deadline = _deadline(view, deadline_id)
    lacking: tuple[Missing, ...] = ()
    if missing is not None:
        lacking = (Missing(Phrase(missing), _who(view, deadline), view.act(command)),)
    acts = view.acts(command) if missing is None else ()
    return MilestoneLine(
        kind,
        label,
        _open_status(view, deadline),
        due_on=deadline.due_on if deadline is not None else None,
        missing=lacking,
        acts=acts,
    )


def _who(view: View, deadline: what_is_due.Deadline | None) -> str | None:
    return view.line(deadline).expected_from if deadline is not None else None


def _said_of(fact: Milestone) -> tuple[Phrase, ...]:
    if fact.kind == "diagnosis-shared":
        return (Phrase("page.path.diagnosis", {"themes": tuple(fact.facts["themes"])}, len(fact.facts["findings"])),)
    return ()


def _forums(view: View) -> MilestoneLine:
    held = [one for one in view.basis.forums if one.held_on is not None]
    label = Phrase("milestone.FORUMS-count", {"count": len(held)}) if held else Phrase("milestone.FORUMS")
    deadline = _deadline(view, "D02")
    lacking = [
        Missing(Phrase(f"missing.expertise.{expertise.value}"), act=view.act("record-forum"))
        for theme in view.themes
        if theme.counting and not theme.crossed and theme.waived_until is None
        for expertise in theme.missing_expertises
    ]
    marks = tuple(mark for one in held for mark in view.ask.marks(one.irregularities))
    evidence = tuple(shown for one in held for shown in view.ask.documents(one.evidence))
    if held:
        days = [one.held_on for one in held if one.held_on is not None]
        status: Status = "done"
        if not any(theme.counting for theme in view.themes):
            status = "irregular"
        elif lacking:
            status = "watch"
        return MilestoneLine(
            "forums",
            label,
            status,
            max(days),
            evidence=evidence,
            missing=tuple(lacking),
            rules=tuple(dict.fromkeys(marks)),
            href="#forums",
        )
    return MilestoneLine(
        "forums",
        label,
        _open_status(view, deadline),
        due_on=deadline.due_on if deadline is not None else None,
        missing=(Missing(Phrase("missing.forum"), _who(view, deadline), view.act("record-forum")),),
    )


def _priorities(view: View) -> MilestoneLine:
    chosen = view.basis.priorities
    deadline = _deadline(view, "D05")
    if chosen:
        label = Phrase("milestone.PRIORITIES-count", {"count": len(chosen)})
        return MilestoneLine("priorities", label, "done", max(one.chosen_on for one in chosen), href="#priorities")
    return MilestoneLine(
        "priorities",
        Phrase("milestone.PRIORITIES"),
        _open_status(view, deadline),
        due_on=deadline.due_on if deadline is not None else None,
        missing=(Missing(Phrase("missing.priority"), _who(view, deadline), view.act("choose-priority")),),
    )


def _signed(view: View) -> MilestoneLine:
    signed = _facts(view, "action-plan-signed")
    convention = _facts(view, "convention-signed")
    cover = PLAN
    if signed:
        return MilestoneLine(
            "plan-signed", Phrase("milestone.PLAN_SIGNED"), "done", signed[-1].occurred_on, href="#signatures"
        )
    if not view.basis.plans and not convention:
        cover = CONVENTION
    missing = view.missing_for(cover)
    given = any(one.signatures for one in view.signatures.signatories)
    waits = bool(view.basis.plans) or given
    done = view.required - len(missing)
    label = Phrase("milestone.PLAN_SIGNED-count", {"done": done, "total": view.required})
    states = {one.partner_id: one for one in view.signatures.signatories}
    irregular = [one for one in missing if states[one].signatures]
    lates = [one for one in view.late if one.id == "D11"]
    first = next((one for one in view.sheet if one.id == "D11" and one.met_on is None), None)
    status: Status = "not-started"
    if waits:
        status = "late" if lates else "irregular" if irregular else "watch"
    return MilestoneLine(
        "plan-signed",
        label if waits else Phrase("milestone.PLAN_SIGNED"),
        status,
        due_on=first.due_on if first is not None else None,
        missing=tuple(_missing_signature(view, one, bool(states[one].mandates)) for one in missing) if waits else (),
        rules=_rules_of(view, irregular),
    )


def _missing_signature(view: View, partner_id: UUID, mandated: bool) -> Missing:
    name = view.ask.name(partner_id)
    key, command = ("signature", "record-signature") if mandated else ("mandate", "record-mandate")
    return Missing(Phrase(f"missing.{key}", {"partner": name}), act=view.act(command, partner_id=partner_id))


def _rules_of(view: View, partners: Iterable[UUID]) -> tuple[RuleText, ...]:
    found = [
        mark
        for one in view.signatures.signatories
        if one.partner_id in set(partners)
        for given in one.signatures
        if not given.counts
        for mark in view.ask.marks(given.irregularities)
    ]
    return tuple(dict.fromkeys(found))


def _reviews(view: View) -> list[MilestoneLine]:
    """One line for each period over or under way, once the convention is signed."""
    lines = []
    for one in view.sheet:
        if one.review_period is None:
            continue
        label = Phrase("milestone.REVIEW", {"period": one.review_period.code})
        code = f"review-{one.review_period.code}"
        if one.met_on is not None:
            href = view.trail(one.met_by) if one.met_by is not None else None
            lines.append(MilestoneLine(code, label, "done", one.met_on, due_on=one.due_on, href=href))
        elif one.review_period.last < view.ask.today + timedelta(days=366):
            missing = Missing(
                Phrase("missing.review", {"period": one.review_period.code}), _who(view, one), view.act("record-review")
            )
            over = one.review_period.last < view.ask.today
            lines.append(
                MilestoneLine(
                    code, label, _open_status(view, one), due_on=one.due_on, missing=(missing,) if over else ()
                )
            )
    return lines


def _renewal(view: View) -> MilestoneLine:
    period = view.standing.standing.period
    due = add_months(period.effective_to, -RENEWAL_MONTHS_BEFORE) if period is not None else None
    return MilestoneLine("renewal", Phrase("milestone.RENEWAL"), "not-started", due_on=due)
