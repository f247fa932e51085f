"""This engine, measured: a process on a store of its own, asked what the benchmarks want to know.

`python -m benchmarks.ours URL`. The store is made where it is empty, and lives on a day of its own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from benchmarks.ours import floor, following, peopling, planning, remembering, writing
from benchmarks.ours.country import TODAY, Country
from benchmarks.peers.asked import answer
from ctg_engine.bootstrap import CLOCK_OFFSET, House, make_store, opened, prepare
from ctg_engine.clock import SystemClock
from ctg_engine.serving import scheduler_of
from ctg_engine.settings import Settings
from workflows.database import create_database_engine
from workflows.instance import instance_facts, remember


def made(url: str) -> Settings:
    """The settings of a store that is ready; the first who comes sets its day."""
    settings = Settings(database_url=url)
    make_store(settings)
    engine = create_database_engine(url)
    if CLOCK_OFFSET not in instance_facts(engine):
        offset = TODAY - SystemClock().now()
        remember(engine, **{CLOCK_OFFSET: str(offset.total_seconds())})
    engine.dispose()
    prepare(settings)  # on its own day: a clock that jumps afterwards is not believed
    return settings


@contextmanager
def at_work(house: House) -> Iterator[None]:
    """The jobs of an instance, in this process as `ctg serve` has them."""
    scheduler = scheduler_of(house)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.stop()


def main() -> None:
    """Open the store and answer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="the store")
    parser.add_argument("--part", type=int, default=0, help="which of several writers this is, from 0 on")
    parser.add_argument("--parts", type=int, default=1, help="how many writers there are")
    parser.add_argument("--jobs", action="store_true", help="do an instance's jobs in this process")
    parser.add_argument("--floor", metavar="URL", help="append only, what is decided on the store named here")
    arguments = parser.parse_args()
    if arguments.floor is not None:
        with opened(made(arguments.floor)) as decided, opened(made(arguments.url)) as measured:
            answer(floor.asks(decided, measured))
        return
    with opened(made(arguments.url)) as house, at_work(house) if arguments.jobs else nullcontext():
        country = Country(house, arguments.part, arguments.parts)
        answer(
            {
                **writing.asks(country),
                **following.asks(house),
                **peopling.asks(country),
                **planning.asks(country),
                **remembering.asks(country),
            }
        )


if __name__ == "__main__":
    main()
