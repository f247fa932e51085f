"""The form of a file (encoding, separator, line ends, quotes, columns) never changes what it says."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.values import luhn_is_valid
from workflows.territory_files import CommuneFacts, TerritoryFacts, read_territory_files


def with_check_digit(eight: str) -> str:
    return next(f"{eight}{digit}" for digit in range(10) if luhn_is_valid(f"{eight}{digit}"))


WORDS = (
    *["Cœur", "Île", "Échappée", "lès", "Forêt", "Haÿ", "Œuf", "Saint-Cœur", "d'Eauze", "Aÿ", "Çà", "(Gers)", "Auch,"],
    "Val-d’Oïse",
    "4 ;",
    '"Bœufs"',
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda words: " ".join(["Le", *words]))
"""Names of which a wrong encoding can be told: one is guessed from what names are like."""

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
                population_municipal=sum(commune.population_municipal or 0 for commune in communes),
                population_total=sum(commune.population_total or 0 for commune in communes),
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

    def number(self, value: int | None) -> str:
        return f"{value or 0:,}".replace(",", self.thousands)

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
