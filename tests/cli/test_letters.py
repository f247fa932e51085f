"""`ctg letter`: what was given up can be seen, and sent again."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import update

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.cli.conftest import Program
from workflows.delivery.letters import Letter
from workflows.delivery.outbox import enqueue
from workflows.instants import to_text
from workflows.schema import outbox

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
REFUSED = "Le serveur de courrier refuse ce courriel (550)\xa0: le plus souvent, l’adresse n’existe pas ou plus."
ABOUT: dict[str, Any] = {"kind": "reminder", "about_id": uuid4(), "within_id": uuid4(), "territory_id": uuid4()}


def test_what_did_not_leave_is_seen_with_its_reason_and_sent_again(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    settings = Settings(database_url=f"sqlite:///{ctg.directory / 'ctg.db'}")
    message_id, person_id = uuid4(), uuid4()
    with opened(settings) as house, house.engine.begin() as connection:
        enqueue(connection, Letter(message_id=message_id, person_id=person_id, **ABOUT), NOW)
        connection.execute(update(outbox).values(dead_at=to_text(NOW), last_error="smtp-550", attempts=3))
    assert "ctg letter list" in ctg("doctor").stdout
    listed = ctg("letter", "list").stdout
    assert listed.split("\t") == [str(message_id), "rappel", REFUSED, "1er juin 2026 à 11 h 00\n"]
    assert str(person_id) not in listed
    assert str(message_id) in ctg("letter", "resend", str(message_id)).stdout
    assert ctg("letter", "list").stdout == ""
    assert ctg("letter", "list", "--state", "waiting").stdout.startswith(str(message_id))
    again = ctg("letter", "resend", str(message_id))
    assert (again.returncode, str(message_id) in again.stderr) == (2, True)
    with opened(settings) as house, house.engine.begin() as connection:
        connection.execute(update(outbox).values(withdrawn_at=to_text(NOW), withdrawn_for="account-closed"))
    assert "ctg letter list --state withdrawn" in ctg("doctor").stdout
    why = ctg("letter", "list", "--state", "withdrawn").stdout.split("\t")[1:3]
    assert why == ["rappel", "le compte de la personne est fermé"]
    assert "--state" in ctg("letter", "list", "--state", "lost").stderr
