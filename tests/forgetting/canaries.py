"""Invented names put wherever people type, and looked for in the bytes of files."""

from __future__ import annotations

import base64
import dataclasses
import itertools
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from domain.kernel import Command, Context
from domain.method import MethodProfile
from domain.values import Code, Evidence, LocalId, Prose, PublicName, Sha256
from workflows.answers import Answer
from workflows.application import Steering

STEM: Final = "zorglub"
"""In every invented name, and in nothing else."""

TYPED: Final = (Code, LocalId, PublicName, Sha256)
"""What a command says in clear: the forms of these are checked, so that a name does not pass for one."""

_number = itertools.count(1)


def name() -> str:
    """A new name, with what trips up encodings."""
    return f"Élodie O’Zorglub-{next(_number):04}"


def planted(value: Any, hint: Any) -> Any:
    """The value with a name in each of its free texts, and one more where none need be given."""
    arguments = typing.get_args(hint)
    if hint is Prose:
        return Prose(f"Vu avec {name()}")
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        if value is None:
            return planted(value, Prose) if Prose in arguments else None
        return planted(value, next((one for one in arguments if one is not types.NoneType), Any))
    if typing.get_origin(hint) is tuple and arguments[-1] is Ellipsis:
        if arguments[0] is Prose:
            return tuple(planted(one, Prose) for one in value or (None,))
        return tuple(planted(one, arguments[0]) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = typing.get_type_hints(type(value))
        changed = {one.name: planted(getattr(value, one.name), hints[one.name]) for one in dataclasses.fields(value)}
        copy = object.__new__(type(value))
        for name_of_field, one in changed.items():
            object.__setattr__(copy, name_of_field, one)
        return copy
    return value


class Planting(Steering):
    """Records what it is told with a name in every free text, the reason and a document included."""

    def execute(self, command: Command, context: Context) -> Answer:
        """See `Steering`."""
        proof = Evidence(uuid4(), Sha256("d" * 64), Prose("…"))
        told = dataclasses.replace(context, reason=Prose("…"), evidence=(*context.evidence, proof))
        return super().execute(planted(command, type(command)), planted(told, Context))


Place = tuple[str, ...]


def places(hint: Any, kinds: Sequence[Any], at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Where a request for a command has a text of these kinds; `*` stands for each of a list. A method is its file."""
    arguments = typing.get_args(hint)
    if hint in kinds:
        yield at, hint
    elif hint is MethodProfile:
        return
    elif typing.get_origin(hint) in (typing.Union, types.UnionType):
        for one in arguments:
            yield from places(one, kinds, at)
    elif typing.get_origin(hint) is tuple:
        yield from places(arguments[0], kinds, (*at, "*"))
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint):
        for field, inner in typing.get_type_hints(hint).items():
            if field in {one.name for one in dataclasses.fields(hint)}:
                yield from places(inner, kinds, (*at, field))


def with_text(body: Any, place: Place, text: str) -> Any:
    """A request with a text at one place, where it has such a place."""
    if not place:
        return text
    first, rest = place[0], place[1:]
    if first == "*":
        return [with_text(one, rest, text) for one in body or [None]]
    return {**(body or {}), first: with_text((body or {}).get(first), rest, text)}


# --- looking ----------------------------------------------------------------------------------------------------------


def spellings(stem: str = STEM) -> list[bytes]:
    """How a name may stand in a file: as it is, in two bytes for each letter, in base 64 wherever it begins there."""
    cases = (stem, stem.title(), stem.upper())
    coded = (base64.b64encode(b"x" * shift + one.encode())[4:-4] for one in cases for shift in (1, 2, 3))
    return [spelt for one in cases for spelt in (one.encode(), one.encode("utf-16-le"))] + list(coded)


def read(file: Path) -> bytes:
    """What a file holds; nothing where a database put another in its place meanwhile."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def naming(files: Iterable[Path], stem: str = STEM) -> dict[str, int]:
    """The files in which a name stands, and how often."""
    wanted = spellings(stem)
    counted = {file.name: sum(map(data.count, wanted)) for file in files for data in (read(file),)}
    return {file: number for file, number in counted.items() if number}


def holding(files: Iterable[Path], secrets: Iterable[bytes]) -> dict[str, int]:
    """The files in which some of these secrets stand, and how many."""
    wanted = list(secrets)
    counted = {file.name: sum(one in data for one in wanted) for file in files for data in (read(file),)}
    return {file: number for file, number in counted.items() if number}


def files_in(*folders: Path, without: Callable[[Path], bool] = lambda file: False) -> list[Path]:
    """Every file of these folders."""
    return [file for folder in folders for file in folder.rglob("*") if file.is_file() and not without(file)]
