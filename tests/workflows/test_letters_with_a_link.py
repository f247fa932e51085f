"""Whoever never came in is written to about what they may do by a link, and the letter brings it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from domain.kernel import CorrectionProposed
from domain.roles import CAF_ADVISER
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import planned, prioritised
from tests.workflows.test_letters_weighed_again import propose
from workflows.act_links import ActLink, ActLinks, Question
from workflows.database import create_database_engine
from workflows.known_people import KnownPeople
from workflows.schema import accounts


@pytest.fixture
def boxes(migrated_sqlite_url: str) -> Iterator[Letterboxes]:
    engine = create_database_engine(migrated_sqlite_url)
    with letterboxes(Life(engine)) as made:
        yield made
    engine.dispose()


def never_came_in(boxes: Letterboxes, name: str, *, invited: bool) -> None:
    """Somebody has no account, or an invitation that they never accepted."""
    mine = accounts.c.person_id == boxes.life.people[name]
    with boxes.engine.begin() as connection:
        connection.execute(
            update(accounts).where(mine).values(joined_at=None) if invited else delete(accounts).where(mine)
        )


def opened(boxes: Letterboxes, letter: str) -> ActLink:
    """What the link of a letter opens."""
    (token,) = set(re.findall(rf"{re.escape(BASE)}/repondre/([a-z0-9-]+)", letter))
    found = ActLinks(boxes.engine).presented(token, boxes.life.clock.now())
    assert isinstance(found, ActLink)
    return found


@pytest.mark.parametrize("invited", [True, False], ids=["invited", "no account"])
def test_a_partner_whose_voice_never_came_in_is_reminded_with_a_link_of_its_own(
    boxes: Letterboxes, invited: bool
) -> None:
    life = planned(boxes.life)
    voice = next(name for name in life.people if "epci" in name)
    never_came_in(boxes, voice, invited=invited)
    life.on(date(2024, 12, 2)).sign("caf")
    boxes.sweep_on(date(2025, 1, 2))
    boxes.empty(date(2025, 1, 2))
    said = boxes.said_to(voice)
    assert "Vous n’avez pas besoin de compte" in said and "au nom de epci" in said
    assert f"{BASE}/conventions/" not in said, "it leads nowhere that would ask for a password"
    link = opened(boxes, said)
    assert (link.asked.question, link.asked.partner_id) == (Question.MANDATE, life.partners["epci"])
    assert (link.asked.person_id, link.asked.stream_id) == (life.people[voice], life.convention_id)
    assert link.asked_by is None, "the reminders ask"
    with boxes.engine.connect() as connection:
        closed = select(accounts.c.account_id).where(accounts.c.disabled_at.is_not(None))
        assert connection.execute(closed).all() == []


def test_a_voice_whose_account_was_closed_is_sent_no_link(boxes: Letterboxes) -> None:
    life = planned(boxes.life)
    voice = next(name for name in life.people if "epci" in name)
    boxes.close_account(voice)
    life.on(date(2024, 12, 2)).sign("caf")
    boxes.sweep_on(date(2025, 1, 2))
    boxes.empty(date(2025, 1, 2))
    assert voice not in boxes.received()


@pytest.mark.parametrize("sends_mail", [True, False])
def test_a_correction_waits_for_whoever_has_no_account_where_the_link_to_confirm_it_leaves(
    boxes: Letterboxes, sends_mail: bool
) -> None:
    """Without a mail server nobody could confirm: it counts at once, and says so."""
    life = prioritised(boxes.life)
    for name in life.people:
        if name != CAF_ADVISER:
            boxes.close_account(name)
    never_came_in(boxes, CAF_ADVISER, invited=False)
    life.steering.people = KnownPeople(boxes.vault, boxes.accounts, sends_mail=sends_mail)
    proposal = propose(life)
    (said,) = (one for one in life.steering.events_of(life.convention_id) if one.envelope.event_id == proposal)
    assert isinstance(said, CorrectionProposed) == sends_mail


def test_an_adviser_without_an_account_is_sent_the_very_correction_to_confirm(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    never_came_in(boxes, CAF_ADVISER, invited=False)
    proposal = propose(life)
    boxes.empty(life.clock.today())
    boxes.empty(date(2024, 7, 2))
    link = opened(boxes, boxes.said_to(CAF_ADVISER))
    assert (link.asked.question, link.asked.about_id) == (Question.CORRECTION, proposal)
    assert link.asked.partner_id is None
