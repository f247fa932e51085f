"""Themed waves of a diagnosis, and what each brought."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.waving import CloseDiagnosisWave, MoveDiagnosisWave, PlanDiagnosisWave
from domain.values import Prose, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.world import World

WAVE = r"la vague « (?P<name>[^»]+) »"
DAYS = rf"du (?P<starts>{DAY}) au (?P<ends>{DAY})"


def told(world: World, name: str) -> Any:
    """How a wave stands."""
    return next(one for one in world.door.waves(world.convention, world.today) if one.wave_id == local_id(name))


@step(parsers.re(rf"(?:que )?{WAVE} du diagnostic « (?P<title>[^»]+) » est prévue sur (?P<themes>.+), {DAYS}"))
def _planned(world: World, name: str, title: str, themes: str, starts: str, ends: str) -> None:
    world.act(
        PlanDiagnosisWave(
            stream_id=diagnosis_stream(world.territory_id),
            convention_id=world.convention,
            diagnosis_id=local_id(title),
            wave_id=local_id(name),
            themes=french.codes("theme", themes),
            starts_on=french.day(starts),
            ends_on=french.day(ends),
        )
    )


@step(parsers.re(rf"{WAVE} est déplacée {DAYS}, parce que « (?P<why>[^»]+) »"))
def _moved(world: World, name: str, starts: str, ends: str, why: str) -> None:
    world.act(
        MoveDiagnosisWave(
            stream_id=diagnosis_stream(world.territory_id),
            wave_id=local_id(name),
            starts_on=french.day(starts),
            ends_on=french.day(ends),
            motive=Prose(why),
        )
    )


@step(parsers.re(rf"{WAVE} est close"))
def _closed(world: World, name: str) -> None:
    world.act(CloseDiagnosisWave(stream_id=diagnosis_stream(world.territory_id), wave_id=local_id(name)))


@step(
    parsers.re(rf"{WAVE} est « (?P<state>[^»]+) » et (?:rien ne lui manque|il lui manque un constat sur (?P<theme>.+))")
)
def _stands(world: World, name: str, state: str, theme: str | None) -> None:
    found = told(world, name)
    lacking = [french.code("theme", theme)] if theme else []
    assert (found.state, [one.code for one in found.without_finding]) == (french.code("wave-state", state), lacking)


@step(parsers.re(rf"{WAVE} a 1 constat sur (?P<found>.+) et 1 donnée demandée sur (?P<asked>.+)"))
def _brought(world: World, name: str, found: str, asked: str) -> None:
    known = {one.theme.code: (len(one.finding_ids), len(one.data_ids)) for one in told(world, name).promised}
    assert known[french.code("theme", found)] == (1, 0)
    assert known[french.code("theme", asked)] == (0, 1)
