"""`ctg rehearse`: the calendar to come, and the past under another method."""

from __future__ import annotations

from datetime import date

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
