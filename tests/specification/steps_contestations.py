"""Facts contested: by a partner, answered, resolved by a second person, taken back."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.contesting import AnswerContestation, ContestRecord, KeepContestedRecord, WithdrawContestation
from domain.kernel import TOPIC_PREFIX
from domain.roles import CO_PILOT, PARTNER_REPRESENTATIVE, PILOT
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.steps_corrections import last
from tests.specification.world import World

WHY = "Ce n'est pas ce que dit la feuille de présence."
STEER = {"le pilote": PILOT, "le copilote": CO_PILOT}
WHO = r"le pilote|le copilote|la Caf|la CPAM"
PARTNER = r"la Caf|la CPAM"


def sender(world: World, who: str) -> Sender:
    """Who steers, or who speaks for a partner."""
    if who in STEER:
        return Sender(STEER[who], world.territory_id)
    return Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(who))


@step(parsers.re(rf"(?P<partner>{PARTNER}) conteste l'enregistrement « (?P<name>[^»]+) »"))
def _contested(world: World, partner: str, name: str) -> None:
    contest_for(world, partner, partner, name)


@step(
    parsers.re(rf"(?P<who>{WHO}) enregistre que (?P<partner>{PARTNER}) conteste l'enregistrement « (?P<name>[^»]+) »")
)
def _contested_for(world: World, who: str, partner: str, name: str) -> None:
    contest_for(world, who, partner, name)


def contest_for(world: World, who: str, partner: str, name: str) -> None:
    target = last(world, name)
    command = ContestRecord(
        stream_id=target.originator_id, target_id=target.envelope.event_id, partner_id=world.partner(partner)
    )
    world.act(command, sender(world, who), reason=WHY)


@step(parsers.re(rf"(?P<who>{WHO}) répond à la contestation : « (?P<words>[^»]+) »"))
def _answered(world: World, who: str, words: str) -> None:
    one = last(world, "Fait contesté")
    command = AnswerContestation(stream_id=one.originator_id, contestation_id=one.envelope.event_id)
    world.act(command, sender(world, who), reason=words)


@step(parsers.re(rf"(?P<who>{WHO}) maintient le fait contesté"))
def _kept(world: World, who: str) -> None:
    one = last(world, "Fait contesté")
    command = KeepContestedRecord(stream_id=one.originator_id, contestation_id=one.envelope.event_id)
    world.act(command, sender(world, who), reason=WHY)


@step(parsers.re(rf"(?P<who>{WHO}) retire la contestation"))
def _withdrawn(world: World, who: str) -> None:
    one = last(world, "Fait contesté")
    command = WithdrawContestation(stream_id=one.originator_id, contestation_id=one.envelope.event_id)
    world.act(command, sender(world, who))


@step(parsers.re(rf"la contestation de (?P<partner>{PARTNER}) est ouverte(?:, avec (?P<answers>\d+) réponses)?"))
def _open(world: World, partner: str, answers: str | None) -> None:
    one = world.door.contestations(world.partner(partner))[-1]
    assert one.state == "OPEN"
    assert len(one.answers) == int(answers or 0)
    assert one.closed is None


@step(
    parsers.re(
        rf"la contestation de (?P<partner>{PARTNER}) est réglée : « (?P<how>[^»]+) »"
        r"(?P<cited>, par ce qui l'a corrigé)?"
    )
)
def _resolved(world: World, partner: str, how: str, cited: str | None) -> None:
    one = world.door.contestations(world.partner(partner))[-1]
    assert one.state == french.code("contestation-outcome", how)
    assert (one.settled_by is not None) is bool(cited)
    if cited:
        (settling,) = [each for each in world.door.events() if each.envelope.event_id == one.settled_by]
        assert settling.TOPIC.startswith(f"{TOPIC_PREFIX}correction.event-")


@step(parsers.re(rf"la contestation de (?P<partner>{PARTNER}) est retirée"))
def _taken_back(world: World, partner: str) -> None:
    assert world.door.contestations(world.partner(partner))[-1].state == "WITHDRAWN"
