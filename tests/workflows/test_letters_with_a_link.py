"""Whoever never came in is written to about what they may do by a link, and the letter brings it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from domain.claims.calendar import ClaimDate, StateClaimDates, claim_id_of, claims_stream
from domain.kernel import CorrectionProposed
from domain.roles import CAF_ADVISER
from domain.values import Code
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import planned, prioritised, signed
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


def all_opened(boxes: Letterboxes, letter: str) -> list[ActLink]:
    """What the links of a letter open, one after the other."""
    tokens = dict.fromkeys(re.findall(rf"{re.escape(BASE)}/repondre/([a-z0-9-]+)", letter))
    found = [ActLinks(boxes.engine).presented(token, boxes.life.clock.now()) for token in tokens]
    assert all(isinstance(one, ActLink) for one in found)
    return [one for one in found if isinstance(one, ActLink)]


def opened(boxes: Letterboxes, letter: str) -> ActLink:
    """What the one link of a letter opens."""
    (found,) = all_opened(boxes, letter)
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


def test_a_partner_without_an_account_is_reminded_of_its_action_with_a_link_to_say_how_it_stands(
    boxes: Letterboxes,
) -> None:
    life = signed(boxes.life)
    voice = next(name for name in life.people if "epci" in name)
    never_came_in(boxes, voice, invited=False)
    boxes.sweep_on(date(2025, 1, 2))
    boxes.empty(date(2025, 1, 2))
    said = boxes.said_to(voice)
    assert "Dire où en est l’action" in said and "au nom de epci" in said
    assert f"{BASE}/conventions/" not in said, "it leads nowhere that would ask for a password"
    asked = opened(boxes, said).asked
    assert (asked.question, asked.about_id) == (Question.STATUS, life.sheets[-1])
    assert (asked.partner_id, asked.person_id) == (life.partners["epci"], life.people[voice])


def test_an_operator_without_an_account_is_reminded_of_a_claim_with_a_link_to_say_that_it_is_sent(
    boxes: Letterboxes,
) -> None:
    life = signed(boxes.life)
    voice = next(name for name in life.people if "epci" in name)
    never_came_in(boxes, voice, invited=False)
    life.act(
        StateClaimDates(
            stream_id=claims_stream(life.convention_id),
            convention_id=life.convention_id,
            home_territory_id=life.territory_id,
            funder_id=life.partners["caf"],
            operator_id=life.partners["epci"],
            year=2024,
            dates=(ClaimDate(Code("ADVANCE"), date(2024, 12, 12)),),
        )
    )
    boxes.sweep_on(date(2024, 12, 12))
    boxes.empty(date(2024, 12, 12))
    said = boxes.said_to(voice)
    assert "Dire que c’est envoyé" in said and f"{BASE}/conventions/" not in said
    asked = next(one.asked for one in all_opened(boxes, said) if one.asked.question is Question.CLAIM)
    claim_id = claim_id_of(life.partners["caf"], life.partners["epci"], 2024, "ADVANCE")
    assert (str(asked.about_id), asked.partner_id) == (claim_id, life.partners["epci"])


def test_whoever_has_an_account_is_led_to_the_pages_and_never_to_a_link_of_its_own(boxes: Letterboxes) -> None:
    life = signed(boxes.life)
    voice = next(name for name in life.people if "epci" in name)
    boxes.sweep_on(date(2025, 1, 2))
    boxes.empty(date(2025, 1, 2))
    said = boxes.said_to(voice)
    assert f"{BASE}/conventions/" in said and "/repondre/" not in said
