"""The vault: what it keeps can be read back, only under its own key, and can be forgotten for good."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from tests.statements import reading_statements
from workflows import statements
from workflows.database import create_database_engine
from workflows.people import Person, PersonAlreadyRegistered, UnknownPerson, Vault
from workflows.schema import metadata, vault_keys
from workflows.schema import people as people_table
from workflows.seals import BrokenSeal, new_key, seal_text, subject_of

SENTENCE = "Mme Lacoste a demandé que la ludothèque reste ouverte le mercredi."


def sealed(engine: Engine, text: str, subject: UUID | None = None) -> str:
    """A token whose key is in the vault, as the codec writes both in one transaction."""
    subject, key = subject or uuid4(), new_key()
    table, row = Vault.key_rows(subject, key)
    with engine.begin() as connection:
        connection.execute(insert(table).values(row))
    return seal_text(text, key, subject)


# --- free texts -------------------------------------------------------------------------------------------------------


def test_a_sealed_text_is_read_back(engine: Engine, vault: Vault) -> None:
    assert vault.open_text(sealed(engine, SENTENCE)) == SENTENCE


def test_a_sealed_text_shows_nothing_of_the_text(engine: Engine) -> None:
    token = sealed(engine, SENTENCE)
    assert token.isascii()
    assert "Lacoste" not in token


def test_sealing_twice_gives_two_tokens() -> None:
    key, subject = new_key(), uuid4()
    assert seal_text(SENTENCE, key, subject) != seal_text(SENTENCE, key, subject)


def test_a_token_names_its_subject() -> None:
    subject = uuid4()
    assert subject_of(seal_text(SENTENCE, new_key(), subject)) == subject


def test_a_text_whose_key_is_destroyed_reads_as_none_and_the_others_are_kept(engine: Engine, vault: Vault) -> None:
    forgotten, kept = sealed(engine, SENTENCE), sealed(engine, "gardé")
    assert vault.destroy_key(subject_of(forgotten))
    assert vault.open_texts([forgotten, kept]) == {forgotten: None, kept: "gardé"}


def test_destroying_a_key_can_be_repeated(engine: Engine, vault: Vault) -> None:
    token = sealed(engine, SENTENCE)
    assert [vault.destroy_key(subject_of(token)) for _ in range(2)] == [True, False]


def test_a_page_of_texts_is_opened_with_one_query(engine: Engine, vault: Vault) -> None:
    tokens = [sealed(engine, f"texte {number}") for number in range(30)]
    with reading_statements(engine) as asked:
        opened = vault.open_texts(tokens)
    assert sorted(text or "" for text in opened.values()) == sorted(f"texte {number}" for number in range(30))
    assert len(asked) == 1


def test_opening_no_text_asks_nothing(vault: Vault) -> None:
    assert vault.open_texts([]) == {}


def test_more_texts_than_one_query_takes(engine: Engine, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "IDS_AT_ONCE", 4)
    tokens = {sealed(engine, f"texte {number}"): f"texte {number}" for number in range(9)}
    assert vault.open_texts(tokens) == tokens


def test_a_text_moved_under_another_subject_is_refused(engine: Engine, vault: Vault) -> None:
    key, mine, other = new_key(), uuid4(), uuid4()
    with engine.begin() as connection:
        for subject in (mine, other):
            connection.execute(insert(vault_keys).values(subject_id=subject, key=key))
    moved = seal_text(SENTENCE, key, mine).replace(mine.hex, other.hex)
    with pytest.raises(BrokenSeal):
        vault.open_text(moved)


def test_an_altered_text_is_refused(engine: Engine, vault: Vault) -> None:
    token = sealed(engine, SENTENCE)
    altered = token[:50] + ("A" if token[50] != "A" else "B") + token[51:]
    with pytest.raises(BrokenSeal):
        vault.open_text(altered)


def test_what_is_no_token_is_refused(engine: Engine, vault: Vault, subtests: pytest.Subtests) -> None:
    with engine.begin() as connection:
        connection.execute(insert(vault_keys).values(subject_id=UUID(int=0), key=new_key()))
    for token in [
        "",
        "texte",
        f"{'0' * 32}.é",
        f"{'0' * 32}.A",
        f"{'z' * 32}.AAAA",
        f"{'0' * 31}.AAAA",
        f"{'0' * 32}.",
    ]:
        with subtests.test(token=token), pytest.raises(BrokenSeal):
            vault.open_text(token)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault.key_rows(uuid4(), b"short")


def test_keys_join_the_transaction_of_the_events(engine: Engine, vault: Vault) -> None:
    subject, key = uuid4(), new_key()
    table, row = Vault.key_rows(subject, key)
    token = seal_text(SENTENCE, key, subject)
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(insert(table).values(row))
        assert vault.open_text(token, connection) == SENTENCE
        transaction.rollback()
    assert vault.open_text(token) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_text_survives_sealing(texts: list[str]) -> None:
    engine = create_database_engine("sqlite://")
    metadata.create_all(engine)
    tokens = [sealed(engine, text) for text in texts]
    opened = Vault(engine).open_texts(tokens)
    engine.dispose()
    assert [opened[token] for token in tokens] == texts


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_person_is_read_back(vault: Vault) -> None:
    person_id = vault.register_person("Zoé d’Artagnan", "zoe@gers.example", "en", "05 62 00 00 00")
    assert vault.person(person_id) == Person(
        person_id=person_id,
        name="Zoé d’Artagnan",
        email="zoe@gers.example",
        language="en",
        phone="05 62 00 00 00",
    )


def test_people_write_french_unless_they_say_so(vault: Vault) -> None:
    person = vault.person(vault.register_person("Zoé", "zoe@gers.example"))
    assert person is not None
    assert (person.language, person.phone) == ("fr", None)


def test_a_person_is_never_printed(vault: Vault) -> None:
    person = vault.person(vault.register_person("Zoé", "zoe@gers.example", phone="0562"))
    assert not any(word in repr(person) for word in ("Zoé", "zoe@", "0562"))


def test_only_known_people_are_given(vault: Vault) -> None:
    zoe, ali = (vault.register_person(name, f"{name}@gers.example") for name in ("zoe", "ali"))
    vault.forget_person(ali)
    assert set(vault.people([zoe, ali, uuid4()])) == {zoe}


def test_changing_keeps_what_is_not_given(vault: Vault) -> None:
    person_id = vault.register_person("Zoé", "zoe@gers.example", "en", "0562")
    changed = vault.change_person(person_id, email="zoe@auch.example", phone="")
    assert changed == vault.person(person_id)
    assert (changed.name, changed.email, changed.language, changed.phone) == ("Zoé", "zoe@auch.example", "en", None)


UNUSABLE = (
    ("", "zoe@gers.example", "fr"),
    ("Zoé\nBcc: x", "zoe@gers.example", "fr"),
    ("Zoé", "zoe", "fr"),
    ("Zoé", "", "fr"),
    ("Zoé", "@gers.example", "fr"),
    ("Zoé", "zoe@", "fr"),
    ("Zoé", "zoé@gers.example", "fr"),
    ("Zoé", "zoe@gérs.example", "fr"),
    ("Zoé", "zoe@gers.example\r\nBcc: all@gers.example", "fr"),
    ("Zoé", "zoe@gers.example, ali@gers.example", "fr"),
    ("Zoé", "zoe@gers.example", "oc"),
)


def test_unusable_people_are_refused(vault: Vault, subtests: pytest.Subtests) -> None:
    for name, email, language in UNUSABLE:
        with (
            subtests.test(name=name, email=email, language=language),
            pytest.raises(ValueError, match=r"a person needs|language"),
        ):
            vault.register_person(name, email, language)


def test_an_id_serves_once_even_after_being_forgotten(vault: Vault) -> None:
    person_id = vault.register_person("Zoé", "zoe@gers.example")
    vault.forget_person(person_id)
    with pytest.raises(PersonAlreadyRegistered):
        vault.register_person("Ali", "ali@gers.example", person_id=person_id)


def test_a_person_joins_the_callers_transaction(engine: Engine, vault: Vault) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        person_id = vault.register_person("Zoé", "zoe@gers.example", connection=connection)
        transaction.rollback()
    assert vault.person(person_id) is None


def test_a_forgotten_person_is_gone_and_cannot_be_changed(vault: Vault) -> None:
    person_id = vault.register_person("Zoé", "zoe@gers.example")
    vault.forget_person(person_id)
    assert vault.person(person_id) is None
    with pytest.raises(UnknownPerson):
        vault.change_person(person_id, name="Ali")


def test_forgetting_can_be_repeated_but_not_invented(vault: Vault) -> None:
    person_id = vault.register_person("Zoé", "zoe@gers.example")
    vault.forget_person(person_id)
    vault.forget_person(person_id)
    with pytest.raises(UnknownPerson):
        vault.forget_person(uuid4())


def test_forgetting_overwrites_what_was_sealed(engine: Engine, vault: Vault) -> None:
    person_id = vault.register_person("Zoé", "zoe@gers.example")
    vault.forget_person(person_id)
    with engine.connect() as connection:
        left = connection.execute(select(people_table.c.sealed)).scalar_one()
        assert connection.execute(select(vault_keys)).all() == []
    assert not any(left)


def test_no_destroyed_key_stays_in_the_files_of_sqlite(engine: Engine, vault: Vault, tmp_path: Path) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("cannot apply: PostgreSQL frees dead rows at VACUUM")
    token, person_id = sealed(engine, SENTENCE), vault.register_person("Zoé", "zoe@gers.example")
    with engine.connect() as connection:
        keys = connection.execute(select(vault_keys.c.key)).scalars().all()
        of_person = connection.execute(select(people_table.c.sealed)).scalar_one()
    secrets = [*keys, of_person]
    assert all(any(secret in file.read_bytes() for file in tmp_path.iterdir()) for secret in secrets)
    vault.destroy_key(subject_of(token))
    vault.forget_person(person_id)
    assert not any(secret in file.read_bytes() for secret in secrets for file in tmp_path.iterdir())


def test_no_copy_of_a_key_is_left_where_sqlite_moved_rows_about(engine: Engine, vault: Vault, tmp_path: Path) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("cannot apply: PostgreSQL frees dead rows at VACUUM")
    keys = {uuid4(): new_key() for _ in range(1500)}
    with engine.begin() as connection:
        for subject, key in keys.items():
            connection.execute(insert(vault_keys).values(subject_id=subject, key=key))
    kept = set(list(keys)[::15])
    with engine.begin() as connection:
        for subject in keys.keys() - kept:
            vault.destroy_key(subject, connection)
    assert vault.flush_traces()
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert {subject for subject, key in keys.items() if key in files} == kept


def test_a_reader_of_the_old_state_delays_the_last_trace_and_is_told(engine: Engine, vault: Vault) -> None:
    if engine.dialect.name != "sqlite":
        assert vault.flush_traces()
        return
    token = sealed(engine, SENTENCE)
    with engine.connect() as reader:
        reader.execute(select(vault_keys)).all()
        with engine.begin() as connection:
            vault.destroy_key(subject_of(token), connection)
        with engine.connect() as impatient:
            impatient.exec_driver_sql("PRAGMA busy_timeout = 50")
        assert not vault.flush_traces()
    assert vault.flush_traces()
