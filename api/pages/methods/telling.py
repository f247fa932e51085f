"""What a method says, for a page: the sentences of `MethodWords`, by part, with the deadlines in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from api.pages.contexts import Phrase
from domain.method import MethodProfile
from projections.what_a_method_says import DEADLINES, ESCALATION, REMINDER, MethodLine
from projections.what_is_due import is_silence
from workflows.methods.saying import MethodWords, parts_of

IN_SHORT: Final = ("PATH", "THEMES", "DURATION", "SIGNATORIES")
"""The parts that are read first; the others are folded."""


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What is said about one thing; about the part itself where `subject` is empty."""

    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldPart:
    """One part of a method."""

    title: str
    told: tuple[ToldOf, ...]


@dataclass(frozen=True, slots=True)
class DeadlineTold:
    """One deadline: what it is, from when, what meets it, who is told when, how it may be silenced."""

    what: str
    starts: str
    met_by: str
    reminders: tuple[str, ...]
    escalations: tuple[str, ...]
    silenced: str


@dataclass(frozen=True, slots=True)
class DeadlinesTold:
    """Some deadlines under their heading: the silences, those that are watched, those that are announced."""

    title: Phrase
    lines: tuple[DeadlineTold, ...]


def parts(method: MethodProfile, words: MethodWords, *, in_short: bool) -> tuple[ToldPart, ...]:
    """The parts that are read first, or the others; without the deadlines."""
    return tuple(
        ToldPart(words.part(part), tuple(_of_subjects(lines, words)))
        for part, lines in parts_of(method).items()
        if part != DEADLINES and (part in IN_SHORT) is in_short
    )


def _of_subjects(lines: Iterable[MethodLine], words: MethodWords) -> Iterator[ToldOf]:
    for subject, several in groupby(lines, key=lambda one: one.subject):
        said = tuple(several)
        yield ToldOf(words.subject(said[0]) if subject else "", tuple(words.line(one) for one in said))


def deadlines(method: MethodProfile, words: MethodWords) -> tuple[DeadlinesTold, ...]:
    """All of them: what is expected, then the silences that are to be watched, then what is announced."""
    by_id: dict[str, list[MethodLine]] = {}
    for one in parts_of(method).get(DEADLINES, ()):
        by_id.setdefault(one.subject, []).append(one)
    watched = [one.id for one in method.active_deadlines]
    groups = (
        ("deadlines", [one for one in watched if not is_silence(one)]),
        ("silences", [one for one in watched if is_silence(one)]),
        ("announced", [one.id for one in method.deadlines if not one.active]),
    )
    return tuple(
        DeadlinesTold(
            Phrase(f"page.method-told.{name}", {}, len(ids)),
            tuple(_deadline(one, by_id[one], method, words) for one in ids),
        )
        for name, ids in groups
        if ids
    )


def _deadline(deadline: str, lines: Sequence[MethodLine], method: MethodProfile, words: MethodWords) -> DeadlineTold:
    said = {one.aspect: one for one in lines}

    def value(aspect: str) -> str:
        return words.value(aspect, said[aspect].values) if said[aspect].values else ""  # type: ignore[index]

    return DeadlineTold(
        words.subject(lines[0]),
        words.start(method, deadline),
        value("MET_BY") if method.deadline(deadline).active else "",  # of an announced one, nothing exists here yet
        tuple(words.steps(one for one in lines if one.aspect == REMINDER)),
        tuple(words.steps(one for one in lines if one.aspect == ESCALATION)),
        value("SILENCE"),
    )
