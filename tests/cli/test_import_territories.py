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


EPCI_2025, COMMUNES_2025 = LISTS


def lists_of(ctg: Program, year: int, *changes: tuple[str, str]) -> tuple[Path, Path]:
    """The national lists cut to the Gers, as of another year, with what was otherwise."""
    epci = EPCI_2025.read_text(encoding="utf-8-sig").splitlines()
    kept = [epci[0], *(line for line in epci[1:] if line.startswith("32;"))]
    sirens = {line.split(";")[1] for line in kept[1:]}
    table = COMMUNES_2025.read_text(encoding="utf-8-sig").splitlines()
    communes = [table[0], *(line for line in table[1:] if line.split(";")[0] in sirens)]
    texts = ["\n".join(kept), "\n".join(communes).replace("_2025", f"_{year}")]
    for old, new in changes:
        assert any(old in text for text in texts), old
        texts = [text.replace(old, new) for text in texts]
    files = (ctg.directory / f"epci_{year}.csv", ctg.directory / f"communes_{year}.csv")
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return files


@pytest.mark.slow
def test_a_renamed_epci_gets_its_name_and_an_older_list_does_not_give_the_old_one_back(ctg: Program) -> None:
    ctg.done("migrate")
    older = lists_of(
        ctg, 2024, ("CC Val de Gers", "CC du Val de Gers"), (";CC Bastides de Lomagne;CC;", ";CC Lomagne;CA;")
    )
    newer = lists_of(ctg, 2025)
    ctg.done("import", "territories", *older)
    proposed = ctg.done("import", "territories", *newer, "--dry-run")
    assert "le nom « CC Lomagne » devient « CC Bastides de Lomagne »" in proposed
    assert "la forme juridique CA devient CC" in proposed
    said = ctg.done("import", "territories", *newer)
    assert said.splitlines()[-1] == "Territoires enregistrés : 0, modifiés : 2, inchangés : 13."
    changed = [one for one in territory_events(ctg) if isinstance(one, PerimeterChanged)]
    assert {(one.name, one.legal_form) for one in changed} == {
        ("CC Bastides de Lomagne", "CC"),
        ("CC Val de Gers", "CC"),
    }
    assert {one.occurred_on.isoformat() for one in changed} == {"2025-01-01"}
    for options in (("--dry-run",), ()):
        ended = ctg("import", "territories", *older, *options)
        assert ended.returncode == 2
        assert "plus ancien que le registre" in ended.stdout and "epci_2024.csv, ligne " in ended.stdout
    assert len(territory_events(ctg)) == 17


@pytest.mark.slow
def test_an_import_of_many_does_not_scroll_a_line_per_territory(ctg: Program) -> None:
    ctg.done("migrate")
    lists = lists_of(ctg, 2025)
    short = ctg.done("import", "territories", *lists)
    assert len(short.splitlines()) < 10
    assert "à enregistrer, " not in short
    long = ctg.done("import", "territories", *lists, "--every-line")
    assert long.count("rien ne change.") == 15


def test_a_dry_run_says_all_that_the_run_would_refuse_with_file_and_line(ctg: Program) -> None:
    ctg.done("migrate")
    ctg.done("import", "territories", *lists_of(ctg, 2025))
    endless = "CC " + "Très " * 200
    files = lists_of(ctg, 2026, ("CC Val de Gers", endless))
    told = []
    for options in (("--dry-run",), ()):
        ended = ctg("import", "territories", *files, *options)
        assert ended.returncode == 2
        told.append([line for line in ended.stdout.splitlines() if "[refusée]" in line])
    assert told[0] == told[1] != []
    assert all("_2026.csv, ligne " in line for line in told[0])


@pytest.mark.slow
def test_a_list_of_no_year_asks_for_its_day(ctg: Program) -> None:
    ctg.done("migrate")
    files = lists_of(ctg, 2025, ("_2025", ""))
    ended = ctg("import", "territories", *files, "--dry-run")
    assert ended.returncode == 2 and "--on AAAA-01-01" in ended.stdout
    ctg.done("import", "territories", *files, "--on", "2025-01-01")


@pytest.mark.slow
def test_an_epci_merged_into_another_is_told_with_what_to_do(ctg: Program) -> None:
    ctg.done("migrate")
    ctg.done("import", "territories", *lists_of(ctg, 2025))
    gone, heir = "200035632", "243200391"
    epci, communes = lists_of(ctg, 2026)
    lines = epci.read_text(encoding="utf-8").splitlines()
    cells = {line.split(";")[1]: line.split(";") for line in lines[1:]}
    cells[heir][5] = str(int(cells[heir][5]) + int(cells[gone][5]))
    del cells[gone]
    epci.write_text("\n".join([lines[0], *map(";".join, cells.values())]), encoding="utf-8")
    communes.write_text(communes.read_text(encoding="utf-8").replace(gone, heir), encoding="utf-8")
    for options in (("--dry-run",), ()):
        said = ctg.done("import", "territories", epci, communes, *options)
        assert "mettez fin à sa convention" in said and gone in said
        assert "modifiés : 1" in said or "à modifier : 1" in said


@pytest.mark.slow
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
