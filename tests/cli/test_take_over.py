"""`ctg take-over`: what is known of a convention that already runs is told from the command line, then completed."""

from __future__ import annotations

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.cli.conftest import Program
from tests.projections.story import SIREN, Story
from tests.unit.office_files import PDF

TERMS = ("--from", "2024-01-01", "--to", "2027-12-31", "--as-of", "2026-06-15", "--signatory", "Caf du Gers")
KNOWN = ("--known", "plan=2023-06-15:30", "--known", "review-2024=2025-03-27", "--known", "forums=?")


def test_a_running_convention_is_taken_over_and_completed(ctg: Program) -> None:
    ctg.done("migrate")
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        Story(house.engine).settle()
    person = ("--name", "Camille Exemple", "--email", "camille@gers.example")
    ctg.done(
        "account", "create", "camille", *person, "--role", "PILOT", "--territory", SIREN, typed="des mots assez longs"
    )
    paper = ctg.directory / "compte-rendu.pdf"
    paper.write_bytes(PDF)
    take_over = ("take-over", SIREN, "--as", "camille")
    holder = ("--holder", "CC de la Gascogne Toulousaine")
    for wrong, said in (
        (("--known", "autre=2023-06-15"), "autre=2023-06-15"),
        (("--known", "plan=hier"), "hier"),
        (("--signatory", "Personne"), "Personne"),
        (("--paper", f"plan={paper}"), "dont rien n’est dit"),
    ):
        ended = ctg(*take_over, *TERMS, *holder, *wrong)
        assert ended.returncode == 2
        assert said in ended.stderr
    told = ctg.done(*take_over, *TERMS, *holder, *KNOWN, "--paper", f"plan={paper}")
    assert "plan validé : le 15 juin 2023, avec son papier" in told
    assert "bilan 2024 : le 27 mars 2025, sans papier" in told
    assert "argent : On ne sait pas" in told
    assert "argent : connu depuis le 1er janvier 2025" in ctg.done(*take_over, "--known", "money=2025-01-01")
    again = ctg(*take_over, "--known", "plan=2023-06-16")
    assert again.returncode == 1
    assert "déjà daté du 15 juin 2023" in again.stderr
