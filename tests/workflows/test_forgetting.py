"""A person or a text is forgotten for good: nothing opens it any more, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from domain.values import Evidence, LocalId, Prose, Sha256
from tests.workflows.together import ANYBODY, circumstances, meeting, of, opened
from workflows import schema
from workflows.accounts import Accounts
from workflows.answers import IdempotencyKeyReused
from workflows.api_keys import ApiKeys
from workflows.application import Steering
from workflows.delivery.letters import Letter
from workflows.delivery.outbox import dead_letters, enqueue
from workflows.file_folder import Folder
from workflows.files import Files
from workflows.forgetting import (
    PERSON,
    TEXT,
    Forgetting,
    Forgotten,
    NotAList,
    find_texts,
    from_lines,
    joined,
    texts_of_event,
    to_lines,
)
from workflows.people import EPOCH, UnknownPerson, Vault
from workflows.seals import new_key, open_text, parse, seal_text, text_key, without
from workflows.sessions import Sessions

PASSWORD = "un mot de passe assez long"
TODAY = date(2027, 2, 1)


@pytest.fixture
def forgetting(engine: Engine, vault: Vault, tmp_path: Path) -> Forgetting:
    return Forgetting(engine, vault, Accounts(engine), Files(engine, vault, Folder(tmp_path / "files"), 1 << 20))


def told(engine: Engine) -> tuple[Steering, UUID]:
    """A meeting with two decisions, a reason and a document; the event of the meeting."""
    process = opened(engine)
    two = meeting("m9")
    other = replace(two.decisions[0], decision_id=LocalId("d2"), text=Prose("Mme Lacoste est entendue"))
    proof = Evidence(uuid4(), Sha256("c" * 64), Prose("Lettre de Mme LACOSTE"))
    process.act(
        replace(two, decisions=(*two.decisions, other)),
        reason=Prose("Demandé par Mme Lacosté"),
        evidence=(proof,),
        idempotency_key="the-meeting",
    )
    return process, of(process, two.stream_id)[-3].envelope.event_id


def log_of(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(schema.events).order_by(schema.events.c.position))]


def said(engine: Engine, vault: Vault, event_id: UUID) -> dict[str, str | None]:
    """What the texts of an event say, by field."""
    found = texts_of_event(engine, event_id) or []
    opened_texts = vault.open_texts(one.token for one in found)
    return {one.field: opened_texts[one.token] for one in found}


# --- one text among others --------------------------------------------------------------------------------------------


@given(
    texts=st.lists(st.text(), min_size=1, max_size=6),
    rounds=st.lists(st.sets(st.integers(min_value=0, max_value=5)), max_size=4),
)
def test_any_texts_of_a_subject_are_forgotten_and_the_others_are_read(texts: list[str], rounds: list[set[int]]) -> None:
    key, subject = new_key(), uuid4()
    sealed = [parse(seal_text(one, key, subject)) for one in texts]
    kept, gone = key, set[int]()
    for some in rounds:
        gone |= {one for one in some if one < len(texts)}
        kept = without(kept, {sealed[one].nonce for one in gone}, sealed)
        assert [open_text(one, kept) for one in sealed] == [
            None if place in gone else text for place, text in enumerate(texts)
        ]
        destroyed = [key, *(text_key(sealed[one], key) for one in gone)]
        assert not any(one is None or one in kept for one in destroyed)


def test_one_field_of_an_event_is_forgotten_and_the_log_is_what_it_was(
    engine: Engine, vault: Vault, forgetting: Forgetting
) -> None:
    _, event_id = told(engine)
    before, whole = log_of(engine), said(engine, vault, event_id)
    found = {one.field: one.token for one in texts_of_event(engine, event_id) or ()}
    assert set(found) == {"envelope.reason", "envelope.evidence.0.title"}
    assert forgetting.texts([found["envelope.reason"]], "REQUEST", TODAY) == 1
    assert said(engine, vault, event_id) == whole | {"envelope.reason": None}
    assert log_of(engine) == before
    (listed,) = forgetting.listed()
    assert (listed.subject_id, listed.kind, listed.reason, listed.day) == (event_id, TEXT, "REQUEST", TODAY)
    assert forgetting.texts([found["envelope.reason"]], "REQUEST", TODAY) == 0
    assert forgetting.texts(found.values(), "MISTAKE", TODAY) == 1
    assert set(said(engine, vault, event_id).values()) == {None}
    assert vault.keys({event_id}) == {}


def test_a_text_that_other_events_repeat_is_forgotten_in_all(
    engine: Engine, vault: Vault, forgetting: Forgetting
) -> None:
    process, event_id = told(engine)
    reason = next(one.token for one in texts_of_event(engine, event_id) or () if one.field == "envelope.reason")
    forgetting.texts([reason], "REQUEST", TODAY)
    events = [event for _, event in process.read_events(0, 10_000)]
    citing = [one.envelope.event_id for one in events if one.envelope.reason == Prose(token=reason)]
    assert len(citing) == 3
    assert {said(engine, vault, one)["envelope.reason"] for one in citing} == {None}


def test_texts_are_found_by_a_name_whatever_its_accents(engine: Engine, vault: Vault) -> None:
    told(engine)
    found = {(one.field, text) for one, text in find_texts(engine, vault, ["mme lacosté"])}
    assert found == {
        ("envelope.reason", "Demandé par Mme Lacosté"),
        ("envelope.evidence.0.title", "Lettre de Mme LACOSTE"),
        ("text", "Mme Lacoste est entendue"),
    }
    assert list(find_texts(engine, vault, ["Dupont", " "])) == []


def test_whoever_has_a_guess_of_a_forgotten_text_cannot_try_it(engine: Engine, forgetting: Forgetting) -> None:
    """The hash of the request goes with its texts; the key is spent, and the act is not done twice."""
    process, event_id = told(engine)
    tokens = [one.token for one in texts_of_event(engine, event_id) or ()]
    with engine.connect() as connection:
        hashes = set(connection.execute(select(schema.idempotency.c.request_hash)).scalars())
    forgetting.texts(tokens, "REQUEST", TODAY)
    with engine.connect() as connection:
        gone = hashes - set(connection.execute(select(schema.idempotency.c.request_hash)).scalars())
    assert len(gone) == 1
    length = len(log_of(engine))
    with pytest.raises(IdempotencyKeyReused):
        process.execute(meeting("m10"), circumstances(idempotency_key="the-meeting"))
    assert len(log_of(engine)) == length


def test_another_process_reads_the_text_no_more(engine: Engine, vault: Vault, forgetting: Forgetting) -> None:
    _, event_id = told(engine)
    other = Vault(engine)
    epoch = select(schema.instance.c.value).where(schema.instance.c.name == EPOCH)
    tokens = [one.token for one in texts_of_event(engine, event_id) or ()]
    assert None not in other.open_texts(tokens).values()
    with engine.connect() as connection:
        before = connection.execute(epoch).scalar()
    forgetting.texts(tokens, "REQUEST", TODAY)
    assert set(other.open_texts(tokens).values()) == {None}
    with engine.connect() as connection:
        assert connection.execute(epoch).scalar() != before


# --- a person ---------------------------------------------------------------------------------------------------------


def known(engine: Engine, vault: Vault, now: datetime) -> UUID:
    """Somebody with an account, a session, a letter that waits and a key of theirs."""
    person_id = vault.register_person("Zoé Lacoste", "zoe@gers.example")
    account_id = Accounts(engine).create("zoe.lacoste", person_id, PASSWORD, now, is_administrator=True)
    Sessions(engine).open(account_id, now)
    keys = ApiKeys(engine)
    for label in ("Tableur de ZOÉ LACOSTE", "Suivi de la Caf"):
        keys.issue(label, "AUDITOR", now + timedelta(days=1), now, on_instance=True)
    letter = Letter(
        message_id=uuid4(),
        person_id=person_id,
        kind="reminder",
        about_id=uuid4(),
        within_id=uuid4(),
        territory_id=uuid4(),
    )
    with engine.begin() as connection:
        enqueue(connection, letter, now)
    return person_id


def test_a_forgotten_person_leaves_an_id_and_nothing_else(
    engine: Engine, vault: Vault, forgetting: Forgetting, now: datetime
) -> None:
    person_id = known(engine, vault, now)
    gone = forgetting.person(person_id, "REQUEST", TODAY, now)
    assert (gone.accounts, gone.letters, gone.labels) == (1, 1, 1)
    assert vault.person(person_id) is None
    (account,) = Accounts(engine).of_person(person_id)
    assert account.disabled_at == now
    assert not account.is_administrator
    assert Sessions(engine).sessions(account.account_id, now) == []
    assert dead_letters(engine) == []
    assert {one.label for one in ApiKeys(engine).issued()} == {"", "Suivi de la Caf"}
    (listed,) = forgetting.listed()
    assert (listed.subject_id, listed.part, listed.kind) == (person_id, "", PERSON)
    with engine.connect() as connection:
        everything = [
            str(row).casefold() for table in schema.metadata.sorted_tables for row in connection.execute(select(table))
        ]
    assert not any("lacoste" in row or "zoe" in row for row in everything)
    forgetting.person(person_id, "REQUEST", TODAY, now)
    assert forgetting.listed() == [listed]
    with pytest.raises(UnknownPerson):
        forgetting.person(uuid4(), "REQUEST", TODAY, now)


def test_a_former_name_opens_no_more(engine: Engine, vault: Vault) -> None:
    person_id = vault.register_person("Zoé Lacoste", "zoe@gers.example")
    before = vault.keys({person_id})
    changed = vault.change_person(person_id, name="Zoé Martin")
    assert vault.person(person_id) == changed
    assert vault.keys({person_id}) != before


# --- again after a restoration ----------------------------------------------------------------------------------------


@contextmanager
def put_back(engine: Engine) -> Iterator[None]:
    """What an older backup does to the tables: all of it is as it was at the beginning, whatever happened within."""
    kept = [one for one in schema.metadata.sorted_tables if one.name != "events"]
    with engine.connect() as connection:
        rows = {table.name: connection.execute(select(table)).mappings().all() for table in kept}
    yield
    with engine.begin() as connection:
        for table in reversed(kept):
            connection.execute(table.delete())
        for table in kept:
            if rows[table.name]:
                connection.execute(table.insert(), [dict(row) for row in rows[table.name]])


def test_what_came_back_is_forgotten_again_by_the_list(
    engine: Engine, vault: Vault, forgetting: Forgetting, now: datetime
) -> None:
    _, event_id = told(engine)
    person_id = known(engine, vault, now)
    tokens = {one.field: one.token for one in texts_of_event(engine, event_id) or ()}
    with put_back(engine):
        forgetting.person(person_id, "REQUEST", TODAY, now)
        forgetting.texts([tokens["envelope.reason"]], "MISTAKE", TODAY)
        of_later = Forgotten(
            subject_id=uuid4(), kind=PERSON, reason="REQUEST", day=TODAY, fingerprint="0" * 64
        )  # registered after the backup
        several = from_lines(to_lines(joined(forgetting.listed(), [of_later])))
        assert forgetting.returned() == 0
    assert forgetting.listed() == []
    assert vault.person(person_id) is not None
    assert forgetting.again(several, now) == 2
    assert forgetting.listed() == several
    assert forgetting.returned() == 0
    assert vault.person(person_id) is None
    assert [one.login.startswith("forgotten-") for one in Accounts(engine).of_person(person_id)] == [True]
    assert {field for field, text in said(engine, vault, event_id).items() if text is None} == {"envelope.reason"}
    assert forgetting.again(several, now) == 0


def test_what_came_back_is_counted(engine: Engine, vault: Vault, forgetting: Forgetting, now: datetime) -> None:
    _, event_id = told(engine)
    tokens = [one.token for one in texts_of_event(engine, event_id) or ()]
    with put_back(engine):
        forgetting.texts(tokens, "REQUEST", TODAY)
        several = forgetting.listed()
    forgetting.again([replace(several[0], part="0" * 24)], now)
    with engine.begin() as connection:
        connection.execute(schema.forgotten.insert(), [vars(one) for one in several])
    assert forgetting.returned() == 2


@pytest.mark.parametrize(
    "line",
    [
        "nom",
        "[]",
        "{}",
        json.dumps({"subject_id": "x"}),
        json.dumps(
            {
                "subject_id": str(uuid4()),
                "part": "",
                "kind": "PERSON",
                "reason": "Mme Lacoste",
                "day": "2027-02-01",
                "fingerprint": "0" * 64,
            }
        ),
    ],
)
def test_what_is_no_list_is_said_by_its_line(line: str) -> None:
    with pytest.raises(NotAList) as wrong:
        from_lines(f"\n{line}\n")
    assert wrong.value.line == 2


def test_nobody_else_is_touched(engine: Engine, vault: Vault, forgetting: Forgetting, now: datetime) -> None:
    person_id, other = known(engine, vault, now), vault.register_person("Ali", "ali@gers.example")
    account_id = Accounts(engine).create("ali", other, PASSWORD, now)
    opened_session = Sessions(engine).open(account_id, now)
    forgetting.person(person_id, "REQUEST", TODAY, now)
    assert Sessions(engine).find(opened_session.token, now) is not None
    assert [one.person_id for one in vault.everybody()] == [other]
    assert ANYBODY.actor_id not in {one.subject_id for one in forgetting.listed()}
