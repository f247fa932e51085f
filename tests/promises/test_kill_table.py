"""Whoever records a table dies in the middle of it: all of its rows are there or none, and handed in again they are
there once."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from ctg_engine.bootstrap import House, make_store, opened
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from domain.kernel import Context
from tests.projections.story import Story
from tests.tables.books import xlsx
from workflows.tables.importing import context_of, record
from workflows.tables.knowing import known_plan
from workflows.tables.looking import Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.remembering import remembered

pytestmark = [pytest.mark.promises, pytest.mark.timeout(300)]

ROOT: Final = Path(__file__).parents[2]
ROWS: Final = 4
HEADS: Final = ("Axe", "Action", "Début", "Fin", "Coût 2026", "Caf du Gers 2026 (promis)", "Liens")
KEY: Final = "the table"
PAST: Final = 10_000
"""A statement that no append has: it is lived through."""

DYING = """
import pickle, sys
from uuid import UUID
from tests.promises.kill_points import arm, die
from tests.promises.test_kill_table import handed_in, house_on
url, convention, point = sys.argv[1:]
context = pickle.load(sys.stdin.buffer)
with house_on(url) as house:
    arm(house.steering, int(point))
    handed_in(house, UUID(convention), context)
    die()
"""


def house_on(url: str) -> Any:
    """The engine on a store, on the day of the story."""
    return opened(Settings(database_url=url), SetClock(datetime(2026, 6, 1, 9, tzinfo=UTC)))


def handed_in(house: House, convention: UUID, context: Context) -> bool:
    """A table handed in and recorded under its key; whether it was."""
    days = (date(2025, 1, 1), date(2026, 12, 31))
    rows = [(f"Axe {row}", f"Action {row}", *days, 1_000 + row, 500, "CLS, PCAET") for row in range(ROWS)]
    read = open_workbook("plan.xlsx", xlsx([HEADS, *rows]))
    dossier = house.reader.dossier(convention)
    assert dossier is not None
    plan = known_plan(dossier, house.vault.open_texts)
    before = remembered(house.engine, plan.territory_id)
    asked = look_at(read, plan, Said(), before)
    caf = next(one.reference for one in plan.partners if one.name.startswith("Caf"))
    answers = {
        key: caf if one.code == "funder" else plan.priorities[0].reference
        for one in asked.questions
        for key in [one.key]
    }
    checked = look_at(read, plan, Said(answers=answers), before)
    assert not checked.waits
    return record(house.steering, checked.everything, context_of(context, read), None, KEY)


def sheets_of(house: House, convention: UUID) -> int:
    """How many actions are in the plan."""
    dossier = house.reader.dossier(convention)
    assert dossier is not None
    return len(dossier.sheets)


@pytest.mark.parametrize(("point", "left"), [(0, 0), (7, 0), (25, 0), (PAST, ROWS)])
def test_all_rows_are_there_or_none_and_the_table_handed_in_again_is_there_once(
    tmp_path: Path, point: int, left: int
) -> None:
    url = f"sqlite:///{tmp_path / 'ctg.db'}"
    make_store(Settings(database_url=url))
    with house_on(url) as house:
        story = Story(house.engine)
        story.prioritised()
        context = story.context(story.pilot)
    said = pickle.dumps(context)
    command = [sys.executable, "-c", DYING, url, str(story.convention), str(point)]
    died = subprocess.run(command, cwd=ROOT, input=said, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    with house_on(url) as house:
        assert sheets_of(house, story.convention) == left
        assert handed_in(house, story.convention, context)
        assert sheets_of(house, story.convention) == ROWS
        assert handed_in(house, story.convention, context)
        assert sheets_of(house, story.convention) == ROWS
