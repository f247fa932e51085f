# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""Decisions of steering bodies over the API: what became of each, how many are kept, filtered, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.means_answers import Cursor, Limit, one_of, page_of
from api.pages.acts import CITING
from api.reading import PAGE, Asker, ConventionId, about_convention, opened, reading
from api.schemas import Id
from api.steering_answers import FrameworkId, of_framework
from domain.policy import READ_CONVENTION
from projections.engine import Dossier
from projections.what_a_framework_decided import framework_decisions
from projections.what_became_of_decisions import (
    STATES,
    DecisionStanding,
    SaidAndDone,
    ages_after,
    decisions,
    said_and_done,
)
from projections.who_is_in_charge import in_charge_on


@dataclass(frozen=True)
class Decisions:
    """A page of decisions, the latest first, and `kept`: how many of all those that the filters keep are kept;
    `next_cursor` asks for the following page, null at the end."""

    kept: SaidAndDone
    decisions: tuple[DecisionStanding, ...]
    next_cursor: str | None


ByBody = Annotated[Id | None, Query(description="L’instance qui a décidé")]
ByOwner = Annotated[Id | None, Query(description="Le partenaire qui s’en charge")]
ByState = Annotated[str | None, Query(max_length=20, description="Ce qu’est devenue la décision")]


@policy(READ_CONVENTION)
def decisions_taken(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    body_id: ByBody = None,
    owner_id: ByOwner = None,
    state: ByState = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """What the bodies of the territory decided, and what became of each decision."""
    one_of(state, STATES, "state")
    services = services_of(request)
    dossier = about_convention(request, visitor, convention_id)
    today = services.clock.today()
    people = in_charge_on(dossier, dossier.method, today)
    found = decisions(dossier, near(request, dossier), ages_after(dossier.method), today, CITING, people)
    return _answered(request, _fitting(found, body_id, owner_id, state), limit, cursor)


@policy(READ_CONVENTION)
def decided_on_framework(
    request: Request,
    framework_id: FrameworkId,
    visitor: Asker,
    body_id: ByBody = None,
    owner_id: ByOwner = None,
    state: ByState = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """What the bodies of a whole framework decided, and what became of each decision."""
    one_of(state, STATES, "state")
    place, today = of_framework(request, visitor, framework_id), services_of(request).clock.today()
    found = framework_decisions(place, today)
    return _answered(request, _fitting(found, body_id, owner_id, state), limit, cursor)


def _fitting(
    found: Sequence[DecisionStanding], body_id: UUID | None, owner_id: UUID | None, state: str | None
) -> Sequence[DecisionStanding]:
    return [
        one
        for one in found
        if (body_id is None or one.reference.body_id == body_id)
        and (owner_id is None or one.owner_id == owner_id)
        and (state is None or one.state == state)
    ]


def _answered(request: Request, kept: Sequence[DecisionStanding], limit: int, cursor: str | None) -> Any:
    page, following = page_of(kept, lambda one: one.reference.word, limit, cursor)
    with reading(request) as connection:
        return opened(request, connection, Decisions(said_and_done(kept), page, following))


def near(request: Request, dossier: Dossier) -> Sequence[Dossier]:
    """The conventions of the territory of one, which may cite its decisions."""
    reader = services_of(request).reader
    found = reader.dossiers(reader.conventions((dossier.territory_id,)))
    return tuple(one for one in found.values() if not one.convention.is_annulled)
