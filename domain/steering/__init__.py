"""Steering bodies: their meetings and what was decided there. They propose and validate; they bind nobody (R08).

One file for each family of acts, over one small state (`body.py`). What others cite is found here.
"""

from domain.steering.body import (
    BODY_KINDS,
    HeldMeeting,
    SteeringBody,
)
from domain.steering.constituting import (
    ConstituteSteeringBody,
    SteeringBodyConstituted,
)
from domain.steering.deciding import (
    CONVENTION_EXTENDED,
    CONVENTION_GIVEN_UP,
    DECISION_KINDS,
    DIAGNOSIS_VALIDATED,
    PLAN_ADAPTED,
    PLAN_VALIDATED,
    PRIORITY_CHOSEN,
    PRIORITY_WITHDRAWN,
    REMINDERS_SUSPENDED,
    SIGNATORIES_CHANGED,
    THEMES_CHANGED,
    WAIVER,
    DeciderNotEntitled,
    Decision,
    SteeringDecisionRecorded,
)
from domain.steering.meetings import (
    LARGEST_MEETING,
    MeetingOfThatDay,
    RecordMeeting,
    SteeringMeetingHeld,
)
from domain.steering.reference import DecisionReference

__all__ = [
    "BODY_KINDS",
    "CONVENTION_EXTENDED",
    "CONVENTION_GIVEN_UP",
    "DECISION_KINDS",
    "DIAGNOSIS_VALIDATED",
    "LARGEST_MEETING",
    "PLAN_ADAPTED",
    "PLAN_VALIDATED",
    "PRIORITY_CHOSEN",
    "PRIORITY_WITHDRAWN",
    "REMINDERS_SUSPENDED",
    "SIGNATORIES_CHANGED",
    "THEMES_CHANGED",
    "WAIVER",
    "ConstituteSteeringBody",
    "DeciderNotEntitled",
    "Decision",
    "DecisionReference",
    "HeldMeeting",
    "MeetingOfThatDay",
    "RecordMeeting",
    "SteeringBody",
    "SteeringBodyConstituted",
    "SteeringDecisionRecorded",
    "SteeringMeetingHeld",
]
