"""Who is told of corrections: those who may confirm one, and whoever proposed it (R28)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.convention.state import TerritorialConvention
from domain.kernel import CorrectionLapsed, CorrectionProposed, CorrectionRefused, Event, Settling
from domain.profiles import PublishedProfile, profile_stream
from domain.roles import CO_PILOT, COOPERATION_OFFICER, PILOT
from domain.territories import Territory
from domain.values import Code, deterministic_id
from workflows.application import Steering


def letters_about(steering: Steering, event: Event) -> Iterator[tuple[UUID, UUID, str, dict[str, str]]]:
    """The letters of what happened to a proposal, as the outbox wants them; none about what needed no second person."""
    proposal = _proposal_of(steering, event)
    if proposal is None:
        return
    stream = steering.load(proposal.originator_id)
    if stream is None or stream.territory_id is None:
        return
    path = (
        f"/conventions/{stream.id}"
        if isinstance(stream, TerritorialConvention)
        else f"/territoires/{stream.territory_id}"
    )
    parameters = {"territory_id": str(stream.territory_id), "path": path}
    author = proposal.envelope.actor_id
    others = [one for one in _confirming(steering, stream.territory_id, stream, event) if one != author]
    if isinstance(event, CorrectionProposed):
        told, kind = others, "correction-proposed"
        parameters["lapses_on"] = proposal.lapses_on.isoformat()
    elif isinstance(event, CorrectionLapsed):
        told, kind = [author, *others], "correction-lapsed"
    else:
        told, kind = [author], "correction-refused" if isinstance(event, CorrectionRefused) else "correction-confirmed"
    for person_id in dict.fromkeys(told):
        if person_id != event.envelope.actor_id and steering.people.knows(person_id):
            yield deterministic_id(event.envelope.event_id, person_id), person_id, kind, parameters


def _proposal_of(steering: Steering, event: Event) -> CorrectionProposed | None:
    if isinstance(event, CorrectionProposed):
        return event
    if not isinstance(event, Settling | CorrectionRefused | CorrectionLapsed):
        return None
    known = steering.events_of(event.originator_id) if event.proposal_id is not None else ()
    return next(
        (one for one in known if isinstance(one, CorrectionProposed) and one.envelope.event_id == event.proposal_id),
        None,
    )


def _confirming(steering: Steering, territory_id: UUID, stream: object, event: Event) -> list[UUID]:
    """The people who may confirm there, on the day of the event."""
    roles: tuple[Code, ...] = (PILOT, CO_PILOT, COOPERATION_OFFICER)
    if isinstance(stream, TerritorialConvention):
        published = steering.load(profile_stream(*stream.profile_key))
        assert isinstance(published, PublishedProfile)
        roles = published.profile.corrections.confirmed_by
    territory = steering.load(territory_id)
    assert isinstance(territory, Territory)
    return [one.person_id for one in territory.assignments if one.role in roles and one.holds_on(event.occurred_on)]
