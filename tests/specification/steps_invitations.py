"""Invitations to meetings and what is answered to them, by whoever sits or by the pilot; joint meetings."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.assignments import AssignTerritoryRole
from domain.roles import ADMINISTRATOR
from domain.steering.answering import EXCUSED, PRESENT, PROXY, AnswerInvitation
from domain.steering.planning import AgendaItem, ConveneMeeting, PlanMeeting
from domain.steering.seats import FillSteeringSeat, GiveSteeringSeat
from domain.values import Code, LocalId, Prose, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_roles import NAME, person
from tests.specification.steps_setting import foreign_convention
from tests.specification.world import World

MEETING = r"la réunion « (?P<meeting>[^»]+) »"
SEAT = r"le siège « (?P<seat>[^»]+) »"
ANSWER = r"(?P<answer>vient|s'excuse|donne pouvoir)(?:, au siège « (?P<proxy>[^»]+) »)?"


@step(parsers.re(r"le comité de pilotage a les sièges : (?P<seats>.+)"))
def _seats_given(world: World, seats: str) -> None:
    for one in seats.split(", "):
        seat, _, partner = one.partition(" pour ")
        world.prepare(
            GiveSteeringSeat(stream_id=world.body("COPIL"), seat_id=local_id(seat), partner_id=world.partner(partner))
        )


@step(parsers.re(rf"(?P<name>{NAME}) siège au {SEAT[3:]} du comité de pilotage"))
def _sits(world: World, name: str, seat: str) -> None:
    world.door.know(person(name))
    body = world.body("COPIL")
    world.prepare(FillSteeringSeat(stream_id=body, seat_id=local_id(seat), person_id=person(name)))


@step(parsers.re(rf"{SEAT} répond à l'invitation à {MEETING} : {ANSWER}"))
def _answered(world: World, seat: str, meeting: str, answer: str, proxy: str | None) -> None:
    world.act(answer_of(world, seat, meeting, answer, proxy))


@step(parsers.re(rf"(?P<name>{NAME}) répond pour {SEAT} à l'invitation à {MEETING} : {ANSWER}"))
def _answered_by(world: World, name: str, seat: str, meeting: str, answer: str, proxy: str | None) -> None:
    world.act(answer_of(world, seat, meeting, answer, proxy), _named(name))


@step(
    parsers.re(
        rf"à {MEETING}, (?P<present>\d+) sièges? (?:vient|viennent), (?P<excused>\d+) s'excuse,"
        r" (?P<proxies>\d+) donne pouvoir ; le quorum (?P<foreseen>est|n'est pas) prévu"
    )
)
def _foreseen(world: World, meeting: str, present: str, excused: str, proxies: str, foreseen: str) -> None:
    told = world.door.sitting(world.convention, world.body("COPIL"), _id(meeting), world.today)
    counted = tuple(len(told.said(one)) for one in (PRESENT, EXCUSED, PROXY))
    assert counted == (int(present), int(excused), int(proxies))
    assert told.foreseen is not None
    assert told.foreseen.reached is (foreseen == "est")


@step("le comité de pilotage se réunit à son rythme")
def _in_its_rhythm(world: World) -> None:
    assert not world.door.body_told(world.convention, world.body("COPIL"), world.today).is_unplanned


@step(parsers.re(rf"le comité de pilotage n'a aucune réunion prévue d'ici le (?P<day>{DAY})"))
def _out_of_its_rhythm(world: World, day: str) -> None:
    told = world.door.body_told(world.convention, world.body("COPIL"), world.today)
    assert told.is_unplanned
    assert told.meets_by == french.day(day)


@step(parsers.re(rf"{MEETING} est prévue le (?P<day>{DAY}) au comité technique"))
def _planned(world: World, meeting: str, day: str) -> None:
    told = world.door.sitting(world.convention, world.body("COTECH"), _id(meeting), world.today)
    assert told.planned_on == french.day(day)


@step(parsers.re(rf"{MEETING} est prévue le (?P<day>{DAY}) avec le comité de pilotage de « (?P<place>[^»]+) »"))
def _with_neighbours(world: World, meeting: str, day: str, place: str) -> None:
    world.act(_joint(world, meeting, day, place))


@step(
    parsers.re(
        rf"(?P<name>{NAME}) prévoit {MEETING} le (?P<day>{DAY}) avec le comité de pilotage de « (?P<place>[^»]+) »"
    )
)
def _with_neighbours_by(world: World, name: str, meeting: str, day: str, place: str) -> None:
    world.act(_joint(world, meeting, day, place), _named(name))


@step(parsers.re(rf"(?P<name>{NAME}) convoque {MEETING}, avec à l'ordre du jour « (?P<item>[^»]+) »"))
def _convened_by(world: World, name: str, meeting: str, item: str) -> None:
    agenda = (AgendaItem(local_id("point-1"), Prose(item)),)
    convening = ConveneMeeting(stream_id=world.body("COPIL"), meeting_id=_id(meeting), agenda=agenda)
    world.act(convening, _named(name))


@step(parsers.re(rf"(?P<name>{NAME}) a le rôle de pilote, et celui de membre du COPIL sur « (?P<place>[^»]+) »"))
def _both(world: World, name: str, place: str) -> None:
    world.door.know(person(name))
    _give(world, "pilote", name, world.territory)
    _give(world, "membre du COPIL", name, place)


@step(parsers.re(rf"(?P<name>{NAME}) a le rôle de pilote sur « (?P<place>[^»]+) »"))
def _pilot_there(world: World, name: str, place: str) -> None:
    _give(world, "pilote", name, place)


@step(parsers.re(rf"{MEETING} est dans les deux journaux"))
def _in_both(world: World, meeting: str) -> None:
    here = world.door.sitting(world.convention, world.body("COPIL"), _id(meeting), world.today)
    home, world.territory = world.territory, "Val de Save"
    there = world.door.sitting(foreign_convention("Val de Save"), world.body("COPIL"), _id(meeting), world.today)
    world.territory = home
    assert here.planned_on == there.planned_on
    assert here.joint_with == (there.body_id,)
    assert there.joint_with == (here.body_id,)


def answer_of(world: World, seat: str, meeting: str, answer: str, proxy: str | None) -> AnswerInvitation:
    """What a seat answers."""
    return AnswerInvitation(
        stream_id=world.body("COPIL"),
        meeting_id=_id(meeting),
        seat_id=local_id(seat),
        answer=french.code("invitation-answer", answer),
        proxy_seat_id=local_id(proxy) if proxy else None,
    )


def _joint(world: World, meeting: str, day: str, place: str) -> PlanMeeting:
    home, world.territory = world.territory, place
    other = world.body("COPIL")
    world.territory = home
    return PlanMeeting(
        stream_id=world.body("COPIL"), meeting_id=_id(meeting), planned_on=french.day(day), joint_with=(other,)
    )


def _give(world: World, role: str, name: str, place: str) -> None:
    home, world.territory = world.territory, place
    code = french.code("role", role)
    world.prepare(
        AssignTerritoryRole(stream_id=world.territory_id, role=code, person_id=person(name)), Sender(ADMINISTRATOR)
    )
    world.territory = home


def _named(name: str) -> Sender:
    return Sender(Code("NAMED"), person_id=person(name))


def _id(meeting: str) -> LocalId:
    return local_id(french.slug(meeting))
