"""The catalogues as they are read: the messages of a language by key, checked, with their plural.

They are gettext's files, for whoever translates with the tools of that trade.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from gettext import c2py
from pathlib import Path
from typing import Final, TypeAlias

from babel.messages.pofile import PoFileError, read_po

_CODE_KEY: Final = re.compile(r"(?P<family>[a-z][a-z-]*)\.[A-Z][A-Z0-9_]*")
"""The key of a word of a vocabulary: `theme.PARENTING`."""


_HELD: Final = re.compile(r" (?=[:;?!»%€])|(?<=«) ")
"""A space of a French message at which no line may break."""


class CatalogueError(ValueError):
    """A catalogue file that cannot be used: a key given twice, an empty, doubtful or badly written message."""


_Pieces: TypeAlias = tuple[tuple[str, str | None, str], ...]
"""Of a message: what it says, then the parameter that follows (None: nothing does) and how that one is written."""


@dataclass(frozen=True)
class Catalogue:
    """All the messages of one language."""

    messages: Mapping[str, tuple[str, ...]]
    """One form, or one per plural of the language."""
    families: frozenset[str]
    """The vocabularies: what comes before the dot in keys such as `theme.PARENTING`."""
    plural: Callable[[int], int]

    @cached_property
    def _read(self) -> dict[str, _Pieces]:
        return {}

    def pieces(self, message: str) -> _Pieces:
        """A message of this catalogue in pieces, looked at once: it is said over and over."""
        known = self._read.get(message)
        if known is None:
            known = self._read[message] = tuple(
                (literal, name, (spec or self._family_named(name)) if name is not None else "")
                for literal, name, spec, _ in string.Formatter().parse(message)
            )
        return known

    def typeset(self) -> Catalogue:
        """The same, set as French is in print: no line begins with a sign that closes what is before it.

        Whoever translates types plain spaces; « : », « ; », « ? », « ! » and guillemets hold on to their words
        (Imprimerie nationale, *Lexique des règles typographiques*).
        """
        held = {
            key: tuple(_HELD.sub("\N{NO-BREAK SPACE}", one) for one in forms) for key, forms in self.messages.items()
        }
        return replace(self, messages=held)

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        return {}

    def codes(self, family: str) -> tuple[str, ...]:
        """The codes of a vocabulary, looked for once among all that is said."""
        if family not in self._codes:
            prefix = f"{family}."
            self._codes[family] = tuple(key.removeprefix(prefix) for key in self.messages if key.startswith(prefix))
        return self._codes[family]

    def _family_named(self, name: str) -> str:
        """A parameter named after a vocabulary (`theme`, `themes`, `partner_kind`) holds codes of it."""
        family = name.replace("_", "-")
        for candidate in (family, family.removesuffix("s")):
            if candidate in self.families:
                return candidate
        return ""


def placeholders(message: str) -> frozenset[str]:
    """The names of the parameters of a message. Raises `ValueError` when its braces are badly written."""
    if "{" not in message and "}" not in message:
        return frozenset()
    names: set[str] = set()
    for _, name, _, conversion in string.Formatter().parse(message):
        if name is None:
            continue
        if not name.isidentifier() or conversion:
            raise ValueError(f"a parameter is a plain name in braces, not {name!r}")
        names.add(name)
    return frozenset(names)


def read_catalogue(folder: Path, language: str) -> Catalogue:
    """All the areas of one language. Raises `CatalogueError`, naming the file and the key."""
    messages: dict[str, tuple[str, ...]] = {}
    areas: dict[str, str] = {}
    plural: Callable[[int], int] | None = None
    for path in sorted((folder / language).rglob("*.po")):
        area = path.relative_to(folder / language).as_posix()
        with path.open("rb") as file:
            try:
                catalogue = read_po(file, locale=language, abort_invalid=True)
            except (PoFileError, ValueError) as error:
                raise CatalogueError(f"{path}: {error}") from error
        plural = plural or c2py(catalogue.plural_expr)
        for message in catalogue:
            if not message.id:
                continue  # the header
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            _check(key, forms, path, doubtful=message.fuzzy)
            if key in messages:
                raise CatalogueError(f"{path}: {key!r} is already given in {areas[key]}")
            messages[key], areas[key] = forms, area
    if plural is None:
        raise CatalogueError(f"{folder}: no catalogue of {language!r}")
    families = frozenset(match["family"] for key in messages if (match := _CODE_KEY.fullmatch(key)))
    return Catalogue(messages, families, plural)


def _check(key: str, forms: tuple[str, ...], path: Path, *, doubtful: bool) -> None:
    if doubtful or not forms or not all(forms):
        raise CatalogueError(f"{path}: {key!r} has no sure text")
    for form in forms:
        try:
            placeholders(form)
        except ValueError as error:
            raise CatalogueError(f"{path}: {key!r}: {error}") from error
