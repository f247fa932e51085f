"""At which stages were people heard, and how many? Knowing, deciding, evaluating: said of each, and never judged.

A forum is of the stage of its day: before a diagnosis is shared, then until the plan is validated, then afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.convention.plan import ActionPlanValidated
from domain.convention.reviews import ReviewDone
from domain.participation.gathering import NOBODY
from domain.participation.participation import STAGES
from domain.values import Attendance, Code
from projections.engine import Dossier
from projections.what_became_of_contributions import contributions
from projections.what_came_of_spaces import spaces
from projections.what_the_plan_rests_on import basis

DIAGNOSIS, PLAN, REVIEW = STAGES


@dataclass(frozen=True)
class StageHeard:
    """Who was heard at one stage: people of each college who came to forums and spaces or spoke elsewhere; `surveyed`:
    people of no college told, by surveys, interviews and workshops of the diagnosis. Counts, never names."""

    stage: Code
    forum_count: int
    meeting_count: int
    contribution_count: int
    usage: int
    technical: int
    political: int
    surveyed: int

    @property
    def people(self) -> int:
        """How many were heard in all."""
        return self.usage + self.technical + self.political + self.surveyed


@dataclass(frozen=True)
class _Told:
    """What one fact adds to a stage."""

    stage: Code
    came: Attendance = NOBODY
    surveyed: int = 0
    forum: bool = False
    meeting: bool = False
    contribution: bool = False


def heard_when(dossier: Dossier, today: date) -> tuple[StageHeard, ...]:
    """The three stages in their order, those at which nobody was heard too."""
    told = tuple(_facts(dossier, today))
    return tuple(_stage(one, [each for each in told if each.stage == one]) for one in STAGES)


def _stage(stage: Code, told: list[_Told]) -> StageHeard:
    return StageHeard(
        stage,
        sum(one.forum for one in told),
        sum(one.meeting for one in told),
        sum(one.contribution for one in told),
        sum(one.came.usage for one in told),
        sum(one.came.technical for one in told),
        sum(one.came.political for one in told),
        sum(one.surveyed for one in told),
    )


def _facts(dossier: Dossier, today: date) -> Iterator[_Told]:
    known = dossier.once(basis)
    shared = min((one.shared_on for one in known.diagnoses), default=date.max)
    validated = min((one.occurred_on for one in dossier.effective(ActionPlanValidated)), default=date.max)
    for diagnosis in known.diagnoses:
        yield _Told(DIAGNOSIS, surveyed=sum(count for _, count in diagnosis.participation))
    for forum in known.forums:
        if forum.held_on is not None and forum.attendance is not None:
            day = forum.held_on
            stage = DIAGNOSIS if day < shared else PLAN if day < validated else REVIEW
            yield _Told(stage, forum.attendance, forum=True)
    for space in dossier.once(spaces, today):
        for meeting in space.meetings:
            if meeting.convention_id == dossier.convention_id:
                yield _Told(meeting.stage, meeting.came, meeting=True)
    for one in dossier.once(contributions, today).contributions:
        counted = one.forum_id is not None or one.space_id is not None  # who came there is counted there
        people = 0 if counted else one.people or 1
        came = {each: people if one.college == each else 0 for each in ("TECHNICAL", "POLITICAL", "USAGE")}
        yield _Told(one.stage, Attendance(*came.values()), contribution=True)
    for review in dossier.effective(ReviewDone):
        yield _Told(REVIEW, Attendance(0, 0, review.users_heard or 0))
