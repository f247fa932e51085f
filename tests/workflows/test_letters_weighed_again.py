"""A letter is weighed again when it leaves: nobody is asked for what is done, written to at night, or forgotten."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.smtp import SMTP

from domain.assignments import TerritoryRoleAssigned
from domain.convention.authorising import RecordMandate
from domain.convention.closing import CloseConvention
from domain.convention.signatories import ChangeSignatory
from domain.convention.signing import RecordSignature
from domain.corrections import AnnulEvent, RefuseCorrection
from domain.endings import EndTerritoryRole
from domain.kernel import Actor, Context, Mending, RoleHeld
from domain.roles import (
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COOPERATION_OFFICER,
    FRAMEWORK_PILOT,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.values import Code, Prose
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.post_office import said_in
from tests.workflows.territory_life import TEXT, Life
from tests.workflows.test_deadlines import engaged, planned, prioritised
from workflows.calendar import PublicHolidays
from workflows.database import create_database_engine
from workflows.delivery.hours import SendingHours
from workflows.delivery.outbox import kept
from workflows.delivery.posting import PERHAPS_DELIVERED, Delivered
from workflows.delivery.queueing import queue_letters

OFFICER = COOPERATION_OFFICER
MONDAY = date(2024, 7, 29)
"""After the diagnosis was due on 10 July: the officer was reminded three times, then the pilot told on the 25th."""


@pytest.fixture
def life(migrated_sqlite_url: str) -> Iterator[Life]:
    engine = create_database_engine(migrated_sqlite_url)
    yield Life(engine)
    engine.dispose()


@pytest.fixture
def boxes(life: Life) -> Iterator[Letterboxes]:
    with letterboxes(life) as made:
        yield made


@pytest.fixture
def kept_back(boxes: Letterboxes) -> Letterboxes:
    """No server was set while the diagnosis fell due: four letters wait."""
    engaged(boxes.life)
    for day in (date(2024, 5, 13), date(2024, 6, 10), date(2024, 7, 3), date(2024, 7, 25)):
        boxes.sweep_on(day)
    return boxes


def test_letters_kept_without_a_server_do_not_ask_for_what_was_done_meanwhile(kept_back: Letterboxes) -> None:
    kept_back.life.on(date(2024, 7, 26)).share_diagnosis()
    assert kept_back.empty(MONDAY) == Delivered(withdrawn=4)
    assert kept_back.withdrawn() == [(OFFICER, "settled")] * 3 + [(PILOT, "settled")]
    assert kept_back.received() == {}


def test_after_an_outage_the_most_severe_message_alone_leaves_and_claims_no_other(kept_back: Letterboxes) -> None:
    assert kept_back.empty(MONDAY) == Delivered(sent=1, posted=1, withdrawn=3)
    assert kept_back.withdrawn() == [(OFFICER, "superseded")] * 3
    said = kept_back.said_to(PILOT)
    assert "sans suite" not in said, "no reminder left before this one"
    assert "19 jours de retard" in said
    assert f"Attendu de : Camille {OFFICER} (chargé de coopération)" in said


def test_an_escalation_tells_how_many_messages_left_before_it(boxes: Letterboxes) -> None:
    engaged(boxes.life)
    for day in (date(2024, 6, 10), date(2024, 7, 3), date(2024, 7, 25)):
        boxes.sweep_on(day)
        assert boxes.empty(day).sent == 1
    assert "2 messages envoyés avant celui-ci, le dernier le 3 juillet 2024, sont restés sans suite." in boxes.said_to(
        PILOT
    )
    first, second = (said_in(letter) for letter in boxes.received()[OFFICER])
    assert "sans suite" not in first
    assert "1 message envoyé avant celui-ci, le 10 juin 2024" in " ".join(second.split())


def test_nobody_is_written_to_on_a_saturday_at_night_nor_all_day_on_a_holiday(kept_back: Letterboxes) -> None:
    for day, hour in ((date(2024, 7, 27), 1), (date(2024, 7, 27), 10), (MONDAY, 7), (MONDAY, 18)):
        assert kept_back.empty(day, hour).sent == 0
        assert kept_back.withdrawn() == []
    assert kept_back.empty(date(2024, 7, 30), 8).sent == 1


def test_a_letter_that_may_have_arrived_before_the_night_keeps_its_name_and_its_count(kept_back: Letterboxes) -> None:
    async def hang_up(server: SMTP) -> str:
        server.transport.abort()  # type: ignore[union-attr]
        return "451 never said"

    kept_back.post_office.at_data = hang_up
    for day, hour, expected in (
        (MONDAY, 17, Delivered(delayed=1, withdrawn=3)),
        (MONDAY, 18, Delivered(waiting=1)),
        (date(2024, 7, 30), 8, Delivered(delayed=1)),
        (date(2024, 7, 30), 19, Delivered(waiting=1)),
        (date(2024, 7, 31), 8, Delivered(dead=1)),
    ):
        assert kept_back.empty(day, hour) == expected
    assert {one.why for one in kept(kept_back.engine, "given-up")} == {PERHAPS_DELIVERED}


@pytest.mark.parametrize(
    ("department", "now", "opens"),
    [
        ("32", datetime(2026, 11, 27, 12, 46, tzinfo=UTC), None),
        ("32", datetime(2026, 11, 28, 0, 46, tzinfo=UTC), datetime(2026, 11, 30, 7, tzinfo=UTC)),  # Saturday at 1:46
        ("32", datetime(2026, 11, 27, 17, tzinfo=UTC), datetime(2026, 11, 30, 7, tzinfo=UTC)),  # Friday at 18:00
        ("32", datetime(2026, 3, 27, 20, tzinfo=UTC), datetime(2026, 3, 30, 6, tzinfo=UTC)),  # clocks move meanwhile
        ("32", datetime(2026, 4, 3, 9, tzinfo=UTC), None),  # Good Friday is worked in the Gers
        ("68", datetime(2026, 4, 3, 9, tzinfo=UTC), datetime(2026, 4, 7, 6, tzinfo=UTC)),  # and off in Alsace
        ("972", datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 11, 27, 12, tzinfo=UTC)),  # 5 in the morning
        ("974", datetime(2026, 11, 27, 15, tzinfo=UTC), datetime(2026, 11, 30, 4, tzinfo=UTC)),  # 19 o'clock
    ],
)
def test_people_are_written_to_at_the_hours_they_work_where_they_are(
    department: str, now: datetime, opens: datetime | None
) -> None:
    assert SendingHours(8, 18, PublicHolidays()).opens(now, department) == (opens or now)


def test_a_letter_about_a_day_that_moved_does_not_leave(boxes: Letterboxes) -> None:
    life = engaged(boxes.life).on(date(2024, 5, 14))
    life.share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    boxes.sweep_on(date(2024, 7, 4))
    life.on(date(2024, 7, 5)).hold_forum("fo2")
    assert boxes.empty(date(2024, 7, 8)).sent == 0
    assert (COMMITTEE_CHAIR, "moved") in boxes.withdrawn()


# --- readers who are in charge no more --------------------------------------------------------------------------------


def leave(life: Life, name: str) -> None:
    """Somebody gives up a role of the territory."""
    given = [one for one in life.events() if isinstance(one, TerritoryRoleAssigned)]
    (role,) = [one for one in given if one.person_id == life.people[name]]
    life.act(EndTerritoryRole(stream_id=life.territory_id, assignment_id=role.envelope.event_id), life.office)


@pytest.fixture
def reminded(boxes: Letterboxes) -> Letterboxes:
    """A letter waits for the officer: the diagnosis is due on 10 July."""
    engaged(boxes.life)
    boxes.sweep_on(date(2024, 6, 10))
    return boxes


def test_a_letter_about_a_role_that_nobody_holds_is_written_and_names_the_role(reminded: Letterboxes) -> None:
    leave(reminded.life.on(date(2024, 6, 11)), OFFICER)
    reminded.sweep_on(date(2024, 7, 25))
    reminded.empty(MONDAY)
    assert "Personne ne tient aujourd’hui le rôle prévu (chargé de coopération)." in reminded.said_to(PILOT)


def test_who_left_a_role_gets_its_letters_no_more_and_the_successor_does(reminded: Letterboxes) -> None:
    life = reminded.life.on(date(2024, 6, 11))
    leave(life, OFFICER)
    life.people["successor"] = uuid4()
    reminded.meet()
    life.appoint("successor", OFFICER)
    assert reminded.empty(date(2024, 6, 12)).withdrawn == 1
    assert reminded.empty(date(2024, 6, 12)).sent == 0, "queued meanwhile, it left already"
    assert reminded.withdrawn() == [(OFFICER, "not-in-charge")]
    assert list(reminded.received()) == ["successor"]
    assert "relève de votre rôle" in reminded.said_to("successor")


def test_whose_account_is_closed_gets_nothing_and_the_next_one_up_is_told(reminded: Letterboxes) -> None:
    reminded.close_account(OFFICER)
    reminded.empty(date(2024, 6, 12))
    assert reminded.withdrawn() == [(OFFICER, "account-closed")]
    assert list(reminded.received()) == [PILOT]
    said = reminded.said_to(PILOT)
    assert "vous êtes la personne suivante" in said
    assert f"Attendu de : Camille {OFFICER} (chargé de coopération, compte fermé)" in said


def test_where_nobody_can_be_told_to_the_top_a_letter_waits_for_somebody(reminded: Letterboxes) -> None:
    everybody = [OFFICER, PILOT, CO_PILOT, FRAMEWORK_PILOT]
    for name in everybody:
        reminded.close_account(name)
    assert reminded.empty(date(2024, 6, 12)) == Delivered(waiting=1)
    (account,) = reminded.accounts.of_person(reminded.life.people[CO_PILOT])
    reminded.accounts.enable(account.account_id)
    reminded.empty(date(2024, 6, 13))
    reminded.empty(date(2024, 6, 13))
    assert list(reminded.received()) == [CO_PILOT]


def test_a_sweep_names_nobody_whose_account_is_closed(boxes: Letterboxes) -> None:
    """Up the whole chain: the officer and the pilot are gone, the co-pilot is told."""
    engaged(boxes.life)
    boxes.close_account(OFFICER)
    boxes.close_account(PILOT)
    boxes.sweep_on(date(2024, 6, 10))
    assert [one.to for one in boxes.life.said("D01")] == [frozenset({CO_PILOT})]
    boxes.empty(date(2024, 6, 10), 11)
    assert list(boxes.received()) == [CO_PILOT]


def test_a_forgotten_reader_leaves_the_letter_to_the_next_one_up(reminded: Letterboxes) -> None:
    reminded.vault.forget_person(reminded.life.people[OFFICER])
    reminded.empty(date(2024, 6, 12))
    assert reminded.withdrawn() == [(OFFICER, "person-forgotten")]
    assert list(reminded.received()) == [PILOT]


def test_a_letter_leaves_for_the_address_of_today(reminded: Letterboxes) -> None:
    reminded.vault.change_person(reminded.life.people[OFFICER], email="nouvelle@gers.example")
    reminded.empty(date(2024, 6, 12))
    assert list(reminded.received()) == ["nouvelle"]


# --- conventions and signatories that changed -------------------------------------------------------------------------


@pytest.fixture
def signing(boxes: Letterboxes) -> Letterboxes:
    """The Caf signed on 20 January 2025; letters wait for the EPCI and the MSA, who have not."""
    planned(boxes.life).on(date(2025, 1, 20)).sign("caf")
    boxes.sweep_on(date(2025, 2, 19))
    return boxes


def test_a_partner_that_will_not_sign_is_asked_no_more(signing: Letterboxes) -> None:
    life = signing.life.on(date(2025, 2, 20))
    life.act(
        ChangeSignatory(
            stream_id=life.convention_id,
            partner_id=life.partners["msa"],
            expectation=Code("WILL_NOT_SIGN"),
            motive=Prose("Elle n'agit pas ici."),
            decided_in=life.meet("SIGNATORIES_CHANGED"),
        )
    )
    signing.empty(date(2025, 2, 21))
    assert signing.withdrawn() == [("msa", "not-expected")]
    assert list(signing.received()) == ["epci"]


def test_a_convention_closed_meanwhile_asks_nothing_of_anybody(signing: Letterboxes) -> None:
    life = signing.life.on(date(2025, 2, 20))
    given_up = life.meet("CONVENTION_GIVEN_UP")
    life.act(CloseConvention(stream_id=life.convention_id, motive=Prose("Autre projet."), decided_in=given_up))
    assert signing.empty(date(2025, 2, 21)) == Delivered(withdrawn=2)
    assert signing.withdrawn() == [("epci", "convention-closed"), ("msa", "convention-closed")]


def test_a_convention_that_is_over_asks_no_more_for_what_was_due_before(boxes: Letterboxes) -> None:
    engaged(boxes.life)
    boxes.sweep_on(date(2029, 12, 31))
    assert boxes.empty(date(2030, 1, 2)) == Delivered(withdrawn=2)  # the diagnosis, and that nothing was heard
    assert (COMMITTEE_CHAIR, "not-expected") in boxes.withdrawn()
    assert {why for _, why in boxes.withdrawn()} == {"not-expected"}


def test_a_missing_partner_is_named_with_the_days_and_the_form_that_stops_the_letters(signing: Letterboxes) -> None:
    signing.empty(date(2025, 2, 21))
    life, said = signing.life, signing.said_to("epci")
    assert "signature d’epci, pour le 22 avril 2025" in said
    assert "dans 60 jours" in said
    form = f"{BASE}/conventions/{life.convention_id}/actes/record-mandate?partner_id={life.partners['epci']}"
    assert f"Pour le faire : {form} Pour suivre" in said


def test_the_chair_is_told_who_is_missing_how_late_and_only_follows(signing: Letterboxes) -> None:
    """The chair may not sign for a partner: no form is offered that would be refused."""
    signing.sweep_on(date(2025, 4, 22))
    signing.empty(date(2025, 4, 24))
    said = signing.said_to(COMMITTEE_CHAIR)
    assert "Relance : signature d’epci, 2 jours de retard" in said
    assert "Attendu de : epci" in said
    assert "Pour le faire" not in said
    assert f"Pour suivre : {BASE}/conventions/{signing.life.convention_id}" in said
    for name in (COMMITTEE_CHAIR, CAF_ADVISER):
        assert "sans suite" not in signing.said_to(name), "the partners are reminded on the same day"


def test_a_partner_whose_signature_waits_for_a_date_is_asked_for_that_date(signing: Letterboxes) -> None:
    life, epci = signing.life.on(date(2025, 2, 20)), signing.life.partners["epci"]
    life.act(
        RecordMandate(
            stream_id=life.convention_id,
            partner_id=epci,
            kind=Code("COMMUNITY_COUNCIL"),
            occurred_on=date(2025, 2, 12),
        )
    )
    life.act(RecordSignature(stream_id=life.convention_id, partner_id=epci, text_sha256=TEXT))
    signing.empty(date(2025, 2, 21))
    said = signing.said_to("epci")
    assert "la date à laquelle la décision de epci du 12 février 2025 est devenue exécutoire" in said
    assert f"record-mandate?partner_id={epci}&kind=COMMUNITY_COUNCIL" in said
    assert "occurred_on=2025-02-12" in said


# --- corrections ------------------------------------------------------------------------------------------------------


def propose(life: Life, actor: Actor | None = None) -> Any:
    """Somebody, the pilot if nobody else, proposes to annul the last fact of the convention."""
    facts = [one for one in life.steering.events_of(life.convention_id) if not isinstance(one, Mending)]
    mistaken = facts[-1]
    annul = AnnulEvent(stream_id=life.convention_id, target_id=mistaken.envelope.event_id)
    said = life.steering.execute(annul, because(life, actor or life.pilot))
    return said.events[0].event_id


def because(life: Life, actor: Actor) -> Context:
    return Context(actor=actor, today=life.clock.today(), now=life.clock.now(), reason=Prose("Une erreur."))


def test_nobody_is_asked_to_confirm_what_was_decided_meanwhile(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    proposal = propose(life)
    assert boxes.empty(date(2024, 7, 1)) == Delivered(), "letters wait some minutes for others to the same person"
    officer = Actor(life.people[OFFICER], (RoleHeld(OFFICER, life.territory_id),))
    refuse = RefuseCorrection(stream_id=life.convention_id, proposal_id=proposal)
    life.steering.execute(refuse, because(life, officer))
    assert boxes.empty(date(2024, 7, 2)).sent == 0
    assert set(boxes.withdrawn()) == {(one, "settled") for one in (CO_PILOT, CAF_ADVISER, OFFICER, PILOT)}


def test_whoever_may_confirm_is_led_to_the_very_proposal(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    proposal = propose(life)
    queue_letters(life.steering, life.clock.now())
    leave(life, CO_PILOT)
    boxes.close_account(CAF_ADVISER)
    boxes.empty(date(2024, 7, 2))
    assert boxes.withdrawn() == [(CAF_ADVISER, "account-closed"), (CO_PILOT, "not-in-charge")]
    form = f"{BASE}/enregistrements/{life.convention_id}/actes/confirm-correction?proposal_id={proposal}"
    assert f"Pour le faire : {form}" in boxes.said_to(OFFICER)
    assert PARTNER_REPRESENTATIVE not in boxes.received()


def test_who_left_the_territory_is_told_no_more_what_became_of_their_proposal(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    author = Actor(life.people[PILOT], (RoleHeld(PILOT, life.territory_id),))
    officer = Actor(life.people[OFFICER], (RoleHeld(OFFICER, life.territory_id),))
    for leaves in (False, True):
        proposal = propose(life, author)
        refuse = RefuseCorrection(stream_id=life.convention_id, proposal_id=proposal)
        life.steering.execute(refuse, because(life, officer))
        queue_letters(life.steering, life.clock.now())
        if leaves:
            leave(life, PILOT)
        boxes.empty(date(2024, 7, 3 if leaves else 2))
    assert "est refusée" in boxes.said_to(PILOT)
    assert [why for name, why in boxes.withdrawn() if name == PILOT] == ["not-in-charge"]
