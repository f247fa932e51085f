"""When the spelling of a file is better than that of the register: producers write one name in several ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from workflows.territory_files.encodings import is_damaged

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_COEUR: Final = re.compile(r"\bCoeur\b")
"""French writes it in one way; the lists of the State have no « œ »."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})


def is_better(read: str, known: str, *, newer: bool) -> bool:
    """Whether the name `read` replaces the one `known`.

    A newer list is right, unless it only lost accents or small letters. One of the same day is right where it mends:
    the name known is damaged, or has fewer accents. This goes one way only, so that two sources imported in turn do
    not write for ever.
    """
    if read == known or _is_broken(read) > _is_broken(known):
        return False
    if _is_broken(known) > _is_broken(read):
        return True
    if _letters(read) != _letters(known):
        return newer
    if _richness(read) != _richness(known):
        return _richness(read) > _richness(known)
    return newer


def as_its_communes_spell(name: str, communes: Iterable[str]) -> str:
    """The name of an EPCI with the accents that its own communes have in the same list: « CC du Saves », where
    Seysses-Savès is; and with the « œ » of « Cœur ». Of a word that communes write in two ways, or with an accent
    already, nothing is known better.
    """
    written: dict[str, set[str]] = {}
    for word in (word for commune in communes for word in _WORD.findall(commune)):
        written.setdefault(_letters(word), set()).add(word)

    def spelled(found: re.Match[str]) -> str:
        word = found[0]
        if not word[0].isupper() or word.isupper() or any(ord(c) > 127 for c in word):
            return word
        ways = written.get(_letters(word), set())
        return next(iter(ways)) if len(ways) == 1 else word

    return _COEUR.sub("Cœur", _WORD.sub(spelled, name))


def _is_broken(name: str) -> bool:
    """The State's own list once wrote "CC Terre d?Emeraude"."""
    return "?" in name or "\ufffd" in name or is_damaged(name)


def _letters(name: str) -> str:
    return "".join(c for c in _plain(name).casefold() if c.isalnum())


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _richness(name: str) -> tuple[bool, int]:
    """Small letters beside capitals first, then how many letters have an accent or are two in one."""
    return not name.isupper(), sum(ord(c) > 127 and c.isalpha() for c in name)
