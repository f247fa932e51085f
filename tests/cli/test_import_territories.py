"""`ctg import territories` on the public files as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from domain.kernel import Event, Origin
from domain.territories import PerimeterChanged, TerritoryRegistered
from tests.cli.conftest import Program

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PERIMETER = DATA / "gers_perimetre_epci_2025_cp1252.csv"
LISTS = (DATA / "epci_france_2025.csv", DATA / "epci_communes_france_2025.csv")


@pytest.fixture(scope="module", autouse=True)
def _with_public_files() -> None:
    if not DATA.is_dir():
        pytest.skip("cannot apply: the public files are not beside this checkout")


def territory_events(ctg: Program) -> list[Event]:
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        events = [one for _, one in house.steering.read_events(0, 10_000)]
    return [one for one in events if isinstance(one, TerritoryRegistered | PerimeterChanged)]


@pytest.mark.slow
def test_both_sources_of_one_perimeter_are_recorded_once(anywhere: Program) -> None:
    anywhere.done("migrate")
    tried = anywhere.done("import", "territories", PERIMETER, "--dry-run")
    assert "enregistrer : 17" in tried
    assert territory_events(anywhere) == []
    assert ", ligne " not in tried  # what is accepted is counted
    lines = PERIMETER.read_bytes().count(b"\r\n")
    assert f"{lines - 1}. Laissées de côté" in tried

    said = anywhere.done("import", "territories", PERIMETER, "--on", "2025-01-01", "--every-line")
    assert sum("acceptée" in line and ", ligne " in line for line in said.splitlines()) == lines - 1
    registered = territory_events(anywhere)
    assert len(registered) == 17
    digest = hashlib.sha256(PERIMETER.read_bytes()).hexdigest()
    for one in registered:
        assert one.envelope.origin is Origin.IMPORT
        assert [evidence.sha256 for evidence in one.envelope.evidence] == [digest]
        assert one.occurred_on.isoformat() == "2025-01-01"

    again = anywhere.done("import", "territories", PERIMETER)
    other = anywhere.done("import", "territories", *LISTS, "--department", "32")
    assert again.splitlines()[-1] == "Territoires enregistrés : 0, modifiés : 0, inchangés : 17."
    assert other.splitlines()[-1] == "Territoires enregistrés : 0, modifiés : 0, inchangés : 15."
    assert len(territory_events(anywhere)) == 17


def test_one_refused_line_and_nothing_is_recorded(ctg: Program) -> None:
    ctg.done("migrate")
    damaged = ctg.directory / "damaged.csv"
    rows = PERIMETER.read_bytes().splitlines(keepends=True)
    rows[40] = rows[40].replace(b"32", b"3Z", 1)
    damaged.write_bytes(b"".join(rows))
    ended = ctg("import", "territories", damaged)
    assert ended.returncode == 2
    assert "damaged.csv, ligne 41" in ended.stdout
    assert "Rien n’a été enregistré" in ended.stderr
    assert territory_events(ctg) == []


def test_a_changed_population_changes_one_perimeter(ctg: Program) -> None:
    ctg.done("migrate")
    ctg.done("import", "territories", PERIMETER)
    changed = ctg.directory / "changed.csv"
    rows = PERIMETER.read_bytes().decode("cp1252").splitlines(keepends=True)
    heading = rows[0].rstrip("\r\n").split(";")
    cells = rows[1].split(";")
    cells[heading.index("pmun_2025")] = "1 234\r\n"  # the last one
    rows[1] = ";".join(cells)
    changed.write_bytes("".join(rows).encode("cp1252"))
    said = ctg("import", "territories", changed)
    assert said.returncode == 0, said.stdout[-2000:]
    assert said.stdout.splitlines()[-1] == "Territoires enregistrés : 0, modifiés : 1, inchangés : 16."
    assert isinstance(change := territory_events(ctg)[-1], PerimeterChanged)
    assert [commune.population for commune in change.communes if commune.name == "L'Isle-Jourdain"] == [1234]


def test_a_database_that_fails_in_the_middle_keeps_nothing(ctg: Program) -> None:
    ctg.done("migrate")
    with opened(Settings(database_url=ctg.settings["database_url"])) as house, house.engine.begin() as connection:
        # The tenth territory meets a full disk.
        connection.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON events WHEN (SELECT count(*) FROM events) > 10 "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    ended = ctg("import", "territories", PERIMETER)
    assert ended.returncode == 1
    assert territory_events(ctg) == []
    with opened(Settings(database_url=ctg.settings["database_url"])) as house, house.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full_disk")
    ctg.done("import", "territories", PERIMETER)
    assert len(territory_events(ctg)) == 17
