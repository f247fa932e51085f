"""Files kept as evidence: known by the sha256 of what they say, sealed under a key each, stored outside the log.

A fact cites a fingerprint; that a file with this fingerprint is kept is not a fact. The same bytes given twice are one
file. Whoever gives it says where it belongs (`place_id`: a territory, a framework, or nothing in particular): only who
may read what is recorded there may open it. Destroying its key in the vault erases it everywhere, copies of the folder
included; the fact and its fingerprint stay.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select, update

from domain.values import Sha256
from workflows.accepted_files import FileKind, FileRefused, kind_of
from workflows.accepted_files.kinds import ERASED, KINDS, OTHER_FINGERPRINT, TOO_LARGE
from workflows.database import inserting
from workflows.file_folder import FileLost, Folder
from workflows.instants import to_text
from workflows.people import Vault, begin_epoch
from workflows.schema import events, file_places, files, vault_keys
from workflows.seals import BrokenSeal, new_key, seal, unseal

COMMON: Final = UUID(int=0)
"""The place of what belongs to no territory and no framework: a partner of the register, a method."""

LONGEST_NAME: Final = 120
"""Characters of a name that is kept."""

_AT_ONCE: Final = 100
"""Files that one look at the log searches for."""

_KIND_OF: Final = {kind.media_type: kind for kind in KINDS}


class NoSuchFile(LookupError):
    """No file with this fingerprint is kept, or none for whoever asks."""


@dataclass(frozen=True)
class KeptFile:
    """A file that is kept."""

    sha256: Sha256
    size: int
    kind: FileKind


@dataclass(frozen=True)
class OpenedFile:
    """What a kept file says, and the name that it was given; `name` has no ending."""

    kind: FileKind
    name: str
    data: bytes


@dataclass(frozen=True)
class Health:
    """How the files fare: how many are kept and erased, how many of the kept are lost or altered."""

    kept: int
    bytes: int
    erased: int
    lost: int


class Files:
    """The files of one instance. `largest`: how many bytes one may have."""

    def __init__(self, engine: Engine, vault: Vault, folder: Folder, largest: int) -> None:
        self._engine = engine
        self._vault = vault
        self.folder = folder
        self.largest = largest

    # --- giving -------------------------------------------------------------------------------------------------------

    def keep(self, data: bytes, name: str, place_id: UUID, now: datetime, said: str | None = None) -> KeptFile:
        """Keep a file, for good once something cites it. `said`: the fingerprint that the giver counts on.

        May be repeated. Raises `FileRefused`, `CannotKeep` and `DatabaseUnavailable`; nothing is kept then.
        """
        if len(data) > self.largest:
            raise FileRefused(TOO_LARGE)
        sha256 = Sha256(hashlib.sha256(data).hexdigest())
        if said is not None and said != sha256:
            raise FileRefused(OTHER_FINGERPRINT)
        kind = kind_of(data)
        while not self._given_again(sha256, data, name, place_id, now):
            self._store(sha256, data, kind, now)
        return KeptFile(sha256, len(data), kind)

    def _given_again(self, sha256: Sha256, data: bytes, name: str, place_id: UUID, now: datetime) -> bool:
        """Note where a file belongs that is kept already; False when it is not. What the folder lost is stored anew."""
        with self._engine.connect() as connection:
            known = connection.execute(select(files).where(files.c.sha256 == sha256)).first()
        if known is None:
            return False
        key = self._vault.keys({known.key_id}).get(known.key_id)
        if known.erased_on is not None or key is None:
            raise FileRefused(ERASED)
        stored = known.stored
        if not self.folder.is_whole(stored):
            stored = self.folder.write(seal(data, key, known.key_id))
        mine = (files.c.sha256 == sha256, files.c.erased_on.is_(None))
        sealed = seal(_tidied(name).encode(), key, known.key_id)
        place = {"sha256": sha256, "place_id": place_id, "sealed_name": sealed}
        with self._engine.begin() as connection:
            if not connection.execute(update(files).where(*mine).values(stored=stored, given_at=to_text(now))).rowcount:
                return False
            noted = inserting(connection, file_places).values(place).on_conflict_do_nothing()
            if connection.execute(noted.returning(file_places.c.sha256)).first() is not None:
                begin_epoch(connection)  # pages that cite it show it from now on
        return True

    def _store(self, sha256: Sha256, data: bytes, kind: FileKind, now: datetime) -> None:
        key_id, key = uuid4(), new_key()
        stored = self.folder.write(seal(data, key, key_id))
        row = {
            "sha256": sha256,
            "key_id": key_id,
            "stored": stored,
            "size": len(data),
            "media_type": kind.media_type,
            "given_at": to_text(now),
        }
        table, key_row = Vault.key_rows(key_id, key)
        with self._engine.begin() as connection:
            made = inserting(connection, files).values(row).on_conflict_do_nothing().returning(files.c.sha256)
            is_first = connection.execute(made).first() is not None
            if is_first:
                connection.execute(insert(table).values(key_row))
        if not is_first:
            self.folder.remove(stored)  # somebody gave the same at the same time

    # --- opening ------------------------------------------------------------------------------------------------------

    def places(self, sha256: str) -> dict[UUID, bytes]:
        """Where a file belongs, each with the sealed name that it was given there."""
        asked = select(file_places.c.place_id, file_places.c.sealed_name).where(file_places.c.sha256 == sha256)
        with self._engine.connect() as connection:
            return {one.place_id: one.sealed_name for one in connection.execute(asked)}

    def belongs_too(self, sha256: str, place_id: UUID, others: Iterable[UUID]) -> None:
        """Note that a file of one place belongs to others as well, under the same name. May be repeated."""
        with self._engine.begin() as connection:
            mine = (file_places.c.sha256 == sha256, file_places.c.place_id == place_id)
            name = connection.execute(select(file_places.c.sealed_name).where(*mine)).scalar()
            for other in others if name is not None else ():
                place = {"sha256": sha256, "place_id": other, "sealed_name": name}
                noted = inserting(connection, file_places).values(place).on_conflict_do_nothing()
                if connection.execute(noted.returning(file_places.c.sha256)).first() is not None:
                    begin_epoch(connection)

    def open(self, sha256: str, sealed_name: bytes) -> OpenedFile:
        """A file that is kept, with the name that it was given. Raises `NoSuchFile` and `FileLost`."""
        with self._engine.connect() as connection:
            known = connection.execute(
                select(files, vault_keys.c.key)
                .join(vault_keys, vault_keys.c.subject_id == files.c.key_id)
                .where(files.c.sha256 == sha256, files.c.erased_on.is_(None))
            ).first()
        if known is None:
            raise NoSuchFile(sha256)
        try:
            data = unseal(self.folder.read(known.stored), known.key, known.key_id)
            name = unseal(sealed_name, known.key, known.key_id).decode()
        except BrokenSeal as error:
            raise FileLost(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileLost(sha256)
        return OpenedFile(_KIND_OF[known.media_type], name, data)

    def kept_at(self, place_ids: Iterable[UUID], connection: Connection) -> dict[str, date | None]:
        """The fingerprints of the files that belong to some places; the day of those that were erased."""
        asked = (
            select(files.c.sha256, files.c.erased_on)
            .join(file_places, file_places.c.sha256 == files.c.sha256)
            .where(file_places.c.place_id.in_(list(place_ids)))
        )
        return {one.sha256: one.erased_on for one in connection.execute(asked)}

    # --- erasing ------------------------------------------------------------------------------------------------------

    @staticmethod
    def erase(connection: Connection, key_id: UUID, day: date) -> str:
        """Erase a file by its key, in the transaction that destroys it; the name under which it is stored."""
        mine = files.c.key_id == key_id
        stored = connection.execute(select(files.c.stored).where(mine)).scalar_one()
        connection.execute(update(files).where(mine).values(stored="", erased_on=day))
        return str(stored)

    def key_of(self, sha256: str, connection: Connection) -> UUID | None:
        """The subject in the vault whose key opens a file, None when no file has this fingerprint."""
        return connection.execute(select(files.c.key_id).where(files.c.sha256 == sha256)).scalar()

    def remove_uncited(self, now: datetime, days: int) -> int:
        """Take away what was given long ago and no fact cites; how many. What is cited is never looked for again.

        An act that cites such a file while it is taken away records its fingerprint all the same, as any act may.
        """
        limit, gone = to_text(now - timedelta(days=days)), 0
        old = (files.c.is_cited.is_(False), files.c.erased_on.is_(None), files.c.given_at < limit)
        after = ""
        while True:
            with self._engine.connect() as connection:
                asked = select(files.c.sha256).where(*old, files.c.sha256 > after).order_by(files.c.sha256)
                some = connection.execute(asked.limit(_AT_ONCE)).scalars().all()
                cited = _cited_among(some, connection)
            if not some:
                break
            after = some[-1]
            for sha256 in set(some) - cited:
                gone += self._remove(sha256, limit)
            if cited:
                with self._engine.begin() as connection:
                    connection.execute(update(files).where(files.c.sha256.in_(cited)).values(is_cited=True))
        self.folder.remove_left()
        return gone

    def _remove(self, sha256: str, limit: str) -> bool:
        with self._engine.begin() as connection:
            mine = (files.c.sha256 == sha256, files.c.is_cited.is_(False), files.c.given_at < limit)
            known = connection.execute(select(files).where(*mine).with_for_update()).first()
            if known is None:
                return False
            Vault.keep_of_key(connection, known.key_id, b"")
            connection.execute(delete(file_places).where(file_places.c.sha256 == sha256))
            connection.execute(delete(files).where(files.c.sha256 == sha256))
        self.folder.remove(known.stored)
        return True

    # --- health -------------------------------------------------------------------------------------------------------

    def stored(self, connection: Connection | None = None) -> list[str]:
        """The names of the stored files of all that is kept."""
        asked = select(files.c.stored).where(files.c.erased_on.is_(None)).order_by(files.c.stored)
        if connection is not None:
            return list(connection.execute(asked).scalars())
        with self._engine.connect() as own:
            return list(own.execute(asked).scalars())

    def health(self) -> Health:
        """Whether all that is kept is there and unchanged: every file is read."""
        with self._engine.connect() as connection:
            kept, size = connection.execute(
                select(func.count(), func.coalesce(func.sum(files.c.size), 0)).where(files.c.erased_on.is_(None))
            ).one()
            erased = connection.execute(
                select(func.count()).select_from(files).where(files.c.erased_on.is_not(None))
            ).scalar_one()
            names = self.stored(connection)
        return Health(kept, size, erased, sum(not self.folder.is_whole(one) for one in names))


def _cited_among(some: Collection[str], connection: Connection) -> set[str]:
    """Which of these fingerprints some event says: the whole log is gone through once for all of them."""
    if not some:
        return set()
    asked = select(events.c.state).where(or_(*(events.c.state.like(f'%"{one}"%') for one in some)))
    left, found = set(some), set()
    with connection.execute(asked.execution_options(yield_per=500)) as rows:
        for (state,) in rows:
            found |= {one for one in left if one in state}
            left -= found
    return found


def _tidied(name: str) -> str:
    """The name of a file as it may be given to anybody: no folder, no ending, no sign that hides or turns others."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    stem, dot, ending = " ".join(seen.split()).strip(" .").rpartition(".")
    known = stem if dot and ending.casefold() in {*(kind.ending for kind in KINDS), "jpeg"} else f"{stem}{dot}{ending}"
    return known.strip(" .")[:LONGEST_NAME]
