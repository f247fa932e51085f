"""What people read says no word of machines, counts one thing as one, and is listed as a French dictionary lists it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from domain.collation import alphabetical
from domain.kernel import RULES
from tests.contracts.test_domain_texts import broken, name_of
from tests.words import machine_words
from workflows.texts import LANGUAGES, Texts
from workflows.texts.rules import explain

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for folder in ("api", "ctg_engine", "projections", "workflows") for path in (ROOT / folder).rglob("*.py")]

FOR_TOOLS = re.compile(
    r"problem\.|profile|cli\.|metavar\.|import\.|(invalid|malformed)\.[^.]+\.remedy"
    r"|(invalid|malformed)\.(code|local-id|territory-id|not-json|no-number|not-utf-8|if-match|unknown-event|cascade-of-"
    r"nothing|the-body|cursor|unknown-parameter|unknown-field)|refusal\.not-for-keys"
)
"""Texts that only tools and the operator are told."""
OF_FILES = re.compile(
    r"page\.(form|document)\.|page\.error\.413|page\.sha256|field\.(text_)?sha256|field\.validate-action-plan\.text|malformed\.(text|document)-"
    r"|invalid\.sha256|page\.receipt\.|mail\.act-receipt\."
)
"""Texts about files that are named by what they hold: the fingerprint is the point."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_for_people_holds_a_word_of_machines(language: str) -> None:
    told = {
        key: found
        for key, forms in Texts(language).messages.items()
        if not FOR_TOOLS.match(key)
        for form in forms
        if (found := machine_words(re.sub(r"\{[^}]*\}", "…", form), files=bool(OF_FILES.match(key))))
    }
    assert told == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(RULES))
def test_no_refusal_notice_or_irregularity_says_a_code(key: str, language: str) -> None:
    """« C’est déjà enregistré. règle », « rien ne correspond ici à « m2 » »."""
    said = explain(Texts(language), broken(RULES[key]), name_of)
    if not FOR_TOOLS.match(f"refusal.{key}"):
        assert machine_words(f"{said.text} {said.remedy}") == []


# --- numbers ----------------------------------------------------------------------------------------------------------

NOT_NOUNS = {
    "fr": {"mois", "ans", "sans", "dans", "vers", "plus", "vous", "pas", "sous"},
    "en": {"as", "is", "its", "this", "was"},
}
"""Words in -s that are of no plural."""
NUMBERS = r"(?:count|n|days|months|years|number|population|communes|votes|total|shown|done|[a-z]+_count)"


def counted(form: str) -> set[str]:
    """The words in -s that follow a number, at once or after another word."""
    found = re.findall(rf"\{{{NUMBERS}\}}[\s\xa0]+(?:[\w’]+[\s\xa0]+)?(\w+s)\b", form)
    return {*found, *re.findall(rf"\{{{NUMBERS}\}}[\s\xa0]+(\w+s)\b", form)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_is_never_counted_as_several(language: str) -> None:
    """« 1 communes »: what follows a number is not the same for one and for several."""
    wrong = {
        key: forms[0]
        for key, forms in Texts(language).messages.items()
        if (
            counted(forms[0]) & counted(forms[-1]) - NOT_NOUNS[language] and not re.match(r"(invalid|malformed)\.", key)
        )
        or re.search(r"\((s|ies|es)\)", "".join(forms))
    }
    assert wrong == {}


FEMININE = r"action|cible|commune|échéance|étape|fiche|ligne|mesure|personne|priorité|promesse|question|rectification"
FEMININE += r"|réunion|signature|décision|convention|demande|réponse"


def test_one_feminine_thing_is_said_so() -> None:
    """« Un promesse sur sept n’est pas tenue »: a number in words agrees with what it counts."""
    told = rf"\{{n\}}[\s\xa0]+(?:[\w’]+[\s\xa0]+)?(?:{FEMININE})\b"
    wrong = {key: forms[0] for key, forms in Texts("fr").messages.items() if re.search(told, forms[0])}
    assert wrong.keys() <= IN_DIGITS


IN_DIGITS = {"page.table.rows"}
"""Counted in digits always."""


def test_a_text_with_a_plural_counts_the_list_or_the_number_that_it_names() -> None:
    texts = Texts("fr")
    period = {"period_from": "1", "period_to": "2"}
    one, two = (texts.t("event.perimeter-register.perimeter-reserved", communes_count=n, **period) for n in (1, 2))
    assert "1 commune a" in one
    assert "2 communes ont" in two or "2 communes a été" in two


# --- order ------------------------------------------------------------------------------------------------------------


def test_an_accent_or_a_capital_does_not_send_a_name_to_the_end() -> None:
    names = ["Zénith", "Étampes", "etretat", "Eauze", "L’Isle-Jourdain", "L'Isle-Bouzon", "Œuilly", "Odos", "Orly"]
    assert sorted(names, key=alphabetical) == [
        "Eauze", "Étampes", "etretat", "L'Isle-Bouzon", "L’Isle-Jourdain", "Odos", "Œuilly", "Orly", "Zénith",
    ]  # fmt: skip


def test_nothing_that_people_read_is_listed_by_the_bytes_of_its_name() -> None:
    """Every order by a name, a label or a title goes by `alphabetical`."""
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not _sorts(node):
                continue
            for keyword in node.keywords:
                said = ast.unparse(keyword.value)
                if (
                    keyword.arg == "key"
                    and re.search(r"\.(\w*name|label|title)\b", said)
                    and "alphabetical" not in said
                ):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {said}")
    assert [one for one in found if not one.startswith(OF_MACHINES)] == []


OF_MACHINES = ("workflows/summaries/table.py",)
"""Where what is sorted is read by nobody: indexes."""


def _sorts(node: ast.Call) -> bool:
    called = node.func
    return (isinstance(called, ast.Name) and called.id in ("sorted", "min", "max")) or (
        isinstance(called, ast.Attribute) and called.attr == "sort"
    )
