"""What only helps is kept for so many days, and no longer; what is a fact, or still of use, is never taken away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, insert, select

from domain.roles import PARTNER_REPRESENTATIVE
from workflows import retention, schema
from workflows.act_links import ActLinks, Asked, Question
from workflows.instants import to_text
from workflows.retention import Retention

IDS = {"person_id": uuid4(), "stream_id": uuid4(), "territory_id": uuid4(), "partner_id": uuid4()}
DAYS = Retention(requests=30, refusals=180, letters=365)


NO_DIGEST = {
    "digests": (0, False),
    "digest-stops": (0, False),
    "digest-readers": (0, False),
    "column-mappings": (0, False),
}


def at(now: datetime, days: int) -> str:
    return to_text(now - timedelta(days=days))


def answer(engine: Engine, day: date) -> bytes:
    key = uuid4().bytes
    row = {"key": key, "request_hash": bytes(32), "answer": "[]", "day": day}
    with engine.begin() as connection:
        connection.execute(insert(schema.idempotency).values(row))
    return key


def refusal(engine: Engine, recorded_at: str) -> None:
    row = {"id": uuid4(), "recorded_at": recorded_at, "actor_id": str(uuid4()), "command": "c", "rules": "[]"}
    with engine.begin() as connection:
        connection.execute(insert(schema.refusals).values(row))


def letter(engine: Engine, queued_at: str, **ends: str) -> None:
    row = {
        "message_id": uuid4(),
        "person_id": uuid4(),
        "kind": "reminder",
        "about_id": uuid4(),
        "within_id": uuid4(),
        "territory_id": uuid4(),
        "queued_at": queued_at,
        "next_try_at": queued_at,
        "attempts": 1,
        **ends,
    }
    with engine.begin() as connection:
        connection.execute(insert(schema.outbox).values(row))


def test_what_was_kept_long_enough_goes_and_the_rest_stays(
    engine: Engine, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    today = now.date()
    kept = {answer(engine, today - timedelta(days=days)) for days in (0, 30)}
    for days in range(31, 37):
        answer(engine, today - timedelta(days=days))
    for days in (0, 179, 181, 400):
        refusal(engine, at(now, days))
    letter(engine, at(now, 900))  # waits still
    letter(engine, at(now, 900), sent_at=at(now, 300))
    letter(engine, at(now, 900), sent_at=at(now, 366))
    letter(engine, at(now, 900), dead_at=at(now, 366), last_error="smtp-550")
    letter(engine, at(now, 900), withdrawn_at=at(now, 366), withdrawn_for="settled")
    links, asked = ActLinks(engine), Asked(question=Question.MANDATE, role=PARTNER_REPRESENTATIVE, **IDS)
    for days in (40, 394, 396):  # a link opens for thirty days, then it is kept as long as a letter
        links.make(asked, now - timedelta(days=days))
    before = {one.kind: (one.count, one.overdue) for one in DAYS.kept(engine, now)}
    assert before == {
        "requests": (8, True),
        "refusals": (4, True),
        "letters": (5, False),
        **NO_DIGEST,
        "calendars": (0, False),
        "act-links": (3, False),
    }
    assert DAYS.remove_old(engine, now) == 6 + 2 + 3 + 1
    assert DAYS.remove_old(engine, now) == 0
    with engine.connect() as connection:
        assert set(connection.execute(select(schema.idempotency.c.key)).scalars()) == kept
    after = {one.kind: (one.count, one.overdue) for one in DAYS.kept(engine, now)}
    assert after == {
        "requests": (2, False),
        "refusals": (2, False),
        "letters": (2, False),
        **NO_DIGEST,
        "calendars": (0, False),
        "act-links": (2, False),
    }
    oldest = {one.kind: one.oldest.date() for one in DAYS.kept(engine, now) if one.oldest is not None}
    assert oldest["requests"] == today - timedelta(days=30)
    assert oldest["letters"] == today - timedelta(days=900)


def test_nothing_kept_has_no_oldest(engine: Engine, now: datetime) -> None:
    assert {(one.count, one.oldest, one.overdue) for one in DAYS.kept(engine, now)} == {(0, None, False)}


def test_a_digest_and_the_address_that_ends_it_are_kept_as_long_as_letters(engine: Engine, now: datetime) -> None:
    digest = {"person_id": uuid4(), "after_position": 0, "until_position": 1, "listed": "{}"}
    with engine.begin() as connection:
        for days in (0, 364, 368):
            made = {"made_at": at(now, days)}
            connection.execute(insert(schema.digests).values(message_id=uuid4(), **digest, **made))
            stop = {"secret_hash": str(days), "person_id": uuid4()}
            connection.execute(insert(schema.digest_stops).values(**stop, **made))
    kept = {one.kind: (one.count, one.overdue) for one in DAYS.kept(engine, now)}
    assert kept["digests"] == kept["digest-stops"] == (3, True)
    assert DAYS.remove_old(engine, now) == 2


def test_whoever_may_come_in_again_gets_digests_as_often_as_they_chose_and_not_for_ever_once_shut_out(
    engine: Engine, now: datetime
) -> None:
    disabled_since = {"open": None, "closed lately": 300, "closed": 368, "closed and joined": 368, "no account": None}
    ids = {name: uuid4() for name in disabled_since}
    readers = [{"person_id": one, "rhythm": "never", "position": 0, "slot": at(now, 400)} for one in ids.values()]

    def account(person_id: UUID, days: int | None) -> dict[str, object]:
        opened = {"account_id": uuid4(), "login": str(uuid4()), "password_hash": "", "created_at": at(now, 500)}
        return {**opened, "person_id": person_id, "disabled_at": None if days is None else at(now, days)}

    accounts = [account(ids[name], days) for name, days in disabled_since.items() if name != "no account"]
    accounts.append(account(ids["closed and joined"], None))
    with engine.begin() as connection:
        connection.execute(insert(schema.digest_readers), readers)
        connection.execute(insert(schema.accounts), accounts)
    kept = {one.kind: (one.count, one.overdue) for one in DAYS.kept(engine, now)}
    assert kept["digest-readers"] == (5, True)
    assert DAYS.remove_old(engine, now) == 2
    with engine.connect() as connection:
        left = set(connection.execute(select(schema.digest_readers.c.person_id)).scalars())
    assert left == {ids["open"], ids["closed lately"], ids["closed and joined"]}
