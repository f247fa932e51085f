"""Whether words that everybody is about to read may name somebody: a person known here, or what looks like one.

It warns and never refuses: a street or a school may bear somebody's name, and whoever publishes knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_TITLES: Final = r"M\.|MM\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Docteure|Maître"
_NAMED: Final = re.compile(rf"\b(?:{_TITLES})[ \u00a0]+(?:[A-ZÀ-Ý]\w*[’'-]?\w*[ \u00a0-]?)+")
"""Somebody by a title and a name."""
SHORTEST: Final = 4
"""Letters of a family name that is looked for by itself; a shorter one is a word too often."""


def names_in(text: str, people: Iterable[str]) -> tuple[str, ...]:
    """The names that a text seems to hold: those of `people`, whole or by the family name; then whoever has a title."""
    plain = _plain(text)
    known = [name for name in people if _is_in(plain, _plain(name)) or _is_family_name_in(text, name)]
    titled = [one.group().strip() for one in _NAMED.finditer(text)]
    return tuple(dict.fromkeys((*known, *titled)))


def _is_family_name_in(text: str, name: str) -> bool:
    """By the last of its words, written with a capital: a name, not the common word that it may be too."""
    last = name.split()[-1] if " " in name.strip() else ""
    return len(last) >= SHORTEST and any(
        one[:1].isupper() and _plain(one) == _plain(last) for one in re.findall(r"\w+(?:[-’']\w+)*", text)
    )


def _is_in(plain: str, words: str) -> bool:
    return bool(words) and re.search(rf"\b{re.escape(words)}\b", plain) is not None


def _plain(text: str) -> str:
    bare = (one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join("".join(bare).casefold().split())
