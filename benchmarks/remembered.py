"""A convention of a thousand events in a log of many more: loading it, deciding on it, reading all, rebuilding all.

`python -m benchmarks.remembered`. Everything is told by commands. Loading is what a process does that has never seen
the convention; it is compared with selecting its rows by the bare driver. Reading and decoding the whole log is
compared with a bare scan of it, each also by the processor it takes: a machine that others use lends less of it. A
rebuild is what `ctg rebuild` does, in a process that has just opened the store: starting the command takes longer than
rebuilding what is measured here, and differs more from one start to the next.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.databases import measured_directory
from benchmarks.ground import BESIDE, OURS, house_command
from benchmarks.turns import ratio, spread
from benchmarks.workers import Worker

PATIENCE: Final = 3600.0
ASKS: Final = ("load", "command", "read")


class Remembering:
    """One checkout of this engine on a store of its own, with what it was asked."""

    def __init__(self, name: str, beside: Path | None, directory: Path) -> None:
        self.name = name
        self.beside = beside
        self.directory = directory
        self.events = 0
        self.known: dict[str, list[float]] = {}

    def url(self, what: str) -> str:
        """The address of a store of its own."""
        return f"sqlite:///{self.directory / f'{self.name.replace(chr(32), chr(45))}-{what}.db'}"

    def worker(self, what: str) -> Worker:
        """A process on that store."""
        command, checkout = house_command(self.beside, self.url(what))
        return Worker(self.name, command, directory=checkout, patience=PATIENCE)

    def heard(self, answers: dict[str, float]) -> None:
        """Keep what was measured in one round."""
        for name, seconds in answers.items():
            self.known.setdefault(name, []).append(seconds)

    def lines(self) -> list[str]:
        """What was measured, in words."""
        known = self.known
        return [
            f"{self.name}, {self.events} events",
            f"  load               {_ms(known['load'])} ms, "
            f"x {ratio(known['load'], known['select']):.1f} the bare select",
            f"  a command, warm    {_ms(known['warm'])} ms",
            f"  a command, cold    {_ms(known['cold'])} ms",
            f"  read and decode    {spread([1 / one for one in known['decode']])} events/s, "
            f"x {ratio(known['scan'], known['decode']):.3f} the bare scan, "
            f"{ratio(known['scan processor'], known['decode processor']):.3f} by processor",
            f"  rebuild everything {spread([1 / one for one in known['rebuild']])} events/s, "
            f"{spread([1 / one for one in known['rebuild processor']])} for each second of processor",
        ]


def _ms(seconds: list[float]) -> str:
    return spread([one * 1000 for one in seconds], ".2f")


def measure(houses: list[Remembering], arguments: argparse.Namespace) -> None:
    """Everything, in turns."""
    with ExitStack() as stack:
        workers = [stack.enter_context(house.worker("told")) for house in houses]
        for house, worker in zip(houses, workers, strict=True):
            told = worker.ask("remember", events=arguments.events, conventions=arguments.conventions)
            house.events = told["events"]
        for _ in range(arguments.rounds):
            for ask in ASKS:
                for house, worker in zip(houses, workers, strict=True):
                    house.heard(worker.ask(ask))
        for _ in range(arguments.rebuilds):
            for house, worker in zip(houses, workers, strict=True):
                house.heard(worker.ask("rebuild"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000, help="of the one convention")
    parser.add_argument("--conventions", type=int, default=2_000, help="told beside it, some thirty events each")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rebuilds", type=int, default=3)
    parser.add_argument("--beside", type=Path, help="another checkout, with its .venv, measured in turns with this one")
    arguments = parser.parse_args()
    with measured_directory() as directory:
        houses = [Remembering(OURS, None, directory)]
        if arguments.beside is not None:
            houses.append(Remembering(BESIDE, arguments.beside, directory))
        measure(houses, arguments)
    print(f"SQLite, median of {arguments.rounds} rounds [least-most], {arguments.rebuilds} rebuilds")
    for house in houses:
        print(*house.lines(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
