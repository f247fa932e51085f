"""The committee of a whole framework: constituted, deciding, and what became of what it decided."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone
from domain.kernel import Command
from domain.roles import COMMITTEE_CHAIR, FRAMEWORK_PILOT, PILOT
from domain.steering import ConstituteSteeringBody, Decision, DecisionReference, RecordMeeting
from domain.values import Code, LocalId, Prose, PublicName, deterministic_id, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_setting import on
from tests.specification.world import FRAMEWORK, PARTNER, World

BODY = deterministic_id("body", FRAMEWORK)
DECISION = r"la décision de la convention-cadre « (?P<what>[^»]+) »"
STEERING = Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK)
FIRST = local_id("decision-1")


def meeting(what: str) -> LocalId:
    """The meeting that took a decision, by the words of it."""
    return local_id(f"seance-cadre-{what}")


def reference(what: str) -> DecisionReference:
    """A decision by its words."""
    return DecisionReference(BODY, meeting(what), FIRST)


def act(world: World, command: Command, sender: Sender | None = None) -> None:
    """Do it as whoever steers the framework, unless the scenario says who writes."""
    world.act(command, None if world.sender is not None else sender or STEERING)


@step("la convention-cadre a son comité")
def _constituted(world: World) -> None:
    name = PublicName("Comité départemental")
    world.prepare(
        ConstituteSteeringBody(stream_id=BODY, home_framework_id=FRAMEWORK, kind=Code("COPIL"), name=name), STEERING
    )


@step(parsers.re(rf"le comité de la convention-cadre décide de « (?P<what>[^»]+) »(?:, le (?P<day>{DAY}))?"))
def _decided(world: World, what: str, day: str | None) -> None:
    decided = Decision(FIRST, Code("OTHER"), Prose(what), votes_for=7, votes_against=1)
    held = RecordMeeting(
        stream_id=BODY, meeting_id=meeting(what), attendance=8, decisions=(decided,), occurred_on=on(day)
    )
    world.prepare(held, STEERING)


@step(
    parsers.re(
        rf"{DECISION} est confiée à {PARTNER}(?:, pour le (?P<due>{DAY}))?(?P<local> par le pilote du territoire)?"
    )
)
def _entrusted(world: World, what: str, partner: str, due: str | None, local: str | None) -> None:
    sender = Sender(PILOT, world.territory_id) if local else None
    command = EntrustDecision(stream_id=BODY, decision=reference(what), owner_id=world.partner(partner), due_on=on(due))
    act(world, command, sender)


@step(parsers.re(rf"{DECISION} est dite tenue, (?P<how>sans preuve|« [^»]+ »)"))
def _done(world: World, what: str, how: str) -> None:
    words = Prose(how.strip("« »")) if how.startswith("«") else None
    act(world, RecordDecisionDone(stream_id=BODY, decision=reference(what), shown_by=words))


@step(parsers.re(rf"{DECISION} est abandonnée(?P<chair> par la présidence)?, parce que « (?P<why>[^»]+) »"))
def _abandoned(world: World, what: str, chair: str | None, why: str) -> None:
    sender = Sender(COMMITTEE_CHAIR, framework_id=FRAMEWORK) if chair else None
    act(world, AbandonDecision(stream_id=BODY, decision=reference(what), motive=Prose(why)), sender)


@step(parsers.re(rf"{DECISION} se lit « (?P<state>[^»]+) »"))
def _state(world: World, what: str, state: str) -> None:
    known = world.door.framework_decisions(FRAMEWORK, world.today)
    (one,) = (each for each in known if each.reference == reference(what))
    assert one.state == french.code("decision-state", state), one
    assert one.votes is not None
    assert (one.votes.in_favour, one.votes.against, one.votes.abstentions) == (7, 1, None)


@step(parsers.re(r"(?P<kept>\d+) décisions? de la convention-cadre sur (?P<taken>\d+) (?:est tenue|sont tenues)"))
def _kept(world: World, kept: str, taken: str) -> None:
    found = world.door.framework_said_and_done(FRAMEWORK, world.today)
    assert (found.kept, found.taken) == (int(kept), int(taken)), found
