"""On what knowledge a territory acts: data asked of partners."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.diagnosis.answering import PromiseData, RecordDataReceived, RefuseData, ReuseData
from domain.diagnosis.asking import AskForData
from domain.diagnosis.content import diagnosis_stream
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Code, Evidence, LocalId, Prose, Sha256, deterministic_id, local_id
from projections.which_data_were_asked import DataTold
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import PARTNER, World, text_of

DATA = r"la donnée « (?P<what>[^»]+) »"


def data_id_of(what: str) -> LocalId:
    """The datum of that name."""
    return local_id(what)


def told(world: World, what: str) -> DataTold:
    """What is told of it today."""
    known = world.door.data_asked(world.convention, world.today)
    return next(one for one in known if one.data_id == data_id_of(what))


@step(
    parsers.re(
        rf"{DATA} est demandée à {PARTNER} sur (?P<theme>.+?), (?P<first>\d{{4}}) à (?P<last>\d{{4}}), "
        rf"pour le (?P<due>{DAY})(?:, en plus : « (?P<beyond>[^»]+) »)?"
    )
)
def _asked(
    world: World, what: str, partner: str, theme: str, first: str, last: str, due: str, beyond: str | None
) -> None:
    world.act(
        AskForData(
            stream_id=diagnosis_stream(world.territory_id),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            data_id=data_id_of(what),
            partner_id=world.partner(partner),
            what=Prose(what),
            theme=french.code("theme", theme),
            first_year=int(first),
            last_year=int(last),
            data_form=Code("TABLE"),
            due_on=french.day(due),
            beyond=Prose(beyond) if beyond else None,
        )
    )


@step(parsers.re(rf"{PARTNER} promet {DATA} pour le (?P<day>{DAY})"))
def _promised(world: World, partner: str, what: str, day: str) -> None:
    command = PromiseData(
        stream_id=diagnosis_stream(world.territory_id), data_id=data_id_of(what), promised_for=french.day(day)
    )
    world.act(command, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(
    parsers.re(
        rf"{DATA} est reçue le (?P<day>{DAY})(?P<proof>, sur pièce)?"
        r"(?:, la plus petite case comptant (?P<count>\d+) personnes)?"
    )
)
def _received(world: World, what: str, day: str, proof: str | None, count: str | None) -> None:
    paper = Evidence(deterministic_id("data", what), Sha256(text_of(what)), Prose("Tableau transmis"))
    world.act(
        RecordDataReceived(
            stream_id=diagnosis_stream(world.territory_id),
            data_id=data_id_of(what),
            smallest_count=int(count) if count else None,
            occurred_on=french.day(day),
        ),
        evidence=(paper,) if proof else (),
    )


@step(parsers.re(rf"{PARTNER} refuse {DATA}, parce que « (?P<why>[^»]+) »"))
def _refused(world: World, partner: str, what: str, why: str) -> None:
    command = RefuseData(stream_id=diagnosis_stream(world.territory_id), data_id=data_id_of(what), motive=Prose(why))
    world.act(command, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(parsers.re(rf"{DATA} ressert pour « (?P<purpose>[^»]+) »"))
def _reused(world: World, what: str, purpose: str) -> None:
    stream = diagnosis_stream(world.territory_id)
    world.act(ReuseData(stream_id=stream, data_id=data_id_of(what), purpose=Prose(purpose)))


@step(parsers.re(rf"{DATA} est dite « (?P<state>[^»]+) »"))
def _state(world: World, what: str, state: str) -> None:
    assert told(world, what).state == french.code("data-state", state)


@step(parsers.re(rf"{DATA} a resservi (?P<times>\d+) fois"))
def _served_again(world: World, what: str, times: str) -> None:
    assert len(told(world, what).reused) == int(times)
