"""What came back, in the words that people read."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.kernel import TOPIC_PREFIX
from domain.roles import PILOT
from tests.specification import french
from tests.specification.doors import Act, Sender
from tests.specification.french import same_words
from tests.specification.world import World
from workflows.texts import Texts

TEXTS = Texts("fr")
SIGNED = {
    "la convention": f"{TOPIC_PREFIX}convention.convention-signed",
    "le plan d'actions": f"{TOPIC_PREFIX}convention.action-plan-signed",
}


@step("c'est accepté")
def _accepted(world: World) -> None:
    assert world.outcome.accepted, world.outcome
    assert world.outcome.facts
    untold = {said.rule for said in (*world.outcome.notices, *world.outcome.waived)} | set(world.outcome.irregular)
    assert not untold & world.rules(), f"accepted, but not without a word: {world.outcome}"
    world.noted("accepted", world.rules())


@step(parsers.parse("c'est refusé : « {words} »"))
def _refused(world: World, words: str) -> None:
    world.noted("refused", [world.told(world.outcome.refused, words).rule])
    nothing_recorded(world)


@step(parsers.parse("c'est aussi refusé parce que : « {words} »"))
def _refused_too(world: World, words: str) -> None:
    world.told(world.outcome.refused, words)


@step(parsers.parse("c'est accepté, avec un signalement : « {words} »"))
def _notice(world: World, words: str) -> None:
    assert world.outcome.accepted, world.outcome
    world.noted("notice", [world.told(world.outcome.notices, words).rule])


@step(parsers.parse("c'est accepté par dérogation : « {words} »"))
def _waived(world: World, words: str) -> None:
    assert world.outcome.accepted, world.outcome
    assert not world.outcome.irregular
    world.noted("waived", [world.told(world.outcome.waived, words).rule])


@step("le fait est gardé, mais irrégulier")
def _irregular(world: World) -> None:
    assert world.outcome.accepted, world.outcome
    world.noted("irregular", world.outcome.irregular)


@step("rien de plus n'est enregistré")
def _nothing(world: World) -> None:
    world.judged = True
    nothing_recorded(world)


@step("c'est introuvable")
def _unknown(world: World) -> None:
    world.judged = True
    assert world.outcome.fault == "unknown", world.outcome
    nothing_recorded(world)


@step(parsers.parse("{what} est signé"))
@step(parsers.parse("{what} est signée"))
def _signed(world: World, what: str) -> None:
    assert world.recorded.count(SIGNED[what]) == 1, world.recorded


@step(parsers.parse("{what} n'est pas encore signé"))
@step(parsers.parse("{what} n'est pas encore signée"))
def _not_signed(world: World, what: str) -> None:
    assert SIGNED[what] not in world.recorded


@step("le journal dit, dans l'ordre :")
def _journal(world: World, datatable: list[list[str]]) -> None:
    told = [TEXTS.messages[f"event.{topic.removeprefix(TOPIC_PREFIX)}"][0] for topic in world.recorded]
    remaining = iter(told)
    for (words,) in datatable:
        wanted = french.same_words(words)
        assert any(wanted in same_words(one) for one in remaining), f"« {words} » is not in its place in {told}"


@step(parsers.parse("l'acte « {name} » est possible"))
def _possible(world: World, name: str) -> None:
    act = act_named(world, name)
    assert act.open, act


@step(parsers.parse("l'acte « {name} » n'est pas encore possible : « {words} »"))
def _not_possible(world: World, name: str, words: str) -> None:
    act = act_named(world, name)
    assert not act.open
    world.told(act.reasons, words)


@step(parsers.parse("l'acte « {name} » attend d'abord l'acte « {first} »"))
def _comes_after(world: World, name: str, first: str) -> None:
    assert french.code("command", first) in act_named(world, name).first


@step(parsers.re(rf"l'acte « (?P<name>[^»]+) » s'ouvre de lui-même le (?P<on>{french.DAY})"))
def _opens(world: World, name: str, on: str) -> None:
    act = act_named(world, name)
    assert (act.open, act.opens_on) == (False, french.day(on)), act


def act_named(world: World, name: str) -> Act:
    """An act as the pilot finds it today, by its name on the pages."""
    return world.door.acts(Sender(PILOT, world.territory_id), world.convention, world.today)[
        french.code("command", name)
    ]


def nothing_recorded(world: World) -> None:
    """The log is as it was before the last act."""
    assert world.door.facts() == world.facts_before
