"""Meetings of the steering committee: convened, held by seats, with what is decided there."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.steering import Decision, DecisionReference, RecordMeeting
from domain.steering.meetings import RecordDecision
from domain.steering.planning import AgendaItem, ConveneMeeting, PlanMeeting
from domain.values import LocalId, Prose, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_acts import paper
from tests.specification.steps_setting import on
from tests.specification.world import World

MEETING = r"la réunion « (?P<meeting>[^»]+) »"


def _ids(several: str | None) -> tuple[LocalId, ...]:
    return tuple(local_id(french.slug(one)) for one in several.split(", ")) if several else ()


@step(
    parsers.re(
        rf"le comité de pilotage est convoqué pour {MEETING}, avec à l'ordre du jour « (?P<item>[^»]+) »"
        r"(?P<papers>, et ses pièces)?"
    )
)
def _convened(world: World, meeting: str, item: str, papers: str | None) -> None:
    world.act(
        ConveneMeeting(
            stream_id=world.body("COPIL"),
            meeting_id=local_id(french.slug(meeting)),
            agenda=(AgendaItem(local_id("point-1"), Prose(item)),),
        ),
        evidence=(paper("Pièces"),) if papers else (),
    )


@step(parsers.re(rf"{MEETING} du (?P<body>comité de pilotage|comité technique) est prévue le (?P<day>{DAY})"))
def _planned(world: World, meeting: str, body: str, day: str) -> None:
    world.act(
        PlanMeeting(
            stream_id=world.body(BODIES[body]),
            meeting_id=local_id(french.slug(meeting)),
            planned_on=french.day(day),
        )
    )


@step(parsers.re(rf"{MEETING} du comité de pilotage et du comité technique est prévue le (?P<day>{DAY})"))
def _joint(world: World, meeting: str, day: str) -> None:
    world.act(
        PlanMeeting(
            stream_id=world.body("COPIL"),
            meeting_id=local_id(french.slug(meeting)),
            planned_on=french.day(day),
            joint_with=(world.body("COTECH"),),
        )
    )


@step(
    parsers.re(
        rf"{MEETING} du (?P<body>comité de pilotage|comité technique) est tenue"
        r"(?:, avec les sièges « (?P<seats>[^»]+) »)?(?:, et décide : (?P<kind>.+))?"
    )
)
def _held(world: World, meeting: str, body: str, seats: str | None, kind: str | None) -> None:
    meeting_id, body_id = local_id(french.slug(meeting)), world.body(BODIES[body])
    decided = (Decision(local_id("decision-1"), french.code("decision-kind", kind), Prose("Décidé.")),) if kind else ()
    world.act(
        RecordMeeting(
            stream_id=body_id,
            meeting_id=meeting_id,
            attendance=None if seats else 9,
            seats_present=_ids(seats),
            decisions=decided,
        )
    )
    world.decision = DecisionReference(body_id, meeting_id, local_id("decision-1"))


@step(
    parsers.re(
        rf"{MEETING} décide en séance(?:, sur le point (?P<point>\d+))? : (?P<kind>[^,]+)"
        rf"(?:, à faire par la Caf avant le (?P<due>{DAY}))?"
    )
)
def _decided(world: World, meeting: str, point: str | None, kind: str, due: str | None) -> None:
    meeting_id, body_id = local_id(french.slug(meeting)), world.body("COPIL")
    decision_id = local_id(f"sur-place-{len(world.recorded)}")
    world.act(
        RecordDecision(
            stream_id=body_id,
            meeting_id=meeting_id,
            decision_id=decision_id,
            kind=french.code("decision-kind", kind),
            text=Prose("Décidé en séance."),
            owner_id=world.partner("la Caf") if due else None,
            due_on=on(due),
            item_id=local_id(f"point-{point}") if point else None,
        )
    )
    world.decision = DecisionReference(body_id, meeting_id, decision_id)


@step(parsers.re(rf"{MEETING} est dite « (?P<state>[^»]+) »(?P<technical> au comité technique)?"))
def _state(world: World, meeting: str, state: str, technical: str | None) -> None:
    body = world.body("COTECH" if technical else "COPIL")
    told = world.door.sitting(world.convention, body, local_id(french.slug(meeting)), world.today)
    assert told.state == french.code("meeting-state", state), told.state


@step(parsers.re(r"le comité de pilotage a (?P<count>\d+) sièges?, dont (?P<vacant>\d+) vacants?"))
def _seats(world: World, count: str, vacant: str) -> None:
    told = world.door.body_told(world.convention, world.body("COPIL"), world.today)
    assert (len(told.seats), len(told.vacant)) == (int(count), int(vacant))


@step(parsers.re(r"l'ordre du jour proposé contient « (?P<why>[^»]+) »"))
def _proposed(world: World, why: str) -> None:
    found = {one.why for one in world.door.proposed_agenda(world.convention, world.today)}
    assert french.code("agenda-why", why) in found, found


BODIES = {"comité de pilotage": "COPIL", "comité technique": "COTECH"}


@step(parsers.re(rf"le compte rendu de cette réunion est rédigé et approuvé(?: le (?P<day>{DAY}))?"))
def _written(world: World, day: str | None) -> None:
    world.write_minutes(on(day))
