"""What becomes of a convention at its term."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from pytest_bdd import parsers, step

from domain.convention.authorising import RecordMandate
from domain.convention.expiring import ExpireConvention
from domain.convention.extending import ExtendConvention
from domain.convention.renewing import RenewConvention, StartRenewal
from domain.convention.reviews import RecordReview
from domain.convention.signing import RecordSignature
from domain.values import Code, Prose, Sha256, deterministic_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_acts import all_running
from tests.specification.steps_setting import on
from tests.specification.steps_time import lines
from tests.specification.world import MANDATES, PARTNER, PARTNER_KINDS, SIGNATORIES, World, text_of

EXTENSIONS = {
    "la prorogation": Code("EXTENSION"),
    "la deuxième prorogation": Code("SECOND_EXTENSION"),
    "la troisième prorogation": Code("THIRD_EXTENSION"),
}
WHICH = rf"(?P<which>{'|'.join(EXTENSIONS)})"


@step(
    parsers.re(
        rf"la convention est prorogée jusqu'au (?P<until>{DAY}), par le texte « (?P<text>[^»]+) »"
        rf"(?:, le (?P<day>{DAY}))?"
    )
)
def _extended(world: World, until: str, text: str, day: str | None) -> None:
    world.act(
        ExtendConvention(
            stream_id=world.convention,
            effective_to=french.day(until),
            text_sha256=Sha256(text_of(text)),
            motive=Prose("La suite demande quelques mois de plus."),
            decided_in=world.decided_in,
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"{PARTNER} autorise {WHICH} le (?P<day>{DAY})(?:, exécutoire le (?P<executory>{DAY}))?"))
def _authorised(world: World, partner: str, which: str, day: str, executory: str | None) -> None:
    world.act(
        RecordMandate(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            kind=MANDATES[PARTNER_KINDS[partner]],
            covers=(EXTENSIONS[which],),
            occurred_on=on(day),
            executory_on=on(executory),
        )
    )


@step(parsers.re(rf"{PARTNER} signe {WHICH} « (?P<text>[^»]+) » le (?P<day>{DAY})"))
def _signed(world: World, partner: str, which: str, text: str, day: str) -> None:
    world.act(
        RecordSignature(
            stream_id=world.convention,
            partner_id=world.partner(partner),
            covers=(EXTENSIONS[which],),
            text_sha256=Sha256(text_of(text)),
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"{WHICH} « (?P<text>[^»]+) » est autorisée puis signée par tous le (?P<day>{DAY})"))
def _all_signed(world: World, which: str, text: str, day: str) -> None:
    _sign_all(world, world.convention, (EXTENSIONS[which],), text, french.day(day))


@step(parsers.re(rf"la convention qui suit, du (?P<starts>{DAY}), est signée par tous le (?P<day>{DAY})"))
def _successor_signed(world: World, starts: str, day: str) -> None:
    _sign_all(world, successor(starts), (Code("CONVENTION"),), "Suite", french.day(day))


@step(parsers.re(rf"la préparation du renouvellement commence(?: le (?P<day>{DAY}))?"))
def _started(world: World, day: str | None) -> None:
    world.act(StartRenewal(stream_id=world.convention, occurred_on=on(day)))


@step(parsers.re(rf"le renouvellement par la convention du (?P<starts>{DAY}) est constaté(?: le (?P<day>{DAY}))?"))
def _renewed(world: World, starts: str, day: str | None) -> None:
    world.act(RenewConvention(stream_id=world.convention, successor_id=successor(starts), occurred_on=on(day)))


@step(
    parsers.re(
        rf"le bilan (?P<kind>final|à mi-parcours) est enregistré, du (?P<first>{DAY}) au (?P<last>{DAY})"
        rf"(?:, tenu le (?P<day>{DAY}))?(?P<written>, avec son compte rendu)?"
    )
)
def _review(world: World, kind: str, first: str, last: str, day: str | None, written: str | None) -> None:
    if written:
        world.write_minutes()
    world.act(
        RecordReview(
            stream_id=world.convention,
            kind=Code("FINAL" if kind == "final" else "MID_TERM"),
            period_starts_on=french.day(first),
            period_ends_on=french.day(last),
            body_id=world.decided_in.body_id,
            meeting_id=world.decided_in.meeting_id,
            action_statuses=all_running(world),
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"le moteur regarde si le terme est passé, le (?P<day>{DAY})"))
def _term(world: World, day: str) -> None:
    world.today = french.day(day)
    world.by_itself(ExpireConvention(stream_id=world.convention))


@step(parsers.re(rf"la convention court jusqu'au (?P<ends>{DAY})"))
def _runs_until(world: World, ends: str) -> None:
    assert world.door.term(world.convention) == french.day(ends)


@step(
    parsers.re(
        rf"rien ne couvre le territoire depuis le (?P<first>{DAY})(?: jusqu'au (?P<last>{DAY}))?, "
        r"soit (?P<days>\d+) jours?"
    )
)
def _uncovered(world: World, first: str, last: str | None, days: str) -> None:
    found = world.door.standing_at_the_term(world.convention, world.today).gaps
    told = [(one.first_day, one.last_day, one.days) for one in found]
    assert told == [(french.day(first), french.day(last) if last else None, int(days))], found


@step("rien ne manque à la couverture du territoire")
def _covered(world: World) -> None:
    assert world.door.standing_at_the_term(world.convention, world.today).gaps == ()


@step(parsers.re(rf"le territoire est couvert depuis le (?P<first>{DAY}) par une convention signée le (?P<day>{DAY})"))
def _covered_afterwards(world: World, first: str, day: str) -> None:
    (found,) = world.door.standing_at_the_term(world.convention, world.today).afterwards
    assert (found.first_day, found.signed_on) == (french.day(first), french.day(day))


@step("le renouvellement est commencé, et aucune convention ne suit")
def _alone(world: World) -> None:
    found = world.door.standing_at_the_term(world.convention, world.today)
    assert found.renewal_started_on is not None
    assert (found.successors, found.renewed_on) == ((), None)


@step(parsers.re(rf"la convention du (?P<starts>{DAY}) suit la première"))
def _follows(world: World, starts: str) -> None:
    found = world.door.standing_at_the_term(world.convention, world.today).successors
    assert [one.convention_id for one in found] == [successor(starts)]


@step(parsers.re(rf"la signature manquante de {PARTNER}, au (?P<due>{DAY}), (?P<how>est|n'est plus) demandée"))
def _asked_to_sign(world: World, partner: str, due: str, how: str) -> None:
    expected = (world.partner(partner), french.day(due))
    asked = [one for one in lines(world, "signature manquante") if (one.partner_id, one.due_on) == expected]
    assert any(one.met_on is None for one in asked) == (how == "est"), lines(world, "signature manquante")


@step(parsers.parse("il est dit de la convention : « {sentence} »"))
def _said_first(world: World, sentence: str) -> None:
    told = world.door.first_sentences(world.convention, world.today)
    assert sentence in told, told


@step(parsers.parse("il n'est pas dit de préparer la suite"))
def _nothing_to_prepare(world: World) -> None:
    assert not [one for one in world.door.first_sentences(world.convention, world.today) if "préparer la suite" in one]


@step(parsers.re(rf"la prorogation est à signer par {PARTNER}"))
def _to_sign(world: World, partner: str) -> None:
    assert world.door.missing_signatures(world.convention)[EXTENSIONS["la prorogation"]] == (world.partner(partner),)


@step("la prorogation n'est plus à signer")
def _not_to_sign(world: World) -> None:
    assert EXTENSIONS["la prorogation"] not in world.door.missing_signatures(world.convention)


def successor(starts: str) -> UUID:
    """The other convention that a scenario opened, by its first day."""
    return deterministic_id("convention", "next", starts)


def _sign_all(world: World, convention: UUID, covers: tuple[Code, ...], text: str, day: date) -> None:
    """Every required partner decides, then signs the same day."""
    for name in (name for name, required in SIGNATORIES.items() if required):
        partner_id = world.partner(name)
        decided, taken = day - timedelta(days=7), MANDATES[PARTNER_KINDS[name]]
        world.prepare(
            RecordMandate(
                stream_id=convention,
                partner_id=partner_id,
                kind=taken,
                covers=covers,
                occurred_on=decided,
                executory_on=decided,
            )
        )
        world.prepare(
            RecordSignature(
                stream_id=convention,
                partner_id=partner_id,
                covers=covers,
                text_sha256=Sha256(text_of(text)),
                occurred_on=day,
            )
        )
