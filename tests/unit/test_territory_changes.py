"""What a reading changes to the register: perimeters and figures, never a spelling."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.territory_samples import EPCI_TEXT, RIVIERES, TABLE_HEADING, TABLE_LINES, TABLE_TEXT, read, registered
from workflows.territory_files import TerritoryReading, compare
from workflows.texts import LANGUAGES, Texts


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
