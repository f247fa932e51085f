"""What partners pledge, deliver, revise, do not keep; the money of sheets."""

from __future__ import annotations

import re
from uuid import UUID

from pytest_bdd import parsers, step

from domain.money import PledgedYear
from domain.pledges.keeping import RecordDelivery, RecordPledgeDefault
from domain.pledges.pledging import PledgeResource, RevisePledge
from domain.values import Evidence, Prose, Sha256, deterministic_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_setting import on
from tests.specification.world import PARTNER, PARTNER_KINDS, World, text_of

WHAT = "« (?P<what>[^»]+) »"
OTHER = PARTNER.replace("?P<partner>", "?P<other>")
MONEY = r"(?P<amounts>\d[\d ]*(?:,\d\d)? € en \d{4}(?: et \d[\d ]*(?:,\d\d)? € en \d{4})*)"


def pledge_id(what: str) -> UUID:
    """A pledge by its words."""
    return deterministic_id("pledge", what)


def cents(text: str) -> int:
    """« 12 500,50 »."""
    euros, _, part = text.replace(" ", "").partition(",")
    return int(euros) * 100 + int(part or 0)


def years(text: str | None) -> tuple[PledgedYear, ...]:
    """« 10 000 € en 2025 et 20 000 € en 2026 »."""
    found = re.findall(r"(\d[\d ]*(?:,\d\d)?) € en (\d{4})", text or "")
    return tuple(PledgedYear(int(year), cents(amount)) for amount, year in found)


@step(
    parsers.re(
        rf"{PARTNER} promet {WHAT} : (?P<kind>[^,:]+), (?P<certainty>ferme|possible)(?:, avec {OTHER})?"
        rf"(?:, pour la fiche « (?P<sheet>[^»]+) »)?(?:, soit {MONEY})?(?:, au plus tard le (?P<due>{DAY}))?"
    )
)
def _pledged(
    world: World,
    partner: str,
    what: str,
    kind: str,
    certainty: str,
    other: str | None,
    sheet: str | None,
    amounts: str | None,
    due: str | None,
) -> None:
    world.act(
        PledgeResource(
            stream_id=pledge_id(what),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            partner_id=world.partner(partner),
            co_partner_id=world.partner(other) if other else None,
            kind=french.code("pledge-kind", kind),
            certainty=french.code("pledge-certainty", certainty),
            what=Prose(what),
            sheets=(world.sheet(sheet),) if sheet else (),
            amounts=years(amounts),
            due_on=french.day(due) if due else None,
        )
    )


@step(
    parsers.re(
        rf"{PARTNER} révise {WHAT} : (?P<certainty>ferme|possible)(?:, soit {MONEY})?, parce que « (?P<why>[^»]+) »"
    )
)
def _revised(world: World, partner: str, what: str, certainty: str, amounts: str | None, why: str) -> None:
    world.act(
        RevisePledge(
            stream_id=pledge_id(what),
            partner_id=world.partner(partner),
            certainty=french.code("pledge-certainty", certainty),
            amounts=years(amounts),
            motive=Prose(why),
        )
    )


@step(
    parsers.re(
        rf"{PARTNER} livre (?P<part>tout ce que promet|une part de) {WHAT}"
        rf"(?:, (?P<amount>\d[\d ]*) € pour (?P<year>\d{{4}}))?(?: le (?P<day>{DAY}))?(?P<proof>, sur pièce)?"
    )
)
def _delivered(
    world: World,
    partner: str,
    part: str,
    what: str,
    amount: str | None,
    year: str | None,
    day: str | None,
    proof: str | None,
) -> None:
    paper = Evidence(deterministic_id("paper", what), Sha256(text_of(what)), Prose("Attestation"))
    world.act(
        RecordDelivery(
            stream_id=pledge_id(what),
            partner_id=world.partner(partner),
            what=Prose("Reçu"),
            amount_cents=cents(amount) if amount else None,
            year=int(year) if year else None,
            whole=part.startswith("tout"),
            occurred_on=on(day),
        ),
        evidence=(paper,) if proof else (),
    )


@step(parsers.re(rf"il est constaté que {PARTNER} ne tient pas {WHAT}(?: le (?P<day>{DAY}))?"))
def _not_kept(world: World, partner: str, what: str, day: str | None) -> None:
    world.act(
        RecordPledgeDefault(
            stream_id=pledge_id(what),
            partner_id=world.partner(partner),
            motive=Prose("Le poste n’a pas été ouvert."),
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"la promesse {WHAT} est dite « (?P<state>[^»]+) »"))
def _state(world: World, what: str, state: str) -> None:
    told = world.door.pledge(world.convention, pledge_id(what), world.today)
    assert told.state == french.code("pledge-state", state)


@step(parsers.re(rf"la promesse {WHAT} engage (?P<whom>[^«]+)"))
def _binds(world: World, what: str, whom: str) -> None:
    bound = {
        one.partner_id
        for one in world.door.pledge(world.convention, pledge_id(what), world.today).parties
        if one.bound_on is not None
    }
    assert bound == {world.partner(one) for one in PARTNER_KINDS if one in whom}, bound


@step(parsers.re(rf"on lit encore que {WHAT} promettait {MONEY}"))
def _before(world: World, what: str, amounts: str) -> None:
    assert world.door.pledge(world.convention, pledge_id(what), world.today).revisions[-1].before.amounts == years(
        amounts
    )
