"""`ctg letter`: what was given up can be seen, and sent again."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.cli.conftest import Program
from workflows.delivery.letters import Letter
from workflows.delivery.outbox import dead_letters, enqueue
from workflows.instants import to_text
from workflows.schema import outbox

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
ABOUT: dict[str, Any] = {"kind": "reminder", "event_id": uuid4(), "stream_id": uuid4(), "territory_id": uuid4()}


@pytest.mark.slow
def test_a_letter_given_up_is_seen_and_sent_again(ctg: Program) -> None:
    ctg.done("migrate")
    settings = Settings(database_url=ctg.settings["database_url"])
    message_id, person_id = uuid4(), uuid4()
    with opened(settings) as house, house.engine.begin() as connection:
        enqueue(connection, Letter(message_id=message_id, person_id=person_id, **ABOUT), NOW)
        connection.execute(update(outbox).values(dead_at=to_text(NOW), last_error="smtp-550", attempts=3))
    assert "ctg letter list" in ctg("doctor").stdout
    listed = ctg.done("letter", "list")
    assert [one.split("\t") for one in listed.splitlines()] == [
        [str(message_id), "rappel", "smtp-550", "1er juin 2026 à 11 h 00"]
    ]
    assert str(person_id) not in listed
    assert str(message_id) in ctg.done("letter", "resend", str(message_id))
    with opened(settings) as house:
        assert dead_letters(house.engine) == []
    again = ctg("letter", "resend", str(message_id))
    assert again.returncode == 2
    assert str(message_id) in again.stderr
    assert ctg.done("letter", "list", "--state", "waiting").startswith(str(message_id))
    with opened(settings) as house, house.engine.begin() as connection:
        connection.execute(update(outbox).values(withdrawn_at=to_text(NOW), withdrawn_for="account-closed"))
    assert "ctg letter list --state withdrawn" in ctg("doctor").stdout
    assert [one.split("\t")[1:] for one in ctg.done("letter", "list", "--state", "withdrawn").splitlines()] == [
        ["rappel", "le compte de la personne est fermé", "1er juin 2026 à 11 h 00"]
    ]
    assert ctg.done("letter", "list") == ""
    assert "--state" in ctg("letter", "list", "--state", "lost").stderr
