"""After an outage the most severe message alone is sent; those passed over are told, with what replaced them."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.agenda import ESCALATION, MUTED, REMINDER, agenda_stream
from domain.silencing import SilenceDeadline
from projections.what_is_due import sheet
from projections.which_messages_were_sent import REPLACED, SENT, WAITING, Message, asked_for, messages
from tests.workflows.letterbox import Letterboxes, letterboxes
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import engaged
from workflows.database import create_database_engine
from workflows.delivery.outbox import fates

MONDAY = date(2024, 7, 29)
"""After the diagnosis was due on 10 July."""


@pytest.fixture
def boxes(migrated_sqlite_url: str) -> Iterator[Letterboxes]:
    engine = create_database_engine(migrated_sqlite_url)
    with letterboxes(Life(engine)) as made:
        engaged(made.life)
        yield made
    engine.dispose()


def told(boxes: Letterboxes, day: date) -> dict[int, Message]:
    """What became of the messages of the diagnosis, by their offsets, as asked on a day."""
    life = boxes.life.on(day)
    dossier = life.reader.dossier(life.convention_id)
    assert dossier is not None
    lines = sheet(dossier, day, life.holidays.of(life.department))
    became = fates(boxes.engine, [one.envelope.event_id for one in asked_for(dossier)])
    return {one.offset_days: one for one in messages(dossier, lines, became, day) if one.deadline == "D01"}


def test_what_no_sweep_said_in_time_is_told_as_replaced_by_what_was_said(boxes: Letterboxes) -> None:
    before = told(boxes, date(2024, 7, 25))
    assert {one.state for one in before.values()} == {WAITING}
    boxes.sweep_on(date(2024, 7, 25))
    boxes.empty(date(2024, 7, 25))
    after = told(boxes, MONDAY)
    assert {offset: one.state for offset, one in after.items()} == {
        -60: REPLACED,
        -30: REPLACED,
        -7: REPLACED,
        15: SENT,
    }
    for offset in (-60, -30, -7):
        by = after[offset].replaced_by
        assert by is not None
        assert (by.kind, by.offset_days, by.said_on) == (ESCALATION, 15, date(2024, 7, 25))
        assert (after[offset].kind, after[offset].said_on) == (REMINDER, None)
    assert after[15].left_on == date(2024, 7, 25)


def test_letters_kept_back_without_a_server_are_told_as_replaced_by_the_one_that_left(boxes: Letterboxes) -> None:
    for day in (date(2024, 5, 13), date(2024, 6, 10), date(2024, 7, 3), date(2024, 7, 25)):
        boxes.sweep_on(day)
    boxes.empty(MONDAY)
    found = told(boxes, MONDAY)
    assert [found[offset].state for offset in (-60, -30, -7, 15)] == [REPLACED, REPLACED, REPLACED, SENT]
    assert {found[one].replaced_by for one in (-60, -30, -7)} == {found[-7].replaced_by}
    assert found[-7].replaced_by is not None
    assert found[-7].replaced_by.offset_days == 15


def test_a_message_that_left_is_never_told_as_replaced(boxes: Letterboxes) -> None:
    for day in (date(2024, 6, 10), date(2024, 7, 3)):
        boxes.sweep_on(day)
        boxes.empty(day)
    found = told(boxes, date(2024, 7, 4))
    assert [found[offset].state for offset in (-60, -30, -7)] == [REPLACED, SENT, SENT]


def test_what_was_done_before_its_day_replaced_nothing(boxes: Letterboxes) -> None:
    boxes.sweep_on(date(2024, 5, 13))
    boxes.empty(date(2024, 5, 13))
    boxes.life.on(date(2024, 5, 20)).share_diagnosis()
    assert {offset: one.state for offset, one in told(boxes, MONDAY).items()} == {-60: SENT}


def test_what_left_is_still_told_once_its_deadline_is_muted_or_was_met_before(boxes: Letterboxes) -> None:
    """« Aucun message », where people had received one."""
    life = boxes.life
    boxes.sweep_on(date(2024, 5, 13))
    boxes.empty(date(2024, 5, 13))
    life.act(
        SilenceDeadline(
            stream_id=agenda_stream(life.convention_id),
            convention_id=life.convention_id,
            home_territory_id=life.territory_id,
            occurrence=life.line("D01").occurrence,
            silence=MUTED,
            decided_in=life.meet("REMINDERS_SUSPENDED"),
            until=date(2024, 6, 20),
        )
    )
    heard_again = told(boxes, date(2024, 7, 4))
    assert {offset: one.state for offset, one in heard_again.items()} == {-60: SENT, -7: WAITING}
    life.on(MONDAY).share_diagnosis(occurred_on=date(2024, 5, 6))
    (left,) = told(boxes, MONDAY).values()
    assert (left.state, left.planned_on, left.left_on) == (SENT, date(2024, 5, 13), date(2024, 5, 13))
