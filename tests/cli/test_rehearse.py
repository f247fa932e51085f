"""`ctg rehearse`: the calendar to come, and the past under another method."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.cli.conftest import Program
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import engaged
from workflows.methods.reader import shipped


def test_the_calendar_to_come_and_the_past_under_another_method(ctg: Program) -> None:
    ctg.done("migrate")
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        life = Life(house.engine)
        for name, person_id in life.people.items():
            house.vault.register_person(f"Camille {name}", f"{name}@gers.example", person_id=person_id)
        engaged(life)
        life.live_until(date(2024, 8, 1))
        convention = str(life.convention_id)
    coming = ctg.done("rehearse", convention, "--until", "2027-12-31")
    assert "Gascogne Toulousaine, du" in coming
    assert "si rien n’est fait" in coming
    same = ctg.done("rehearse", convention, "--with", "cnaf-2020@1", "--until", "2024-08-01")
    assert "Aurait été dit, et ne l’a pas été : 0" in same
    assert "A été dit, et ne l’aurait pas été : 0" in same
    mine = ctg.directory / "mine.yaml"
    text = shipped("cnaf-2020", 1).read_text(encoding="utf-8")
    mine.write_text(text.replace("offset: P6M", "offset: P12M", 1), encoding="utf-8")
    other = ctg.done("rehearse", convention, "--with", str(mine), "--until", "2024-08-01")
    assert "Ont été dits, et ne l’auraient pas été : 5" in other
    assert ctg("rehearse", "00000000-0000-0000-0000-000000000000").returncode == 2
    assert "ne sert que pour une méthode" in ctg("rehearse", convention, "--zone", "C").stderr
    too_early = ctg("rehearse", convention, "--with", "cnaf-2020@1", "--until", "2024-01-09")
    assert (too_early.returncode, "s’arrête avant le 10 janvier 2024" in too_early.stderr) == (2, True)
    assert "s’arrête avant le" in ctg("rehearse", convention, "--until", "2023-12-31").stderr


@pytest.mark.parametrize("method", ["cnaf-2020@1", "gers-ctggs@1"])
def test_the_calendar_that_a_method_would_give_when_everything_is_done_on_its_day(ctg: Program, method: str) -> None:
    """No store is needed; every act that the method waits for is done, and nobody is told of a delay."""
    said = ctg.done("rehearse", method, "--from", "2026-12-01", "--department", "32", "--done-on-time")
    lines = [line.split("\t") for line in said.splitlines() if "\t" in line]
    done = [line[2] for line in lines if line[1] == "fait"]
    assert not [line for line in lines if line[1] == "échéance"]
    assert "La méthode a refusé" not in said
    for what in ("partage du diagnostic", "premier forum", "choix des priorités", "validation du plan d’actions"):
        assert len([one for one in done if one.startswith(what)]) == 1
    assert len([one for one in done if one.startswith("bilan annuel")]) == 5
    drafted, approved = (
        len([one for one in done if one.startswith(what)])
        for what in ("projet de compte rendu du COPIL", "approbation du compte rendu du COPIL")
    )
    assert drafted == approved > 5
    assert done.index(next(one for one in done if one.startswith("signature manquante"))) > 4
    assert any(one.startswith("préparation du renouvellement") for one in done)
    assert "l’été, où les conseils siègent rarement" in said
    assert "lignes tombent dans : la période de réserve avant un scrutin" in said
    total, months = re.findall(r"^pilote : (\d+) courriels, .*\n  (.*)$", said, re.MULTILINE)[0]
    assert int(total) == sum(int(one.rpartition(" : ")[2]) for one in months.split(" ; "))


def test_the_calendar_that_a_method_would_give_when_nothing_is_done_on_time(ctg: Program) -> None:
    """Each act comes after the last message about it. Where no place is said, no school holidays are told of."""
    said = ctg.done("rehearse", "cnaf-2020@1", "--from", "2026-12-01", "--until", "2028-01-31")
    first = [line.split("\t")[:2] for line in said.splitlines() if "\tpartage du diagnostic" in line]
    assert first == [
        ["2 avril 2027", "rappel"],
        ["3 mai 2027", "rappel"],
        ["25 mai 2027", "rappel"],
        ["1er juin 2027", "échéance"],
        ["16 juin 2027", "relance"],
        ["16 juillet 2027", "relance"],
        ["19 juillet 2027", "fait"],
    ]
    assert "16 juillet 2027\trelance\tpartage du diagnostic, pour le 1er juin 2027\tprésident du COPIL" in said
    assert "vacances scolaires" not in said
    strasbourg = ctg.done(
        "--lang", "en", "rehearse", "cnaf-2020@1", "--from", "2026-12-01", "--zone", "B", "--until", "2027-08-31"
    )
    assert "lines fall in: the school holidays" in strasbourg


@pytest.mark.parametrize(
    "mistaken",
    [
        ("--until", "2020-01-01"),
        ("--zone", "D"),
        ("--zone", "C", "--department", "32"),
        ("--department", "99"),
        ("--with", "cnaf-2020@1"),
    ],
)
def test_a_place_or_an_option_that_a_method_cannot_be_played_with_is_said(
    ctg: Program, mistaken: tuple[str, ...]
) -> None:
    assert ctg("rehearse", "cnaf-2020@1", *mistaken).returncode == 2
