"""Which deadlines started, and what met them: derived from one convention's facts and its pinned method.

What the domain withholds meets nothing: a forum that does not count, an irregular review, a signature that does not
count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from domain.calendar import ReviewPeriod, review_periods
from domain.convention.counting import ConventionSigned, Mandate, Signature, Signing, counted_signatures
from domain.convention.crossing import ForumsHeld
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumHeld
from domain.convention.plan import ActionPlanValidated
from domain.convention.reviews import ANNUAL, Review, ReviewDone, why_not_counted
from domain.convention.signing import MandateRecorded, SignatureRecorded
from domain.convention.state import Signatory, TerritorialConvention
from domain.convention.texts import AdoptedText, TextsAdopted
from domain.convention.waivers import WaiverGranted
from domain.method import DeadlineRule, MethodProfile
from domain.values import Attendance, Code, ValidityPeriod
from projections.engine import empty_convention

SIGNATORY: Final = "SIGNATORY"
_REVIEW_PERIOD: Final = "REVIEW_PERIOD"
_COUNTED_FORUM: Final = "LATEST_COUNTED_FORUM"


@dataclass(frozen=True)
class Fact:
    """One fact of a convention, as kept."""

    topic: str
    event_id: UUID
    occurred_on: date
    position: int
    detail: dict[str, Any]


@dataclass(frozen=True)
class Start:
    """An occurrence that started: moved, it keeps its key."""

    subject_id: UUID
    key: Code
    trigger_on: date
    met_on: date | None
    met_by: UUID | None
    review_period: ReviewPeriod | None = None


class ConventionFacts:
    """One convention's facts, in the order they were recorded, and the small state that the domain's rules read."""

    def __init__(self, row: Any, history: Sequence[Fact], profile: MethodProfile) -> None:
        self.id: UUID = row.convention_id
        self.period = ValidityPeriod(row.effective_from, row.effective_to)
        self.profile = profile
        self.history = history
        self.state = _state(row, history)

    def starts(self, rule: DeadlineRule) -> list[Start]:
        """The occurrences of a deadline, according to its subject and trigger."""
        if rule.subject == SIGNATORY:
            return self._signatures_missing()
        if rule.subject == _REVIEW_PERIOD:
            return self._reviews()
        if rule.trigger == _COUNTED_FORUM:
            return self._after_counted_forum(rule)
        return self._after_event(rule)

    def _of(self, *topics: str) -> list[Fact]:
        """The facts of these topics that take effect, by business date."""
        found = [one for one in self.history if one.topic in topics and self._takes_effect(one)]
        return sorted(found, key=lambda one: (one.occurred_on, one.position))

    def _takes_effect(self, fact: Fact) -> bool:
        return fact.topic != ForumHeld.TOPIC or ForumsHeld.of(self.state).counts(fact.detail["forum"])

    def _after_event(self, rule: DeadlineRule) -> list[Start]:
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

    def _after_counted_forum(self, rule: DeadlineRule) -> list[Start]:
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

    def _start(self, trigger: Fact, day: date, meeting: Sequence[Fact], *, since: date) -> Start:
        met = next((one for one in meeting if one.occurred_on >= since), None)
        return Start(
            self.id,
            Code(str(trigger.event_id)),
            day,
            met.occurred_on if met else None,
            met.event_id if met else None,
        )

    def _signatures_missing(self) -> list[Start]:
        """D11: once somebody signed, every signatory is expected to; each text that is signed apart starts anew."""
        signed = [one for one in self.history if one.topic == SignatureRecorded.TOPIC]
        found: list[Start] = []
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
                last = max(own, key=lambda one: one.counts_on) if len(own) == len(counted) else None
                met_on, met_by = (last.counts_on, self._event_of(last.signature)) if last else (None, None)
                found.append(Start(partner_id, Code(str(first.event_id)), trigger, met_on, met_by))
        return found

    def _event_of(self, signature: Signature) -> UUID | None:
        return next(
            (
                one.event_id
                for one in self.history
                if one.topic == SignatureRecorded.TOPIC
                and one.occurred_on == signature.signed_on
                and one.detail["partner"] == str(signature.partner_id)
            ),
            None,
        )

    def _reviews(self) -> list[Start]:
        """D16: each period ending after the convention was signed, met by its first annual review that counts."""
        signed = self._of(ConventionSigned.TOPIC)
        if not signed:
            return []
        done = {
            one.detail["first"]: one
            for one in reversed(self._of(ReviewDone.TOPIC))
            if one.detail["kind"] == ANNUAL
            and why_not_counted(_review(one), self.period, signed[0].occurred_on, self.profile) is None
        }
        found = []
        for period in review_periods(self.profile.review, self.period.effective_from, self.period.effective_to):
            if period.last >= signed[0].occurred_on:
                met = done.get(period.first.isoformat())
                found.append(
                    Start(
                        self.id,
                        Code(period.first.isoformat()),
                        period.last,
                        met.occurred_on if met else None,
                        met.event_id if met else None,
                        period,
                    )
                )
        return found


def _review(fact: Fact) -> Review:
    period = ValidityPeriod(date.fromisoformat(fact.detail["first"]), date.fromisoformat(fact.detail["last"]))
    return Review(UUID(fact.detail["review"]), Code(fact.detail["kind"]), period, fact.occurred_on)


def _state(row: Any, history: Sequence[Fact]) -> TerritorialConvention:
    """The state that tells which forums and signatures count."""
    state = empty_convention()
    for partner, kind, required in row.signatories:
        partner_id = UUID(partner)
        state.signatories[partner_id] = Signatory(partner_id, Code(kind), required)
    for one in history:
        detail = one.detail
        if one.topic == DiagnosisShared.TOPIC:
            ForumsHeld.of(state).share_diagnosis(one.occurred_on)
        elif one.topic == ForumHeld.TOPIC:
            ForumsHeld.of(state).hold(detail["forum"], one.occurred_on, (), Attendance(0, 0, 0), ())
        elif one.topic == WaiverGranted.TOPIC:
            if detail["rule"] == "R04":
                ForumsHeld.of(state).excuse(detail["subject"], date.fromisoformat(detail["expires_on"]))
        elif one.topic == ActionPlanValidated.TOPIC:
            adopted = AdoptedText(detail["text"], detail["plan"], one.occurred_on)
            TextsAdopted.of(state).by_cover.update(dict.fromkeys(map(Code, detail["covers"]), adopted))
        elif one.topic == MandateRecorded.TOPIC:
            Signing.of(state).mandates.setdefault(UUID(detail["partner"]), []).append(
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
            Signing.of(state).signatures.append(
                Signature(UUID(detail["partner"]), covers, detail["text"], one.occurred_on, signed_at)
            )
    return state
