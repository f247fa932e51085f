"""The vault: who people are, and what was written in free text, both forgettable.

Events, answers and summaries hold person ids and sealed tokens only. Each person and each event with prose has a key of
its own (`vault_keys`); destroying it is what forgetting means, and neither the log nor its proofs change. How they seal
is said in `workflows/seals.py`, what else is forgotten with a person in `workflows/forgetting`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.headerregistry import Address
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update

from domain.values import Prose
from workflows.database import inserting
from workflows.schema import instance, vault_keys
from workflows.schema import people as people_table
from workflows.seals import KEY_BYTES, new_key, open_text, parse, seal, seal_text, unseal
from workflows.statements import rows_among
from workflows.texts import LANGUAGES

NAME_MAXIMUM = 150
"""Characters of a person's name."""

EPOCH = "vault-epoch"
"""Under which the table `instance` keeps a mark that changes whenever a name or a key was changed or destroyed."""

_PEOPLE = (
    "SELECT p.person_id, p.sealed, k.key FROM people p JOIN vault_keys k ON k.subject_id = p.person_id"
    " WHERE p.person_id {}"
)
_KEYS = "SELECT subject_id, key FROM vault_keys WHERE subject_id {}"


class UnknownPerson(LookupError):
    """No person was ever registered under this id."""


class PersonAlreadyRegistered(ValueError):
    """The id given for a new person is already someone's, or was someone's before being forgotten."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone the engine may write to. Its printed form shows the id only, so that no log names anybody."""

    person_id: UUID
    name: str = field(repr=False)
    email: str = field(repr=False)
    language: str = "fr"
    phone: str | None = field(default=None, repr=False)


class KeyRing:
    """The keys of the events of one append: an event with texts has one, made when its first text is sealed.

    `vault`: where texts that were sealed before are opened.
    """

    def __init__(self, vault: Vault) -> None:
        self.open = vault.open_texts
        self._keys: dict[UUID, bytes] = {}

    def seal(self, text: str, event_id: UUID) -> str:
        """Seal a text of an event; see `seal_text`."""
        key = self._keys.get(event_id)
        if key is None:
            key = self._keys[event_id] = new_key()
        return seal_text(text, key, event_id)

    def rows(self) -> list[tuple[Table, Mapping[str, object]]]:
        """What to write in the vault, in the transaction that appends the events."""
        return [Vault.key_rows(event_id, key) for event_id, key in self._keys.items()]


class Vault:
    """Opens sealed texts and keeps the people. Every method joins the caller's transaction when given one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # Free texts

    def open_text(self, token: str, connection: Connection | None = None) -> str | None:
        """The text, or None when its key was destroyed (shown as "texte effacé").

        Raises BrokenSeal when the token is not what was sealed.
        """
        return self.open_texts([token], connection)[token]

    def open_texts(self, tokens: Iterable[str], connection: Connection | None = None) -> dict[str, str | None]:
        """Open many texts with one query; None where the key was destroyed. Raises BrokenSeal."""
        parts = {token: parse(token) for token in tokens}
        kept = self.keys({one.subject for one in parts.values()}, connection)
        return {
            token: open_text(one, kept[one.subject]) if one.subject in kept else None for token, one in parts.items()
        }

    def reader(self, texts: Iterable[Prose]) -> Callable[[Prose], str | None]:
        """What reads each of some texts, all opened with one query; None for one that was erased."""
        opened = self.open_texts({one.token for one in texts if one.token is not None})
        return lambda text: opened[text.token] if text.token is not None else text.text

    def destroy_key(self, subject_id: UUID, connection: Connection | None = None) -> bool:
        """Forget for ever what was sealed under this subject. False when there was no key, so it can be repeated."""
        with self._transaction(connection) as own:
            destroyed = _destroy(own, subject_id)
            begin_epoch(own)
        if connection is None:
            self.flush_traces()
        return destroyed

    @staticmethod
    def keep_of_key(connection: Connection, subject_id: UUID, kept: bytes) -> None:
        """Keep of the key of a subject only what opens some of its texts (`seals.without`); b"" destroys it."""
        if not kept:
            _destroy(connection, subject_id)
        else:
            mine = vault_keys.c.subject_id == subject_id
            connection.execute(update(vault_keys).where(mine).values(key=kept))
        begin_epoch(connection)

    @staticmethod
    def key_rows(subject_id: UUID, key: bytes) -> tuple[Table, Mapping[str, object]]:
        """The vault table and the row to insert into it, to be written in the transaction that appends the event."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a vault key is {KEY_BYTES} bytes long")
        return vault_keys, {"subject_id": subject_id, "key": key}

    def own_key(self, subject_id: UUID) -> bytes:
        """The key of a purpose of the engine's own, made by the first who asks, whichever of several processes."""
        asked = select(vault_keys.c.key).where(vault_keys.c.subject_id == subject_id)
        with self._engine.connect() as connection:
            known = connection.execute(asked).scalar()
        if known is not None:
            return bytes(known)
        made = inserting(self._engine, vault_keys).values(subject_id=subject_id, key=new_key()).on_conflict_do_nothing()
        with self._engine.begin() as connection:
            connection.execute(made)
            return bytes(connection.execute(asked).scalar_one())

    # People

    def register_person(
        self,
        name: str,
        email: str,
        language: str = "fr",
        phone: str | None = None,
        person_id: UUID | None = None,
        connection: Connection | None = None,
    ) -> UUID:
        """Keep a new person under a key of their own and give back their id.

        Raises ValueError for an unusable name, address or language, PersonAlreadyRegistered for an id in use.
        """
        person = _usable(Person(person_id=person_id or uuid4(), name=name, email=email, language=language, phone=phone))
        key = new_key()
        table, row = self.key_rows(person.person_id, key)
        with self._transaction(connection) as own:
            taken = select(people_table.c.person_id).where(people_table.c.person_id == person.person_id)
            if own.execute(taken).first() is not None:
                raise PersonAlreadyRegistered(str(person.person_id))
            own.execute(insert(table).values(row))
            own.execute(insert(people_table).values(person_id=person.person_id, sealed=_seal_person(person, key)))
            begin_epoch(own)
        return person.person_id

    def person(self, person_id: UUID, connection: Connection | None = None) -> Person | None:
        """The person, or None when they were forgotten (or never known)."""
        return self.people([person_id], connection).get(person_id)

    def people(self, ids: Iterable[UUID], connection: Connection | None = None) -> dict[UUID, Person]:
        """Those of these people who are known and not forgotten, with one query."""
        with self._reading(connection) as own:
            rows = rows_among(own, _PEOPLE, ids)
            return {person_id: _open_person(person_id, sealed, key) for person_id, sealed, key in rows}

    def everybody(self) -> list[Person]:
        """All the people who are not forgotten, for the operator."""
        with self._engine.connect() as connection:
            ids = connection.execute(select(people_table.c.person_id)).scalars().all()
        return list(self.people(ids).values())

    def change_person(
        self,
        person_id: UUID,
        *,
        name: str | None = None,
        email: str | None = None,
        language: str | None = None,
        phone: str | None = None,
        connection: Connection | None = None,
    ) -> Person:
        """Replace what is given and keep the rest; an empty phone removes it. What it was before is forgotten.

        Raises UnknownPerson for someone never known or forgotten, ValueError for unusable values.
        """
        with self._transaction(connection) as own:
            # The key's row is what everyone locks, so two changes, or a change and a forgetting, wait for each other.
            key = own.execute(
                select(vault_keys.c.key).where(vault_keys.c.subject_id == person_id).with_for_update()
            ).scalar()
            sealed = own.execute(select(people_table.c.sealed).where(people_table.c.person_id == person_id)).scalar()
            if key is None or sealed is None:
                raise UnknownPerson(str(person_id))
            before = _open_person(person_id, sealed, key)
            after = _usable(
                replace(
                    before,
                    name=before.name if name is None else name,
                    email=before.email if email is None else email,
                    language=before.language if language is None else language,
                    phone=before.phone if phone is None else phone or None,
                )
            )
            mine = people_table.c.person_id == person_id
            renewed = new_key()  # whatever copy is left of the former name, nothing opens it
            own.execute(update(vault_keys).where(vault_keys.c.subject_id == person_id).values(key=renewed))
            own.execute(update(people_table).where(mine).values(sealed=_seal_person(after, renewed)))
            begin_epoch(own)
        if connection is None:
            self.flush_traces()
        return after

    def forget_person(self, person_id: UUID, connection: Connection | None = None) -> None:
        """Destroy the person's key and overwrite what it sealed. The id stays, so the log still makes sense.

        May be repeated. Raises UnknownPerson when the id was never anyone's.
        """
        with self._transaction(connection) as own:
            _destroy(own, person_id)
            sealed = own.execute(select(people_table.c.sealed).where(people_table.c.person_id == person_id)).scalar()
            if sealed is None:
                raise UnknownPerson(str(person_id))
            # The same length, so that SQLite writes over the old bytes in place.
            own.execute(
                update(people_table).where(people_table.c.person_id == person_id).values(sealed=bytes(len(sealed)))
            )
            begin_epoch(own)
        if connection is None:
            self.flush_traces()

    def flush_traces(self) -> bool:
        """Make SQLite drop destroyed keys from its write-ahead log; True once none can be left there.

        Done after every destruction the vault commits by itself; a caller that destroys in its own transaction calls
        it after committing. False when a reader still holds the old state: the next call finishes the work.
        PostgreSQL keeps dead rows until VACUUM and its log until archived segments expire, which the operator's guide
        states; there is nothing to do from here.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        # Outside any transaction, which a checkpoint refuses to run in.
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.close()
        finally:
            raw.close()
        return not busy

    def keys(self, subjects: set[UUID], connection: Connection | None = None) -> dict[UUID, bytes]:
        """What is kept of the keys of these subjects; nothing of those that are forgotten whole."""
        if not subjects:
            return {}
        with self._reading(connection) as own:
            return dict(rows_among(own, _KEYS, subjects))

    @contextmanager
    def _transaction(self, connection: Connection | None) -> Iterator[Connection]:
        if connection is not None:
            yield connection
            return
        with self._engine.begin() as own:
            yield own

    @contextmanager
    def _reading(self, connection: Connection | None) -> Iterator[Connection]:
        if connection is not None:
            yield connection
            return
        with self._engine.connect() as own:
            yield own


def _usable(person: Person) -> Person:
    # Checked when written, never when read: a rule tightened later must not make anyone unreadable.
    if person.language not in LANGUAGES:
        raise ValueError("language must be one of " + ", ".join(LANGUAGES))
    if not person.name.strip() or not person.name.isprintable() or len(person.name) > NAME_MAXIMUM:
        raise ValueError("a person needs a name, on one line, that a page can show")
    try:
        # ASCII only, on one line: anything more could not be sent to everywhere, or would write its own mail headers.
        usable = person.email.isascii() and Address(addr_spec=person.email)
    except (ValueError, IndexError, MessageError):
        usable = False
    if not usable:
        raise ValueError("a person needs an e-mail address, and only one")
    return person


def _seal_person(person: Person, key: bytes) -> bytes:
    held = {"name": person.name, "email": person.email, "phone": person.phone, "language": person.language}
    return seal(json.dumps(held, ensure_ascii=False).encode(), key, person.person_id)


def _open_person(person_id: UUID, sealed: bytes, key: bytes) -> Person:
    return Person(person_id=person_id, **json.loads(unseal(sealed, key, person_id)))


def begin_epoch(connection: Connection) -> None:
    """Pages that show a name or a text are to be made again."""
    begun = inserting(connection, instance).values(name=EPOCH, value=uuid4().hex)
    connection.execute(begun.on_conflict_do_update(index_elements=["name"], set_={"value": begun.excluded.value}))


def _destroy(connection: Connection, subject_id: UUID) -> bool:
    # Overwritten before it is deleted: whatever becomes of the freed room, the key is not in it.
    mine = vault_keys.c.subject_id == subject_id
    connection.execute(update(vault_keys).where(mine).values(key=bytes(KEY_BYTES)))
    return connection.execute(delete(vault_keys).where(mine)).rowcount > 0
