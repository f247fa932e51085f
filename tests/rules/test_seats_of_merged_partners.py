"""A seat given to an institution under its second registration: it is the kept one's, for all that follows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.elections import RecordRenewedMandates
from domain.steering import SteeringBody
from domain.steering.seat import Seat
from domain.steering.seats import GiveSteeringSeat, Seats
from domain.values import Code, LocalId, local_id
from projections.which_meetings_there_are import body_register
from projections.which_places_are_vacant import vacant_places
from tests.projections.story import Story
from tests.rules.test_partners_merged import apart, merge, opened_with, register
from workflows.application import Steering

SEAT, OWN = local_id("siege"), local_id("autre")
GIVEN, VOTE = date(2024, 6, 3), date(2024, 11, 18)


@pytest.fixture
def twin(story: Story) -> UUID:
    """Registered beside the authority of the story, which it is; with a seat in the committee."""
    story.set_up()
    opened_with(story, story.epci)
    found = register(story, "CC Gascogne Toulousaine (bis)", "EPCI")
    give(story, found, SEAT)
    return found


def give(story: Story, partner_id: UUID, seat_id: LocalId) -> None:
    college = Code("ELECTED")
    story.tell(
        GiveSteeringSeat(
            stream_id=story.body, seat_id=seat_id, partner_id=partner_id, college=college, occurred_on=GIVEN
        )
    )


def seats(story: Story) -> dict[LocalId, Seat]:
    """The seats of the committee, as another process folds them."""
    body = Steering(story.engine).load(story.body)
    assert isinstance(body, SteeringBody)
    return dict(Seats.of(body).given)


def test_the_seat_follows_the_partner_that_is_kept_and_comes_back_when_they_are_told_apart(
    story: Story, twin: UUID
) -> None:
    merged = merge(story, twin, story.epci)
    assert seats(story)[SEAT].partner_id == story.epci
    (told,) = (one for one in body_register(story.dossier, VOTE) if one.body_id == story.body)
    assert [one.partner_id for one in told.seats] == [story.epci]
    apart(story, twin, merged)
    assert seats(story)[SEAT].partner_id == twin


def test_elections_of_the_kept_partner_empty_the_seat_given_to_its_twin(story: Story, twin: UUID) -> None:
    give(story, story.epci, OWN)
    merge(story, twin, story.epci)
    story.tell(RecordRenewedMandates(stream_id=story.territory, partners=(story.epci,), occurred_on=VOTE))
    assert {one: seat.vacant_since for one, seat in seats(story).items()} == {SEAT: VOTE, OWN: VOTE}
    dossier = story.dossier
    vacant = vacant_places(dossier.territory, dossier.bodies, VOTE, dossier.method)
    assert {(one.seat.seat_id, one.partner_id) for one in vacant if one.seat is not None} == {
        (SEAT, story.epci),
        (OWN, story.epci),
    }


def test_a_seat_emptied_before_the_merger_is_vacant_for_the_kept_partner(story: Story, twin: UUID) -> None:
    story.tell(RecordRenewedMandates(stream_id=story.territory, partners=(twin,), occurred_on=VOTE))
    merge(story, twin, story.epci)
    dossier = story.dossier
    vacant = vacant_places(dossier.territory, dossier.bodies, VOTE, dossier.method)
    assert [one.partner_id for one in vacant if one.seat is not None] == [story.epci]
