"""Public lists of EPCI and communes: read whatever their form, refused when a perimeter would be wrong."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctg_engine.demo.territories import load_demo_territories
from domain.territories import Commune
from domain.values import InvalidValue, luhn_is_valid
from workflows.territory_files import (
    CommuneFacts,
    LineVerdict,
    TerritoryFacts,
    TerritoryReading,
    compare,
    read_territory_files,
)
from workflows.texts import LANGUAGES, Texts

ROOT = Path(__file__).parents[2]
CRAFTED = ROOT / "tests" / "data" / "territories"
PUBLISHED = ROOT.parent / "shared" / "data"

needs_published_files = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="cannot apply: the published files are not beside this checkout"
)


def crafted(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (CRAFTED / name).read_bytes()) for name in names]


def published(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (PUBLISHED / name).read_bytes()) for name in names]


LIST, TABLE, PERIMETER = "liste_epci_utf8_bom.csv", "communes_cp1252_tab.txt", "perimetre_utf16.csv"
NATIONAL = ("epci_france_2025.csv", "epci_communes_france_2025.csv")
GERS = ("gers_perimetre_epci_2025_cp1252.csv",)

RIVIERES = TerritoryFacts(
    siren="200900017",
    name="CC des Quatre Rivières",
    legal_form="CC",
    department="32",
    communes=(
        CommuneFacts("32901", "213209018", "Saint-Cœur-l'Échappée", 9499, 9733),
        CommuneFacts("32902", "213209026", "Île-Bâtie", 570, 582),
        CommuneFacts("32903", "213209034", "Les Çaux", 40, 41),
    ),
    population_municipal=10109,
    population_total=10356,
)


@dataclass(frozen=True)
class Registered:
    """What a register holds, built from facts."""

    name: str
    legal_form: str
    department: str
    communes: tuple[Commune, ...]


def registered(reading: TerritoryReading) -> dict[str, Registered]:
    return {
        change.territory.siren: Registered(
            change.territory.name, change.territory.legal_form, change.territory.department, change.communes
        )
        for change in compare(reading, {})
    }


def statuses(reading: TerritoryReading) -> Counter[str]:
    return Counter(verdict.status for verdict in reading.verdicts)


# --- the published files --------------------------------------------------------------------------------------------


@needs_published_files
def test_both_published_sources_of_the_gers_state_the_same_fifteen_territories() -> None:
    national = read_territory_files(published(*NATIONAL), {"32"})
    departmental = read_territory_files(published(*GERS), {"32"})
    together = read_territory_files(published(*GERS, *NATIONAL), {"32"})

    assert national.errors == departmental.errors == together.errors == ()
    assert national.notices == departmental.notices == together.notices == ()
    assert len(national.territories) == 15
    assert sum(len(territory.communes) for territory in national.territories) == 447
    assert national.territories == departmental.territories == together.territories
    assert statuses(departmental) == {"accepted": 447, "ignored": 50}  # the two that are seated in 40 and 82


@needs_published_files
def test_second_run_and_other_source_change_nothing() -> None:
    national = read_territory_files(published(*NATIONAL), {"32"})
    known = registered(national)
    for source in (NATIONAL, GERS):
        changes = compare(read_territory_files(published(*source), {"32"}), known)
        assert Counter(change.kind for change in changes) == {"unchanged": 15}
        assert all(change.differences == () for change in changes)


@needs_published_files
def test_every_epci_of_the_country_is_read_and_homonyms_stay_two() -> None:
    reading = read_territory_files(published(*NATIONAL))
    assert reading.errors == ()
    assert len(reading.territories) == 1255
    assert len([t for t in reading.territories if t.name == "CC des Quatre Rivières"]) == 2
    assert statuses(reading) == {"accepted": 1255 + 34871}


@needs_published_files
def test_the_demonstration_states_what_is_published() -> None:
    reading = read_territory_files(published(*NATIONAL), {"32"})
    assert tuple(territory.facts for territory in load_demo_territories()) == reading.territories


def test_demonstration_territories_are_whole() -> None:
    territories = load_demo_territories()
    assert len(territories) == len({territory.facts.siren for territory in territories}) == 15
    assert len({(territory.column, territory.row) for territory in territories}) == 15
    assert len({territory.short_name for territory in territories}) == 15
    for territory in territories:
        facts = territory.facts
        assert facts.department == "32"
        assert facts.population_municipal == sum(commune.population_municipal for commune in facts.communes)
        assert facts.population_total == sum(commune.population_total for commune in facts.communes)
        assert all(luhn_is_valid(siren) for siren in (facts.siren, *(c.siren or "" for c in facts.communes)))
    every = [commune.insee for territory in territories for commune in territory.facts.communes]
    assert len(every) == len(set(every)) == 447


def test_the_demonstration_file_cites_its_source_and_licence() -> None:
    text = (ROOT / "ctg_engine" / "demo" / "gers.json").read_text(encoding="utf-8")
    assert "decoupage-administratif" in text and "Licence Ouverte" in text
    assert len([line for line in text.splitlines() if line.lstrip().startswith('["32')]) == 447  # one commune a line


# --- untidy files ---------------------------------------------------------------------------------------------------


def test_untidy_list_and_table_are_understood() -> None:
    reading = read_territory_files(crafted(LIST, TABLE))
    assert reading.errors == reading.notices == ()
    assert reading.territories[0] == RIVIERES
    assert [(t.siren, t.department, len(t.communes)) for t in reading.territories] == [
        ("200900017", "32", 3),
        ("200900025", "2A", 1),
        ("200900033", "974", 2),
        ("200900041", "40", 2),
    ]
    assert reading.territories[1].communes[0].insee == "2A901"
    assert reading.territories[1].name == reading.territories[0].name
    assert reading.territories[2].population_municipal == 151999


def test_sources_and_their_order_give_the_same_facts() -> None:
    expected = read_territory_files(crafted(LIST, TABLE)).territories
    assert read_territory_files(crafted(PERIMETER)).territories == expected
    for order in permutations((LIST, TABLE, PERIMETER)):
        reading = read_territory_files(crafted(*order))
        assert reading.errors == reading.notices == ()
        assert reading.territories == expected
        assert reading.verdicts[0].file == order[0]


def test_each_line_has_a_verdict() -> None:
    reading = read_territory_files(crafted(LIST, TABLE), ["32", "2a"])
    codes = {(verdict.file, verdict.line): verdict.code for verdict in reading.verdicts}
    assert len(codes) == len(reading.verdicts) == 15
    assert [codes[LIST, line] for line in (1, 2, 4, 5, 6, 7, 8)] == [
        "above-heading",
        "above-heading",
        "accepted",
        "accepted",
        "elsewhere",
        "elsewhere",
        "blank-line",
    ]
    assert Counter(codes[TABLE, line] for line in range(2, 10)) == {"accepted": 4, "elsewhere": 4}


def test_an_epci_is_kept_for_its_seat_with_all_its_communes() -> None:
    reading = read_territory_files(crafted(PERIMETER), {"40"})
    assert [commune.insee for territory in reading.territories for commune in territory.communes] == ["32904", "40901"]
    assert "32904" not in [
        c.insee for t in read_territory_files(crafted(PERIMETER), {"32"}).territories for c in t.communes
    ]


def test_departments_are_checked() -> None:
    with pytest.raises(InvalidValue) as refused:
        read_territory_files(crafted(PERIMETER), {"99"})
    assert (refused.value.code, refused.value.parameters) == ("department", {"value": "99"})
    assert Texts("fr").t("invalid.department", **refused.value.parameters)
    with pytest.raises(ValueError, match="at least one file"):
        read_territory_files([])


# --- faults ---------------------------------------------------------------------------------------------------------

EPCI_HEADING = "dept;siren;raison_sociale;nature_juridique;nb_membres;total_pop_tot;total_pop_mun"
EPCI_LINE = "32;200900017;CC des Quatre Rivières;CC;3;10 356;10 109"
TABLE_HEADING = "siren_epci;insee;siren_commune;nom_commune;ptot_2025;pmun_2025"
TABLE_LINES = (
    "200900017;32901;213209018;Saint-Cœur-l'Échappée;9 733;9 499",
    "200900017;32902;213209026;Île-Bâtie;582;570",
    "200900017;32903;213209034;Les Çaux;41;40",
)
EPCI_TEXT = f"{EPCI_HEADING}\n{EPCI_LINE}"
TABLE_TEXT = "\n".join((TABLE_HEADING, *TABLE_LINES))
PERIMETER_TEXT = "\n".join(
    [EPCI_HEADING + ";insee;siren_membre;nom_membre;ptot_2025;pmun_2025"]
    + [EPCI_LINE + ";" + line.partition(";")[2] for line in TABLE_LINES]
)


def read(epci: str = EPCI_TEXT, table: str = TABLE_TEXT, perimeter: str | None = None) -> TerritoryReading:
    files = [("epci.csv", epci.encode()), ("communes.csv", table.encode())]
    return read_territory_files(files + ([("perimetre.csv", perimeter.encode())] if perimeter is not None else []))


def shown(verdicts: Iterable[LineVerdict]) -> list[tuple[str, int, str]]:
    """The verdicts as file, line and code; each is also told in both languages, which fails without a text."""
    for verdict in verdicts:
        for language in LANGUAGES:
            text = Texts(language).t(f"import.{verdict.code}", **verdict.parameters)
            line = Texts(language).t("import.line", file=verdict.file, line=verdict.line, text=text)
            assert text in line and verdict.file in line
    return [(verdict.file, verdict.line, verdict.code) for verdict in verdicts]


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
    ],
)
def test_a_malformed_cell_of_the_table_is_refused_with_its_column(old: str, new: str, code: str, column: str) -> None:
    assert old in TABLE_TEXT
    reading = read(table=TABLE_TEXT.replace(old, new, 1))
    assert ("communes.csv", 3, code) in shown(reading.errors)
    assert next(v for v in reading.errors if v.file == "communes.csv").parameters["column"] == column


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
        (b"PK\x03\x04 workbook", 1, "not-text"),
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


# --- contradictions -------------------------------------------------------------------------------------------------

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


# --- changes --------------------------------------------------------------------------------------------------------


def test_an_unknown_territory_is_registered_whole() -> None:
    (change,) = compare(read(), {})
    assert change.kind == "register"
    assert change.territory == RIVIERES
    assert change.communes == change.added
    assert [(c.insee, c.siren, c.population) for c in change.communes] == [
        ("32901", "213209018", 9499),
        ("32902", "213209026", 570),
        ("32903", "213209034", 40),
    ]


def test_another_set_of_communes_changes_the_perimeter() -> None:
    known = registered(read())
    smaller = read(EPCI_TEXT.replace(";3;", ";2;"), "\n".join((TABLE_HEADING, *TABLE_LINES[:2])))
    (change,) = compare(smaller, known)
    assert change.kind == "change-perimeter"
    assert ([c.insee for c in change.added], [c.insee for c in change.removed]) == ([], ["32903"])
    (back,) = compare(read(), registered(smaller))
    assert ([c.insee for c in back.added], [c.insee for c in back.removed]) == (["32903"], [])


@pytest.mark.parametrize(
    ("reading", "kind", "field", "subject"),
    [
        (lambda: read(EPCI_TEXT.replace("Rivières", "Rivieres")), "unchanged", "name", "200900017"),
        (lambda: read(table=TABLE_TEXT.replace("Cœur", "Coeur")), "unchanged", "name", "32901"),
        (lambda: read(EPCI_TEXT.replace("32;2009", "40;2009")), "unchanged", "department", "200900017"),
        (lambda: read(EPCI_TEXT.replace(";CC;", ";CA;")), "change-perimeter", "legal_form", "200900017"),
        (lambda: read(table=TABLE_TEXT.replace("9 499", "9 500")), "change-perimeter", "population", "32901"),
        (lambda: read(table=TABLE_TEXT.replace("213209018", "213209042")), "change-perimeter", "siren", "32901"),
    ],
)
def test_a_name_alone_is_a_remark_and_a_figure_is_a_change(
    reading: Callable[[], TerritoryReading], kind: str, field: str, subject: str
) -> None:
    (change,) = compare(reading(), registered(read()))
    assert change.kind == kind
    ((difference),) = change.differences
    assert (difference.field, difference.subject) == (field, subject)
    for language in LANGUAGES:
        assert Texts(language).t(
            f"import.difference.{field}", subject=subject, known=difference.known, read=difference.read
        )


def test_a_source_without_siren_of_communes_loses_none() -> None:
    table = "\n".join(
        ";".join(cells[:2] + cells[3:]) for cells in (line.split(";") for line in TABLE_TEXT.splitlines())
    )
    (change,) = compare(read(table=table), registered(read()))
    assert change.kind == "unchanged"
    assert [commune.siren for commune in change.communes] == ["213209018", "213209026", "213209034"]


# --- any form -------------------------------------------------------------------------------------------------------


def with_check_digit(eight: str) -> str:
    return next(f"{eight}{digit}" for digit in range(10) if luhn_is_valid(f"{eight}{digit}"))


NAMES = st.text(alphabet="abcdeéèêëàâçîïôûüœÉÎÇŒ'-., ;\"", min_size=1, max_size=20).map(
    lambda text: " ".join(f"Le {text}".split())
)
COUNTS = st.integers(min_value=0, max_value=2_500_000)


@st.composite
def territories(draw: st.DrawFn) -> tuple[TerritoryFacts, ...]:
    found = []
    for place in range(draw(st.integers(min_value=1, max_value=3))):
        department = draw(st.sampled_from(["01", "32", "2A", "2B", "974"]))
        tail = 5 - len(department)
        communes = tuple(
            CommuneFacts(
                insee=f"{department}{place * 3 + number:0{tail}}",
                siren=with_check_digit(f"2130{place}{number:03}"),
                name=draw(NAMES),
                population_municipal=draw(COUNTS),
                population_total=draw(COUNTS),
            )
            for number in range(draw(st.integers(min_value=1, max_value=3)))
        )
        found.append(
            TerritoryFacts(
                siren=with_check_digit(f"2009{place:04}"),
                name=draw(NAMES),
                legal_form=draw(st.sampled_from(["CC", "CA", "CU", "METRO", "MET69"])),
                department=department,
                communes=communes,
                population_municipal=sum(commune.population_municipal for commune in communes),
                population_total=sum(commune.population_total for commune in communes),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Form:
    """One way of writing a table."""

    encoding: str
    separator: str
    line_end: str
    quoting: int
    thousands: str
    reverse_columns: bool
    extra_column: bool

    def number(self, value: int) -> str:
        return f"{value:,}".replace(",", self.thousands)

    def write(self, rows: list[dict[str, str]]) -> bytes:
        titles = list(reversed(rows[0])) if self.reverse_columns else list(rows[0])
        if self.extra_column:
            titles.insert(1, "commentaire")
        text = io.StringIO()
        writer = csv.DictWriter(
            text,
            titles,
            restval="à voir",
            delimiter=self.separator,
            lineterminator=self.line_end,
            quoting=self.quoting,  # type: ignore[arg-type]  # the csv module's own constants
        )
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().encode(self.encoding)


FORMS = st.builds(
    Form,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    separator=st.sampled_from([";", ",", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    thousands=st.sampled_from(["", " ", "\u00a0"]),
    reverse_columns=st.booleans(),
    extra_column=st.booleans(),
)


def epci_row(territory: TerritoryFacts, form: Form) -> dict[str, str]:
    return {
        "dept": territory.department,
        "siren": territory.siren,
        "raison_sociale": territory.name,
        "nature_juridique": territory.legal_form,
        "nb_membres": form.number(len(territory.communes)),
        "total_pop_tot": form.number(territory.population_total),
        "total_pop_mun": form.number(territory.population_municipal),
    }


def commune_row(commune: CommuneFacts, form: Form, noun: str) -> dict[str, str]:
    return {
        "insee": commune.insee,
        f"siren_{noun}": commune.siren or "",
        f"nom_{noun}": commune.name,
        "ptot_2025": form.number(commune.population_total),
        "pmun_2025": form.number(commune.population_municipal),
    }


@settings(max_examples=60, deadline=None)
@given(facts=territories(), list_form=FORMS, table_form=FORMS, perimeter_form=FORMS)
def test_the_form_of_a_file_never_changes_what_it_says(
    facts: tuple[TerritoryFacts, ...], list_form: Form, table_form: Form, perimeter_form: Form
) -> None:
    epci = ("a", list_form.write([epci_row(territory, list_form) for territory in facts]))
    table = (
        "b",
        table_form.write(
            [
                {"siren_epci": territory.siren} | commune_row(commune, table_form, "commune")
                for territory in facts
                for commune in territory.communes
            ]
        ),
    )
    perimeter = (
        "c",
        perimeter_form.write(
            [
                epci_row(territory, perimeter_form) | commune_row(commune, perimeter_form, "membre")
                for territory in facts
                for commune in territory.communes
            ]
        ),
    )
    for files in ([epci, table], [perimeter], [perimeter, table, epci]):
        reading = read_territory_files(files)
        assert [verdict for verdict in reading.verdicts if verdict.status != "accepted"] == []
        assert reading.territories == facts
