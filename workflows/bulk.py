"""Many commands sent at once: one press, one command per line, one answer per line.

Each line has a key of its own, made of the whole's key and of the line's number: sent again, also after a death
between two lines, what was recorded is answered again and the rest is recorded. Where the act says so, all lines are
recorded in one transaction or none is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count as count_from
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import Table

from domain.kernel import Command, Context, Refused
from domain.values import InvalidValue, deterministic_id
from domain.wellformed import check_form
from workflows.answers import Answer, IdempotencyKeyReused
from workflows.application import MAX_ATTEMPTS, Steering, UnknownStream, spread_out
from workflows.database import DatabaseUnavailable
from workflows.deciding import Change, Desk, decide
from workflows.log import IdempotencyKeyTaken, VersionTaken
from workflows.people import KeyRing

MOST_LINES: Final = 200
"""Lines that are sent at once."""

LineFault: TypeAlias = Refused | UnknownStream | InvalidValue | IdempotencyKeyReused
Outcome: TypeAlias = Answer | LineFault
"""What came of a line: what `execute` would answer, or raise."""

_FAULTS: Final = (Refused, UnknownStream, InvalidValue, IdempotencyKeyReused)


class Line(NamedTuple):
    """A command and its circumstances, with its own key."""

    command: Command
    context: Context


def keys_of(key: str, count: int) -> list[str]:
    """The keys of so many lines, which follow from the key of the whole."""
    return list(islice(every_key(key), count))


def every_key(key: str) -> Iterator[str]:
    """The keys of however many lines came under the key of a whole."""
    return (str(deterministic_id("line", number, key)) for number in count_from())


def under(line: Line, key: str) -> Line:
    """The line with its key."""
    return Line(line.command, replace(line.context, idempotency_key=key))


def one_by_one(steering: Steering, lines: Sequence[Line]) -> list[Outcome]:
    """Execute each line; one that is refused keeps no other from being recorded.

    Raises as `execute` does for what concerns them all (503): the lines before are recorded, and a repeat goes on.
    """
    found: list[Outcome] = []
    for one in lines:
        try:
            found.append(steering.execute(one.command, one.context))
        except _FAULTS as fault:
            found.append(fault)
    return found


def weighed(steering: Steering, lines: Sequence[Line]) -> list[Outcome]:
    """What would come of each line, on what those allowed before it would lead to. Nothing is recorded."""
    return _draft(steering, lines).outcomes


Beside: TypeAlias = Callable[[Sequence[Answer], KeyRing], Sequence[tuple[Table, dict[str, Any]]]]
"""What a whole writes beside its lines, in their transaction, once it is known what comes of each."""


def together(steering: Steering, lines: Sequence[Line], whole: Beside | None = None) -> list[Outcome]:
    """Record all lines in one transaction, or none where one is refused: all answers are then of what would have come.
    `whole`: what is written with them.

    Raises as `execute` does for what concerns them all.
    """
    steering.believe(lines[0].context)
    asked = [steering.answers.hash_of(one.command, one.context) for one in lines]
    for attempt in range(MAX_ATTEMPTS):
        draft = _draft(steering, lines)
        answers = [one for one in draft.outcomes if isinstance(one, Answer)]
        if len(answers) < len(lines) or not draft.changes:
            kept = _kept(steering, lines, asked)
            if kept is None:
                _keep_refusals(steering, lines, draft)
            return kept or draft.outcomes
        beside = [
            row
            for one, hashed, answer in zip(lines, asked, answers, strict=True)
            for row in steering.answers.rows(one.context, hashed, answer)
        ]
        if whole is not None:
            beside += whole(answers, draft.ring)
        try:
            steering.append(draft.changes, draft.desk, draft.ring, beside)
        except IdempotencyKeyTaken:
            kept = _kept(steering, lines, asked)
            assert kept is not None, "a taken key has an answer: both are written in one transaction"
            return kept
        except VersionTaken:
            spread_out(attempt)
            continue
        return draft.outcomes
    raise DatabaseUnavailable(f"{len(lines)} lines: {MAX_ATTEMPTS} decisions in a row were overtaken")


@dataclass(frozen=True)
class _Draft:
    desk: Desk
    ring: KeyRing
    changes: list[Change]
    outcomes: list[Outcome]
    refused_on: dict[int, Desk]


def _draft(steering: Steering, lines: Sequence[Line]) -> _Draft:
    """Decide the lines in order, each on what those before it lead to; those that are refused lead to nothing.

    A refusal may leave a desk half changed: the others are then decided anew, on another one.
    """
    faults: dict[int, Outcome] = {}
    refused_on: dict[int, Desk] = {}
    for number, one in enumerate(lines):
        try:
            check_form(one.command)
        except InvalidValue as invalid:
            faults[number] = invalid
    while True:
        draft = _Draft(Desk(steering, None), KeyRing(steering.vault), [], [], refused_on)
        for number, one in enumerate(lines):
            if number in faults:
                draft.outcomes.append(faults[number])
                continue
            try:
                decided = decide(one.command, one.context, draft.desk, draft.ring, steering.people)
            except (Refused, UnknownStream, InvalidValue) as fault:
                faults[number], refused_on[number] = fault, draft.desk
                break
            draft.changes.extend(decided.changes)
            draft.outcomes.append(decided.answer)
        else:
            return draft


def _keep_refusals(steering: Steering, lines: Sequence[Line], draft: _Draft) -> None:
    for number, desk in draft.refused_on.items():
        fault = draft.outcomes[number]
        if isinstance(fault, Refused):
            steering.keep_refusal(*lines[number], desk, fault)


def _kept(steering: Steering, lines: Sequence[Line], asked: Sequence[bytes]) -> list[Outcome] | None:
    """What was answered when these very lines were sent before, None when they were not.

    Raises `IdempotencyKeyReused` when others were sent under their key, or some of them.
    """
    found = [steering.answers.same(one.context, hashed) for one, hashed in zip(lines, asked, strict=True)]
    known = [one for one in found if one is not None]
    if not known:
        return None
    if len(known) < len(lines):
        raise IdempotencyKeyReused(str(lines[0].context.idempotency_key))
    return list(known)
