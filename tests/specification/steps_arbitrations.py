"""What meetings arbitrate: between what, what is chosen, what is opened again."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.arbitrating import Alternative, RecordArbitration
from domain.steering import DecisionReference
from domain.values import Code, LocalId, Prose, local_id
from tests.specification import french
from tests.specification.steps_decisions import BODY, FIRST, KINDS, meeting, reference
from tests.specification.world import World

QUESTION = r"« (?P<question>[^»]+) »"
BETWEEN = r"entre (?P<between>« .+ »)"
PLACES = {"la première": 1, "la deuxième": 2, "la troisième": 3}
CHOICE = rf"(?P<choice>et retient (?:{'|'.join(PLACES)})|et reporte le choix|sans dire laquelle)"
SAMATAN, LOMBEZ = Alternative(Prose("À Samatan"), cost_cents=12_000_000), Alternative(Prose("À Lombez"))


def arbitrate(world: World, body: str, meeting_id: LocalId, question: str, decision_id: LocalId, **more: Any) -> None:
    """Record what a body arbitrated in a meeting."""
    said = {
        "stream_id": world.body(KINDS[body]),
        "meeting_id": meeting_id,
        "decision_id": decision_id,
        "question": Prose(question),
        "alternatives": (SAMATAN, LOMBEZ),
        "chosen": 1,
        "motive": Prose("Le bâtiment est libre"),
    }
    world.act(RecordArbitration(**{**said, **more}))


def last_meeting(world: World) -> LocalId:
    """The meeting that was told last."""
    return local_id(f"reunion-{world.meetings}")


def decision_of(world: World, question: str) -> LocalId:
    """The decision that carries an arbitration: one for each meeting."""
    return local_id(f"arbitrage-{question}-{world.meetings}")


def chosen(choice: str) -> dict[str, Any]:
    """What is said of the choice."""
    if choice == "et reporte le choix":
        return {"outcome": Code("POSTPONED"), "chosen": None}
    return {"chosen": PLACES.get(choice.removeprefix("et retient "))}


def first_of(world: World, question: str) -> DecisionReference:
    """The decision that carries the first arbitration of a question."""
    found = world.door.arbitrations(world.convention)
    wanted = {local_id(f"arbitrage-{question}-{number}") for number in range(1, world.meetings + 1)}
    return next(one.reference for one in reversed(found) if one.reference.decision_id in wanted)


@step(parsers.re(rf"le {BODY} arbitre {QUESTION} {BETWEEN}, {CHOICE}"))
def _arbitrated(world: World, body: str, question: str, between: str, choice: str) -> None:
    several = tuple(Alternative(Prose(one)) for one in between.strip("« »").split(" » et « "))
    where = decision_of(world, question)
    arbitrate(world, body, last_meeting(world), question, where, alternatives=several, **chosen(choice))


@step(parsers.re(rf"le {BODY} arbitre {QUESTION} pour une priorité inconnue"))
def _unknown_priority(world: World, body: str, question: str) -> None:
    more = {"convention_id": world.convention, "priority_id": local_id("inconnue")}
    arbitrate(world, body, last_meeting(world), question, decision_of(world, question), **more)


@step(parsers.re(rf"la décision « (?P<what>[^»]+) » est dite arbitrée {BETWEEN}"))
def _carried(world: World, what: str, between: str) -> None:
    decision = reference(world, what)
    arbitrate(world, "comité de pilotage", decision.meeting_id, "Où ouvrir ?", FIRST)
    assert decision.meeting_id == meeting(what)


@step(parsers.re(rf"le {BODY} rouvre l'arbitrage {QUESTION}, {CHOICE}"))
def _reopened(world: World, body: str, question: str, choice: str) -> None:
    earlier = first_of(world, question)
    where = decision_of(world, question)
    arbitrate(world, body, last_meeting(world), question, where, reopens=earlier, **chosen(choice))


@step(parsers.re(rf"l'arbitrage {QUESTION} retient (?P<kept>\d) possibilité sur (?P<all_told>\d)"))
def _kept(world: World, question: str, kept: str, all_told: str) -> None:
    (one,) = (each for each in world.door.arbitrations(world.convention))
    assert (one.reference, len(one.alternatives)) == (first_of(world, question), int(all_told))
    assert int(one.chosen is not None) == int(kept)


@step(parsers.re(rf"l'arbitrage {QUESTION} est rouvert"))
def _is_reopened(world: World, question: str) -> None:
    earlier = first_of(world, question)
    later, first = world.door.arbitrations(world.convention)
    assert (first.reference, first.reopened_by, later.reopens) == (earlier, later.reference, earlier)


@step(parsers.re(rf"la décision de l'arbitrage {QUESTION} se lit « (?P<state>[^»]+) »"))
def _stands(world: World, question: str, state: str) -> None:
    wanted = first_of(world, question)
    (one,) = (each for each in world.door.decisions(world.convention, world.today) if each.reference == wanted)
    assert one.state == french.code("decision-state", state), one
