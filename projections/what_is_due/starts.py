"""Which deadlines started, and what met them: derived from one convention's facts and its pinned method.

What the domain withholds meets nothing: a forum that does not count, an irregular review, a signature that does not
count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.calendar import ReviewPeriod, review_periods
from domain.convention.counting import (
    ADOPTED,
    Signature,
    Signing,
    counted_signatures,
    last_answer,
    resumed_on,
)
from domain.convention.crossing import ForumsHeld
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.earlier import EarlierFactRecorded
from domain.convention.forums import ForumHeld
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ANNUAL, Review, ReviewDone, why_not_counted
from domain.convention.signatories import SignatoryChanged
from domain.convention.signing import SignatureRecorded
from domain.convention.state import CONVENTION
from domain.kernel import EVENTS, Event
from domain.method import DeadlineRule
from domain.values import Code
from projections import what_still_stands
from projections.engine import Dossier
from projections.what_still_stands import Standing

SIGNATORY: Final = "SIGNATORY"
_REVIEW_PERIOD: Final = "REVIEW_PERIOD"
_COUNTED_FORUM: Final = "LATEST_COUNTED_FORUM"


@dataclass(frozen=True)
class Start:
    """An occurrence that started: moved, it keeps its key. `answered_on`: since when the partner has said no;
    `obliged`: whether it may be late: an optional signatory is reminded and watched."""

    subject_id: UUID
    key: Code
    trigger_on: date
    met_on: date | None
    met_by: UUID | None
    review_period: ReviewPeriod | None = None
    answered_on: date | None = None
    obliged: bool = True


def starts(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """The occurrences of a deadline, according to its subject and trigger.

    What a convention taken over had passed before (R34) starts nothing: what follows the first of its kind has had its
    turn, known or not; what follows something else starts with what happens since.
    """
    as_of = dossier.convention.taken_over_on
    if as_of is None or rule.subject == _REVIEW_PERIOD:
        return _starts(dossier, rule)
    if rule.subject != SIGNATORY and rule.occurrence == "FIRST":
        return []
    signed_before = Signing.of(dossier.convention).taken_over
    found = _starts(dossier, rule)
    return [one for one in found if one.trigger_on >= as_of and one.subject_id not in signed_before]


def _starts(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    if rule.subject == SIGNATORY:
        return _signatures_missing(dossier)
    if rule.subject == _REVIEW_PERIOD:
        return _reviews(dossier)
    if rule.trigger == _COUNTED_FORUM:
        return _after_counted_forum(dossier, rule)
    return _after_event(dossier, rule)


def _of(dossier: Dossier, *topics: str) -> tuple[Event, ...]:
    """The facts of these topics that take effect, by business date."""
    return dossier.once(_by_date, *topics)


def _by_date(dossier: Dossier, *topics: str) -> tuple[Event, ...]:
    found: list[Event] = []
    for topic in topics:
        if topic == ForumHeld.TOPIC:
            counts = ForumsHeld.of(dossier.convention).counts
            found += [one for one in dossier.effective(ForumHeld) if counts(one.forum_id)]
        elif (standing := _standing(dossier, topic)) is not None:
            found += standing.facts
        elif topic in EVENTS:
            found += dossier.effective(EVENTS[topic])
    if len(found) > 1:
        found.sort(key=lambda one: (one.envelope.occurred_on, one.originator_version))
    return tuple(found)


def _standing(dossier: Dossier, topic: str) -> Standing[Any] | None:
    """What still stands of the facts of a topic; None for one that nothing undoes."""
    if topic == PriorityChosen.TOPIC:
        return what_still_stands.choices(dossier)
    return what_still_stands.plans(dossier) if topic == ActionPlanValidated.TOPIC else None


def _undone_on(dossier: Dossier, topics: Sequence[str]) -> date:
    """The day from which what these facts had met is to be done again; long ago when nothing was undone."""
    standing = [_standing(dossier, topic) for topic in topics]
    return max((one.undone_on for one in standing if one is not None and one.undone_on is not None), default=date.min)


def _after_event(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """Started by the first, the latest or each event of a topic; the key is the event recorded first."""
    triggers = _of(dossier, rule.trigger)
    if not triggers:
        return []
    meeting = _of(dossier, *rule.met_by)
    recorded_first = min(triggers, key=lambda one: one.originator_version)
    if rule.occurrence == "EACH":
        return [_start(dossier, rule, one, one.occurred_on, meeting, since=one.occurred_on) for one in triggers]
    if rule.occurrence == "LATEST":
        latest = triggers[-1].occurred_on
        return [_start(dossier, rule, recorded_first, latest, meeting, since=latest)]
    # What was already done when the first event came (a diagnosis shared before the letter) is done; what was undone
    # since is due again, counted from then.
    day = max(triggers[0].occurred_on, _undone_on(dossier, rule.met_by))
    return [_start(dossier, rule, recorded_first, day, meeting, since=date.min)]


def _after_counted_forum(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D05: since the last diagnosis, moved by each forum that counts until a choice that follows meets it, and by the
    withdrawal of the last priority.

    An earlier version of the diagnosis keeps its line only if it led to a choice.
    """
    diagnoses = _of(dossier, DiagnosisShared.TOPIC)
    choices = _of(dossier, *rule.met_by)
    forums = _of(dossier, ForumHeld.TOPIC)
    found = []
    for number, diagnosis in enumerate(diagnoses):
        until = diagnoses[number + 1].occurred_on if number + 1 < len(diagnoses) else date.max
        held = [one.occurred_on for one in forums if diagnosis.occurred_on <= one.occurred_on < until]
        if not held:
            continue
        met = next((one for one in choices if held[0] <= one.occurred_on < until), None)
        if met is None and until != date.max:
            continue
        trigger = max(day for day in held if met is None or day <= met.occurred_on)
        if until == date.max:
            trigger = max(trigger, _undone_on(dossier, rule.met_by))
        found.append(_start(dossier, rule, diagnosis, trigger, [met] if met else [], since=date.min))
    return found


def _key(said: object, annulled: Sequence[Event]) -> Code:
    """What tells an occurrence from others. What was met by something that was annulled since is expected anew, and
    spoken of anew."""
    return Code(f"{said}.{len(annulled)}" if annulled else str(said))


def _annulled(dossier: Dossier, *topics: str) -> list[Event]:
    return dossier.annulled(*(EVENTS[topic] for topic in topics if topic in EVENTS))


def _start(
    dossier: Dossier, rule: DeadlineRule, trigger: Event, day: date, meeting: Sequence[Event], *, since: date
) -> Start:
    met = next((one for one in meeting if one.occurred_on >= since), None)
    return Start(
        trigger.originator_id,
        _key(dossier.first_said(trigger), _annulled(dossier, *rule.met_by)),
        day,
        met.occurred_on if met else None,
        met.envelope.event_id if met else None,
    )


def _signatures_missing(dossier: Dossier) -> list[Start]:
    """D11: once somebody signed, every signatory is expected to; each text that is signed apart starts anew.

    One whose own body said no is asked no more: another vote opens it again, counted from that vote. One that the
    committee added or asked anew is expected from then on, and one that will not sign is not.
    """
    signed = dossier.effective(SignatureRecorded)
    found: list[Start] = []
    started: set[Code] = set()
    changed = {one.partner_id: one.occurred_on for one in dossier.effective(SignatoryChanged)}
    will_not_sign = Signing.of(dossier.convention).will_not_sign
    for first in signed:
        covers = set(first.covers) - started
        if not covers:
            continue
        started |= covers
        trigger = min(one.occurred_on for one in signed if covers & set(one.covers))
        counted = {cover: counted_signatures(dossier.convention, cover) for cover in sorted(covers)}
        for partner_id, signatory in dossier.convention.signatories.items():
            missing = [cover for cover, by_partner in counted.items() if partner_id not in by_partner]
            own = [by_partner[partner_id] for by_partner in counted.values() if partner_id in by_partner]
            if missing and partner_id in will_not_sign:
                continue
            last = max(own, key=lambda one: one.counts_on) if not missing else None
            met_on, met_by = (last.counts_on, _event_of(last.signature, signed)) if last else (None, None)
            lost = [one for one in dossier.annulled(SignatureRecorded) if one.partner_id == partner_id]
            key = _key(dossier.first_said(first), lost)
            day = max(trigger, _resumed(dossier, partner_id, missing), changed.get(partner_id, trigger))
            said_no, obliged = _said_no(dossier, partner_id, missing), signatory.required
            found.append(Start(partner_id, key, day, met_on, met_by, answered_on=said_no, obliged=obliged))
    return found


def _said_no(dossier: Dossier, partner_id: UUID, covers: Iterable[Code]) -> date | None:
    """Since when a partner's own body says no to one of these, None while it does not."""
    answers = (last_answer(dossier.convention, partner_id, cover) for cover in covers)
    return min((one.on for one in answers if one is not None and one.outcome != ADOPTED), default=None)


def _resumed(dossier: Dossier, partner_id: UUID, covers: Iterable[Code]) -> date:
    """The day on which a partner that had said no decided to sign after all; long ago for all others."""
    days = (resumed_on(dossier.convention, partner_id, cover) for cover in covers)
    return max((day for day in days if day is not None), default=date.min)


def _event_of(signature: Signature, signed: Sequence[SignatureRecorded]) -> UUID | None:
    own = (one for one in signed if one.partner_id == signature.partner_id and one.occurred_on == signature.signed_on)
    return next((one.envelope.event_id for one in own), None)


def _reviews(dossier: Dossier) -> list[Start]:
    """D16: each period ending after the convention was signed, met by its first annual review that counts."""
    convention = dossier.convention
    signed_on, period, method = Signing.of(convention).signed_on.get(CONVENTION), convention.period, dossier.method
    if signed_on is None:
        return []
    known = {one.period.effective_from: one for one in reversed(dossier.effective(EarlierFactRecorded)) if one.period}
    done = {
        one.period.effective_from: one
        for one in reversed(_of(dossier, ReviewDone.TOPIC))
        if isinstance(one, ReviewDone)
        and one.kind == ANNUAL
        and why_not_counted(Review(one.review_id, one.kind, one.period, one.occurred_on), period, signed_on, method)
        is None
    }
    lost: list[Any] = [one for one in dossier.annulled(ReviewDone) if one.kind == ANNUAL]
    lost += [one for one in dossier.annulled(EarlierFactRecorded) if one.period is not None]
    found = []
    for one in review_periods(method.review, period.effective_from, period.effective_to):
        if one.last >= signed_on:
            met: Event | None = known.get(one.first) or done.get(one.first)
            found.append(
                Start(
                    convention.id,
                    _key(one.first.isoformat(), [each for each in lost if each.period.effective_from == one.first]),
                    one.last,
                    met.occurred_on if met else None,
                    met.envelope.event_id if met else None,
                    one,
                )
            )
    return found
