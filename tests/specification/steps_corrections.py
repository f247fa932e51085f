"""Mistakes mended: what was recorded is annulled or said again, alone or with a second person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from pytest_bdd import parsers, step

from domain.assignments import AssignTerritoryRole
from domain.convention.forums import RecordForum
from domain.corrections import AnnulEvent, ConfirmCorrection, RefuseCorrection
from domain.kernel import TOPIC_PREFIX, Correcting
from domain.roles import ADMINISTRATOR, CO_PILOT, PILOT
from domain.values import Attendance, deterministic_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import World

WHY = "Une erreur de saisie."
WHO = {"le pilote": PILOT, "le copilote": CO_PILOT}


@step("un copilote peut se connecter")
def _somebody_else(world: World) -> None:
    person = deterministic_id("person", CO_PILOT)
    world.door.meet(person)
    world.door.let_in(person)
    assigned = AssignTerritoryRole(stream_id=world.territory_id, role=CO_PILOT, person_id=person)
    world.prepare(assigned, Sender(ADMINISTRATOR))


@step(parsers.re(r"l'enregistrement « (?P<name>[^»]+) » est annulé(?P<all>, avec ce qui en dépend)?"))
def _annulled(world: World, name: str, all: str | None) -> None:  # noqa: A002 - the word of the step
    target = last(world, name)
    annul = AnnulEvent(stream_id=target.originator_id, target_id=target.envelope.event_id)
    if all:
        annul = replace(annul, cascade=world.door.falling(annul, Sender(PILOT, world.territory_id), WHY))
    world.act(annul, reason=WHY)


@step(
    parsers.re(
        r"le forum est rectifié : il a réuni (?P<technical>\d+) professionnels, (?P<political>\d+) élus "
        rf"et (?P<usage>\d+) habitants le (?P<day>{DAY})"
    )
)
def _said_again(world: World, technical: str, political: str, usage: str, day: str) -> None:
    target: Any = last(world, "Forum tenu")
    said = RecordForum.again(target)
    right = replace(
        said,
        attendance_by_expertise=Attendance(int(technical), int(political), int(usage)),
        occurred_on=french.day(day),
    )
    world.act(right, reason=WHY, corrects=Correcting(target.envelope.event_id))


@step(parsers.re(rf"(?P<who>{'|'.join(WHO)}) confirme la rectification proposée"))
def _confirmed(world: World, who: str) -> None:
    stream_id, proposal_id = proposed(world)
    world.act(ConfirmCorrection(stream_id=stream_id, proposal_id=proposal_id), Sender(WHO[who], world.territory_id))


@step(parsers.re(rf"(?P<who>{'|'.join(WHO)}) refuse la rectification proposée"))
def _refused(world: World, who: str) -> None:
    stream_id, proposal_id = proposed(world)
    refuse = RefuseCorrection(stream_id=stream_id, proposal_id=proposal_id)
    world.act(refuse, Sender(WHO[who], world.territory_id), reason=WHY)


@step("il est noté que la proposition est restée sans réponse")
def _lapsed(world: World) -> None:
    lapse = last(world, "Rectification abandonnée")
    assert (lapse.originator_id, lapse.proposal_id) == proposed(world)


@step("le plan d'actions est signé de nouveau")
def _signed_again(world: World) -> None:
    assert world.recorded.count(f"{TOPIC_PREFIX}convention.action-plan-signed") == 2, world.recorded


def last(world: World, name: str) -> Any:
    """The last fact of a kind, by the name that the journal gives it."""
    return world.door.last_of(TOPIC_PREFIX + french.code("fact", name))


def proposed(world: World) -> tuple[UUID, UUID]:
    """The stream of the last proposal, and its id."""
    proposal = last(world, "Rectification proposée")
    return proposal.originator_id, proposal.envelope.event_id
