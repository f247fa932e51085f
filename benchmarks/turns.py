"""Ways of telling conventions, measured in turns within one run: what counts is their ratio, not the machine's hour."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.workers import Worker, processor_seconds

COMMANDS_PER_CONVENTION: Final = 26
SETTLING_SECONDS: Final = 0.3
"""After each turn: what it left to do beside (read models, fsync) is not the next one's burden."""


@dataclass(frozen=True)
class Turn:
    """What one way did in one turn, all its writers together."""

    commands: int
    seconds: float
    processor: float
    """Seconds of processor time of the writers, and of the process that does the jobs beside them."""

    @property
    def rate(self) -> float:
        """Commands per second."""
        return self.commands / self.seconds

    @property
    def processor_us(self) -> float:
        """Microseconds of processor time per command."""
        return self.processor / self.commands * 1e6


class Way:
    """One way of telling conventions: its writers and, where there are such, the process that does the jobs beside them
    and a reader of the log."""

    def __init__(
        self, name: str, writers: Sequence[Worker], *, jobs: int | None = None, follower: Worker | None = None
    ) -> None:
        self.name = name
        self.writers = writers
        self._jobs = jobs
        self._follower = follower
        self._conventions = 1

    def follow(self) -> None:
        """Let the reader begin."""
        if self._follower is not None:
            self._follower.ask("follow")

    def followed(self) -> Mapping[str, int] | None:
        """What the reader saw, missed and misplaced, now that the writing is over."""
        return self._follower.ask("followed") if self._follower is not None else None

    def warm(self, seconds: float) -> None:
        """Tell a little, then as much as a turn of that length takes."""
        self._tell()
        turn = self._tell()
        per_writer = turn.rate * seconds / COMMANDS_PER_CONVENTION / len(self.writers)
        self._conventions = max(1, round(per_writer))

    def turn(self) -> Turn:
        """One turn."""
        return self._tell()

    def _tell(self) -> Turn:
        for writer in self.writers:
            writer.send("prepare", conventions=self._conventions)
        for writer in self.writers:
            writer.receive()
        time.sleep(SETTLING_SECONDS)
        jobs = self._jobs_seconds()
        for writer in self.writers:
            writer.send("tell")
        answers = [writer.receive() for writer in self.writers]
        time.sleep(SETTLING_SECONDS)
        return Turn(
            commands=sum(answer["commands"] for answer in answers),
            seconds=max(answer["ended"] for answer in answers) - min(answer["began"] for answer in answers),
            processor=sum(answer["processor"] for answer in answers) + self._jobs_seconds() - jobs,
        )

    def _jobs_seconds(self) -> float:
        return processor_seconds(self._jobs) if self._jobs is not None else 0.0


def measure(ways: Sequence[Way], rounds: int, seconds: float) -> dict[str, list[Turn]]:
    """The turns of each way; they take turns, another one first in each round."""
    for way in ways:
        way.warm(seconds)
    turns: dict[str, list[Turn]] = {way.name: [] for way in ways}
    for number in range(rounds):
        first = number % len(ways)
        for way in (*ways[first:], *ways[:first]):
            turns[way.name].append(way.turn())
    return turns


def ratio(of: Sequence[float], to: Sequence[float]) -> float:
    """The median of the ratios within each round."""
    return statistics.median(a / b for a, b in zip(of, to, strict=True))


def spread(values: Sequence[float], form: str = ".0f") -> str:
    """The median, and the least and the most."""
    return f"{statistics.median(values):{form}} [{min(values):{form}}-{max(values):{form}}]"


def table(title: str, turns: Mapping[str, Sequence[Turn]], against: Sequence[str]) -> list[str]:
    """A line for each way, with its rate as a share of those of `against`."""
    known = [name for name in against if name in turns]
    heads = "".join(f"{'/ ' + name:>18}" for name in known)
    lines = [title, f"  {'way':20}{'commands/s':>22}{heads}   processor us per command"]
    rates = {name: [turn.rate for turn in of_way] for name, of_way in turns.items()}
    for name, of_way in turns.items():
        shares = "".join(f"{ratio(rates[name], rates[other]):18.2f}" for other in known)
        processor = spread([turn.processor_us for turn in of_way])
        lines.append(f"  {name:20}{spread(rates[name]):>22}{shares}   {processor}")
    return lines
