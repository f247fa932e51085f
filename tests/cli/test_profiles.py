"""`ctg profile`: what the operator learns of a method, and what becomes of a file that is not one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from projections.which_partners_and_places_are_known import profiles
from tests.cli.conftest import Program
from workflows.methods.json_schema import json_schema
from workflows.methods.reader import shipped

GERS = shipped("gers-ctggs", 1)
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "profils" / "profil-de-methode.schema.json"


def written(directory: Path, name: str, **changes: str) -> Path:
    """A file of the method of the Gers where some words are others: `old => new`."""
    text = GERS.read_text(encoding="utf-8")
    for change in changes.values():
        old, new = change.split(" => ")
        assert old in text, old
        text = text.replace(old, new)
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_said_to_be_one_without_any_store(ctg: Program) -> None:
    ended = ctg("profile", "check", GERS)
    assert ended.returncode == 0
    assert "gers-ctggs@1 est un profil de méthode." in ended.stdout


def test_every_mistake_of_a_file_is_told_with_its_line_its_key_and_its_remedy(ctg: Program) -> None:
    path = written(ctg.directory, "bad.yaml", one="months: 18 => months: 0", two="offset: P2M => offset: deux mois")
    ended = ctg("profile", "check", path)
    assert (ended.returncode, ended.stdout) == (2, "")
    lines = path.read_text(encoding="utf-8").splitlines()
    for key, said in (("thresholds.stale_diagnosis_months", "au moins 1"), ("deadlines[1].offset", "exemple : P6M")):
        line = next(number for number, one in enumerate(lines, 1) if one.strip().endswith((": 0", "deux mois")))
        lines[line - 1] = ""
        assert f"{path}, ligne {line}, {key} : " in ended.stderr
        assert said in ended.stderr
    assert ctg("profile", "check", ctg.directory / "absent.yaml", "--lang", "en").returncode == 2


def test_the_differences_of_two_methods_are_told_as_people_do(ctg: Program) -> None:
    path = written(
        ctg.directory,
        "later.yaml",
        one="version: 1 => version: 2",
        two="{ at: 15, to: [CO_PILOT] } => { at: 20, to: [CO_PILOT] }",
        three="{ at: 30, to: [ALL_SIGNATORIES] } => { at: 30, to: [PILOT] }",
    )
    ended = ctg("profile", "diff", "gers-ctggs@1", path)
    assert ended.stdout.splitlines() == [
        "D02 (premier forum) : alerte 15 jours après → 20 jours après",
        "D16 (bilan annuel) : alerte 30 jours après : tous les signataires → pilote",
    ]
    ended = ctg("profile", "diff", "cnaf-2020", "gers-ctggs", "--lang", "en")
    assert "D02 (first forum): period: 3 months after → 2 months after" in ended.stdout
    assert "announced milestones: in addition, Social panorama" in ended.stdout
    assert ctg("profile", "diff", path, path).stdout == "Aucune différence.\n"


def test_a_method_that_is_not_known_is_told_with_those_that_are(ctg: Program) -> None:
    ended = ctg("profile", "show", "cnaf-2019")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "cnaf-2020@1, gers-ctggs@1" in ended.stderr
    assert ctg("profile", "diagram", "cnaf-2020", "--format", "png").returncode == 2


def test_a_method_is_shown_in_words(ctg: Program) -> None:
    shown = ctg("profile", "show", "gers-ctggs").stdout
    assert "thèmes obligatoires : petite enfance, jeunesse, parentalité, accès aux droits" in shown
    assert "D02 (premier forum)\n    suivie : oui\n" in shown
    assert "D21 (rapport d’analyse des besoins sociaux)\n    suivie : non\n" in shown


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_path_of_a_method_is_drawn(ctg: Program, language: str) -> None:
    drawn = ET.fromstring(ctg("profile", "diagram", "gers-ctggs", "--lang", language).stdout)  # noqa: S314 - our own
    namespace = "{http://www.w3.org/2000/svg}"
    assert "viewBox" in drawn.attrib
    assert not {"width", "height", "style"} & set(drawn.attrib)
    assert drawn.find(f"{namespace}title") is not None
    assert drawn.find(f"{namespace}desc") is not None
    boxes = drawn.findall(f"{namespace}rect")
    assert len(boxes) == 13
    assert ["stroke-dasharray" in one.attrib for one in boxes[:3]] == [True, True, False]
    told = ctg("profile", "diagram", "gers-ctggs", "--format", "mermaid", "--lang", language).stdout
    assert told.startswith("flowchart TD\n")
    assert "m_DIAGNOSIS -. " in told
    assert "class m_PANORAMA announced" in told


def test_a_method_is_published_once_and_never_changes(ctg: Program) -> None:
    ctg.done("migrate")
    path = written(ctg.directory, "mine.yaml", one="version: 1 => version: 2", two="months: 18 => months: 12")
    assert ctg.done("profile", "publish", path) == "gers-ctggs@2 est publiée.\n"
    assert ctg.done("profile", "publish", path) == "gers-ctggs@2 est déjà publiée, telle quelle.\n"
    other = written(ctg.directory, "other.yaml", one="version: 1 => version: 2", two="months: 18 => months: 6")
    ended = ctg("profile", "publish", other)
    assert ended.returncode == 1
    assert "la version 3" in ended.stderr
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        known = {(str(one.name), one.version): one for one in profiles(house.reader.register())}
    assert known["gers-ctggs", 2].thresholds.stale_diagnosis_months == 12
    assert "gers-ctggs@2\tMéthode du Gers (CTGGS)\tpubliée" in ctg.done("profile", "list")
    assert "12 mois" in ctg.done("profile", "diff", "gers-ctggs@1", "gers-ctggs")


def test_the_schema_for_editors_is_that_of_the_reader(ctg: Program) -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(), "write it again: ctg profile schema > docs/profils/…"
    assert ctg.done("profile", "schema") == json_schema()
