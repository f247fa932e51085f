"""What gives no news for the period of the method: a convention, a convened forum, a mandate, a partner (S01 to S04).

A silence is a deadline like any other, counted from the last news of its subject: any fact about it starts the period
anew, and so does what was heard elsewhere, on proof. Nobody is late by being silent: past its day it is to be watched,
and the next one up is asked after a grace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.agenda import Occurrence
from domain.calendar import add_period
from domain.claims.calendar import Claims
from domain.convention.counting import ADOPTED, Signing, last_answer
from domain.convention.forums import ForumCancelled, ForumConvened, ForumHeld
from domain.convention.signing import SignatureRecorded
from domain.convention.state import CONVENTION, COVERS, TerritorialConvention
from domain.diagnosis.content import DiagnosisContent
from domain.indicators.indicator import Indicator
from domain.indicators.satisfaction import Satisfaction
from domain.kernel import Event, Origin
from domain.method import DeadlineRule
from domain.pledges.pledge import Pledge
from domain.steering import SteeringBody
from domain.values import Code
from projections.engine import Dossier, Stream
from projections.what_is_due.naming import named
from projections.what_is_due.silenced import told_elsewhere_on
from projections.what_is_due.starting import NEWS, Start, heard_on
from projections.which_forums_there_are import planned_on

if TYPE_CHECKING:
    from projections.what_is_due import Deadline

OF_CONVENTION: Final = "LATEST_NEWS_OF_CONVENTION"
ANYBODY: Final = None
"""Under which the last news of all is told, whoever gave it."""
_TOLD_BY: Final = (
    TerritorialConvention,
    DiagnosisContent,
    SteeringBody,
    ActionSheet,
    Pledge,
    Claims,
    Indicator,
    Satisfaction,
)
"""Whose events are news of a convention: its own, those of its diagnosis and committees, its sheets, pledges and
indicators."""


@named(trigger=OF_CONVENTION, conditions=("NEWS_OF_CONVENTION",))
def silent_convention(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S01: nothing was recorded about the convention while it runs."""
    last = dossier.once(_heard).get(ANYBODY, dossier.convention.opened_on)
    return [Start(dossier.convention_id, NEWS, last, None, None)]


@named(trigger="FORUM_DAY_PASSED")
def silent_forums(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S02: a forum was convened, and its day is past without its being held or cancelled; met by either."""
    ended: dict[str, Event] = {one.forum_id: one for one in dossier.effective(ForumCancelled)}
    ended |= {one.forum_id: one for one in dossier.effective(ForumHeld)}
    found = []
    for convened in dossier.effective(ForumConvened):
        met = ended.get(convened.forum_id)
        found.append(
            Start(
                dossier.convention_id,
                Code(str(dossier.first_said(convened))),
                planned_on(dossier, convened),
                met.occurred_on if met is not None else None,
                met.envelope.event_id if met is not None else None,
            )
        )
    return found


@named(trigger="LATEST_NEWS_OF_MANDATE", conditions=("NEWS_OF_MANDATE",))
def silent_mandates(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S03: a partner's own body said yes, and nobody has signed since; met by its own signature.

    Once somebody signs, the missing signature (D11) asks whoever is missing.
    """
    convention = dossier.convention
    asked = {cover for one in dossier.effective(SignatureRecorded) for cover in one.covers}
    will_not_sign = Signing.of(convention).will_not_sign
    found = []
    for partner_id in convention.signatories:
        answers = [last_answer(convention, partner_id, cover) for cover in COVERS if cover not in asked]
        adopted = [one.on for one in answers if one is not None and one.outcome == ADOPTED]
        if adopted and partner_id not in will_not_sign:
            last = max([*adopted, dossier.once(_heard).get(partner_id, date.min)])
            found.append(Start(partner_id, NEWS, last, None, None))
    return found


@named(trigger="LATEST_NEWS_OF_PARTNER", conditions=("NEWS_OF_PARTNER",))
def silent_partners(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S04: a partner has signed, and nothing was heard of it since: no act of its own or about it, nobody named to
    speak for it."""
    convention = dossier.convention
    signed = dossier.counted(CONVENTION)
    before = {} if convention.taken_over_on is None else dict.fromkeys(Signing.of(convention).taken_over)
    given = [one.assignment for one in dossier.register.given_on(dossier.territory_id)]
    found = []
    for partner_id in convention.signatories:
        if partner_id not in signed and partner_id not in before:
            continue
        days = [dossier.once(_heard).get(partner_id, date.min)]
        days += [one.recorded_on for one in given if one.partner_id == partner_id]
        days += [convention.taken_over_on or convention.opened_on]
        days += [signed[partner_id].counts_on] if partner_id in signed else []
        found.append(Start(partner_id, NEWS, max(days), None, None))
    return found


def since_last_news(dossier: Dossier, rule: DeadlineRule, found: Start, lines: Sequence[Deadline]) -> Start | None:
    """A silence counted from the last news, those given elsewhere among them; of a convention (S01), from the last day
    on which one of its deadlines (`lines`) asks somebody for something. All else as it is.

    None where it would fall due once the convention is over: its end is spoken of by others.
    """
    if found.key != NEWS:
        return found
    elsewhere = told_elsewhere_on(dossier.agenda, Occurrence(rule.id, found.subject_id, found.key))
    since = max(found.trigger_on, elsewhere)
    if rule.trigger == OF_CONVENTION:
        since = _after_what_is_asked(since, rule, lines)
    over = add_period(since, rule.offset, frozenset()) > dossier.convention.period.effective_to
    heard = tuple((max(on, elsewhere), one) for on, one in found.heard)
    return None if over else replace(found, trigger_on=since, heard=heard)


def _after_what_is_asked(since: date, rule: DeadlineRule, lines: Sequence[Deadline]) -> date:
    """Nobody is asked for news of a convention while they, or whoever is above them, are asked for what it lacks."""
    asking = [(one.steps[0].on, one.steps[-1].on) for one in lines if one.is_open and one.steps]
    for first, last in sorted(asking):
        if since < last and first <= add_period(since, rule.offset, frozenset()):
            since = last
    return since


def _heard(dossier: Dossier) -> Mapping[UUID | None, date]:
    """The last day on which people were heard of each partner, and of `ANYBODY`."""
    found: dict[UUID | None, date] = {}
    for stream in dossier.streams.values():
        _keep_last(found, stream.once(_heard_there).items())
    return found


def _heard_there(stream: Stream) -> Mapping[UUID | None, date]:
    """The same in one stream: of what people recorded, mistakes and mending included; not what followed by itself."""
    found: dict[UUID | None, date] = {}
    for _, event in stream.recorded if isinstance(stream.state, _TOLD_BY) else ():
        if event.envelope.origin is not Origin.REACTION:
            _keep_last(found, dict.fromkeys((ANYBODY, *_about(event)), heard_on((event,))).items())
    return found


def _keep_last(found: dict[UUID | None, date], days: Iterable[tuple[UUID | None, date]]) -> None:
    for one, day in days:
        if day > found.get(one, date.min):
            found[one] = day


def _about(event: Event) -> Iterator[UUID]:
    """The partners whose act an event is, that it is about, or of which it tells that they were there."""
    named = (event.envelope.on_behalf_of, getattr(event, "partner_id", None), getattr(event, "owner_id", None))
    yield from (one for one in named if one is not None)
    yield from getattr(event, "partners_present", ())
