"""What does a method say, line by line, and in what do two methods differ?

Lines are codes and numbers, never phrases: pages, the command line and the API say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from domain.method import Calendars, DeadlineRule, MethodProfile, Step
from domain.values import Code

Value: TypeAlias = Code | int

REMINDER: Final = Code("REMINDER")
ESCALATION: Final = Code("ESCALATION")
DEADLINES: Final = Code("DEADLINES")
YES, NO = Code("true"), Code("false")


@dataclass(frozen=True)
class MethodLine:
    """One thing that a method says: in which part of it, about what, in which respect, and what.

    `subject`: a deadline, a role, a kind of partner, a rule, a month; empty where the part has one subject. Of a step
    (`REMINDER`, `ESCALATION`) the first value is its day relative to the due one, then come its recipients.
    """

    part: Code
    subject: Code
    aspect: Code
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that two methods say otherwise; nothing before for what was added, nothing after for what was taken
    away."""

    part: Code
    subject: Code
    aspect: Code
    before: tuple[Value, ...] | None
    after: tuple[Value, ...] | None


def lines(method: MethodProfile) -> tuple[MethodLine, ...]:
    """Everything that a method says, in the order of its file."""
    return tuple(_lines(method))


def differences(before: MethodProfile, after: MethodProfile) -> tuple[Difference, ...]:
    """What a method says otherwise than another, in the order of the second; what only the first says comes where it
    was."""
    found: list[Difference] = []
    old, new = _by_subject(lines(before)), _by_subject(lines(after))
    for key in dict.fromkeys((*old, *new)):
        found += _of_subject(old.get(key, ()), new.get(key, ()))
    order = {key: place for place, key in enumerate(dict.fromkeys((*new, *old)))}
    return tuple(sorted(found, key=lambda one: order[(one.part, one.subject)]))


def _by_subject(said: Iterable[MethodLine]) -> dict[tuple[Code, Code], list[MethodLine]]:
    found: dict[tuple[Code, Code], list[MethodLine]] = {}
    for one in said:
        found.setdefault((one.part, one.subject), []).append(one)
    return found


def _of_subject(old: Sequence[MethodLine], new: Sequence[MethodLine]) -> Iterator[Difference]:
    """What differs about one subject: a value at another value, a step at another day or for other people."""
    plain = {one.aspect: one.values for one in old if not _is_step(one)}
    now = {one.aspect: one.values for one in new if not _is_step(one)}
    part, subject = (*old, *new)[0].part, (*old, *new)[0].subject
    for aspect in dict.fromkeys((*plain, *now)):
        if plain.get(aspect) != now.get(aspect):
            yield Difference(part, subject, aspect, plain.get(aspect), now.get(aspect))
    for kind in (REMINDER, ESCALATION):
        gone = [one.values for one in old if one.aspect == kind]
        come = [one.values for one in new if one.aspect == kind]
        same = [one for one in gone if one in come]
        gone, come = [one for one in gone if one not in same], [one for one in come if one not in same]
        for before, after in _paired(gone, come):
            yield Difference(part, subject, kind, before, after)


def _paired(
    gone: list[tuple[Value, ...]], come: list[tuple[Value, ...]]
) -> Iterator[tuple[tuple[Value, ...] | None, tuple[Value, ...] | None]]:
    """Steps that moved (same people, another day) or speak to others (same day) are one change, not two."""
    for of_people in (True, False):
        for before in [*gone]:
            after = next((one for one in come if _alike(one, of_people) == _alike(before, of_people)), None)
            if after is not None:
                gone.remove(before)
                come.remove(after)
                yield before, after
    yield from ((one, None) for one in gone)
    yield from ((None, one) for one in come)


def _alike(values: tuple[Value, ...], of_people: bool) -> tuple[Value, ...]:
    """The people of a step, or its day."""
    return values[1:] if of_people else values[:1]


def _is_step(one: MethodLine) -> bool:
    return one.aspect in (REMINDER, ESCALATION)


# --- the parts of a method --------------------------------------------------------------------------------------------


def _line(part: str, subject: str, aspect: str, *values: Value) -> MethodLine:
    return MethodLine(Code(part), Code(subject), Code(aspect), values)


def _lines(method: MethodProfile) -> Iterator[MethodLine]:
    yield _line("PATH", "", "PHASES", *method.phases)
    yield _line("PATH", "", "MILESTONES", *(one.id for one in method.milestones if one.active))
    yield _line("PATH", "", "ANNOUNCED_MILESTONES", *(one.id for one in method.milestones if not one.active))
    yield _line("THEMES", "", "THEMES", *method.themes)
    yield _line("THEMES", "", "TRANSVERSE_THEMES", *method.transverse_themes)
    yield _line("THEMES", "", "MANDATORY_THEMES", *method.mandatory_themes)
    yield _line("DURATION", "", "MIN_YEARS", method.duration.min_years)
    yield _line("DURATION", "", "MAX_YEARS", method.duration.max_years)
    yield _line("DURATION", "", "DEFAULT_YEARS", method.duration.default_years)
    yield _line("DURATION", "", "DEFAULT_END", method.duration.default_end)
    yield _line("FORUMS", "", "EXPERTISES", *(Code(one.name) for one in method.forum.expertises))
    yield _line("FORUMS", "", "MINIMUM_PER_EXPERTISE", method.forum.minimum_per_expertise)
    yield _line("FORUMS", "", "SIDES", *(Code(one.name) for one in method.forum.sides))
    limits = method.thresholds
    yield _line("THRESHOLDS", "", "STALE_DIAGNOSIS", limits.stale_diagnosis_months)
    yield _line("THRESHOLDS", "", "LONG_RETROACTIVITY", limits.long_retroactivity_months)
    yield _line("THRESHOLDS", "", "STALLED", limits.stalled_months)
    yield _line("THRESHOLDS", "", "FINAL_REVIEW", limits.final_review_before_end_months)
    yield _line("THRESHOLDS", "", "EXTENSION", limits.extension_months)
    yield _line("THRESHOLDS", "", "SMALL_CELL", limits.small_cell_persons)
    yield _line("THRESHOLDS", "", "BEHIND", limits.behind_points)
    if limits.headline_findings is not None:
        yield _line("THRESHOLDS", "", "HEADLINE_FINDINGS", limits.headline_findings)
    if limits.delegation_ending_days is not None:
        yield _line("THRESHOLDS", "", "DELEGATION_ENDING", limits.delegation_ending_days)
    yield _line("DECISIONS", "", "DECIDING_BODIES", *method.deciding_bodies)
    yield _line("DECISIONS", "", "ADAPTING_BODIES", *method.adapting_bodies)
    yield _line("DECISIONS", "", "WAIVABLE", *method.waivable_rules)
    for refusal, level in method.rule_levels:
        yield _line("RULES", refusal, "LEVEL", level)
    for one in method.default_signatories:
        yield _line("SIGNATORIES", one.kind, "REQUIRED", YES if one.required else NO)
    for rule in method.mandate_rules:
        yield _line("MANDATES", rule.partner_kind, "MANDATE_KINDS", *rule.mandate_kinds)
        yield _line("MANDATES", rule.partner_kind, "TRANSMITTED", YES if rule.acts_must_be_transmitted else NO)
    yield _line("REVIEWS", "", "REVIEW_PERIOD", method.review.period)
    yield _line("REVIEWS", "", "REVIEW_KINDS", *method.review.kinds)
    yield _line("REVIEWS", "", "ENDING", method.review.ending_months)
    if method.review.minutes_days is not None:
        yield _line("REVIEWS", "", "MINUTES", method.review.minutes_days)
    for bonus in method.bonuses:
        yield _line("BONUSES", bonus.place_kind, "YEARLY_EUROS", bonus.yearly_euros)
    yield _line("CORRECTIONS", "", "CONFIRMED_BY", *method.corrections.confirmed_by)
    yield _line("CORRECTIONS", "", "LAPSES_AFTER", method.corrections.lapses_after_days)
    for role in method.roles:
        yield _line("ROLES", role.role, "NEXT_UP", *([role.next_up] if role.next_up else []))
    yield from _of_calendars(method.calendars)
    for deadline in method.deadlines:
        yield from _of_deadline(deadline)


def _of_calendars(calendars: Calendars) -> Iterator[MethodLine]:
    yield _line("CALENDARS", "", "SCHOOL_HOLIDAYS", YES if calendars.school_holidays else NO)
    pauses = (
        f"{one.first[0]:02}-{one.first[1]:02}/{one.last[0]:02}-{one.last[1]:02}" for one in calendars.council_pauses
    )
    yield _line("CALENDARS", "", "COUNCIL_PAUSES", *map(Code, pauses))
    yield _line("CALENDARS", "", "PAUSE_BEFORE_VOTE", calendars.council_pause_before_vote_months)
    yield _line("CALENDARS", "", "RESERVE", calendars.reserve_months)
    for vote in calendars.votes:
        yield _line("CALENDARS", f"{vote.year}-{vote.month:02}", "VOTE", *vote.partner_kinds)


def _of_deadline(rule: DeadlineRule) -> Iterator[MethodLine]:
    yield _line(DEADLINES, rule.id, "ACTIVE", YES if rule.active else NO)
    yield _line(DEADLINES, rule.id, "SUBJECT", rule.subject)
    yield _line(DEADLINES, rule.id, "OFFSET", Code(str(rule.offset)))
    yield _line(DEADLINES, rule.id, "WORKING_DAYS", YES if rule.offset.working_days else NO)
    yield _line(DEADLINES, rule.id, "OCCURRENCE", rule.occurrence)
    yield _line(DEADLINES, rule.id, "TRIGGER", rule.trigger)
    yield _line(DEADLINES, rule.id, "MET_BY", *rule.met_by)
    yield _line(DEADLINES, rule.id, "MOVES", YES if rule.moves else NO)
    yield from (_step(rule, REMINDER, one) for one in rule.reminders)
    yield from (_step(rule, ESCALATION, one) for one in rule.escalations)
    yield _line(DEADLINES, rule.id, "SILENCE", *rule.silence)
    if rule.bodies:
        yield _line(DEADLINES, rule.id, "BODIES", *rule.bodies)


def _step(rule: DeadlineRule, kind: Code, step: Step) -> MethodLine:
    return _line(DEADLINES, rule.id, kind, step.offset_days, *step.recipients)
