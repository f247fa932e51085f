"""The catalogues as they are read: the messages of a language by key, checked, with their plural.

They are gettext's files, for whoever translates with the tools of that trade; we read what we write of that format and
refuse the rest (contexts, lines that are nothing of it). A library that reads all of it takes a second of every start.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

_CODE_KEY: Final = re.compile(r"(?P<family>[a-z][a-z-]*)\.[A-Z][A-Z0-9_]*")
"""The key of a word of a vocabulary: `theme.PARENTING`."""

_LINE: Final = re.compile(r'(?P<word>msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(?P<text>(?:[^"\\]|\\.)*)"')
_ESCAPED: Final = re.compile(r"\\(.)")
_MEANT: Final = {"n": "\n", "t": "\t", "r": "\r"}

PLURALS: Final[Mapping[str, Callable[[int], int]]] = {"fr": lambda count: int(count > 1), "en": lambda n: int(n != 1)}
"""Which form of a message says so many, by language: in French 0 is singular."""


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
    paths = sorted((folder / language).rglob("*.po"))
    if not paths:
        raise CatalogueError(f"{folder}: no catalogue of {language!r}")
    for path in paths:
        area = path.relative_to(folder / language).as_posix()
        for entry in _entries(path):
            key, forms = entry.key, tuple(entry.forms)
            if not key:
                continue  # the header
            _check(key, forms, path, doubtful=entry.doubtful)
            if key in messages:
                raise CatalogueError(f"{path}: {key!r} is already given in {areas[key]}")
            messages[key], areas[key] = forms, area
    families = frozenset(match["family"] for key in messages if (match := _CODE_KEY.fullmatch(key)))
    return Catalogue(messages, families, PLURALS[language])


def _check(key: str, forms: tuple[str, ...], path: Path, *, doubtful: bool) -> None:
    if doubtful or not forms or not all(forms):
        raise CatalogueError(f"{path}: {key!r} has no sure text")
    for form in forms:
        try:
            placeholders(form)
        except ValueError as error:
            raise CatalogueError(f"{path}: {key!r}: {error}") from error


@dataclass
class _Entry:
    """A message as its lines are read."""

    key: str
    forms: list[str]
    doubtful: bool


def _entries(path: Path) -> Iterator[_Entry]:
    """The messages of one file, its header among them, under the empty key. Raises `CatalogueError` at a line that is
    none of the format's."""
    entry: _Entry | None = None
    doubtful, last = False, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("#"):
            doubtful = doubtful or (line.startswith("#,") and "fuzzy" in line)
            continue
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        word = match["word"] or last if match else ""
        text = _meant(match["text"]) if match else ""
        if match and match["word"] == "msgid":
            if entry is not None:
                yield entry
            entry, doubtful = _Entry(text, [], doubtful), False
        elif entry is None or not word or (word.startswith("msgid") and entry.forms):
            raise CatalogueError(f"{path}: line {number} cannot be read: {line.strip()!r}")
        elif word == "msgid":
            entry.key += text
        elif match and match["word"] and word.startswith("msgstr"):
            entry.forms.append(text)
        elif word.startswith("msgstr"):
            entry.forms[-1] += text
        last = word
    if entry is not None:
        yield entry


def _meant(text: str) -> str:
    """What stands between quotation marks."""
    return _ESCAPED.sub(lambda one: _MEANT.get(one[1], one[1]), text) if "\\" in text else text
