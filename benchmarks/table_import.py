"""A table of 1,000 rows becomes a plan: seconds and memory of reading, weighing and recording it, then of knowing it
again."""

import io
import resource
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import xlsxwriter

from ctg_engine.bootstrap import House, make_store, opened
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from tests.projections.story import Story
from workflows.tables.importing import context_of, record, weigh
from workflows.tables.knowing import known_plan
from workflows.tables.looking import Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.remembering import remembered

ROWS = 1_000
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
HEADS = ("N°", "Intitulé", "Priorité", "Pilote", "Début", "Fin", "État", "Description")


def workbook() -> bytes:
    """As a territory would keep it, without a doubt in it."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet, day = book.add_worksheet("Actions"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADS)
        for row in range(1, ROWS + 1):
            words = (f"{row // 10}.{row % 10}", f"Action {row}", "Soutenir les parents", "Caf du Gers")
            sheet.write_row(row, 0, words)
            sheet.write_datetime(row, 4, date(2025, 1, 1), day)
            sheet.write_datetime(row, 5, date(2026, 12, 31), day)
            sheet.write_row(row, 6, ("En cours", "Ce qui sera fait, par qui, avec qui. " * 4))
    return packed.getvalue()


def main() -> None:
    """Tell a convention up to its priorities, then hand the table in twice."""
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{Path(folder) / 'ctg.db'}")
        make_store(settings)
        with opened(settings, SetClock(NOW)) as house:
            story = Story(house.engine)
            story.prioritised()
            data = workbook()
            print(f"{ROWS} rows, {len(data) / 1024:.0f} KiB")
            for turn in ("first", "again"):
                _hand_in(house, story, data, turn)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(f"most memory: {megabytes:.0f} MB")


def _hand_in(house: House, story: Story, data: bytes, turn: str) -> None:
    started = time.perf_counter()
    dossier = house.reader.dossier(story.convention)
    assert dossier is not None
    plan = known_plan(dossier, house.vault.open_texts)
    read = open_workbook("plan.xlsx", data)
    checked = look_at(read, plan, Said(), remembered(house.engine, plan.territory_id))
    looked = time.perf_counter()
    context = context_of(story.context(story.pilot), read)
    weigh(house.steering, checked.judged, context, None)
    weighed = time.perf_counter()
    counts = dict(Counter(one.verdict.value for one in checked.judged))
    done = record(house.steering, checked.judged, context, None, str(uuid4()))
    ended = time.perf_counter()
    print(
        f"{turn}: {counts}, read {looked - started:.2f} s, weighed {weighed - looked:.2f} s, "
        f"recorded {ended - weighed:.2f} s ({done})"
    )


if __name__ == "__main__":
    main()
