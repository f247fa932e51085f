"""What an act costs to add, and no more: a scenario that does it, a form, a text above the form and one after it.

Rights, names, labels and golden samples are kept by the contracts beside this one (`test_policy_table.py`,
`test_domain_texts.py`, `test_golden_samples.py`).
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix

import domain  # noqa: F401 - registers every command
from api.pages.acts import FORMS, form_of
from api.pages.addresses import JOURNAL, PATHS, SHOWN_ON
from api.pages.messages_by_line import CONSEQUENCES
from domain.kernel import COMMANDS, EVENTS, TOPIC_PREFIX
from tests.specification import conftest as steps
from tests.specification import french
from workflows.answers import beginnings
from workflows.texts import LANGUAGES, Texts

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {name: command for name, command in COMMANDS.items() if not command.INTERNAL}
BOTH = pytest.mark.parametrize("texts", [Texts(language) for language in LANGUAGES], ids=LANGUAGES)

WITHOUT_SCENARIO: dict[str, str] = {}
"""Public commands that no step of a scenario sends, and why."""


# --- a scenario -------------------------------------------------------------------------------------------------------


def contexts() -> list[StepFunctionContext]:
    """Every step that a scenario may say, with its function."""
    return [made.__wrapped__() for name, made in vars(steps).items() if name.startswith(StepNamePrefix.step_def.value)]


@cache
def functions() -> dict[str, list[ast.FunctionDef]]:
    """The functions and methods of the specification, by their name; steps have names that several share."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for path in (ROOT / "tests/specification").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def names_in(node: ast.AST) -> Iterator[str]:
    """The names that a piece of source says."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield one.id
        elif isinstance(one, ast.Attribute):
            yield one.attr


def names_reached(step: StepFunctionContext) -> set[str]:
    """The names that a step says, itself or by the methods of `World` that it calls."""
    line = step.step_func.__code__.co_firstlineno
    own = [one for one in functions()[step.step_func.__name__] if one.decorator_list and _first(one) == line]
    waiting: list[ast.AST] = list(own)
    reached: set[str] = set()
    while waiting:
        for name in set(names_in(waiting.pop())) - reached:
            reached.add(name)
            waiting += [one for one in functions().get(name, ()) if not name.startswith("_")]
    return reached


def _first(function: ast.FunctionDef) -> int:
    return min(one.lineno for one in function.decorator_list)


def spoken_steps() -> set[str]:
    """Every line of every scenario that is a step, those of outlines as they are written."""
    found: set[str] = set()
    for path in sorted((ROOT / "features").rglob("*.feature")):
        feature: Any = Parser().parse(path.read_text(encoding="utf-8"))["feature"]
        for child in feature["children"]:
            found |= {one["text"] for one in child.get("scenario", child.get("background"))["steps"]}
    return found


@cache
def commands_done() -> frozenset[str]:
    """The commands that the steps of the scenarios send."""
    lines = spoken_steps()
    said = [step for step in contexts() if any(step.parser.is_matching(line) for line in lines)]
    reached = set[str]().union(*(names_reached(step) for step in said))
    # The step that does any act names it by its label.
    labels = {name: f"l'acte « {french.same_words(Texts('fr').t(f'command.{name}'))} »" for name in COMMANDS}
    return frozenset(
        name
        for name, command in COMMANDS.items()
        if command.__name__ in reached or any(labels[name] in line for line in lines)
    )


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_act_is_done_in_a_scenario(name: str) -> None:
    assert (name in commands_done()) is (name not in WITHOUT_SCENARIO)


# --- a form -----------------------------------------------------------------------------------------------------------


def test_every_public_act_has_one_form() -> None:
    assert sorted(form.name for form in FORMS) == sorted(PUBLIC)


def test_what_a_form_says_of_fields_is_about_fields_that_it_has() -> None:
    for form in FORMS:
        paths = {*form.later, *form.never_optional, *form.creates, *form.rows, *form.example_fills, *form.needs}
        paths |= {*form.fixed, *form.choices, *form.folded, *form.bounds, *form.example, *form.narrowed}
        known = {field.name for field in dataclasses.fields(form.command)}
        assert {path.partition(".")[0] for path in paths} <= known, form.name


# --- a place on a page ------------------------------------------------------------------------------------------------

BESIDE_CONVENTIONS = {"territory": "api/pages/territory.py", "framework": "api/pages/frameworks.py"}
BESIDE_CONVENTIONS |= {"register": "api/pages/department.py", "held-role": "api/pages/roles.py"}
BESIDE_CONVENTIONS |= {"framework-pledges": "api/pages/framework_pledges.py"}
BESIDE_CONVENTIONS |= {"lead-roles": "api/pages/lead_roles.py"}
BESIDE_CONVENTIONS |= {"trainings": "api/pages/trainings.py"}
BESIDE_CONVENTIONS |= {"delegations": "api/pages/delegations.py"}
BESIDE_CONVENTIONS |= {"roles": "api/pages/roles.py"}
BESIDE_CONVENTIONS |= {"mistakes": "api/pages/mistakes.py", "proposals": "api/pages/mistakes.py"}
BESIDE_CONVENTIONS |= {"facts": "api/pages/contested.py", "contestations": "api/pages/contested.py"}
"""The sections of other pages than the convention's, with the page that has them."""


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_act_is_offered_on_a_page(name: str) -> None:
    """One that only the journal would show is an act that nobody finds."""
    sections = form_of(name).sections
    assert sections and set(sections) <= set(SHOWN_ON) | set(BESIDE_CONVENTIONS)


def test_every_section_is_on_its_page() -> None:
    makers = {*PATHS} - {JOURNAL} | {"beside", "deciding", "method_followed"}
    files = [file for name in sorted(makers) for file in ROOT.glob(f"api/pages/{name}.py")]
    files += [file for name in sorted(makers) for file in ROOT.glob(f"api/pages/{name}/page.py")]
    assert len(files) == len(makers)
    pages = "".join(file.read_text(encoding="utf-8") for file in files)
    for section in {section for form in FORMS for section in form.sections if section in SHOWN_ON} - {"roles"}:
        assert f'view.acts("{section}")' in pages, section
    for section, page in BESIDE_CONVENTIONS.items():
        assert f'forms_in("{section}")' in (ROOT / page).read_text(encoding="utf-8")


# --- and no table of acts elsewhere -----------------------------------------------------------------------------------

KNOW_ACTS = ("domain/", "api/pages/acts/", "ctg_engine/demo/", "workflows/texts/")
"""The modules of the acts and their rights, their forms, the story of the demonstration, their words."""

NAMED_ELSEWHERE = {
    # What the import of territories found to do, in words of its own.
    "workflows/territory_files/comparison.py": {"change-perimeter"},
    "workflows/territory_files/commands.py": {"change-perimeter"},
    "ctg_engine/commands/territories.py": {"change-perimeter"},
}
"""Sources that name acts all the same; none is added."""


def acts_named(path: Path) -> set[str]:
    """The public acts that a source names in a text of their own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in PUBLIC}


def test_an_act_is_known_by_its_name_in_its_form_only() -> None:
    found = {}
    for package in ("api", "workflows", "projections", "ctg_engine"):
        for path in sorted((ROOT / package).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if not place.startswith(KNOW_ACTS) and (named := acts_named(path)):
                found[place] = named
    assert found == NAMED_ELSEWHERE


@BOTH
def test_every_form_says_what_it_is_for(texts: Texts) -> None:
    assert {key for key in texts.messages if key.startswith("intro.")} == {f"intro.{name}" for name in PUBLIC}


@BOTH
def test_every_act_and_what_follows_from_it_say_that_they_are_done(texts: Texts) -> None:
    said = {TOPIC_PREFIX + key.removeprefix("done.") for key in texts.messages if key.startswith("done.")}
    assert said <= set(EVENTS)
    modules = {command.__module__ for command in PUBLIC.values()}
    modules |= {"domain.convention.counting", "domain.kernel.corrections"}
    public = {topic for topic, event in EVENTS.items() if event.__module__ in modules}
    assert public - beginnings() <= said, "that a stream began is said by no act"
    assert said >= CONSEQUENCES
