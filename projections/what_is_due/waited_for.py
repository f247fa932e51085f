"""What a deadline still waits for, by the names that people give it: actions, indicators, what was pledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.action_sheets.describing import Description
from domain.action_sheets.state import ActionSheet
from domain.claims.calendar import Claim, claims_stream
from domain.indicators.indicator import Indicator
from domain.pledges.pledge import Pledge
from domain.values import Code, Prose, PublicName
from projections.engine import Dossier

SHEET = Code("SHEET")
INDICATOR = Code("INDICATOR")
PLEDGE = Code("PLEDGE")
CLAIM = Code("CLAIM")


@dataclass(frozen=True, slots=True)
class Thing:
    """One of several things that a partner is asked of together, as people call it.

    `kind`: an action sheet, an indicator, a pledge, a claim; `thing_id`: its stream; `title`: its words, sealed until
    somebody asks; `claim`: which one of the calendar.
    """

    kind: Code
    thing_id: UUID
    title: Prose | None
    number: PublicName | None = None
    claim: Claim | None = None


def claimed(claim: Claim, convention_id: UUID) -> tuple[Thing, ...]:
    """What is to be sent to a funder, as a thing."""
    return (Thing(CLAIM, claims_stream(convention_id), None, claim=claim),)


def things(dossier: Dossier, ids: Iterable[UUID]) -> tuple[Thing, ...]:
    """These things, in their order; a name is read where it is kept, and sealed there."""
    return tuple(_named(dossier, ids))


def _named(dossier: Dossier, ids: Iterable[UUID]) -> Iterator[Thing]:
    for one in ids:
        state = dossier.streams[one].state
        if isinstance(state, ActionSheet):
            yield Thing(SHEET, one, state.title, Description.of(state).number)
        elif isinstance(state, Indicator):
            yield Thing(INDICATOR, one, state.terms.title)
        elif isinstance(state, Pledge):
            yield Thing(PLEDGE, one, state.terms.what)
