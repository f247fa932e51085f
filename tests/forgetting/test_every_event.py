"""A name in each free text of each event that exists: after forgetting, no file holds it nor what opens it."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select

from ctg_engine.clock import SystemClock
from domain.kernel import EVENTS, Event
from domain.values import Prose
from tests.clearing import cleared
from tests.forgetting.canaries import STEM, holding, naming, places, planted
from tests.forgetting.conftest import Place
from tests.samples.make import path_of
from workflows import codec, schema
from workflows.accounts import Accounts
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.file_folder import Folder
from workflows.files import Files
from workflows.forgetting import Forgetting, find_texts
from workflows.migrating import migrate
from workflows.people import Vault
from workflows.seals import parse, text_key


def named(topic: str) -> Event:
    """An event as its sample has it, on a stream of its own, with a name in each text."""
    sample = json.loads(path_of(EVENTS[topic]).read_text(encoding="utf-8"))
    sample["envelope"]["event_id"] = str(uuid4())
    event = codec.decode(topic, uuid4(), 1, json.dumps(sample))
    return planted(event, type(event))  # type: ignore[no-any-return]


def sample(engine: Engine) -> None:
    """Let PostgreSQL take the samples of every column that it takes by itself, some minute or other."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def keys_of(engine: Engine) -> dict[UUID, bytes]:
    with engine.connect() as connection:
        return {row.subject_id: row.key for row in connection.execute(select(schema.vault_keys))}


@pytest.mark.timeout(300)
def test_no_text_of_any_event_is_left_once_forgotten(place: Place) -> None:
    engine = create_database_engine(place.url)
    migrate(engine)
    vault, steering = Vault(engine), Steering(engine)
    events = [named(topic) for topic in EVENTS]
    texts = sum(len(list(places(type(event), (Prose,)))) for event in events)
    for event in events:
        steering.events.put([event])
    found = list(find_texts(engine, vault, [STEM]))
    assert len(found) == texts > 2 * len(EVENTS)
    keys = keys_of(engine)
    own = [key for said, _ in found if (key := text_key(parse(said.token), keys[said.event_id])) is not None]
    sample(engine)
    before = holding(place.files(), keys.values())
    assert sum(before.values()) >= len(keys) == len(EVENTS)

    forgetting = Forgetting(engine, vault, Accounts(engine), Files(engine, vault, Folder(Path()), 1))
    kept = {said.event_id: said.token for said, _ in found}  # the last text of each event, for a while
    first = [said.token for said, _ in found if said.token not in kept.values()]
    assert forgetting.texts(first, "REQUEST", SystemClock().today()) == len(first) == texts - len(EVENTS)
    assert cleared(engine, vault) == ()
    assert all(text is not None for text in vault.open_texts(kept.values()).values())
    assert set(vault.open_texts(first).values()) == {None}
    assert holding(place.files(), keys.values()) == {}, "what opens the last text opens no other"
    forgetting.texts(kept.values(), "REQUEST", SystemClock().today())
    assert cleared(engine, vault) == ()
    assert keys_of(engine) == {}
    files = place.files()
    assert (naming(files), holding(files, [*keys.values(), *own])) == ({}, {})
    assert list(find_texts(engine, vault, [STEM])) == []
    assert len(steering.read_events(0, 10_000)) == len(EVENTS)
    engine.dispose()
