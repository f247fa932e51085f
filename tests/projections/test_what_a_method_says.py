"""Whatever a method says is shown, and said of two methods that differ in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from domain.method import MethodProfile, Period
from domain.values import Code
from projections.what_a_method_says import differences, lines
from workflows.methods.reader import shipped_profile
from workflows.methods.saying import MethodWords
from workflows.texts import LANGUAGES, Texts

METHOD = shipped_profile("cnaf-2020", 1)
OF_ITSELF = ("name", "version", "title_key")


def changed(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one thing in it changed, for each thing that it holds."""
    if isinstance(value, Period):
        yield "", replace(value, months=value.months + 1)
    elif is_dataclass(value):
        for one in fields(value):
            for path, other in changed(getattr(value, one.name)):
                yield f".{one.name}{path}", replace(value, **{one.name: other})  # type: ignore[type-var]
    elif isinstance(value, tuple) and value and isinstance(value[0], int):
        yield "[0]", (value[0] - 1, *value[1:])
    elif isinstance(value, tuple) and value:
        yield "[:-1]", value[:-1]
        if is_dataclass(value[0]):
            for path, other in changed(value[0]):
                yield f"[0]{path}", (other, *value[1:])
    elif isinstance(value, bool):
        yield "", not value
    elif isinstance(value, int):
        yield "", value + 1


CHANGES = {path: other for path, other in changed(METHOD) if not path.startswith(tuple(f".{one}" for one in OF_ITSELF))}


def test_there_is_something_to_change_everywhere() -> None:
    assert {path.split(".")[1].split("[")[0] for path in CHANGES} == {
        one.name for one in fields(MethodProfile) if one.name not in OF_ITSELF
    }


@pytest.mark.parametrize("path", CHANGES)
def test_whatever_changes_is_told(path: str) -> None:
    found = differences(METHOD, CHANGES[path])
    assert found, path
    for language in LANGUAGES:
        for codes in (True, False):
            words = MethodWords(Texts(language), codes=codes)
            assert all(words.difference(one) for one in found)


def test_a_method_does_not_differ_from_itself() -> None:
    assert differences(METHOD, METHOD) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_a_method_sets_has_a_few_words(language: str) -> None:
    assert {code for code, _ in METHOD.rule_levels} == set(Texts(language).codes("soft-rule"))


def test_a_step_that_moves_is_one_difference_and_not_two() -> None:
    rule = METHOD.deadline("D16")
    first, *rest = rule.reminders
    moved = replace(rule, reminders=(replace(first, offset_days=-120), *rest))
    deadlines = tuple(moved if one.id == "D16" else one for one in METHOD.deadlines)
    (one,) = differences(METHOD, replace(METHOD, deadlines=deadlines))
    assert (
        MethodWords(Texts("fr"), codes=True).difference(one)
        == "D16 (bilan annuel) : relance 90 jours avant → 120 jours avant"
    )
    assert (
        MethodWords(Texts("fr"), codes=False).difference(one)
        == "Bilan annuel : relance 90 jours avant → 120 jours avant"
    )


def test_names_that_mean_nothing_here_yet_are_said_without_a_code_to_people() -> None:
    lines_of = [one for one in lines(METHOD) if (one.subject, one.aspect) == ("D22", "TRIGGER")]
    (one,) = lines_of
    assert one.values == (Code("SCHEME_END"),)
    assert MethodWords(Texts("fr"), codes=True).line(one) == "déclenchée par : SCHEME_END"
    assert MethodWords(Texts("fr"), codes=False).line(one) == "déclenchée par : ce qui n’existe pas encore ici"
