"""The state that events lead to is made in one place, the aggregates' own `apply`: no copy of it anywhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import domain  # noqa: F401 - registers every aggregate
from domain.kernel import AGGREGATES, Part

ROOT = Path(__file__).resolve().parents[2]
READING = ("projections", "api", "workflows", "ctg_engine")
FOLDS = {
    "projections/engine/entries.py",  # what questions are asked of
    "workflows/application.py",  # what decisions are made on
    "workflows/codec.py",
    "workflows/states.py",
}
"""Where events are folded, and kept states are read back."""


def parts() -> set[str]:
    found, left = set(), [Part]
    while left:
        for one in left.pop().__subclasses__():
            found.add(one.__name__)
            left.append(one)
    return found


@cache
def calls(path: Path) -> tuple[tuple[str, str], ...]:
    """The calls of a file: what is called, and on what."""
    return tuple(_calls(path))


def _calls(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, ""
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, ast.unparse(node.func.value)


def sources() -> Iterator[tuple[str, Path]]:
    for package in READING:
        for path in (ROOT / package).rglob("*.py"):
            yield path.relative_to(ROOT).as_posix(), path


def test_nobody_makes_a_state_of_rows() -> None:
    """No aggregate and no part of one is constructed where it is read."""
    made = parts() | {kind.__name__ for kind in AGGREGATES.values()}
    found = {(name, called) for name, path in sources() for called, _ in calls(path) if called in made}
    assert found == set()


def test_events_are_applied_where_states_are_folded_and_nowhere_else() -> None:
    folding = {name for name, path in sources() for called, _ in calls(path) if called in ("apply", "mutate")}
    assert folding <= FOLDS
    assert "projections/engine/entries.py" in folding


def test_no_part_of_a_state_is_changed_where_it_is_read() -> None:
    """`Part.of(convention)` is asked, never written to."""
    changing = {"append", "add", "update", "setdefault", "pop", "clear", "extend", "remove", "discard"}
    known = parts()
    found = {
        (name, called)
        for name, path in sources()
        for called, on in calls(path)
        if called in changing and any(f"{part}.of(" in on for part in known)
    }
    assert found == set()
