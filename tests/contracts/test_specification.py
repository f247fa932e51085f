"""The specification says every outcome of every rule, aloud, and only through the doors."""

import ast
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser

import domain  # noqa: F401 - registers every rule and command
from domain.kernel import COMMANDS, EVENTS, RULES, Level
from workflows.methods.reader import shipped_profile

ROOT = Path(__file__).resolve().parents[2]
FEATURES = sorted((ROOT / "features").rglob("*.feature"))
STEPS = [
    *sorted((ROOT / "tests/specification").glob("steps_*.py")),
    ROOT / "tests/specification/world.py",
    ROOT / "tests/specification/french.py",
]
PROFILE = shipped_profile("cnaf-2020", 1)

OUTCOMES = {
    Level.HARD: {"accepted", "refused"},
    Level.WAIVABLE: {"accepted", "refused", "waived"},
    Level.IRREGULAR: {"accepted", "irregular"},
    Level.NOTICE: {"accepted", "notice"},
}
LONGEST_LINE = 160


def expected() -> dict[str, set[str]]:
    """What each rule may come to, over all the ways of breaking it."""
    outcomes: dict[str, set[str]] = defaultdict(set)
    for kind in (one for one in RULES.values() if one.RULE):  # the others are of no method: an id taken, unknown…
        outcomes[kind.RULE] |= OUTCOMES[kind.LEVEL]
        if kind.LEVEL is Level.IRREGULAR and PROFILE.is_waivable(kind.RULE):
            outcomes[kind.RULE].add("waived")
    return outcomes


@cache
def tags_of_scenarios() -> list[set[str]]:
    """The tags of each scenario, those of its feature included, without their @."""
    found = []
    for path in FEATURES:
        feature: Any = Parser().parse(path.read_text(encoding="utf-8"))["feature"]
        above = {tag["name"][1:] for tag in feature["tags"]}
        for child in feature["children"]:
            scenario = child.get("scenario")
            if scenario is not None:
                found.append(above | {tag["name"][1:] for tag in scenario["tags"]})
    return found


@pytest.mark.parametrize("rule", sorted(expected()))
def test_every_outcome_of_a_rule_has_a_scenario(rule: str) -> None:
    told = set().union(*(tags for tags in tags_of_scenarios() if rule in tags))
    assert expected()[rule] - told == set()


BEYOND = {
    "R19": "the deadline D12 says that no plan is signed, and reminds of it",
    "R23": "nobody withdraws from a convention in force yet: whoever will not sign is told before",
    "R24": "follows from a withdrawal (R23)",
    "R25": "no territory is merged or closed yet",
}
"""Of the numbered rules, those that no act of this version can break, and why."""
NUMBERED = [f"R{number:02}" for number in range(1, 36)]


@pytest.mark.parametrize("rule", NUMBERED)
def test_a_numbered_rule_is_refused_and_passed_in_scenarios_or_says_why_it_cannot_be(rule: str) -> None:
    outcomes = expected().get(rule, set())
    assert (rule in BEYOND) == (not outcomes), "a reason for what is kept, or none for what is not"
    told = [tags for tags in tags_of_scenarios() if rule in tags]
    if outcomes:
        assert any(tags & (outcomes - {"accepted"}) for tags in told), "nobody sees it broken"
        assert any("accepted" in tags for tags in told), "nobody sees it kept"


def test_tags_name_rules_that_exist() -> None:
    known = {kind.RULE for kind in RULES.values()} | set().union(*OUTCOMES.values())
    known |= {rule.id for rule in PROFILE.deadlines}
    assert set().union(*tags_of_scenarios()) - known == set()


def test_every_deadline_that_is_watched_has_a_scenario() -> None:
    assert {str(rule.id) for rule in PROFILE.active_deadlines} - set().union(*tags_of_scenarios()) == set()


# --- read aloud -------------------------------------------------------------------------------------------------------


def spoken(path: Path) -> list[str]:
    """The lines that are read aloud: no tags, no comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(("#", "@"))]


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_a_feature_is_read_aloud(path: Path) -> None:
    codes = {*COMMANDS, *EVENTS, *RULES, *PROFILE.themes}
    for line in spoken(path):
        words = set(re.findall(r"[A-Za-zÀ-ÿ0-9_.-]+", line))
        assert words & codes == set(), line
        assert not [word for word in words if "_" in word or re.fullmatch(r"[RD][0-9]{2}", word)], line
        assert len(line) <= LONGEST_LINE, line
    assert path.read_text(encoding="utf-8").startswith("# language: fr\n")


# --- through the doors only -------------------------------------------------------------------------------------------

MAY_IMPORT = {
    "pytest_bdd",
    "domain.indicators.terms",
    "domain.money",
    "domain.roles",
    "domain.values",
    "tests.specification",
    "tests.specification.french",
    "tests.specification.steps_acts",
    "tests.specification.tables",
    "tests.specification.steps_corrections",
    "tests.specification.steps_decisions",
    "tests.specification.steps_means",
    "tests.specification.steps_methods",
    "tests.specification.steps_roles",
    "tests.specification.steps_setting",
    "tests.specification.steps_themes",
    "tests.specification.steps_time",
    "tests.specification.world",
    "tests.specification.other_methods",
    "workflows.texts",
}
NAMES = {("domain.kernel", name) for name in ("TOPIC_PREFIX", "COMMANDS", "Command", "Correcting")} | {
    ("tests.plans", "completed"),
    *(
        ("tests.specification.doors", name)
        for name in ("Act", "Door", "Expected", "Outcome", "Request", "Result", "Said", "Sender")
    ),
}


MADE_IN = {"domain.agenda", "domain.diagnosis.content", "domain.participation.participation"}
MADE_IN |= {"domain.lead_roles.leading"}
MADE_IN |= {"domain.counsel.counsel", "domain.steering.deciding", "domain.steering.reference"}
"""Where values are made that commands of other modules hold."""


def bypasses(source: str) -> list[str]:
    """What a module of steps reaches beside the doors: commands and the values they hold are all it needs."""
    commands = {kind.__module__ for kind in COMMANDS.values()}
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name not in sys.stdlib_module_names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module.split(".")[0] in sys.stdlib_module_names or module in MAY_IMPORT:
                continue
            for alias in node.names:
                value = getattr(sys.modules.get(module), alias.name, None)
                is_state = hasattr(value, "COLLECTION") or hasattr(value, "TOPIC")
                made_in = getattr(value, "__module__", module)  # a package may give what its modules make
                of_acts = module in commands or made_in in commands or made_in in MADE_IN
                if (module, alias.name) not in NAMES and (not of_acts or is_state):
                    found.append(f"{module}.{alias.name}")
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            found.append(node.attr)
    return found


@pytest.mark.parametrize("path", STEPS, ids=lambda path: path.stem)
def test_steps_go_through_the_doors_only(path: Path) -> None:
    assert bypasses(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import sqlalchemy",
        "from workflows.application import Steering",
        "from domain.convention.state import TerritorialConvention",
        "from domain.convention.forums import ForumHeld",
        "from domain.kernel import Case",
        "world.door._steering.load(world.convention)",
    ],
)
def test_a_bypass_is_seen(planted: str) -> None:
    assert bypasses(planted)
