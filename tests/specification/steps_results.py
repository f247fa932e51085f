"""Indicators: defined, measured, answered, redefined, retired; what users say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from pytest_bdd import parsers, step

from domain.indicators.defining import DefineIndicator, RedefineIndicator, RetireIndicator
from domain.indicators.measuring import ACCEPTED, AnswerMeasure, RecordMeasure
from domain.indicators.satisfaction import RecordSatisfaction
from domain.indicators.terms import Target
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Code, LocalId, Prose, deterministic_id, local_id
from tests.specification import french
from tests.specification.doors import Result, Sender
from tests.specification.french import DAY, same_words
from tests.specification.world import PARTNER, World

TITLE = r"« (?P<title>[^»]+) »"
NUMBER = r"-?\d+(?:,\d+)?"


def _id(title: str) -> UUID:
    return deterministic_id("indicator", title)


def _terms(world: World, title: str, unit: str, **more: Any) -> dict[str, Any]:
    unit_code = french.code("indicator-unit", unit)
    return {
        "stream_id": _id(title),
        "title": Prose(title),
        "unit": unit_code,
        "counts_persons": False,
        "kind": Code("RESULT"),
        "direction": Code("DOWN" if unit_code == "DAYS" else "UP"),
        "owner_id": world.partner("l'intercommunalité"),
        "frequency": Code("YEARLY"),
        **more,
    }


def define(world: World, title: str, unit: str, **more: Any) -> None:
    """Define an indicator of the scenario's convention."""
    terms = _terms(world, title, unit, **more)
    world.act(DefineIndicator(convention_id=world.convention, home_territory_id=world.territory_id, **terms))


@step(
    parsers.re(
        rf"l'indicateur {TITLE} est défini en (?P<unit>[^,]+), de (?P<start>{NUMBER}) au (?P<on>{DAY}) "
        rf"à (?P<target>{NUMBER}) en (?P<year>\d{{4}})"
    )
)
def _defined(world: World, title: str, unit: str, start: str, on: str, target: str, year: str) -> None:
    define(
        world,
        title,
        unit,
        baseline_value=_number(start),
        baseline_on=french.day(on),
        targets=(Target(int(year), _number(target)),),
    )


@step(parsers.re(rf"l'indicateur {TITLE} est défini en (?P<unit>[^,]+), sans départ"))
def _without_start(world: World, title: str, unit: str) -> None:
    define(world, title, unit)


@step(parsers.re(rf"l'indicateur {TITLE} est défini en (?P<unit>[^,]+), comptant des personnes"))
def _of_persons(world: World, title: str, unit: str) -> None:
    define(world, title, unit, counts_persons=True, baseline_promised_by=world.today)


@step(
    parsers.re(
        rf"l'indicateur {TITLE} est redéfini, (?:avec une cible de (?P<target>{NUMBER}) en (?P<year>\d{{4}})"
        r"|(?P<places>sans compter de personnes))"
    )
)
def _redefined(world: World, title: str, target: str | None, year: str | None, places: str | None) -> None:
    targets = (Target(int(year), _number(target)),) if target and year else ()
    terms = _terms(world, title, "nombre", targets=targets, baseline_promised_by=world.today)
    world.act(RedefineIndicator(motive=Prose("Le comité a revu son ambition."), **terms))


@step(parsers.re(rf"l'indicateur {TITLE} est retiré"))
def _retired(world: World, title: str) -> None:
    world.act(RetireIndicator(stream_id=_id(title), motive=Prose("Plus personne ne s'en sert.")))


@step(
    parsers.re(
        rf"{TITLE} est mesuré(?: par (?P<by>la CPAM))? : (?P<value>{NUMBER})(?: sur (?P<total>\d+))?"
        rf"(?: au (?P<on>{DAY}))?"
    )
)
def _measured(world: World, title: str, by: str | None, value: str, total: str | None, on: str | None) -> None:
    world.act(
        RecordMeasure(
            stream_id=_id(title),
            measure_id=local_id(title, value, by),
            value=_number(value),
            total=int(total) if total else None,
            period_ends_on=french.day(on) if on else None,
            provided_by=world.partner(by) if by else None,
        ),
        Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(by)) if by else None,
    )


@step(parsers.re(rf"la valeur de {TITLE} est remplacée par (?P<value>{NUMBER})"))
def _revised(world: World, title: str, value: str) -> None:
    before, about, _ = _told(world, title).values[-1]
    world.act(
        RecordMeasure(
            stream_id=_id(title),
            measure_id=local_id(title, value),
            value=_number(value),
            period_ends_on=about,
            revises=before,
            motive=Prose("Une place comptée deux fois."),
        )
    )


@step(parsers.re(rf"la valeur proposée pour {TITLE} est (?P<how>acceptée|refusée) par {PARTNER}"))
def _answered(world: World, title: str, how: str, partner: str) -> None:
    accepted = how == "acceptée"
    world.act(
        AnswerMeasure(
            stream_id=_id(title),
            measure_id=_last(world, title),
            answer=ACCEPTED if accepted else Code("REFUSED"),
            motive=None if accepted else Prose("Le registre dit autre chose."),
        ),
        Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)),
    )


@step(
    parsers.re(r"(?P<answers>\d+) usagers répondent(?:, dont (?P<good>\d+) satisfaits et (?P<bad>\d+) insatisfaits)?")
)
def _users(world: World, answers: str, good: str | None, bad: str | None) -> None:
    world.act(
        RecordSatisfaction(
            stream_id=deterministic_id("satisfaction", answers),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            question=Prose("Les horaires vous conviennent-ils ?"),
            audience=Prose("Les parents des crèches"),
            channel=Code("PAPER"),
            answers=int(answers),
            satisfied=int(good) if good else None,
            unsatisfied=int(bad) if bad else None,
        )
    )


# --- what is answered ---------------------------------------------------------------------------------------------


@step(parsers.re(rf"{TITLE} est « (?P<word>[^»]+) », à (?P<percent>-?\d+) % du chemin"))
def _stands(world: World, title: str, word: str, percent: str) -> None:
    told = _told(world, title)
    world.judged = True
    assert same_words(told.word) == same_words(word)
    assert told.percent == int(percent)


@step(parsers.re(rf"{TITLE} n'a pas de valeur"))
def _no_value(world: World, title: str) -> None:
    assert _told(world, title).values == ()


@step(parsers.re(rf"le comité a vu (?P<then>{NUMBER}) pour {TITLE}, qui vaut maintenant (?P<now>{NUMBER})"))
def _seen(world: World, then: str, title: str, now: str) -> None:
    told = _told(world, title)
    assert (told.seen, told.values[-1][-1]) == (_number(then), _number(now))


@step(parsers.re(rf"la mesure de {TITLE} est de la définition (?P<taken>\d), qui en est à la (?P<now>\d)"))
def _versions(world: World, title: str, taken: str, now: str) -> None:
    told = _told(world, title)
    assert (told.measures[-1][-1], told.definition_version) == (int(taken), int(now))


@step(parsers.re(r"l'on dit que (?P<percent>\d+) % des usagers sont satisfaits"))
def _satisfied(world: World, percent: str) -> None:
    assert world.door.satisfied(world.convention) == int(percent)


@step("l'on ne dit pas combien d'usagers sont satisfaits")
def _untold(world: World) -> None:
    assert world.door.satisfied(world.convention) is None


def _told(world: World, title: str) -> Result:
    return world.door.result(world.convention, _id(title), world.today)


def _last(world: World, title: str) -> LocalId:
    return _told(world, title).measures[-1][0]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
