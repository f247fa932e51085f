"""Elections empty seats together with roles: all at once, whatever is given meanwhile, and back again when annulled."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from domain.corrections import AnnulEvent
from domain.elections import ElectedMandatesRenewed, RecordRenewedMandates
from domain.kernel import Correcting, Refused
from domain.steering import ConstituteSteeringBody, SteeringBody
from domain.steering.seats import GiveSteeringSeat, Seats, SteeringSeatEmptied
from domain.values import Code, LocalId, Prose, PublicName, deterministic_id
from tests.properties.test_any_sequence_of_commands import BODY, EPCI, TERRITORY
from tests.workflows.together import Process, of, opened, overtaken_by, stand_alike

SEAT = LocalId("e1")
NEW_BODY = deterministic_id("body", "new")
GIVEN, VOTE, SECOND = date(2026, 1, 12), date(2026, 3, 15), date(2026, 3, 22)
WHY = Prose("Le second tour était le 22 mars.")


def seat(body_id: UUID = BODY, seat_id: LocalId = SEAT) -> GiveSteeringSeat:
    return GiveSteeringSeat(
        stream_id=body_id, seat_id=seat_id, partner_id=EPCI, college=Code("ELECTED"), occurred_on=GIVEN
    )


def vote(on: date = VOTE) -> RecordRenewedMandates:
    return RecordRenewedMandates(stream_id=TERRITORY, partners=(EPCI,), occurred_on=on)


def vacant_since(process: Process, body_id: UUID = BODY, seat_id: LocalId = SEAT) -> date | None:
    body = process.load(body_id)
    assert isinstance(body, SteeringBody)
    return Seats.of(body).given[seat_id].vacant_since


def test_a_body_constituted_meanwhile_is_emptied_too(engine: Engine) -> None:
    process, other = opened(engine, seat()), Process(engine)
    append, times = process.append, [0]

    def slow(*given: Any) -> None:
        times[0] += 1
        if times[0] == 1:
            other.act(
                ConstituteSteeringBody(
                    stream_id=NEW_BODY, home_territory_id=TERRITORY, kind=Code("COTECH"), name=PublicName("Groupe")
                )
            )
            other.act(seat(NEW_BODY))
        append(*given)

    process.append = slow  # type: ignore[method-assign, assignment]
    process.act(vote())
    assert times == [2]
    assert (vacant_since(process), vacant_since(process, NEW_BODY)) == (VOTE, VOTE)
    stand_alike(other)


def test_a_seat_given_meanwhile_as_of_before_is_empty_whoever_was_first(engine: Engine) -> None:
    process, other = opened(engine, seat()), Process(engine)
    late = LocalId("e2")
    with overtaken_by(process, other, vote()):
        process.act(seat(seat_id=late))
    assert vacant_since(other, seat_id=late) == VOTE
    (told,) = of(other, TERRITORY)[-1:]
    emptied = [one for one in of(other, BODY) if isinstance(one, SteeringSeatEmptied)]
    assert {one.seat_id for one in emptied} == {SEAT, late}
    assert {one.renewal_id for one in emptied} == {told.envelope.event_id}


def test_a_vote_told_by_mistake_gives_the_seats_back(engine: Engine) -> None:
    process = opened(engine, seat())
    process.act(vote())
    (told,) = [one for one in of(process, TERRITORY) if isinstance(one, ElectedMandatesRenewed)]
    process.act(AnnulEvent(stream_id=TERRITORY, target_id=told.envelope.event_id), reason=WHY)
    assert vacant_since(Process(engine)) is None
    stand_alike(process)


def test_a_vote_told_on_the_wrong_day_is_annulled_and_told_anew(engine: Engine) -> None:
    process = opened(engine, seat())
    process.act(vote())
    (told,) = [one for one in of(process, TERRITORY) if isinstance(one, ElectedMandatesRenewed)]
    with pytest.raises(Refused):
        process.act(vote(SECOND), reason=WHY, corrects=Correcting(told.envelope.event_id))
    process.act(AnnulEvent(stream_id=TERRITORY, target_id=told.envelope.event_id), reason=WHY)
    process.act(vote(SECOND))
    assert vacant_since(Process(engine)) == SECOND
    stand_alike(process)
