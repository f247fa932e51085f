"""Deadlines muted by the committee, or met outside the tool."""

from __future__ import annotations

from datetime import date
from typing import Any

from pytest_bdd import parsers, step

from domain.agenda import MET_ELSEWHERE, MUTED, agenda_stream
from domain.silencing import SilenceDeadline
from domain.values import Code, Evidence, Prose, Sha256, deterministic_id
from tests.specification import french, other_methods
from tests.specification.french import DAY
from tests.specification.steps_methods import publish
from tests.specification.steps_time import lines
from tests.specification.world import World, text_of


@step(
    parsers.re(
        r"l'échéance « (?P<name>[^»]+) » est suspendue"
        rf"(?: jusqu'au (?P<until>{DAY})| sans terme)?(?P<undecided> sans citer de décision)?"
    )
)
def _muted(world: World, name: str, until: str | None, undecided: str | None) -> None:
    decided = None if undecided else world.decided_in
    silence(world, name, MUTED, decided_in=decided, until=french.day(until) if until else None)


@step(
    parsers.re(
        rf"l'échéance « (?P<name>[^»]+) » est dite tenue ailleurs le (?P<day>{DAY}), (?P<proved>sur|sans) preuve"
    )
)
def _met_elsewhere(world: World, name: str, day: str, proved: str) -> None:
    shown = Evidence(deterministic_id("document", name), Sha256(text_of(name)), Prose("Procès-verbal"))
    silence(world, name, MET_ELSEWHERE, (shown,) if proved == "sur" else (), occurred_on=french.day(day))


@step(parsers.re(r"la version (?P<version>\d) de la méthode ne laisse pas suspendre « (?P<name>[^»]+) »"))
def _never_muted(world: World, version: str, name: str) -> None:
    publish(world, other_methods.never_muted(version, name))


def silence(
    world: World,
    name: str,
    how: Code,
    evidence: tuple[Evidence, ...] = (),
    occurred_on: date | None = None,
    **said: Any,
) -> None:
    """Silence the one line of a deadline."""
    (line,) = lines(world, name)
    world.act(
        SilenceDeadline(
            stream_id=agenda_stream(world.convention),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            occurrence=line.occurrence,
            silence=how,
            occurred_on=occurred_on,
            **said,
        ),
        evidence=evidence,
    )
