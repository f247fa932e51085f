"""A list of EPCI is refused at the line and column at fault, and whenever a perimeter would be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.territory_samples import (
    EPCI_HEADING,
    EPCI_LINE,
    EPCI_TEXT,
    PERIMETER_TEXT,
    RIVIERES,
    TABLE_HEADING,
    TABLE_LINES,
    TABLE_TEXT,
    read,
    shown,
    statuses,
)
from workflows.territory_files import compare, read_territory_files
from workflows.texts import Texts


def test_the_sound_files_of_these_tests_are_accepted() -> None:
    assert read().territories == (RIVIERES,)
    reading = read(perimeter=PERIMETER_TEXT)
    assert reading.territories == (RIVIERES,)
    assert statuses(reading) == {"accepted": 7}
    assert shown(reading.verdicts)


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "column"),
    [
        (";200900017;", ";200900018;", 2, "siren", "siren"),
        (";200900017;", ";20090001;", 2, "siren", "siren"),
        ("32;2009", "99;2009", 2, "department", "dept"),
        ("32;2009", ";2009", 2, "department", "dept"),
        (";CC des Quatre Rivières;", "; ;", 2, "empty-name", "raison_sociale"),
        (";CC des Quatre Rivières;", ";CC des Quatre Rivi\ufffdres;", 2, "damaged-text", "raison_sociale"),
        (";CC;", ";EPT;", 2, "legal-form", "nature_juridique"),
        (";3;", ";trois;", 2, "number", "nb_membres"),
        (";3;", ";-3;", 2, "number", "nb_membres"),
        ("10 356", "10 35", 2, "number", "total_pop_tot"),
        ("10 356", "10.356", 2, "number", "total_pop_tot"),
        ("10 109", "", 2, "number", "total_pop_mun"),
    ],
)
def test_a_malformed_cell_of_the_list_is_refused_with_its_column(
    old: str, new: str, line: int, code: str, column: str
) -> None:
    assert old in EPCI_TEXT
    reading = read(epci=EPCI_TEXT.replace(old, new, 1))
    assert shown(reading.errors) == [("epci.csv", line, code)]
    assert reading.errors[0].parameters["column"] == column
    assert reading.territories == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("200900017;32902", "200900016;32902", "siren", "siren_epci"),
        (";32902;", ";2902;", "insee", "insee"),
        (";32902;", ";20902;", "insee", "insee"),
        (";32902;", ";99902;", "insee", "insee"),
        (";213209026;", ";213209027;", "siren", "siren_commune"),
        ("Île-Bâtie", "", "empty-name", "nom_commune"),
        (";582;", ";5a2;", "number", "ptot_2025"),
        (";570", ";1 5156", "number", "pmun_2025"),
        (";570", ";2147483648", "number-too-large", "pmun_2025"),
        (";582;", ";99999999999999999999;", "number-too-large", "ptot_2025"),
    ],
)
def test_a_malformed_cell_of_the_table_is_refused_with_its_column(old: str, new: str, code: str, column: str) -> None:
    assert old in TABLE_TEXT
    reading = read(table=TABLE_TEXT.replace(old, new, 1))
    assert ("communes.csv", 3, code) in shown(reading.errors)
    assert next(v for v in reading.errors if v.file == "communes.csv").parameters["column"] == column


def test_a_refused_line_is_not_refused_again_as_a_missing_commune() -> None:
    assert shown(read(table=TABLE_TEXT.replace(";582;", ";5a2;")).errors) == [("communes.csv", 3, "number")]


def test_every_malformed_cell_of_a_line_is_reported_at_once() -> None:
    reading = read(epci=EPCI_HEADING + "\n99;123;;EPT;x;y;z")
    assert {code for _, line, code in shown(reading.errors)} == {
        "department",
        "siren",
        "empty-name",
        "legal-form",
        "number",
    }
    assert len(reading.errors) == 7


@pytest.mark.parametrize("line", ["200900017;32902;213209026", TABLE_LINES[1] + ";70;71"])
def test_a_line_with_another_number_of_cells_is_refused(line: str) -> None:
    reading = read(table=TABLE_TEXT.replace(TABLE_LINES[1], line))
    assert ("communes.csv", 3, "cell-count") in shown(reading.errors)


def test_a_commune_may_have_no_siren() -> None:
    expected = replace(RIVIERES, communes=tuple(replace(commune, siren=None) for commune in RIVIERES.communes))
    rows = [line.split(";") for line in TABLE_TEXT.splitlines()]
    without_column = "\n".join(";".join(row[:2] + row[3:]) for row in rows)
    empty_cells = "\n".join(";".join(row if place == 0 else [*row[:2], "", *row[3:]]) for place, row in enumerate(rows))
    for table in (without_column, empty_cells):
        assert read(table=table).territories == (expected,)


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "empty-file"),
        (b"\xef\xbb\xbf \r\n", 1, "empty-file"),
        (b"PK\x03\x04 workbook", 1, "workbook-unreadable"),
        (TABLE_TEXT.encode("utf-16-le"), 1, "not-text"),
        (b"prenom;nom\nAnne;B", 1, "unknown-file"),
        (TABLE_TEXT.encode("utf-8-sig").replace(b"\xc3\x8e", b"\xc3"), 3, "damaged-encoding"),
        (TABLE_TEXT.encode("utf-8").replace(b"\xc3\x8e", b"\xff", 1), 3, "damaged-encoding"),
        (TABLE_TEXT.encode("cp1252").replace(b"\xce", b"\x81", 1), 3, "damaged-encoding"),
        (TABLE_TEXT.encode("utf-16")[:-1], 4, "damaged-encoding"),
        (TABLE_TEXT.replace("Île", '"Île').encode(), 3, "malformed-csv"),
        (TABLE_TEXT.replace("insee;", "code;", 1).encode(), 1, "missing-column"),
        (TABLE_TEXT.replace("nom_commune;", "ptot_2024;", 1).encode(), 1, "repeated-column"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_line(data: bytes, line: int, code: str) -> None:
    reading = read_territory_files([("epci.csv", EPCI_TEXT.encode()), ("autre.csv", data)])
    assert shown(reading.errors)[0] == ("autre.csv", line, code)
    assert {verdict.file for verdict in reading.verdicts} == {"autre.csv"}
    assert reading.territories == ()


def test_a_missing_column_is_named_with_what_is_expected() -> None:
    (refused,) = read(table=TABLE_TEXT.replace("pmun_2025", "population")).errors
    assert refused.parameters["column"] == "pmun_AAAA"
    assert "siren_epci" in str(refused.parameters["expected"])
    assert "pmun_AAAA" in Texts("fr").t("import.missing-column", **refused.parameters)


def test_half_of_the_pair_says_which_file_is_missing() -> None:
    epci = read_territory_files([("epci.csv", EPCI_TEXT.encode())])
    table = read_territory_files([("communes.csv", TABLE_TEXT.encode())])
    assert shown(epci.verdicts) == [("epci.csv", 1, "commune-table-missing")]
    assert shown(table.verdicts) == [("communes.csv", 1, "epci-list-missing")]


def test_nothing_to_import_is_an_error() -> None:
    reading = read_territory_files([("perimetre.csv", PERIMETER_TEXT.encode())], {"75"})
    assert shown(reading.errors) == [("perimetre.csv", 1, "no-territory")]
    headings = [("epci.csv", EPCI_HEADING.encode()), ("communes.csv", TABLE_HEADING.encode())]
    assert shown(read_territory_files(headings).errors) == [("epci.csv", 1, "no-data")]


OTHER_EPCI = "40;200900041;CC d'Entre-Deux-Départements;CC;1;2000;1900"
OTHER_COMMUNE = "200900041;40901;214009011;Aïre-le-Pont;2000;1900"


@pytest.mark.parametrize(
    ("epci", "table", "perimeter", "expected"),
    [
        (EPCI_TEXT.replace(";3;", ";4;"), TABLE_TEXT, None, ("epci.csv", 2, "member-count")),
        (EPCI_TEXT, TABLE_TEXT.replace(TABLE_LINES[1], ""), None, ("epci.csv", 2, "member-count")),
        (f"{EPCI_TEXT}\n{OTHER_EPCI}", TABLE_TEXT, None, ("epci.csv", 3, "epci-without-communes")),
        (
            f"{EPCI_TEXT}\n{OTHER_EPCI}",
            f"{TABLE_TEXT}\n{OTHER_COMMUNE}\n{TABLE_LINES[0].replace('200900017', '200900041')}",
            None,
            ("communes.csv", 6, "commune-in-two-epci"),
        ),
        (EPCI_TEXT, TABLE_TEXT, PERIMETER_TEXT.replace("32902", "32905"), ("perimetre.csv", 3, "perimeter-differs")),
        (EPCI_TEXT, TABLE_TEXT, PERIMETER_TEXT.replace("32;2009", "40;2009"), ("perimetre.csv", 2, "seat-differs")),
        (EPCI_TEXT, TABLE_TEXT, PERIMETER_TEXT.replace(";3;", ";4;"), ("perimetre.csv", 2, "member-count-differs")),
    ],
)
def test_what_would_make_a_perimeter_wrong_is_refused(
    epci: str, table: str, perimeter: str | None, expected: tuple[str, int, str]
) -> None:
    reading = read(epci, table, perimeter)
    assert expected in shown(reading.errors)
    with pytest.raises(ValueError, match="refused lines"):
        compare(reading, {})


def test_a_commune_claimed_by_an_epci_left_out_of_the_import_is_refused() -> None:
    table = f"{TABLE_TEXT}\n{OTHER_COMMUNE}\n{TABLE_LINES[0].replace('200900017', '200900041')}"
    files = [("epci.csv", f"{EPCI_TEXT}\n{OTHER_EPCI}".encode()), ("communes.csv", table.encode())]
    assert shown(read_territory_files(files, {"32"}).errors) == [("communes.csv", 6, "commune-in-two-epci")]


def test_a_seat_on_which_files_disagree_is_refused_rather_than_left_out() -> None:
    moved = EPCI_TEXT.replace("32;2009", "40;2009")
    files = [("epci.csv", moved.encode()), ("perimetre.csv", PERIMETER_TEXT.encode())]
    for department in ("32", "40"):
        reading = read_territory_files(files, {department})
        assert shown(reading.errors) == [("perimetre.csv", 2, "seat-differs")]


def test_between_two_files_of_one_kind_the_first_by_name_prevails() -> None:
    other = ("epci_bis.csv", EPCI_TEXT.replace("Rivières", "RIVIERES").encode())
    files = [other, ("epci.csv", EPCI_TEXT.encode()), ("communes.csv", TABLE_TEXT.encode())]
    for order in (files, files[::-1]):
        reading = read_territory_files(order)
        assert reading.territories == (RIVIERES,)
        assert shown(reading.notices) == [("epci_bis.csv", 2, "name-differs")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("CC des Quatre Rivières", "CC DES QUATRE RIVIERES", "name-differs"),
        (";CC;", ";CA;", "legal-form-differs"),
        ("10 356", "10 400", "population-differs"),
        ("Saint-Cœur-l'Échappée", "St-Coeur-l'Echappée", "name-differs"),
        ("9 499", "9 500", "population-differs"),
        ("213209018", "213209026", "commune-siren-differs"),
    ],
)
def test_other_contradictions_are_said_once_and_the_pair_of_files_prevails(old: str, new: str, code: str) -> None:
    reading = read(perimeter=PERIMETER_TEXT.replace(old, new))
    assert reading.errors == ()
    assert shown(reading.notices) == [("perimetre.csv", 2, code)]
    assert reading.territories == (RIVIERES,)


def test_a_total_that_is_not_the_sum_of_its_communes_is_a_notice() -> None:
    reading = read(epci=EPCI_TEXT.replace("10 109", "10 110"))
    assert shown(reading.notices) == [("epci.csv", 2, "population-sum")]
    assert reading.notices[0].parameters["found"] == 10109
    assert reading.territories == (replace(RIVIERES, population_municipal=10110),)


def test_repeated_and_foreign_lines_are_left_out() -> None:
    reading = read(f"{EPCI_TEXT}\n{EPCI_LINE}", f"{TABLE_TEXT}\n{TABLE_LINES[2]}\n{OTHER_COMMUNE}")
    assert reading.territories == (RIVIERES,)
    left_out = [verdict for verdict in reading.verdicts if verdict.status == "ignored"]
    assert shown(left_out) == [
        ("epci.csv", 3, "repeated-line"),
        ("communes.csv", 5, "repeated-line"),
        ("communes.csv", 6, "epci-not-listed"),
    ]
