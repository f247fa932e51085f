"""Any act on the convention, said in the words of its form: an act that is added needs no step of its own."""

from __future__ import annotations

import types
import typing
from dataclasses import fields
from datetime import date
from typing import Any

from pytest_bdd import parsers, step

from domain.kernel import COMMANDS, Command
from domain.values import Code, LocalId, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_setting import on
from tests.specification.world import PARTNER_KINDS, World
from workflows.texts import Texts

TEXTS = Texts("fr")


@step(
    parsers.re(
        r"l'acte « (?P<label>[^»]+) » est fait(?: sur la fiche « (?P<sheet>[^»]+) »)?"
        rf"(?P<body> par le comité de pilotage)?(?: le (?P<day>{DAY}))?, en disant :"
    )
)
def _any_act(
    world: World, label: str, sheet: str | None, body: str | None, day: str | None, datatable: list[list[str]]
) -> None:
    kind = next(one for name, one in COMMANDS.items() if french.same_words(TEXTS.t(f"command.{name}")) == label)
    names = {french.same_words(label_of(kind, field.name)): field.name for field in fields(kind)}
    hints = typing.get_type_hints(kind)
    said = {
        name: _meant(world, hints[name], name, text)
        for name, text in ((names[french.same_words(label)], text) for label, text in datatable)
    }
    if any(field.name == "decided_in" for field in fields(kind)):
        said["decided_in"] = world.decided_in
    stream_id = world.body("COPIL") if body else world.convention if sheet is None else world.sheet(sheet)
    world.act(kind(stream_id=stream_id, occurred_on=on(day), **said))


def _meant(world: World, hint: Any, name: str, text: str) -> Any:
    """What is said of a field: a partner of the scenario by its name, how an action stands, or a plain value."""
    if text in PARTNER_KINDS:
        return world.partner(text)
    if name == "status":
        return french.code("action-status", text)
    return local_id(french.slug(text)) if name == "priority_id" else value_of(hint, name, text)


def label_of(kind: type[Command], name: str) -> str:
    """The label of a field in the form of an act."""
    key = f"field.{kind.NAME}.{name}"
    return TEXTS.t(key if TEXTS.has(key) else f"field.{name}")


def value_of(hint: Any, name: str, text: str) -> Any:
    """What is said of a field, as a value: a day, a number, words of a vocabulary, or the text itself."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = typing.get_args(hint)[0]
    if hint is date:
        return french.day(text)
    if hint is int:
        return int(text)
    if hint is LocalId:
        return local_id(french.slug(text))
    family = name.removesuffix("s").replace("_", "-")
    if hint == tuple[Code, ...]:
        return french.codes(family, text)
    return french.code(family, text) if hint is Code and TEXTS.codes(family) else hint(text)
