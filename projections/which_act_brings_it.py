"""Which act brings it: what a deadline waits for, what a fact that does not count wants again?

Derived from what the method says meets a deadline, and from the event that each act records.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.action_sheets.following import ReportActionStatus
from domain.assignments import AssignTerritoryRole
from domain.claims.sending import RecordClaimSent
from domain.contesting import AnswerContestation
from domain.convention.authorising import RecordMandate
from domain.convention.counting import ActionPlanSigned, ConventionSigned
from domain.convention.expected_forums import RecordForumAttendance
from domain.convention.priorities import ChoosePriority
from domain.convention.renewing import StartRenewal
from domain.convention.reviews import RecordReview
from domain.convention.signing import RecordSignature
from domain.following import RecordDecisionDone
from domain.indicators.measuring import RecordMeasure
from domain.kernel import COMMANDS
from domain.method import DeadlineRule
from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.proposing import TriageProposal
from domain.pledges.keeping import RecordDelivery
from domain.steering import RecordMeeting
from domain.steering.planning import ConveneMeeting

ACT_OF: Final[Mapping[str, str]] = {
    **{command.RECORDS.TOPIC: name for name, command in COMMANDS.items() if command.RECORDS is not None},
    ConventionSigned.TOPIC: RecordSignature.NAME,
    ActionPlanSigned.TOPIC: RecordSignature.NAME,
    "COUNTED_SIGNATURE": RecordSignature.NAME,
    "NEWS_OF_CONVENTION": RecordMeeting.NAME,
    "NEWS_OF_MANDATE": RecordSignature.NAME,
    "NEWS_OF_PARTNER": AssignTerritoryRole.NAME,
    "ADOPTED_MANDATE": RecordMandate.NAME,
    "EXECUTORY_MANDATE": RecordMandate.NAME,
    "ACTION_STATUS_OF_DAY": ReportActionStatus.NAME,
    "ACTION_STATUS_OF_QUARTER": ReportActionStatus.NAME,
    "NEWS_OF_ACTION": ReportActionStatus.NAME,
    "INDICATOR_MEASURED": RecordMeasure.NAME,
    "NEWS_OF_INDICATOR": RecordMeasure.NAME,
    "NEWS_OF_PLEDGE": RecordDelivery.NAME,
    "NEWS_OF_DECISION": RecordDecisionDone.NAME,
    "NEWS_OF_CONTRIBUTION": AnswerContribution.NAME,
    "NEWS_OF_ANSWER": RecordToldBack.NAME,
    "NEWS_OF_FINDING": ChoosePriority.NAME,
    "NEWS_OF_PROPOSAL": TriageProposal.NAME,
    "NEWS_OF_CONTESTATION": AnswerContestation.NAME,
    "CLAIM_SENT": RecordClaimSent.NAME,
    "RESOURCE_DELIVERED": RecordDelivery.NAME,
    "ROLE_HELD": AssignTerritoryRole.NAME,
    "SEAT_FILLED": AssignTerritoryRole.NAME,
    "EVERY_EXPERTISE_COMES": RecordForumAttendance.NAME,
    "USERS_COME": RecordForumAttendance.NAME,
    "MEETING_PAPERS_SENT": ConveneMeeting.NAME,
    "REVIEW_OF_PERIOD": RecordReview.NAME,
    "MID_TERM_REVIEW": RecordReview.NAME,
    "RENEWED_OR_CLOSED": StartRenewal.NAME,
}
"""The act that records each event, and those that bring about what follows from others and the named conditions."""


def act_meeting(rule: DeadlineRule) -> str | None:
    """The name of the act that meets a deadline, the first the method names; None when no act here does."""
    return next((ACT_OF[one] for one in rule.met_by if one in ACT_OF), None)
