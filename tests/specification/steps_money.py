"""The money of sheets: needed, brought, revised, paid, and how it counts."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import RecordPayment, ReviseFunding
from domain.convention.supported_places import RecordSupportedPlaces
from domain.money import YearAmount
from domain.values import LocalId, Prose, local_id
from tests.specification import french
from tests.specification.steps_means import cents, years
from tests.specification.world import PARTNER, World

SHEET = "« (?P<sheet>[^»]+) »"
AMOUNT = r"(?P<amount>\d[\d ]*(?:,\d\d)?) €"
CERTAINTY = "(?P<certainty>demandé|promis|ferme|versé)"


def line_of(partner: str, year: str, sheet: str, again: str = "") -> LocalId:
    """A line by what it is about."""
    return local_id("line", partner, year, sheet, again)


@step(parsers.re(rf"la fiche {SHEET} est chiffrée : (?P<amounts>.+)"))
def _costed(world: World, sheet: str, amounts: str) -> None:
    budget = tuple(YearAmount(one.year, one.amount_cents) for one in years(amounts))
    world.act(EstimateBudget(stream_id=world.sheet(sheet), budget=budget))


@step(parsers.re(rf"{PARTNER} apporte {AMOUNT} en (?P<year>\d{{4}}), {CERTAINTY}, à {SHEET}(?P<again>, encore)?"))
def _brings(world: World, partner: str, amount: str, year: str, certainty: str, sheet: str, again: str | None) -> None:
    world.act(
        PledgeFunding(
            stream_id=world.sheet(sheet),
            line_id=line_of(partner, year, sheet, again or ""),
            partner_id=world.partner(partner),
            year=int(year),
            amount_cents=cents(amount),
            certainty=french.code("money-certainty", certainty),
        )
    )


@step(parsers.re(rf"{PARTNER} verse {AMOUNT} de (?P<year>\d{{4}}) à {SHEET}"))
def _pays(world: World, partner: str, amount: str, year: str, sheet: str) -> None:
    line_id = line_of(partner, year, sheet)
    world.act(RecordPayment(stream_id=world.sheet(sheet), line_id=line_id, amount_cents=cents(amount)))


@step(
    parsers.re(
        rf"la ligne de (?P<of>.+) en (?P<year>\d{{4}}) à {SHEET} devient {AMOUNT}, {CERTAINTY},"
        r" parce que « (?P<why>[^»]+) »"
    )
)
def _becomes(world: World, of: str, year: str, sheet: str, amount: str, certainty: str, why: str) -> None:
    world.act(
        ReviseFunding(
            stream_id=world.sheet(sheet),
            line_id=line_of(of, year, sheet),
            year=int(year),
            amount_cents=cents(amount),
            certainty=french.code("money-certainty", certainty),
            motive=Prose(why),
        )
    )


@step("l'argent se compte ainsi :")
def _counts(world: World, datatable: list[list[str]]) -> None:
    known = world.door.money(world.convention, world.today)
    counted = {
        "besoin": known.need_cents,
        "demandé": known.total.asked_cents,
        "promis": known.total.promised_cents,
        "ferme": known.total.firm_cents,
        "versé": known.total.paid_cents,
        "manque": known.missing_cents,
    }
    heads, said = datatable
    assert counted == {head: cents(text) for head, text in zip(heads, said, strict=True)}


@step(parsers.re(rf"{PARTNER} soutient (?P<places>\d+) « (?P<kind>[^»]+) »"))
def _supports(world: World, partner: str, places: str, kind: str) -> None:
    world.act(
        RecordSupportedPlaces(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            place_kind=french.code("place-kind", kind),
            places=int(places),
        )
    )


@step(
    parsers.re(r"(?P<lost>\d[\d ]*) € par an dépendent de la couverture, et (?P<closed>\d[\d ]*) € ne sont pas ouverts")
)
def _worth(world: World, lost: str, closed: str) -> None:
    known = world.door.coverage(world.convention, world.today)
    assert (known.open_cents, known.closed_cents) == (cents(lost), cents(closed))
