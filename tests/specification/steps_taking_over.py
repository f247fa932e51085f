"""A convention on which work began before it was opened; one that ran already, and what becomes known of its past."""

from __future__ import annotations

from datetime import date

from pytest_bdd import parsers, step

from domain.convention.earlier import RecordEarlierFact
from domain.convention.taking_over import KnownFact, TakeOverConvention
from domain.values import Code
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.world import World

REVIEW = "bilan "
UNKNOWN = "on ne sait pas"
TAKEN_OVER = rf"la convention du (?P<starts>{DAY}) au (?P<ends>{DAY}) est reprise au (?P<as_of>{DAY})"


@step(parsers.re(rf"{TAKEN_OVER}, sans rien en savoir"))
def _nothing_known(world: World, starts: str, ends: str, as_of: str) -> None:
    take_over(world, starts, ends, as_of, [])


@step(parsers.re(rf"{TAKEN_OVER}, en sachant :"))
def _known(world: World, starts: str, ends: str, as_of: str, datatable: list[list[str]]) -> None:
    take_over(world, starts, ends, as_of, datatable)


def take_over(world: World, starts: str, ends: str, as_of: str, known: list[list[str]]) -> None:
    """Take the scenario's convention over, with what is known of its past."""
    world.act(
        TakeOverConvention(
            **world.terms(french.day(starts), french.day(ends)),
            as_of=french.day(as_of),
            known=tuple(fact_of(what, when) for what, when in known),
        )
    )


def fact_of(what: str, when: str) -> KnownFact:
    """One line of what is known."""
    on = None if when == UNKNOWN else french.day(when)
    if what.startswith(REVIEW):
        return KnownFact(fact=Code("REVIEW"), period_starts_on=date(int(what.removeprefix(REVIEW)), 1, 1), on=on)
    return KnownFact(fact=french.code("earlier-fact", what), on=on)


@step(parsers.re(rf"le fait d'avant la reprise « (?P<what>[^»]+) » est daté du (?P<day>{DAY})"))
def _dated(world: World, what: str, day: str) -> None:
    fact = french.code("earlier-fact", what)
    world.act(RecordEarlierFact(stream_id=world.convention, fact=fact, occurred_on=french.day(day)))


@step(parsers.re(rf"le bilan de (?P<year>\d{{4}}) d'avant la reprise est daté du (?P<day>{DAY})"))
def _review_dated(world: World, year: str, day: str) -> None:
    world.act(
        RecordEarlierFact(
            stream_id=world.convention,
            fact=Code("REVIEW"),
            period_starts_on=date(int(year), 1, 1),
            occurred_on=french.day(day),
        )
    )


@step(
    parsers.re(
        rf"la convention du (?P<starts>{DAY}) au (?P<ends>{DAY}) est ouverte, "
        rf"le travail ayant commencé le (?P<day>{DAY})"
    )
)
def _opened(world: World, starts: str, ends: str, day: str) -> None:
    world.act(world.opening(french.day(starts), french.day(ends), work_began_on=french.day(day)))
