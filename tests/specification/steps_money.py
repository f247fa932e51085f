"""The money of sheets: needed, brought, revised, paid, and how it counts."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import RecordPayment, ReviseFunding
from domain.claims.calendar import ClaimDate, StateClaimDates, claim_id_of, claims_stream
from domain.claims.sending import RecordClaimSent
from domain.convention.supported_places import RecordSupportedPlaces
from domain.money import YearAmount
from domain.values import Evidence, LocalId, Prose, Sha256, deterministic_id, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_means import cents, years
from tests.specification.world import PARTNER, World, text_of

SHEET = "« (?P<sheet>[^»]+) »"
AMOUNT = r"(?P<amount>\d[\d ]*(?:,\d\d)?) €"
OPERATOR = f"(?:de |d')?{PARTNER.replace('?P<partner>', '?P<operator>')}"
CLAIM = (
    r"la demande « (?P<claim>[^»]+) » (?P<year>\d{4}) "
    rf"{OPERATOR} à {PARTNER.replace('?P<partner>', '?P<funder>')}"
)
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


@step(parsers.re(rf"{PARTNER} attend {OPERATOR}, pour (?P<year>\d{{4}}) : (?P<dates>.+)"))
def _claim_dates(world: World, partner: str, operator: str, year: str, dates: str) -> None:
    stated = (one.rpartition(" le ") for one in dates.split(", "))
    world.act(
        StateClaimDates(
            stream_id=claims_stream(world.convention),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            funder_id=world.partner(partner),
            operator_id=world.partner(operator),
            year=int(year),
            dates=tuple(ClaimDate(french.code("claim", claim), french.day(day)) for claim, _, day in stated),
        )
    )


@step(parsers.re(rf"{CLAIM} est envoyée le (?P<day>{DAY})(?P<proof>, sur pièce)?"))
def _claim_sent(world: World, claim: str, year: str, operator: str, funder: str, day: str, proof: str | None) -> None:
    paper = Evidence(deterministic_id("claim", claim, year), Sha256(text_of(claim)), Prose("Accusé de réception"))
    named = claim_id_of(world.partner(funder), world.partner(operator), int(year), french.code("claim", claim))
    world.act(
        RecordClaimSent(stream_id=claims_stream(world.convention), claim_id=named, occurred_on=french.day(day)),
        evidence=(paper,) if proof else (),
    )


@step(parsers.re(rf"{CLAIM} était attendue le (?P<day>{DAY})"))
def _claim_moved(world: World, claim: str, year: str, operator: str, funder: str, day: str) -> None:
    named = claim_id_of(world.partner(funder), world.partner(operator), int(year), french.code("claim", claim))
    (told,) = (one for one in world.door.claims(world.convention, world.today) if one.claim_id == named)
    assert told.moved_from == (french.day(day),)
