"""Themes that a convention adds to those of its method, and how scenarios name any of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pytest_bdd import parsers, step

from domain.convention.themes import AddTheme
from domain.kernel import Correcting
from domain.values import Code, LocalId, PublicName, local_id
from tests.specification import french
from tests.specification.steps_corrections import WHY, last
from tests.specification.world import World

NAMED = re.compile(r"« (?P<name>[^»]+) »")


def themes_of(words: str) -> tuple[Code, ...]:
    """« la mobilité et la santé », or the convention's own: « la mobilité et « Vieillir chez soi » »."""
    return tuple(
        Code(_own(named["name"])) if (named := NAMED.fullmatch(one)) else french.code("theme", one)
        for one in re.split(r", | et ", words)
    )


def _own(name: str) -> LocalId:
    return local_id(f"theme-{name}")


@step(
    parsers.re(
        r"le thème (?P<transverse>transverse )?« (?P<name>[^»]+) » est ajouté à la convention"
        r"(?P<decided>, par décision du comité)?"
    )
)
def _added(world: World, transverse: str | None, name: str, decided: str | None) -> None:
    world.act(
        AddTheme(
            stream_id=world.convention,
            theme_id=_own(name),
            name=PublicName(name),
            transverse=transverse is not None,
            decided_in=world.decided_in if decided else None,
        )
    )


@step(parsers.parse("le nom du thème est rectifié en « {name} »"))
def _renamed(world: World, name: str) -> None:
    target: Any = last(world, "Thème ajouté")
    right = replace(AddTheme.again(target), name=PublicName(name))
    world.act(right, reason=WHY, corrects=Correcting(target.envelope.event_id))
