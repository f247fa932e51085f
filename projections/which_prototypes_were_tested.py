"""Which prototypes of actions were planned, tested or given up; what was learned, and what is made of each?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.prototyping import PrototypeGivenUp, PrototypePlanned, PrototypeTested, RecordPrototypeTest
from domain.action_sheets.state import ActionSheet
from domain.values import Attendance, Code, Evidence, LocalId, Prose
from projections.engine import Dossier

OVERDUE: Final = Code("OVERDUE")
PLANNED: Final = Code("PLANNED")
TESTED: Final = Code("TESTED")
GIVEN_UP: Final = Code("GIVEN_UP")
STATES: Final = (OVERDUE, PLANNED, TESTED, GIVEN_UP)
"""What still waits for its test first, what was to be tested by now before the rest."""


@dataclass(frozen=True)
class PrototypeTest:
    """A test: until when, with how many of each college, what was learned, what is made of it, what it cost."""

    event_id: UUID
    starts_on: date | None
    tested_on: date
    came: Attendance
    learned: Prose
    verdict: Code
    cost_cents: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class PrototypeTold:
    """A prototype of a sheet as it stands on a day; `tests`: the last one first. `next_act`: None once it is done."""

    prototype_id: LocalId
    event_id: UUID
    sheet_id: UUID
    what: Prose
    place: Prose | None
    planned_on: date
    starts_on: date | None
    ends_on: date | None
    state: Code
    verdict: Code | None
    tests: tuple[PrototypeTest, ...]
    given_up_on: date | None
    motive: Prose | None
    next_act: Code | None

    @property
    def is_awaited(self) -> bool:
        """Whether its test is still to be done."""
        return self.state in (OVERDUE, PLANNED)


def prototypes(dossier: Dossier, today: date) -> tuple[PrototypeTold, ...]:
    """Those of all sheets of a convention."""
    tests: dict[tuple[UUID, LocalId], list[PrototypeTest]] = defaultdict(list)
    for _, one in dossier.of(ActionSheet, PrototypeTested):
        tests[one.originator_id, one.prototype_id].append(
            PrototypeTest(
                one.envelope.event_id,
                one.starts_on,
                one.occurred_on,
                Attendance(one.technical, one.political, one.usage),
                one.learned,
                one.verdict,
                one.cost_cents,
                one.envelope.evidence,
            )
        )
    dropped = {(one.originator_id, one.prototype_id): one for _, one in dossier.of(ActionSheet, PrototypeGivenUp)}
    planned = [((one.originator_id, one.prototype_id), one) for _, one in dossier.of(ActionSheet, PrototypePlanned)]
    found = [_told(one, tests[key], dropped.get(key), today) for key, one in planned]
    return tuple(sorted(found, key=lambda one: (STATES.index(one.state), one.planned_on)))


def _told(
    one: PrototypePlanned, tests: list[PrototypeTest], dropped: PrototypeGivenUp | None, today: date
) -> PrototypeTold:
    overdue = one.ends_on is not None and one.ends_on < today
    state = GIVEN_UP if dropped is not None else TESTED if tests else OVERDUE if overdue else PLANNED
    return PrototypeTold(
        prototype_id=one.prototype_id,
        event_id=one.envelope.event_id,
        sheet_id=one.originator_id,
        what=one.what,
        place=one.place,
        planned_on=one.occurred_on,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        state=state,
        verdict=tests[-1].verdict if tests else None,
        tests=tuple(reversed(tests)),
        given_up_on=dropped.occurred_on if dropped is not None else None,
        motive=dropped.motive if dropped is not None else None,
        next_act=Code(RecordPrototypeTest.NAME) if state in (OVERDUE, PLANNED) else None,
    )
