"""The demonstration's own store: told once into a file, kept with what visitors did, told again when asked.

The story is told into a file beside and put in its place at the end: a telling that is killed leaves nothing that could
be taken for a demonstration. The file is never the one of CTG_DATABASE_URL.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Final

from ctg_engine.bootstrap import CLOCK_OFFSET, DEMONSTRATION, House, make_store, opened, prepare
from ctg_engine.clock import SetClock, SystemClock
from ctg_engine.demo.references import CAF, FRAMEWORK_ID, partner_of
from ctg_engine.demo.story import ACCOUNTS, DEMO_NOW, DEMO_PASSWORD, KEY_LASTS, DemoAccount, tell
from ctg_engine.faults import BadInput, cannot_write
from ctg_engine.ownership import is_foreign
from ctg_engine.places import store_exists
from ctg_engine.settings import Settings, read_settings
from domain.roles import PARTNER_REPRESENTATIVE
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.instance import instance_facts, remember
from workflows.security import untold

NAMED: Final = "--file"
"""The option that names the file of a demonstration."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a visitor is given."""

    file: Path
    today: date
    accounts: tuple[DemoAccount, ...]
    password: str
    token: str


def demonstration_settings(file: Path, host: str, port: int) -> Settings:
    """The settings of a demonstration: those of the environment, but its own file, with its papers beside it, its own
    address, and no mail server."""
    own = {"database_url": f"sqlite:///{file}", "files_folder": "", "base_url": "", "https": False, "smtp_host": ""}
    return read_settings(**own, host=host, port=port)


class Demonstration:
    """One demonstration, in one file."""

    def __init__(self, settings: Settings) -> None:
        assert settings.sqlite_path is not None, "a demonstration is a file"
        self.settings = settings
        self.file = settings.sqlite_path
        self._key_file = self._sibling(".key")

    @contextmanager
    def reserved(self) -> Iterator[Demonstration]:
        """Alone on the file, so that it is not told again under a process that serves it. Raises `BadInput`."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            lock = self._sibling(".lock").open("w")
        except OSError as error:
            raise cannot_write(self.file, error) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BadInput("error.demonstration-in-use", file=str(self.file)) from None
            yield self

    def must_be_told(self, *, fresh: bool) -> bool:
        """Whether there is nothing to visit yet, or something else is wanted.

        Raises `BadInput` for a file that is something else than a demonstration: it is never written over.
        """
        if not store_exists(self.settings, NAMED) or self.file.stat().st_size == 0:
            return True
        engine = create_database_engine(self.settings.database_url)
        try:
            told = not is_foreign(engine) and DEMONSTRATION in instance_facts(engine)
        finally:
            engine.dispose()
        if not told:
            raise BadInput("error.not-a-demonstration", file=str(self.file))
        return fresh

    def tell(self) -> None:
        """Tell the whole story in a new file, then put it in its place."""
        telling = self._sibling(".telling")
        for suffix in ("", "-wal", "-shm"):
            self._sibling(".telling" + suffix).unlink(missing_ok=True)
        papers, place = self._sibling(".telling.files"), self._sibling(".files")
        rmtree(papers, ignore_errors=True)
        settings = self.settings.model_copy(update={"database_url": f"sqlite:///{telling}"})
        make_store(settings)  # and nothing more: the story publishes its method on a day of its own
        clock = SetClock(DEMO_NOW)
        with opened(settings, clock) as house, untold():
            told = tell(
                house.services(), clock, lambda _: sweep(house.steering, house.summaries, clock, house.holidays)
            )
            offset = DEMO_NOW - SystemClock().now()
            remember(house.engine, **{DEMONSTRATION: "yes", CLOCK_OFFSET: str(offset.total_seconds())})
        # What is left of a file that stood there before must not be read into the new one.
        for suffix in ("-wal", "-shm"):
            self._sibling(suffix).unlink(missing_ok=True)
        self._keep_token(told.api_key)
        rmtree(place, ignore_errors=True)
        papers.replace(place)
        telling.replace(self.file)

    def visit(self) -> Visit:
        """What the visitor is given; the key is the one given before, as long as it opens something."""
        prepare(self.settings)
        with opened(self.settings) as house:
            return Visit(
                file=self.file,
                today=house.clock.today(),
                accounts=ACCOUNTS,
                password=DEMO_PASSWORD,
                token=self._working_token(house),
            )

    def _working_token(self, house: House) -> str:
        if self._key_file.exists():
            token = self._key_file.read_text(encoding="ascii", errors="replace").strip()
            if house.api_keys.authenticate(token, house.clock.now()) is not None:
                return token
        now = house.clock.now()
        issued = house.api_keys.issue(
            "Caf du Gers",
            PARTNER_REPRESENTATIVE,
            now + KEY_LASTS,
            now,
            partner_id=partner_of(CAF),
            framework_id=FRAMEWORK_ID,
        )
        self._keep_token(issued.token)
        return issued.token

    def _keep_token(self, token: str) -> None:
        """In a file of its owner's alone: the store has only what recognises it."""
        beside = self._key_file.with_name(self._key_file.name + ".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(token + "\n")
        beside.replace(self._key_file)

    def _sibling(self, suffix: str) -> Path:
        return self.file.with_name(self.file.name + suffix)
