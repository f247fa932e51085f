"""A convention as a method has it: the act that each deadline waits for, done by the real commands. It is made to be
played, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.state import ACTION_STATUSES
from domain.calendar import add_months
from domain.convention.authorising import MandateRecorded, RecordMandate
from domain.convention.diagnosis import DiagnosisShared, Finding, RecordSharedDiagnosis
from domain.convention.forum_records import ForumRecordShared, RecordSharedForumRecord
from domain.convention.forums import ForumHeld, RecordForum
from domain.convention.plan import ActionPlanValidated, ValidateActionPlan
from domain.convention.priorities import ChoosePriority, PriorityChosen
from domain.convention.renewing import StartRenewal
from domain.convention.reviewed import ANNUAL, MID_TERM
from domain.convention.reviews import ActionStatus, RecordReview
from domain.convention.signing import RecordSignature, SignatureRecorded
from domain.kernel import Refused
from domain.steering import Decision, DecisionReference, RecordMeeting, SteeringBody
from domain.steering.minutes import ApproveMinutes, DraftMinutes, Minutes, MinutesApproved, MinutesDrafted
from domain.values import AnalysisSide, Attendance, Cell, Code, Evidence, Expertise, LocalId, Prose, Sha256
from projections.what_is_due import Deadline
from workflows.typical.followed import FOLLOWED, plan_beside
from workflows.typical.setting import EPCI, Setting

_TEXT: Final = Sha256("a" * 64)
_SAID: Final = Prose("-")
_ONE: Final = LocalId("n1")
_EXECUTORY: Final = Code("EXECUTORY_MANDATE")
_ADOPTED: Final = Code("ADOPTED_MANDATE")
_SIGNED: Final = Code("COUNTED_SIGNATURE")


class Acts:
    """What can be done of a convention that is set."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._themes = tuple(setting.method.mandatory_themes or setting.method.themes[:1])

    def can(self, deadline: Deadline) -> bool:
        """Whether the act that a deadline waits for is known; of a silence, none is."""
        return self._act_of(deadline) is not None

    def do(self, deadline: Deadline, day: date) -> bool:
        """Do on a day what a deadline waits for; False where the method refuses it."""
        act, self._setting.day = self._act_of(deadline), day
        assert act is not None
        with suppress(Refused):
            act(deadline)
            self._sign_first()
            return True
        return False

    def _act_of(self, deadline: Deadline) -> Callable[[Deadline], None] | None:
        acts: Mapping[str, Callable[[Deadline], None]] = {
            DiagnosisShared.TOPIC: self._share_diagnosis,
            ForumHeld.TOPIC: self._hold_forum,
            ForumRecordShared.TOPIC: self._share_record,
            PriorityChosen.TOPIC: self._choose_priority,
            ActionPlanValidated.TOPIC: self._validate_plan,
            _ADOPTED: self._adopt,
            _EXECUTORY: self._prove,
            _SIGNED: self._sign,
            **{name: followed(self._setting) for name, followed in FOLLOWED.items()},
            "REVIEW_OF_PERIOD": self._review,
            "MID_TERM_REVIEW": self._review_half,
            "RENEWED_OR_CLOSED": self._renew,
            MinutesDrafted.TOPIC: self._draft,
            MinutesApproved.TOPIC: self._approve,
        }
        met_by = self._setting.method.deadline(deadline.id).met_by
        return next((acts[one] for one in met_by if one in acts), None)

    def _share_diagnosis(self, _: Deadline) -> None:
        findings = tuple(
            Finding(LocalId(f"f{number}"), theme, Code("CONSTRAINT"), _SAID)
            for number, theme in enumerate(self._themes)
        )
        self._setting.record(RecordSharedDiagnosis(stream_id=self._setting.convention_id, findings=findings))

    def _hold_forum(self, _: Deadline) -> None:
        enough = max(1, self._setting.method.forum.minimum_per_expertise)
        self._setting.record(
            RecordForum(
                stream_id=self._setting.convention_id,
                forum_id=_ONE,
                themes=self._themes,
                attendance_by_expertise=Attendance(enough, enough, enough),
                cells_covered=tuple(Cell(expertise, side) for expertise in Expertise for side in AnalysisSide),
            )
        )

    def _share_record(self, _: Deadline) -> None:
        self._setting.record(
            RecordSharedForumRecord(
                stream_id=self._setting.convention_id, forum_id=_ONE, shared_with=(Code("PARTNERS"),)
            ),
            Evidence(uuid4(), _TEXT, _SAID),
        )

    def _choose_priority(self, _: Deadline) -> None:
        self._setting.record(
            ChoosePriority(
                stream_id=self._setting.convention_id,
                priority_id=_ONE,
                title=_SAID,
                themes=self._themes,
                findings=tuple(LocalId(f"f{number}") for number, _ in enumerate(self._themes)),
                decided_in=self._meet("PRIORITY_CHOSEN"),
            )
        )

    def _validate_plan(self, _: Deadline) -> None:
        sheet_id, period = uuid4(), self._setting.dossier().convention.period
        self._setting.record(
            DraftActionSheet(
                stream_id=sheet_id,
                convention_id=self._setting.convention_id,
                home_territory_id=self._setting.territory_id,
                priority_id=_ONE,
                title=_SAID,
                owner_id=self._setting.partners[EPCI],
                starts_on=min(add_months(period.effective_from, 12), period.effective_to),
                ends_on=period.effective_to,
            )
        )
        decided_in = self._meet("PLAN_VALIDATED")
        self._setting.record(
            ValidateActionPlan(
                stream_id=self._setting.convention_id,
                sheets=(sheet_id,),
                text_sha256=_TEXT,
                indicators_promised_by=add_months(self._setting.day, 12),
                decided_in=decided_in,
            )
        )
        plan_beside(self._setting, sheet_id)
        if not self._asks_for(_ADOPTED):
            for partner_id in self._setting.signatories:
                self._mandate(partner_id, self._setting.day, executory=True)

    def _adopt(self, deadline: Deadline) -> None:
        assert deadline.partner_id is not None
        kept = self._setting.method.mandate_rule(
            self._setting.signatories[deadline.partner_id]
        ).acts_must_be_transmitted
        self._mandate(deadline.partner_id, self._setting.day, executory=not (kept and self._asks_for(_EXECUTORY)))

    def _prove(self, deadline: Deadline) -> None:
        assert deadline.partner_id is not None
        self._mandate(deadline.partner_id, deadline.trigger_on, executory=True)

    def _mandate(self, partner_id: UUID, voted_on: date, *, executory: bool) -> None:
        rule = self._setting.method.mandate_rule(self._setting.signatories[partner_id])
        self._setting.record(
            RecordMandate(
                stream_id=self._setting.convention_id,
                partner_id=partner_id,
                kind=rule.mandate_kinds[0],
                occurred_on=voted_on,
                executory_on=self._setting.day if executory else None,
            )
        )

    def _sign_first(self) -> None:
        """Nothing asks for the first signature: it comes once each signatory may sign; with the others, where
        the method asks for none of theirs."""
        dossier = self._setting.dossier()
        if dossier.effective(SignatureRecorded):
            return
        may = {one.partner_id for one in dossier.effective(MandateRecorded) if one.executory_on is not None}
        if may >= set(self._setting.signatories):
            first, *others = self._setting.signatories
            for partner_id in (first, *(() if self._asks_for(_SIGNED) else others)):
                self._signature(partner_id)

    def _sign(self, deadline: Deadline) -> None:
        assert deadline.partner_id is not None
        self._signature(deadline.partner_id)

    def _signature(self, partner_id: UUID) -> None:
        self._setting.record(
            RecordSignature(stream_id=self._setting.convention_id, partner_id=partner_id, text_sha256=_TEXT)
        )

    def _review(self, deadline: Deadline) -> None:
        assert deadline.review_period is not None
        self._record_review(ANNUAL, deadline.review_period.first, deadline.review_period.last)

    def _review_half(self, deadline: Deadline) -> None:
        self._record_review(MID_TERM, self._setting.dossier().convention.period.effective_from, deadline.trigger_on)

    def _record_review(self, kind: Code, first: date, last: date) -> None:
        self._setting.record(
            RecordReview(
                stream_id=self._setting.convention_id,
                kind=kind,
                period_starts_on=first,
                period_ends_on=last,
                body_id=self._setting.body_id,
                meeting_id=self._meet("REVIEW_VALIDATED").meeting_id,
                action_statuses=tuple(
                    ActionStatus(one.id, ACTION_STATUSES[1]) for one in self._setting.dossier().sheets
                ),
            )
        )

    def _renew(self, _: Deadline) -> None:
        self._setting.record(StartRenewal(stream_id=self._setting.convention_id))

    def _draft(self, deadline: Deadline) -> None:
        for meeting_id in self._without_minutes(deadline):
            self._setting.record(DraftMinutes(stream_id=self._setting.body_id, meeting_id=meeting_id))

    def _approve(self, deadline: Deadline) -> None:
        """Drafted first, where nothing asks for a draft."""
        self._draft(deadline)
        for meeting_id, one in tuple(self._minutes().of_meeting.items()):
            if one.approved_on is None and self._body().meetings[meeting_id].held_on == deadline.trigger_on:
                self._setting.record(ApproveMinutes(stream_id=self._setting.body_id, meeting_id=meeting_id))

    def _without_minutes(self, deadline: Deadline) -> list[LocalId]:
        """The meetings of the day of a deadline that have none yet."""
        known = self._minutes().of_meeting
        held = self._body().meetings.items()
        return [one for one, each in held if each.held_on == deadline.trigger_on and one not in known]

    def _minutes(self) -> Minutes:
        return Minutes.of(self._body())

    def _body(self) -> SteeringBody:
        return next(one for one in self._setting.dossier().bodies if one.id == self._setting.body_id)

    def _meet(self, decided: str) -> DecisionReference:
        meeting_id = LocalId(str(uuid4()))
        decision = Decision(_ONE, Code(decided), _SAID)
        self._setting.record(
            RecordMeeting(stream_id=self._setting.body_id, meeting_id=meeting_id, attendance=4, decisions=(decision,))
        )
        return DecisionReference(self._setting.body_id, meeting_id, _ONE)

    def _asks_for(self, condition: Code) -> bool:
        return any(condition in one.met_by for one in self._setting.method.active_deadlines)
