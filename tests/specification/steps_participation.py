"""What people bring to a territory, and what becomes of it."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.contributing import RecordContribution
from domain.participation.participation import participation_stream
from domain.values import Code, Prose, local_id
from tests.specification import french
from tests.specification.world import World

WHAT = r"la contribution « (?P<text>[^»]+) »"


def note_contribution(world: World, text: str, **more: Any) -> None:
    """Note what somebody said, without naming them."""
    world.act(
        RecordContribution(
            **{
                "stream_id": participation_stream(world.territory_id),
                "home_territory_id": world.territory_id,
                "convention_id": world.convention,
                "contribution_id": local_id(text),
                "college": Code("USAGE"),
                "channel": Code("OTHER"),
                "stage": Code("DIAGNOSIS"),
                "theme": Code("PARENTING"),
                "text": Prose(text),
                **more,
            }
        )
    )


def answer_contribution(world: World, text: str, outcome: str, **more: Any) -> None:
    """Say what became of it."""
    world.act(
        AnswerContribution(
            stream_id=participation_stream(world.territory_id),
            convention_id=world.convention,
            contribution_id=local_id(text),
            outcome=Code(outcome),
            **more,
        )
    )


@step(parsers.re(rf"{WHAT} est notée : (?P<college>[^,]+), (?P<channel>.+)"))
def _noted(world: World, text: str, college: str, channel: str) -> None:
    note_contribution(
        world,
        text,
        college=french.code("expertise", college),
        channel=french.code("contribution-channel", channel),
    )


@step(parsers.re(rf"{WHAT} est notée sur un thème inconnu"))
def _unknown_theme(world: World, text: str) -> None:
    note_contribution(world, text, theme=Code("NO_SUCH_THEME"))


@step(parsers.re(rf"{WHAT} est retenue pour le constat"))
def _kept(world: World, text: str) -> None:
    answer_contribution(world, text, "KEPT", finding_id=world.door.first_finding(world.convention))


@step(parsers.re(rf"{WHAT} est retenue sans dire pour quoi"))
def _kept_for_nothing(world: World, text: str) -> None:
    answer_contribution(world, text, "KEPT")


@step(parsers.re(rf"{WHAT} n'est pas retenue(?:, parce que « (?P<why>[^»]+) »)?"))
def _set_aside(world: World, text: str, why: str | None) -> None:
    answer_contribution(world, text, "NOT_KEPT", motive=Prose(why) if why else None)


@step(parsers.re(rf"{WHAT} est redite « (?P<who>[^»]+) »"))
def _told_back(world: World, text: str, who: str) -> None:
    world.act(
        RecordToldBack(
            stream_id=participation_stream(world.territory_id),
            contribution_ids=(local_id(text),),
            told_to=Prose(who),
            told_by=Code("MEETING"),
        )
    )


@step(parsers.re(rf"{WHAT} est « (?P<state>[^»]+) »"))
def _state(world: World, text: str, state: str) -> None:
    told = world.door.contributions(world.convention, world.today)
    found = next(one for one in told.contributions if one.contribution_id == local_id(text))
    assert found.state == french.code("contribution-state", state)


@step(parsers.re(r"(?P<with_outcome>\d+) contributions? sur (?P<total>\d+) (?:a|ont) une suite"))
def _counted(world: World, with_outcome: str, total: str) -> None:
    told = world.door.contributions(world.convention, world.today)
    assert (told.with_outcome, len(told.contributions)) == (int(with_outcome), int(total))
