"""Which act brings it: what a deadline waits for, what a fact that does not count wants again?

Derived from what the method says meets a deadline, and from the event that each act records.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.convention.diagnosis import DiagnosisShared, RecordSharedDiagnosis
from domain.convention.forums import ConveneForum, ForumConvened, ForumHeld, RecordForum
from domain.convention.opening import EngagementConfirmed, RecordEngagement
from domain.convention.plan import ActionPlanValidated, ValidateActionPlan
from domain.convention.priorities import ChoosePriority, PriorityChosen
from domain.convention.reviews import RecordReview, ReviewDone
from domain.convention.signing import (
    ActivateConvention,
    ConventionActivated,
    MandateRecorded,
    RecordMandate,
    RecordSignature,
    SignatureRecorded,
)
from domain.convention.waivers import GrantWaiver, WaiverGranted
from domain.method import DeadlineRule

ACT_OF: Final[Mapping[str, str]] = {
    EngagementConfirmed.TOPIC: RecordEngagement.NAME,
    DiagnosisShared.TOPIC: RecordSharedDiagnosis.NAME,
    ForumConvened.TOPIC: ConveneForum.NAME,
    ForumHeld.TOPIC: RecordForum.NAME,
    PriorityChosen.TOPIC: ChoosePriority.NAME,
    ActionPlanValidated.TOPIC: ValidateActionPlan.NAME,
    MandateRecorded.TOPIC: RecordMandate.NAME,
    SignatureRecorded.TOPIC: RecordSignature.NAME,
    ConventionActivated.TOPIC: ActivateConvention.NAME,
    ReviewDone.TOPIC: RecordReview.NAME,
    WaiverGranted.TOPIC: GrantWaiver.NAME,
    "COUNTED_SIGNATURE": RecordSignature.NAME,
    "REVIEW_OF_PERIOD": RecordReview.NAME,
}
"""The act that records each event, and those that bring about the named conditions of a method."""


def act_meeting(rule: DeadlineRule) -> str | None:
    """The name of the act that meets a deadline, the first the method names; None when no act here does."""
    return next((ACT_OF[one] for one in rule.met_by if one in ACT_OF), None)
