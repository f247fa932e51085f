"""The acts of forgetting. Each is one transaction, may be repeated, and is written in the list to forget again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine, func, or_, select, update

from workflows.accounts import Accounts
from workflows.api_keys import ApiKeys
from workflows.delivery.outbox import letters_waiting_for
from workflows.files import Files, NoSuchFile
from workflows.forgetting.finding import SaidText, batches, tokens_under
from workflows.forgetting.listing import FILE, PERSON, TEXT, Forgotten, add, fingerprint, listed
from workflows.people import UnknownPerson, Vault
from workflows.schema import forgotten, idempotency, people, vault_keys
from workflows.seals import KEY_BYTES, Sealed, parse, text_key, without
from workflows.tables.repeating import SEALED

_AT_ONCE: Final = 50

_NO_REQUEST: Final = bytes(32)
"""In the place of the hash of a request: no request has it, and its key serves no other."""


@dataclass(frozen=True, kw_only=True)
class PersonForgotten:
    """What went with a person: accounts and their sessions, letters that waited, labels of keys that named them."""

    accounts: int
    letters: int
    labels: int


class Forgetting:
    """Forgets people, texts and files of one instance."""

    def __init__(self, engine: Engine, vault: Vault, accounts: Accounts, files: Files) -> None:
        self._engine = engine
        self._vault = vault
        self._accounts = accounts
        self._files = files

    def person(self, person_id: UUID, reason: str, today: date, now: datetime) -> PersonForgotten:
        """Forget who someone is: name, address, accounts, sessions, waiting letters. Their id stays, and names nobody.

        Raises UnknownPerson when the id was never anyone's.
        """
        with self._engine.begin() as connection:
            return self._forget_person(connection, person_id, reason, today, now)

    def texts(self, tokens: Iterable[str], reason: str, today: date) -> int:
        """Forget texts of the log, by their seals; how many were there to forget. Raises BrokenSeal."""
        wanted: defaultdict[UUID, set[bytes]] = defaultdict(set)
        for one in map(parse, tokens):
            wanted[one.subject].add(one.nonce)
        under = tokens_under(self._engine, wanted)
        gone = 0
        with self._engine.begin() as connection:
            for subject, nonces in wanted.items():
                destroyed = self._destroy_texts(connection, subject, nonces, under[subject])
                add(connection, [_of_text(subject, nonce, key, reason, today) for nonce, key in destroyed.items()])
                gone += len(destroyed)
        return gone

    def file(self, sha256: str, reason: str, today: date) -> bool:
        """Erase what a kept file says; the facts that cite it keep its fingerprint. False when it was erased before.

        Raises `NoSuchFile` when none of this fingerprint was ever kept.
        """
        with self._engine.begin() as connection:
            key_id = self._files.key_of(sha256, connection)
            if key_id is None:
                raise NoSuchFile(sha256)
            stored = self._erase_file(connection, key_id, reason, today)
        if stored:
            self._files.folder.remove(stored)
        return bool(stored)

    def listed(self) -> list[Forgotten]:
        """All that was forgotten here, the oldest first."""
        with self._engine.connect() as connection:
            return listed(connection)

    def returned(self) -> int:
        """How many that were forgotten can be read again: a backup of before brought their keys back."""
        back = select(forgotten, vault_keys.c.key).join(vault_keys, vault_keys.c.subject_id == forgotten.c.subject_id)
        with self._engine.connect() as connection:
            return sum(_opens(row.part, row.key) for row in connection.execute(back))

    def again(self, several: Sequence[Forgotten], now: datetime) -> int:
        """Forget again what is on a list and can be read here; how many that was. The list becomes a part of ours."""
        known = self._here({one.subject_id for one in several})
        back = [one for one in several if _opens(one.part, known.get(one.subject_id, b""))]
        by_subject: defaultdict[UUID, list[Forgotten]] = defaultdict(list)
        for one in back:
            by_subject[one.subject_id].append(one)
        under = tokens_under(self._engine, {one.subject_id for one in back if one.kind == TEXT})
        erased = []
        with self._engine.begin() as connection:
            add(connection, several)
            for subject, ones in by_subject.items():
                if ones[0].kind == PERSON:
                    self._forget_person(connection, subject, ones[0].reason, ones[0].day, now)
                elif ones[0].kind == FILE:
                    erased.append(self._erase_file(connection, subject, ones[0].reason, ones[0].day))
                else:
                    nonces = {bytes.fromhex(one.part) for one in ones}
                    self._destroy_texts(connection, subject, nonces, under[subject])
        for stored in filter(None, erased):
            self._files.folder.remove(stored)
        return len(back)

    # --- within one transaction ---------------------------------------------------------------------------------------

    def _forget_person(
        self, connection: Connection, person_id: UUID, reason: str, today: date, now: datetime
    ) -> PersonForgotten:
        key = self._vault.keys({person_id}, connection).get(person_id)
        person = self._vault.person(person_id, connection)
        if person is None and connection.execute(select(people).where(people.c.person_id == person_id)).first() is None:
            raise UnknownPerson(str(person_id))
        self._vault.forget_person(person_id, connection)
        logins = self._accounts.forget_person(connection, person_id, now)
        names = (person.name, person.email, *logins) if person is not None else ()
        if key is not None:
            made = fingerprint(key)
            add(connection, [Forgotten(subject_id=person_id, kind=PERSON, reason=reason, day=today, fingerprint=made)])
        return PersonForgotten(
            accounts=len(logins),
            letters=letters_waiting_for(connection, person_id),
            labels=ApiKeys.forget_names(connection, names),
        )

    def _destroy_texts(
        self, connection: Connection, subject: UUID, nonces: Collection[bytes], under: Collection[SaidText]
    ) -> dict[bytes, bytes]:
        """Destroy the keys of some texts of a subject, `under` being all of its texts; the keys, by their nonces."""
        mine = vault_keys.c.subject_id == subject
        kept = connection.execute(select(vault_keys.c.key).where(mine).with_for_update()).scalar()
        if kept is None:
            return {}
        said = {parse(one.token) for one in under}
        destroyed = {one.nonce: key for one in said if one.nonce in nonces and (key := text_key(one, kept)) is not None}
        self._vault.keep_of_key(connection, subject, without(kept, destroyed, said))
        citing = {one.event_id for one in under if parse(one.token).nonce in destroyed}
        for some in batches(citing, _AT_ONCE):
            # What was asked is made of clear texts: its hash would tell whoever has a guess that it is right.
            answers = or_(*(idempotency.c.answer.like(f"%{event_id}%") for event_id in some))
            connection.execute(update(idempotency).where(answers).values(request_hash=_NO_REQUEST))
            whole = idempotency.c.answer.like(f'{{"{SEALED}%')  # it tells what every row of a table said
            connection.execute(update(idempotency).where(answers, whole).values(answer=""))
        return destroyed

    def _erase_file(self, connection: Connection, key_id: UUID, reason: str, day: date) -> str:
        """Destroy the key of a file; the name of what is left to remove, empty when it was erased before."""
        key = self._vault.keys({key_id}, connection).get(key_id)
        if key is None:
            return ""
        self._vault.keep_of_key(connection, key_id, b"")
        made = fingerprint(key)
        add(connection, [Forgotten(subject_id=key_id, kind=FILE, reason=reason, day=day, fingerprint=made)])
        return self._files.erase(connection, key_id, day)

    def _here(self, subjects: set[UUID]) -> dict[UUID, bytes]:
        return self._vault.keys(subjects)


def count_forgotten(engine: Engine) -> int:
    """How many people and texts were forgotten."""
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(forgotten)).scalar_one()


def _opens(part: str, kept: bytes) -> bool:
    """Whether what is kept of a key still opens a person (no part) or a text (by its nonce)."""
    if not part:
        return len(kept) == KEY_BYTES
    return bool(kept) and text_key(Sealed(UUID(int=0), bytes.fromhex(part)), kept) is not None


def _of_text(subject: UUID, nonce: bytes, key: bytes, reason: str, day: date) -> Forgotten:
    made = fingerprint(key)
    return Forgotten(subject_id=subject, part=nonce.hex(), kind=TEXT, reason=reason, day=day, fingerprint=made)
