"""How a command speaks and fails: words from the catalogues, results on standard output, faults on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import typer

from ctg_engine.bootstrap import House, opened
from ctg_engine.faults import BadInput, Failed
from ctg_engine.logs import write_security_files
from ctg_engine.places import SETTING, at_store, store_exists
from ctg_engine.security_files import files_of
from ctg_engine.settings import Settings, read_settings
from workflows.texts import Texts


class Voice:
    """Says things in the language of the command line."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def say(self, key: str, **parameters: object) -> None:
        """A sentence of the catalogues, under `cli.`, on standard output."""
        typer.echo(self.texts.t(f"cli.{key}", **parameters))

    def count(self, key: str, count: int, **parameters: object) -> None:
        """A sentence of the catalogues that tells how many, as `{count}`, on standard output."""
        typer.echo(self.texts.t_plural(f"cli.{key}", count, **parameters))

    def line(self, text: str = "") -> None:
        """A line as it is."""
        typer.echo(text)


def voice_of(context: typer.Context) -> Voice:
    """The voice that `ctg_engine.cli` gave to this run."""
    voice = context.find_root().obj
    assert isinstance(voice, Voice)
    return voice


@contextmanager
def open_house(settings: Settings | None = None, named: str = SETTING, *, believed: bool = True) -> Iterator[House]:
    """The house on the store of the settings, which must exist; `named` is the setting or option that names it.

    With `believed`, for all that may write something dated, raises `ClockInDoubt` where the clock is not believed.
    """
    settings = settings or read_settings()
    if not store_exists(settings, named):
        # Opening it would create an empty file beside the mistyped one.
        raise Failed("error.no-store", path=str(settings.sqlite_path), named=named)
    keep_security_journal(settings)
    with at_store(settings, named), opened(settings) as house:
        if believed:
            house.watch.require(house.clock.now())
        yield house


def tell_doubt(voice: Voice, house: House) -> None:
    """Say that the clock is not believed, and what to do, where that is so."""
    if (gap := house.watch.doubt(house.clock.now())) is not None:
        voice.say(f"doctor.clock.{gap.direction}", **gap.told)


def keep_security_journal(settings: Settings) -> None:
    """Write the security journal where the settings say. Raises `BadInput` where nothing can be written."""
    files = files_of(settings)
    if files is not None:
        write_security_files(files)


def whole_number(text: str, option: str, least: int, most: int) -> int:
    """A number of the command line. Raises `BadInput`."""
    if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
        raise BadInput("error.not-a-number", option=option, value=text, least=str(least), most=str(most))
    return int(text)


def civil_day(text: str, option: str) -> date:
    """A date of the command line, ISO 8601. Raises `BadInput`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("error.not-a-date", option=option, value=text) from None


def known_id(text: str, option: str) -> UUID:
    """An id of the command line. Raises `BadInput`."""
    try:
        return UUID(text)
    except ValueError:
        raise BadInput("error.not-an-id", option=option, value=text) from None
