"""What is due to a whole framework: what partners pledged to it (D19, S09), what its committees decided (S07).

The method that it was opened under says how long, who is reminded and when, as for a convention. A role that nobody
holds on the framework passes to the next one up, so that all of it reaches whoever steers it: only they may record what
is delivered, and nobody speaks for a partner there.

Its meetings have no deadline (D07, D08): those are asked of the roles of a territory, and whoever steers a framework
sees on its page which meeting is to be convened and which minutes wait.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias
from uuid import UUID

from domain.calendar import add_period
from domain.following import RecordDecisionDone
from domain.framework_pledges.keeping import FrameworkPledgeDelivered, RecordFrameworkDelivery
from domain.framework_pledges.pledge import FrameworkPledge, FrameworkPledges, bound_on
from domain.frameworks import FrameworkConvention
from domain.method import DeadlineRule
from domain.pledges.pledge import POSSIBLE
from domain.steering import DecisionReference
from domain.values import Code, LocalId, deterministic_id
from projections.engine import WholeFramework
from projections.what_became_of_decisions import SILENCE, decisions
from projections.what_is_due.deadline import Deadline
from projections.what_is_due.decided import silent_since
from projections.what_is_due.falling_due import Subject, falling_due
from projections.what_is_due.since_method import ALWAYS
from projections.what_is_due.starting import NEWS, Start, heard_on, silent
from projections.what_is_due.waited_for import DECISION, PLEDGE, Thing

Started: TypeAlias = Callable[[WholeFramework, DeadlineRule], list[Start]]

_STARTS: Final[dict[str, Started]] = {}
"""What starts on a framework, by the name of the trigger that a method gives it."""
ACT_OF: Final[dict[str, Code]] = {}
"""The act that meets it there, by the same names."""


def _of_framework(trigger: str, act: str) -> Callable[[Started], Started]:
    def register(function: Started) -> Started:
        _STARTS[trigger] = function
        ACT_OF[trigger] = Code(act)
        return function

    return register


def framework_sheet(place: WholeFramework, today: date, holidays: Container[date]) -> tuple[Deadline, ...]:
    """The deadlines of a framework by due day. Once it is over, nothing is expected of it but what falls due later."""
    ends_on = place.framework.ends_on
    subject = Subject(
        None,
        None,
        place.framework_id,
        place.agenda,
        date.min,
        ALWAYS,
        lambda rule, started, by: _things(place, rule, started, by),
    )
    lines = [
        falling_due(rule, one, subject, today, holidays)
        for rule in place.method.active_deadlines
        if rule.trigger in _STARTS
        for one in _STARTS[rule.trigger](place, rule)
        if one.key != NEWS or add_period(one.trigger_on, rule.offset, frozenset()) <= ends_on
    ]
    lines = [one for one in lines if today <= ends_on or one.due_on > ends_on or not one.is_open]
    return tuple(sorted(lines, key=lambda one: (one.due_on, one.id, one.occurrence.subject_id)))


# --- what partners pledged --------------------------------------------------------------------------------------------


@_of_framework("RESOURCE_DUE", RecordFrameworkDelivery.NAME)
def pledged_for_a_day(place: WholeFramework, _: DeadlineRule) -> list[Start]:
    """D19: each day for which a partner pledged something, met when all of it is there."""
    due: dict[tuple[UUID, date], dict[LocalId, FrameworkPledge]] = defaultdict(dict)
    for pledge_id, one in _made(place).items():
        if one.terms.due_on is not None:
            due[one.partner_id, one.terms.due_on][pledge_id] = one
    return [_due(place, partner_id, day, pledges) for (partner_id, day), pledges in due.items()]


def _due(place: WholeFramework, partner_id: UUID, day: date, pledges: Mapping[LocalId, FrameworkPledge]) -> Start:
    lacking = {pledge_id: one for pledge_id, one in pledges.items() if not one.is_delivered}
    said = [one for _, one in place.of(FrameworkConvention, FrameworkPledgeDelivered) if one.pledge_id in pledges]
    last = None if lacking else max(said, key=lambda one: one.occurred_on, default=None)
    return Start(
        partner_id,
        Code(day.isoformat()),
        day,
        last.occurred_on if last is not None else None,
        last.envelope.event_id if last is not None else None,
        obliged=any(_is_owed(place.framework, one, partner_id, day) for one in (lacking or pledges).values()),
        owner_id=partner_id,
        things=tuple(_named(place, one) for one in lacking),
    )


@_of_framework("LATEST_NEWS_OF_PLEDGE", RecordFrameworkDelivery.NAME)
def silent_pledges(place: WholeFramework, _: DeadlineRule) -> list[Start]:
    """S09: of what is not delivered, nor said not to be kept, nothing was heard since it was to begin or be there."""
    heard: dict[LocalId, date] = {}
    for stream in place.streams_of(FrameworkConvention):
        for _position, event in stream.entries:
            if (pledge_id := getattr(event, "pledge_id", None)) is not None:
                heard[pledge_id] = max(heard.get(pledge_id, date.min), heard_on((event,)))
    by_partner: dict[UUID, list[tuple[date, LocalId]]] = defaultdict(list)
    made = _made(place)
    for pledge_id, one in made.items():
        if one.is_delivered or one.defaults:
            continue
        begins = (one.terms.starts_on, one.terms.due_on)
        since = max(heard.get(pledge_id, one.pledged_on), *(day for day in begins if day is not None), date.min)
        by_partner[one.partner_id].append((since, pledge_id))
    return [
        silent(
            partner_id,
            [(since, _named(place, one)) for since, one in found],
            obliged=any(_is_owed(place.framework, made[one], partner_id, since) for since, one in found),
        )
        for partner_id, found in by_partner.items()
    ]


def _made(place: WholeFramework) -> Mapping[LocalId, FrameworkPledge]:
    return FrameworkPledges.of(place.framework).made


def _named(place: WholeFramework, pledge_id: LocalId) -> UUID:
    """A pledge, which has no stream of its own, as an id."""
    return deterministic_id("framework-pledge", place.framework_id, pledge_id)


def _is_owed(framework: FrameworkConvention, pledge: FrameworkPledge, partner_id: UUID, day: date) -> bool:
    """Whether a pledge bound a partner on a day, and was more than possible (R17)."""
    since = bound_on(framework, pledge, partner_id)
    return pledge.terms.certainty != POSSIBLE and since is not None and since <= day


# --- what its committees decided --------------------------------------------------------------------------------------


@_of_framework(SILENCE, RecordDecisionDone.NAME)
def silent_decisions(place: WholeFramework, rule: DeadlineRule) -> list[Start]:
    """S07: of what is neither done, replaced nor abandoned; asked of the partner that sees to it, of all at once."""
    by_owner: dict[UUID | None, list[tuple[date, UUID]]] = defaultdict(list)
    for one in decisions(place, (), None, date.max):
        if one.is_open and one.decided_on <= place.framework.ends_on:
            by_owner[one.owner_id].append((silent_since(one, rule.offset), one.event_id))
    return [
        replace(silent(owner_id or place.framework_id, heard), owner_id=owner_id)
        for owner_id, heard in by_owner.items()
    ]


# --- what it waits for ------------------------------------------------------------------------------------------------


def _things(place: WholeFramework, rule: DeadlineRule, started: Start, by: date) -> tuple[Thing, ...]:
    """By name; of a silence, those of which nothing will have been heard for the period by a day."""
    silent_ones = (
        one
        for on, some in groupby(started.heard, itemgetter(0))
        if add_period(on, rule.offset, frozenset()) <= by
        for _, one in some
    )
    known = place.once(_every_thing)
    return tuple(known[one] for one in started.things or silent_ones if one in known)


def _every_thing(place: WholeFramework) -> Mapping[UUID, Thing]:
    found = {
        _named(place, pledge_id): Thing(PLEDGE, place.framework_id, one.terms.what, pledge_id=pledge_id)
        for pledge_id, one in _made(place).items()
    }
    for one in decisions(place, (), None, date.max):
        reference: DecisionReference = one.reference
        found[one.event_id] = Thing(DECISION, reference.body_id, one.text, decision=reference, recorded_by=one.event_id)
    return found
