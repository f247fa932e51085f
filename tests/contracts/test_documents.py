"""What is written down stays true: links lead somewhere, verbs and words exist, decisions have the house's form."""

import re
from pathlib import Path

import pytest

from api.pages.glossary import GROUPS
from ctg_engine.cli import run
from ctg_engine.settings import PREFIX, Settings
from workflows.texts import Texts

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PACKAGES = ("ctg_engine", "api", "workflows", "projections", "domain")

LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)
CTG = re.compile(r"(?:^|`|/)ctg ([a-z-]+(?: territories)?)", re.MULTILINE)
MEANT_LATER = re.compile(r"\*\(à venir\)\*")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_to_a_file(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (document.parent / target).exists()] == []


def test_verbs_of_make_exist() -> None:
    verbs = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {verb for document in DOCUMENTS for verb in MAKE.findall(document.read_text(encoding="utf-8"))}
    assert {"demo", "test", "check"} <= named <= verbs


def test_commands_of_ctg_exist(capsys: pytest.CaptureFixture[str]) -> None:
    named = {words for document in DOCUMENTS for words in CTG.findall(document.read_text(encoding="utf-8"))}
    assert {"demo", "serve", "work", "migrate", "backup", "restore", "doctor"} <= named
    for words in sorted(named):
        assert run([*words.split(), "--help"]) == 0, f"ctg {words}: {capsys.readouterr().err}"


def test_every_setting_is_in_the_operator_s_guide() -> None:
    guide = (ROOT / "docs" / "guides" / "exploitant.md").read_text(encoding="utf-8")
    settings = {PREFIX + field.upper() for field in Settings.model_fields}
    assert set(re.findall(rf"`({PREFIX}[A-Z_]+)`", guide)) - {PREFIX} == settings


def test_words_of_the_glossary_are_those_of_the_code() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )
    rows = [
        row
        for row in (ROOT / "docs" / "glossaire.md").read_text(encoding="utf-8").splitlines()
        if row.startswith("| ") and not MEANT_LATER.search(row)
    ]
    names = {word for row in rows for word in re.findall(r"`([A-Za-z_]\w*)", row.split("|")[3])}
    assert len(names) > 30
    assert {word for word in names if not re.search(rf"\b{word}\b", sources)} == set()


def test_the_glossary_says_what_the_pages_say() -> None:
    """One meaning of a word, on the page of help, beside it and here."""
    written, texts = (ROOT / "docs" / "glossaire.md").read_text(encoding="utf-8"), Texts("fr")

    def plain(key: str) -> str:
        return texts.t(key).replace("\u2019", "'").replace("\xa0", " ").rstrip(".")

    for code in (code for codes in GROUPS.values() for code in codes):
        word = plain(f"glossary.{code}")
        assert f"| {word[:1].upper()}{word[1:]} | {plain(f'meaning.{code}')} |" in written, code


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_has_the_house_s_form(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {decision.name[:4]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Rejected"]


def test_decisions_are_numbered_without_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
