"""A process of one release at work: it records forums on conventions that others work on, sweeps, keeps summaries, and
reads back what it wrote.

`python -m tests.promises.one_release URL SECONDS CONVENTION…`, in the folder of the release's sources. It writes one
JSON line: which forums it recorded, under which release's marks, and what it reads of each convention at the end, once
a line comes in.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.serving import scheduler_of
from ctg_engine.settings import Settings
from domain.convention.forums import ForumHeld, RecordForum
from domain.convention.state import TerritorialConvention
from domain.kernel import Actor, Context, RoleHeld
from domain.roles import ENGINE, PILOT
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId, deterministic_id
from projections.what_is_due import sheet
from projections.where_conventions_stand import standing
from workflows.database import DatabaseUnavailable
from workflows.states import fold_of
from workflows.summaries.refresher import Refresher
from workflows.summaries.table import version

_CELLS = tuple(Cell(expertise, side) for expertise in Expertise for side in AnalysisSide)


def main() -> None:
    """Work, then tell."""
    url, seconds, *ids = sys.argv[1:]
    conventions = [UUID(one) for one in ids]
    settings = Settings(database_url=url)
    prepare(settings)
    with opened(settings) as house:
        scheduler, refresher = scheduler_of(house), Refresher(house.summaries)
        scheduler.start()
        refresher.start()
        try:
            recorded = _work(house, conventions, float(seconds))
        finally:
            refresher.stop(5)
            scheduler.stop()
        _tell({"recorded": recorded, "fold": fold_of(TerritorialConvention), "summaries": version()})
        sys.stdin.readline()  # all have stopped writing
        house.summaries.refresh(1_000)
        _tell({"read": {str(one): _read(house, one) for one in conventions}})


def _work(house: House, conventions: list[UUID], seconds: float) -> list[tuple[str, str]]:
    recorded = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        convention_id, forum_id = random.choice(conventions), str(uuid4())
        _execute(house, convention_id, forum_id)
        recorded.append((str(convention_id), forum_id))
        dossier = house.reader.dossier(convention_id)
        assert dossier is not None
        assert forum_id in {event.forum_id for _, event in dossier.facts(ForumHeld)}, "read at commit"
    return recorded


def _execute(house: House, convention_id: UUID, forum_id: str) -> None:
    """Record a forum, the same request again where the store was too busy."""
    command = RecordForum(
        stream_id=convention_id,
        forum_id=LocalId(forum_id),
        themes=(Code("PARENTING"),),
        attendance_by_expertise=Attendance(3, 2, 4),
        cells_covered=_CELLS,
        occurred_on=house.clock.today() - timedelta(days=1),
    )
    dossier = house.reader.dossier(convention_id)
    assert dossier is not None
    pilot = Actor(deterministic_id("person", "pilot"), (RoleHeld(PILOT, dossier.territory_id), RoleHeld(ENGINE)))
    while True:
        now = house.clock.now()
        context = Context(actor=pilot, today=house.clock.today(), now=now, idempotency_key=forum_id)
        try:
            house.steering.execute(command, context)
        except DatabaseUnavailable:
            continue
        return


def _read(house: House, convention_id: UUID) -> str:
    dossier = house.reader.dossier(convention_id)
    assert dossier is not None
    today = house.clock.today()
    lines = house.summaries.on_territories({dossier.territory_id})
    forums = sorted(event.forum_id for _, event in dossier.facts(ForumHeld))
    return repr((forums, sheet(dossier, today, house.holidays), standing(dossier, today), lines))


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
