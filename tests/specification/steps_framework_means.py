"""What partners pledge to the framework, deliver, revise, do not keep."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.framework_pledges.keeping import RecordFrameworkDefault, RecordFrameworkDelivery
from domain.framework_pledges.pledging import PledgeToFramework, ReviseFrameworkPledge
from domain.kernel import Command
from domain.roles import FRAMEWORK_PILOT
from domain.territories import territory_stream
from domain.values import LocalId, Prose, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_means import MONEY, OTHER, WHAT, cents, years
from tests.specification.world import FRAMEWORK, PARTNER, PARTNER_KINDS, World, siren_of

SAID = f"à la convention-cadre {WHAT}"
ABOUT = f"la promesse {SAID}"


def pledge_id(what: str) -> LocalId:
    """A pledge by its words."""
    return local_id(f"promesse-{what}")


def act(world: World, command: Command) -> None:
    """Do it as whoever steers the framework, unless the scenario says who writes."""
    steering = Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK)
    world.act(command, None if world.sender is not None else steering)


@step(
    parsers.re(
        rf"{PARTNER} promet {SAID} : (?P<kind>[^,:]+), (?P<certainty>ferme|possible)(?:, avec {OTHER})?"
        rf"(?:, pour « (?P<place>[^»]+) »)?(?:, soit {MONEY})?(?:, au plus tard le (?P<due>{DAY}))?"
    )
)
def _pledged(
    world: World,
    partner: str,
    what: str,
    kind: str,
    certainty: str,
    other: str | None,
    place: str | None,
    amounts: str | None,
    due: str | None,
) -> None:
    act(
        world,
        PledgeToFramework(
            stream_id=FRAMEWORK,
            pledge_id=pledge_id(what),
            partner_id=world.partner(partner),
            co_partner_id=world.partner(other) if other else None,
            kind=french.code("pledge-kind", kind),
            certainty=french.code("pledge-certainty", certainty),
            what=Prose(what),
            territories=(territory_stream(siren_of(place)),) if place else (),
            amounts=years(amounts),
            due_on=french.day(due) if due else None,
        ),
    )


@step(
    parsers.re(
        rf"{PARTNER} révise {ABOUT} : (?P<certainty>ferme|possible)(?:, soit {MONEY})?, parce que « (?P<why>[^»]+) »"
    )
)
def _revised(world: World, partner: str, what: str, certainty: str, amounts: str | None, why: str) -> None:
    act(
        world,
        ReviseFrameworkPledge(
            stream_id=FRAMEWORK,
            pledge_id=pledge_id(what),
            partner_id=world.partner(partner),
            certainty=french.code("pledge-certainty", certainty),
            amounts=years(amounts),
            motive=Prose(why),
        ),
    )


@step(
    parsers.re(
        rf"{PARTNER} livre (?P<part>tout|une part) de {ABOUT}(?:, (?P<amount>\d[\d ]*) € pour (?P<year>\d{{4}}))?"
    )
)
def _delivered(world: World, partner: str, part: str, what: str, amount: str | None, year: str | None) -> None:
    act(
        world,
        RecordFrameworkDelivery(
            stream_id=FRAMEWORK,
            pledge_id=pledge_id(what),
            partner_id=world.partner(partner),
            what=Prose("Reçu"),
            amount_cents=cents(amount) if amount else None,
            year=int(year) if year else None,
            whole=part == "tout",
        ),
    )


@step(parsers.re(rf"il est constaté que {PARTNER} ne tient pas {ABOUT}"))
def _not_kept(world: World, partner: str, what: str) -> None:
    act(
        world,
        RecordFrameworkDefault(
            stream_id=FRAMEWORK,
            pledge_id=pledge_id(what),
            partner_id=world.partner(partner),
            motive=Prose("Le poste n’a pas été ouvert."),
        ),
    )


@step(parsers.re(rf"{ABOUT} est dite « (?P<state>[^»]+) »"))
def _state(world: World, what: str, state: str) -> None:
    told = world.door.framework_pledge(FRAMEWORK, pledge_id(what), world.today)
    assert told.state == french.code("pledge-state", state)


@step(parsers.re(rf"{ABOUT} engage (?P<whom>[^«]+)"))
def _binds(world: World, what: str, whom: str) -> None:
    told = world.door.framework_pledge(FRAMEWORK, pledge_id(what), world.today)
    bound = {one.partner_id for one in told.parties if one.bound_on is not None}
    assert bound == {world.partner(one) for one in PARTNER_KINDS if one in whom}, bound


@step(parsers.re(rf"{ABOUT} sert « (?P<place>[^»]+) »"))
def _serves(world: World, what: str, place: str) -> None:
    told = world.door.framework_pledge(FRAMEWORK, pledge_id(what), world.today)
    assert told.serves(territory_stream(siren_of(place)))


@step(parsers.re(rf"on lit encore que {ABOUT} était de {MONEY}"))
def _before(world: World, what: str, amounts: str) -> None:
    told = world.door.framework_pledge(FRAMEWORK, pledge_id(what), world.today)
    assert told.revisions[-1].before.amounts == years(amounts)
