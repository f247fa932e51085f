"""The things that a deadline still waits for, by name, each with its page and its act: actions, indicators, pledges,
what people wait to hear of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol
from uuid import UUID

from api.pages.acts import form_of
from api.pages.addresses import CLAIMS_SECTION, MONEY, Home
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase, ThingLine, ThingsShown
from domain.claims.calendar import Claim
from projections.what_is_due.unanswered import ANSWER, CONTESTATION, CONTRIBUTION, FINDING, PROPOSAL
from projections.what_is_due.waited_for import CLAIM, DECISION, INDICATOR, PLEDGE, SHEET, Thing

MOST_NAMED: Final = 3
"""On a page; of more, how many others there are is told."""

PAGE_OF: Final[Mapping[str, Callable[[Home, Thing], str]]] = {
    SHEET: lambda home, one: home.sheet(str(one.thing_id)),
    INDICATOR: lambda home, one: home.indicator(one.thing_id),
    PLEDGE: lambda home, _: home.section("pledges"),
    CLAIM: lambda home, _: f"{home.page(MONEY)}#{CLAIMS_SECTION}",
    DECISION: lambda home, _: home.section("meetings"),
    CONTRIBUTION: lambda home, _: home.section("contributions"),
    ANSWER: lambda home, _: home.section("contributions"),
    FINDING: lambda home, _: home.section("findings"),
    PROPOSAL: lambda home, _: home.section("bottom-up"),
    CONTESTATION: lambda home, _: f"{home.today}#contestations",
}
"""Where each kind of thing is shown."""


class Teller(Protocol):
    """Who tells a convention to a reader (`telling.py`)."""

    @property
    def ask(self) -> Asking:
        """The page that is answered."""

    @property
    def home(self) -> Home:
        """Where its pages are."""

    def act(self, command: str | None, partner_id: UUID | None = None, **chosen: str) -> Act | None:
        """The link to an act of this convention, for whoever may do it."""

    def act_on(self, command: str, stream_id: UUID, partner_id: UUID | None = None) -> Act | None:
        """The link to an act on one thing, for whoever may do it."""

    def act_there(self, command: str, stream_id: UUID, chosen: Mapping[str, str]) -> Act | None:
        """The link to an act on a part of what a stream holds, for whoever may do it."""


def things_shown(
    told: Teller, things: Sequence[Thing], act: str | None, whose: UUID | None, *, silent: bool = False
) -> ThingsShown | None:
    """The first of them, and how many more; None where a deadline is of no such things."""
    if not things:
        return None
    named = things[:MOST_NAMED]
    told.ask.open(named)
    return ThingsShown(
        how_many(things, silent=silent),
        tuple(_line(told, one, act, whose) for one in named),
        len(things) - len(named),
    )


def how_many(things: Sequence[Thing], *, silent: bool) -> Phrase:
    """« 3 actions », « 3 actions sans nouvelles »."""
    return Phrase(f"page.things.{'silent.' if silent else ''}{things[0].kind}", {}, len(things))


def act_on_first(told: Teller, things: Sequence[Thing], act: str | None, whose: UUID | None) -> Act | None:
    """The act that brings the first of them; of several, its form by lines, where it has one."""
    if act is None or not things:
        return None
    if len(things) > 1 and form_of(act).by_lines:
        return told.act(act, whose)
    return _act_on(told, things[0], act, whose)


def _act_on(told: Teller, one: Thing, act: str, whose: UUID | None) -> Act | None:
    if one.claim is not None:
        return told.act(act, whose, claim_id=str(one.claim.claim_id))
    if one.decision is not None:
        return told.act(act, whose, decision=one.decision.word)
    if one.chosen:
        return told.act_there(act, one.thing_id, {each.field: each.value for each in one.chosen})
    return told.act_on(act, one.thing_id, whose)


def _line(told: Teller, one: Thing, act: str | None, whose: UUID | None) -> ThingLine:
    own = _act_on(told, one, act, whose) if act is not None else None
    return ThingLine(one.number or "", _title(told, one), PAGE_OF[one.kind](told.home, one), own)


def _title(told: Teller, one: Thing) -> str | None:
    if one.on is not None:
        partner = told.ask.name(one.partner_id) if one.partner_id is not None else ""
        return told.ask.texts.t(f"page.thing.{one.kind}", on=one.on, partner=partner)
    return told.ask.said(one.title) if one.claim is None else claim_words(told, one.claim)


def thing_words(told: Teller, one: Thing) -> str:
    """What people call one of them: by its number, where it has one, and its title."""
    told.ask.open([one])
    words = _title(told, one) or told.ask.texts.t("word.erased")
    return f"{one.number} {words}" if one.number else words


def claim_words(told: Teller, claim: Claim) -> str:
    """« acompte 2026, à la Caf du Gers »."""
    said = {"claim": claim.claim, "year": str(claim.year), "funder": told.ask.name(claim.funder_id)}
    return told.ask.texts.t("page.claims.one", **said)
