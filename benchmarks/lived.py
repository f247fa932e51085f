"""Conventions told command by command, as an instance lives: against the bare driver and what others would use.

`python -m benchmarks.lived`. Each convention is 26 commands (its opening, five milestones, twenty forums), one commit
for each. Ours keeps all its promises meanwhile: rights, rules, idempotency, sealed prose, durability, and the jobs that
make what people read; on SQLite in the same process, as `ctg serve` does, on PostgreSQL in one beside, as `ctg work`.
`append alone` is the same statements without any decision.
The others do less, each in its own way (`benchmarks/peers`); they are installed in environments of their own, and where
one cannot be, its line says so. Ratios are medians of those within each round, and hold for this run only.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from benchmarks.databases import measured_directory
from benchmarks.ground import BESIDE, FLOOR, LIBRARY, OURS, PEERS, RAW, Ground
from benchmarks.peers.environments import CACHE
from benchmarks.turns import Way, measure, table

ONE = f"{OURS}, 1 writer"
NAMES = ", ".join((RAW, FLOOR, OURS, LIBRARY, *PEERS))
TITLES = {
    "sqlite": "SQLite (synchronous FULL), 1 writer",
    "postgresql": "PostgreSQL (synchronous_commit on), 1 writer",
    "writers": "PostgreSQL, {writers} writers at once, the log read every 20 ms meanwhile",
}


def one_writer(ground: Ground, kind: str, arguments: argparse.Namespace) -> tuple[list[Way], tuple[str, ...]]:
    """Every way asked for on one kind of database, and what they are compared with."""
    chosen = [name for name in ground.ways(kind) if name in arguments.ways or not arguments.ways]
    made = [ground.way(name, kind) for name in chosen]
    return [way for way in made if way is not None], (RAW, FLOOR, LIBRARY, BESIDE)


def many_writers(ground: Ground, arguments: argparse.Namespace) -> tuple[list[Way], tuple[str, ...]]:
    """Many writers at once, and our one for comparison."""
    names = ground.ways("postgresql", arguments.writers)
    made = [ground.way(name, "postgresql", arguments.writers) for name in names]
    made.append(ground.way(OURS, "postgresql", 1, ONE))
    return [way for way in made if way is not None], (RAW, ONE, BESIDE)


def tell(part: str, ground: Ground, arguments: argparse.Namespace) -> list[str]:
    """Measure one part and print its table; what went wrong."""
    if part == "writers":
        ways, against = many_writers(ground, arguments)
    else:
        ways, against = one_writer(ground, part, arguments)
    for way in ways:
        way.follow()
    turns = measure(ways, arguments.rounds, arguments.seconds)
    title = f"{TITLES[part].format(writers=arguments.writers)}, median of {arguments.rounds} rounds [least-most]"
    print(*table(title, turns, against), sep="\n")
    for name, why in ground.missing.items():
        print(f"  {name:20} not measured: {why}")
    failures = []
    for way in ways:
        if (seen := way.followed()) is not None:
            print(
                f"  {way.name}: the reader saw {seen['seen']}, missed {seen['missed']}, misplaced {seen['misplaced']}"
            )
            if seen["missed"] or seen["misplaced"]:
                failures.append(f"{part}, {way.name}: the reader of the log missed or misplaced events")
    print(flush=True)
    return failures


def main() -> None:
    """Measure and print; the exit code is 1 when a reader of the log missed something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each way tells in a round, about")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--only", choices=tuple(TITLES), help="one of the tables")
    parser.add_argument("--ways", nargs="+", default=(), metavar="WAY", help=f"some: {NAMES}")
    parser.add_argument("--beside", type=Path, help="another checkout, with its .venv, measured in turns with this one")
    parser.add_argument("--no-install", dest="install", action="store_false", help="install no peer that is not there")
    parser.add_argument("--environments", type=Path, default=CACHE, help="where the peers are installed")
    arguments = parser.parse_args()
    failures: list[str] = []
    for part in TITLES:
        if arguments.only in (None, part):
            with measured_directory() as directory, ExitStack() as stack:
                ground = Ground(
                    directory,
                    stack,
                    beside=arguments.beside,
                    environments=arguments.environments,
                    install=arguments.install,
                )
                failures += tell(part, ground, arguments)
    if failures:
        raise SystemExit("\n".join(failures))


if __name__ == "__main__":
    main()
