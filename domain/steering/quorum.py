"""How many have to be there for a body to decide, how often it meets; and whether a meeting had its quorum.

Who is there in person counts, the holder of a seat or the substitute; a proxy votes, and is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain.kernel import Case, Event, Part, command, event, part, record_from, unique
from domain.steering.acting import BodyCommand
from domain.steering.body import SteeringBody
from domain.steering.seats import COLLEGES, Seats
from domain.values import Code, InvalidValue, LocalId

NO_QUORUM: Final = Code("NO_QUORUM")
HALF: Final = Code("HALF")
"""More than half of the seats that vote and are filled."""
NUMBER: Final = Code("NUMBER")
BY_COLLEGE: Final = Code("BY_COLLEGE")
QUORUM_RULES: Final = (NO_QUORUM, HALF, NUMBER, BY_COLLEGE)
LONGEST_RHYTHM: Final = 60
"""Months between two meetings: a body that meets more seldom outlives no convention."""
MOST_SEATS: Final = 1_000


@dataclass(frozen=True)
class CollegeQuorum:
    """How many of one college have to be there."""

    college: Code
    number: int

    def __post_init__(self) -> None:
        if self.college not in COLLEGES:
            raise InvalidValue("unknown-code", field="colleges", value=self.college, allowed=COLLEGES)
        if not 1 <= self.number <= MOST_SEATS:
            raise InvalidValue("number", field="colleges", limit=MOST_SEATS)


@dataclass(frozen=True)
class BodyRules:
    """The rules of a body from a day on."""

    since: date
    quorum: Code
    number: int | None
    colleges: tuple[CollegeQuorum, ...]
    rhythm_months: int | None


@dataclass(frozen=True)
class Presence:
    """Who was at a meeting, by seats."""

    held_on: date
    present: tuple[LocalId, ...]


@dataclass(frozen=True)
class QuorumTold:
    """How many seats were there, of how many that voted that day, and how many it takes; `reached` None: nobody told
    who was there, or the body asks for no quorum."""

    present: int
    seats: int
    needed: int | None
    reached: bool | None


@part(SteeringBody, "rules")
@dataclass
class Rules(Part):
    """The rules of a body in the order in which they were said, and who came to each meeting."""

    said: list[BodyRules] = field(default_factory=list)
    presences: dict[LocalId, Presence] = field(default_factory=dict)

    def on(self, day: date) -> BodyRules | None:
        """Those of a day, None where nobody had said any."""
        return max((one for one in self.said if one.since <= day), key=lambda one: one.since, default=None)


def quorum_of(body: SteeringBody, day: date, present: tuple[LocalId, ...]) -> QuorumTold:
    """What the seats that are there come to, under the rules of that day."""
    rules, given = Rules.of(body).on(day), Seats.of(body).given
    voting = {one for one, seat in given.items() if seat.votes_on(day)}
    there = voting & set(present)
    count, total = len(there), len(voting)
    if rules is None or rules.quorum == NO_QUORUM or not voting:
        return QuorumTold(count, total, None, None)
    if rules.quorum == BY_COLLEGE:
        by_college = {one.college: sum(given[seat].college == one.college for seat in there) for one in rules.colleges}
        reached = all(by_college[one.college] >= one.number for one in rules.colleges)
        needed = sum(one.number for one in rules.colleges)
    else:
        needed = total // 2 + 1 if rules.quorum == HALF else rules.number or 0
        reached = count >= needed
    return QuorumTold(count, total, needed, reached if present else None)


def quorum_at(body: SteeringBody, meeting_id: LocalId) -> QuorumTold | None:
    """That of a meeting that was held; None where nobody told who came."""
    presence = Rules.of(body).presences.get(meeting_id)
    return quorum_of(body, presence.held_on, presence.present) if presence is not None else None


@event("steering-body.steering-rules-changed")
class SteeringRulesChanged(Event):
    """The body decides with such a quorum from `occurred_on` on, and meets every so many months."""

    quorum: Code
    number: int | None
    colleges: tuple[CollegeQuorum, ...]
    rhythm_months: int | None

    def apply(self, body: SteeringBody) -> None:
        """Keep them beside those of before: a meeting is weighed by the rules of its day."""
        Rules.of(body).said.append(
            BodyRules(self.occurred_on, self.quorum, self.number, self.colleges, self.rhythm_months)
        )


@command(SteeringBody, records=SteeringRulesChanged)
@dataclass(frozen=True, kw_only=True)
class ChangeSteeringRules(BodyCommand):
    """Say how many have to be there for the body to decide, and how often it meets."""

    quorum: Code = HALF
    number: int | None = None
    colleges: tuple[CollegeQuorum, ...] = ()
    rhythm_months: int | None = None

    def __post_init__(self) -> None:
        if self.quorum not in QUORUM_RULES:
            raise InvalidValue("unknown-code", field="quorum", value=self.quorum, allowed=QUORUM_RULES)
        unique((one.college for one in self.colleges), "colleges")
        if self.number is not None and not 1 <= self.number <= MOST_SEATS:
            raise InvalidValue("number", field="number", limit=MOST_SEATS)
        if self.rhythm_months is not None and not 1 <= self.rhythm_months <= LONGEST_RHYTHM:
            raise InvalidValue("number", field="rhythm_months", limit=LONGEST_RHYTHM)
        if self.quorum == NUMBER and self.number is None:
            raise InvalidValue("at-least-one", field="number")
        if self.quorum == BY_COLLEGE and not self.colleges:
            raise InvalidValue("at-least-one", field="colleges")

    def decide(self, state: SteeringBody, case: Case) -> None:
        case.settle()
        record_from(self, state, case)
