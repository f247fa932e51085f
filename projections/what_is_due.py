"""What is due, by when, and what was missed?

The projection keeps what can start or meet a deadline; the sheet is derived from it, from the pinned method profile and
from today, each time it is asked (domain.md 4.4). A fact recorded late meets its deadline on the day it happened. What
the domain withholds meets nothing: a forum that does not count, an irregular review, a signature that does not count.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Index, Integer, Text, Uuid, select

from domain.agenda import ESCALATION, REMINDER, Occurrence, PendingStep
from domain.calendar import DatedStep, ReviewPeriod, StepKind, days_late, due_on, review_periods, steps
from domain.convention.counting import ActionPlanSigned, ConventionSigned, counted_signatures
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumConvened, ForumHeld
from domain.convention.opening import ConventionOpened, EngagementConfirmed
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ANNUAL, ReviewDone
from domain.convention.signing import ConventionActivated, MandateRecorded, SignatureRecorded
from domain.convention.state import Forum, Mandate, SharedDiagnosis, Signatory, Signature, TerritorialConvention, Waiver
from domain.convention.waivers import WaiverGranted
from domain.kernel import Event
from domain.method import DeadlineRule, MethodProfile
from domain.profiles import MethodProfilePublished
from domain.values import Code, ValidityPeriod
from projections.engine import Batch, Codes, Facts, Method, Projection, empty_convention

PLANNED = Code("PLANNED")
DUE_SOON = Code("DUE_SOON")
"""Its first reminder is past and its day is not."""
MISSED = Code("MISSED")
MET = Code("MET")
MET_LATE = Code("MET_LATE")

_SIGNATORY: Final = "SIGNATORY"
_REVIEW_PERIOD: Final = "REVIEW_PERIOD"
_COUNTED_FORUM: Final = "LATEST_COUNTED_FORUM"

due = Projection("due", 1)

profiles = due.table(
    "profiles",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)
conventions = due.table(
    "conventions",
    Column("convention_id", Uuid, primary_key=True),
    Column("territory_id", Uuid, nullable=False),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date, nullable=False),
    Column("signatories", Codes, nullable=False),  # [partner, kind, required] in the order of the list
    Index(None, "territory_id"),
)
facts = due.table(
    "facts",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("topic", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("irregular", Boolean, nullable=False),
    Column("detail", Facts, nullable=False),
)


@due.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(profiles, name=event.profile.name, version=event.profile.version, profile=event.profile)


@due.when(ConventionOpened)
def _opened(batch: Batch, event: ConventionOpened) -> None:
    batch.put(
        conventions,
        convention_id=event.originator_id,
        territory_id=event.home_territory_id,
        profile_name=event.profile_name,
        profile_version=event.profile_version,
        effective_from=event.period.effective_from,
        effective_to=event.period.effective_to,
        signatories=[[str(one.partner_id), one.kind, one.required] for one in event.signatories],
    )
    _fact(batch, event)


@due.when(EngagementConfirmed, ForumConvened, PriorityChosen, ActionPlanSigned, ConventionSigned, ConventionActivated)
def _fact(batch: Batch, event: Event) -> None:
    _keep(batch, event)


@due.when(DiagnosisShared)
def _diagnosis(batch: Batch, event: DiagnosisShared) -> None:
    _keep(batch, event, version=event.diagnosis_version)


@due.when(ForumHeld)
def _forum(batch: Batch, event: ForumHeld) -> None:
    _keep(batch, event, forum=event.forum_id)


@due.when(WaiverGranted)
def _waiver(batch: Batch, event: WaiverGranted) -> None:
    _keep(batch, event, rule=event.rule, subject=event.subject, expires_on=event.expires_on)


@due.when(ActionPlanValidated)
def _plan(batch: Batch, event: ActionPlanValidated) -> None:
    _keep(batch, event, text=event.text_sha256, covers=event.text_covers)


@due.when(MandateRecorded)
def _mandate(batch: Batch, event: MandateRecorded) -> None:
    _keep(
        batch,
        event,
        partner=event.partner_id,
        kind=event.kind,
        covers=event.covers,
        fits=event.fits,
        executory_on=event.executory_on,
        executory_at=event.executory_at,
    )


@due.when(SignatureRecorded)
def _signature(batch: Batch, event: SignatureRecorded) -> None:
    _keep(
        batch,
        event,
        partner=event.partner_id,
        covers=event.covers,
        text=event.text_sha256,
        signed_at=event.signed_at,
    )


@due.when(ReviewDone)
def _review(batch: Batch, event: ReviewDone) -> None:
    _keep(batch, event, kind=event.kind, first=event.period.effective_from)


def _keep(batch: Batch, event: Event, **detail: Any) -> None:
    batch.put(
        facts,
        convention_id=event.originator_id,
        position=batch.position,
        topic=event.TOPIC,
        event_id=event.envelope.event_id,
        occurred_on=event.occurred_on,
        irregular=event.irregular,
        detail=detail,
    )


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deadline:
    """One line of the sheet: which deadline of the method, about what, due when, in what state today.

    `days_late`: calendar days from the due day to the day it was met, or to today; 0 when in time. `partner_id`: whose
    signature (D11); `review_period`: which review (D16). `next_step`: the next message, while it is not met.
    """

    convention_id: UUID
    territory_id: UUID
    id: Code
    occurrence: Occurrence
    trigger_on: date
    due_on: date
    met_on: date | None
    met_by: UUID | None
    state: Code
    days_late: int
    steps: tuple[DatedStep, ...]
    next_step: DatedStep | None
    partner_id: UUID | None = None
    review_period: ReviewPeriod | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still expected."""
        return self.met_on is None


def sheet(connection: Connection, convention_id: UUID, today: date, holidays: Container[date]) -> tuple[Deadline, ...]:
    """The deadlines of a convention by due day; empty when there is no such convention."""
    return sheets(connection, [convention_id], today, holidays).get(convention_id, ())


def sheets(
    connection: Connection, convention_ids: Iterable[UUID] | None, today: date, holidays: Container[date]
) -> dict[UUID, tuple[Deadline, ...]]:
    """The sheets of several conventions (None: of all)."""
    asked = select(conventions)
    kept = select(facts).order_by(facts.c.position)
    if convention_ids is not None:
        wanted = list(convention_ids)
        asked = asked.where(conventions.c.convention_id.in_(wanted))
        kept = kept.where(facts.c.convention_id.in_(wanted))
    methods: dict[tuple[str, int], MethodProfile] = {
        (row.name, row.version): row.profile for row in connection.execute(select(profiles))
    }
    histories: dict[UUID, list[_Fact]] = {}
    for row in connection.execute(kept):
        one = _Fact(row.topic, row.event_id, row.occurred_on, row.position, row.irregular, row.detail)
        histories.setdefault(row.convention_id, []).append(one)
    found = {}
    for row in connection.execute(asked):
        profile = methods[row.profile_name, row.profile_version]
        convention = _Convention(row, histories.get(row.convention_id, []), profile)
        lines = [
            _deadline(rule, started, row.convention_id, row.territory_id, today, holidays)
            for rule in profile.active_deadlines
            for started in convention.starts(rule)
        ]
        found[row.convention_id] = tuple(sorted(lines, key=lambda line: (line.due_on, line.id)))
    return found


def next_deadline(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The open deadline that comes first from today on, None when nothing is expected; missed ones are in `late`."""
    return next((one for one in deadlines if one.state in (PLANNED, DUE_SOON)), None)


def late(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """What is past its day and still expected, the oldest first."""
    return tuple(one for one in deadlines if one.state == MISSED)


def review_is_late(deadlines: Sequence[Deadline]) -> bool:
    """Whether the flag REVIEW_LATE holds."""
    return any(one.review_period is not None for one in late(deadlines))


def missed(deadlines: Sequence[Deadline]) -> tuple[tuple[Occurrence, date], ...]:
    """What the sweep records as missed, with its due day."""
    return tuple((one.occurrence, one.due_on) for one in late(deadlines))


def pending_steps(deadlines: Sequence[Deadline], today: date) -> tuple[PendingStep, ...]:
    """The steps that time has reached of what is not met, for the sweep; it finds the people of `roles`.

    A reminder and an escalation of one same day are one message, an escalation, to both.
    """
    found: list[PendingStep] = []
    for one in deadlines:
        reached: dict[int, list[DatedStep]] = {}
        if one.is_open:
            for step in one.steps:
                if step.on <= today:
                    reached.setdefault(_offset(step), []).append(step)
        for offset, together in sorted(reached.items()):
            escalates = any(step.kind is StepKind.ESCALATION for step in together)
            roles = dict.fromkeys(role for step in together for role in step.recipients)
            kind = ESCALATION if escalates else REMINDER
            found.append(PendingStep(one.occurrence, one.due_on, offset, kind, (), tuple(roles)))
    return tuple(found)


def _offset(step: DatedStep) -> int:
    return int(step.id.removeprefix(step.kind.value))


def _deadline(
    rule: DeadlineRule,
    started: _Start,
    convention_id: UUID,
    territory_id: UUID,
    today: date,
    holidays: Container[date],
) -> Deadline:
    day = due_on(rule, started.trigger_on, holidays)
    dated = steps(rule, day, holidays)
    met_on = started.met_on
    if met_on is not None:
        state = MET if met_on <= day else MET_LATE
    elif today > day:
        state = MISSED
    else:
        state = DUE_SOON if any(step.on <= today for step in dated) else PLANNED
    return Deadline(
        convention_id=convention_id,
        territory_id=territory_id,
        id=rule.id,
        occurrence=Occurrence(rule.id, started.subject_id, started.key),
        trigger_on=started.trigger_on,
        due_on=day,
        met_on=met_on,
        met_by=started.met_by,
        state=state,
        days_late=days_late(day, met_on or today),
        steps=dated,
        next_step=next((step for step in dated if step.on > today), None) if met_on is None else None,
        partner_id=started.subject_id if rule.subject == _SIGNATORY else None,
        review_period=started.review_period,
    )


# --- what starts and meets them ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Fact:
    topic: str
    event_id: UUID
    occurred_on: date
    position: int
    irregular: bool
    detail: dict[str, Any]


@dataclass(frozen=True)
class _Start:
    """An occurrence that started: moved, it keeps its key."""

    subject_id: UUID
    key: Code
    trigger_on: date
    met_on: date | None
    met_by: UUID | None
    review_period: ReviewPeriod | None = None


class _Convention:
    """One convention's facts, in the order they were recorded, and the small state that the domain's rules read."""

    def __init__(self, row: Any, history: Sequence[_Fact], profile: MethodProfile) -> None:
        self.id: UUID = row.convention_id
        self.period = ValidityPeriod(row.effective_from, row.effective_to)
        self.profile = profile
        self.history = history
        self.state = _state(row, history)

    def starts(self, rule: DeadlineRule) -> list[_Start]:
        """The occurrences of a deadline, according to its subject and trigger."""
        if rule.subject == _SIGNATORY:
            return self._signatures_missing()
        if rule.subject == _REVIEW_PERIOD:
            return self._reviews()
        if rule.trigger == _COUNTED_FORUM:
            return self._after_counted_forum(rule)
        return self._after_event(rule)

    def _of(self, *topics: str) -> list[_Fact]:
        """The facts of these topics that take effect, by business date."""
        found = [one for one in self.history if one.topic in topics and self._takes_effect(one)]
        return sorted(found, key=lambda one: (one.occurred_on, one.position))

    def _takes_effect(self, fact: _Fact) -> bool:
        if fact.topic == ForumHeld.TOPIC:
            return self.state.forum_counts(fact.detail["forum"])
        return not (fact.topic == ReviewDone.TOPIC and fact.irregular)

    def _after_event(self, rule: DeadlineRule) -> list[_Start]:
        """Started by the first, the latest or each event of a topic; the key is the event recorded first."""
        triggers = self._of(rule.trigger)
        if not triggers:
            return []
        meeting = self._of(*rule.met_by)
        recorded_first = min(triggers, key=lambda one: one.position)
        if rule.occurrence == "EACH":
            return [self._start(one, one.occurred_on, meeting, since=one.occurred_on) for one in triggers]
        if rule.occurrence == "LATEST":
            latest = triggers[-1].occurred_on
            return [self._start(recorded_first, latest, meeting, since=latest)]
        # What was already done when the first event came (a diagnosis shared before the letter) is done.
        return [self._start(recorded_first, triggers[0].occurred_on, meeting, since=date.min)]

    def _after_counted_forum(self, rule: DeadlineRule) -> list[_Start]:
        """D05: since the last diagnosis, moved by each forum that counts until a choice that follows meets it.

        An earlier version of the diagnosis keeps its line only if it led to a choice.
        """
        diagnoses = self._of(DiagnosisShared.TOPIC)
        choices = self._of(*rule.met_by)
        forums = self._of(ForumHeld.TOPIC)
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
            found.append(self._start(diagnosis, trigger, [met] if met else [], since=date.min))
        return found

    def _start(self, trigger: _Fact, day: date, meeting: Sequence[_Fact], *, since: date) -> _Start:
        met = next((one for one in meeting if one.occurred_on >= since), None)
        return _Start(
            self.id,
            Code(str(trigger.event_id)),
            day,
            met.occurred_on if met else None,
            met.event_id if met else None,
        )

    def _signatures_missing(self) -> list[_Start]:
        """D11: once somebody signed, every signatory is expected to; each text that is signed apart starts anew."""
        signed = [one for one in self.history if one.topic == SignatureRecorded.TOPIC]
        found: list[_Start] = []
        started: set[str] = set()
        for first in signed:
            covers = set(first.detail["covers"]) - started
            if not covers:
                continue
            started |= covers
            trigger = min(one.occurred_on for one in signed if covers & set(one.detail["covers"]))
            counted = [counted_signatures(self.state, Code(cover)) for cover in sorted(covers)]
            for partner_id in self.state.signatories:
                own = [by_partner[partner_id] for by_partner in counted if partner_id in by_partner]
                met_on = max(one.signed_on for one in own) if len(own) == len(counted) else None
                found.append(
                    _Start(partner_id, Code(str(first.event_id)), trigger, met_on, self._event_of(partner_id, met_on))
                )
        return found

    def _event_of(self, partner_id: UUID, signed_on: date | None) -> UUID | None:
        return next(
            (
                one.event_id
                for one in self.history
                if one.topic == SignatureRecorded.TOPIC
                and one.occurred_on == signed_on
                and one.detail["partner"] == str(partner_id)
            ),
            None,
        )

    def _reviews(self) -> list[_Start]:
        """D16: each period ending after the convention was signed, met by its regular annual review."""
        signed = self._of(ConventionSigned.TOPIC)
        if not signed:
            return []
        done = {
            one.detail["first"]: one for one in reversed(self._of(ReviewDone.TOPIC)) if one.detail["kind"] == ANNUAL
        }
        found = []
        for period in review_periods(self.profile.review, self.period.effective_from, self.period.effective_to):
            if period.last >= signed[0].occurred_on:
                met = done.get(period.first.isoformat())
                found.append(
                    _Start(
                        self.id,
                        Code(period.first.isoformat()),
                        period.last,
                        met.occurred_on if met else None,
                        met.event_id if met else None,
                        period,
                    )
                )
        return found


def _state(row: Any, history: Sequence[_Fact]) -> TerritorialConvention:
    """The state that tells which forums and signatures count."""
    state = empty_convention()
    for partner, kind, required in row.signatories:
        partner_id = UUID(partner)
        state.signatories[partner_id] = Signatory(partner_id, Code(kind), required)
    for one in history:
        detail = one.detail
        if one.topic == DiagnosisShared.TOPIC:
            state.diagnoses.append(SharedDiagnosis(detail["version"], one.occurred_on, frozenset()))
        elif one.topic == ForumHeld.TOPIC:
            state.forums[detail["forum"]] = Forum(frozenset(), one.occurred_on)
        elif one.topic == WaiverGranted.TOPIC:
            state.waivers.append(Waiver(detail["rule"], detail["subject"], date.fromisoformat(detail["expires_on"])))
        elif one.topic == ActionPlanValidated.TOPIC:
            state.adopted_texts.update(dict.fromkeys(map(Code, detail["covers"]), detail["text"]))
        elif one.topic == MandateRecorded.TOPIC:
            state.mandates.setdefault(UUID(detail["partner"]), []).append(
                Mandate(
                    detail["kind"],
                    frozenset(detail["covers"]),
                    detail["fits"],
                    one.occurred_on,
                    date.fromisoformat(detail["executory_on"]) if detail["executory_on"] else None,
                    time.fromisoformat(detail["executory_at"]) if detail["executory_at"] else None,
                )
            )
        elif one.topic == SignatureRecorded.TOPIC:
            signed_at = time.fromisoformat(detail["signed_at"]) if detail["signed_at"] else None
            covers = frozenset(map(Code, detail["covers"]))
            state.signatures.append(
                Signature(UUID(detail["partner"]), covers, detail["text"], one.occurred_on, signed_at)
            )
    return state
