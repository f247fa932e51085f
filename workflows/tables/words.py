"""Words of a table as they are compared: without accents, capitals, marks and doubled spaces."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[^a-z0-9%€+/<>~=,.-]+")


def folded(text: str) -> str:
    """A text as it is compared with others: "Élu·e  référent·e " is "elu e referent e"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return _MARKS.sub(" ", "".join(one for one in plain if not unicodedata.combining(one))).strip()


def tokens(text: str) -> frozenset[str]:
    """The words of a text that tell something, for comparing names that are written in two ways."""
    return frozenset(_words(text))


def initials(text: str) -> str:
    """The first letters of the words of a name that tell something: "Mission locale du Gers" is "mlg"."""
    return "".join(one[0] for one in _words(text))


def head_words(text: str) -> str:
    """The words at the head of a column, marks and brackets taken away: "Axe (x)" is "axe x"."""
    return re.sub(r"[^a-z0-9%€]+", " ", folded(text)).strip()


def _words(text: str) -> list[str]:
    return [
        one
        for one in re.split(r"[^a-z0-9]+", folded(text))
        if len(one) > 1 and one not in _EMPTY and not one.isdecimal()
    ]


_EMPTY = frozenset(
    {"de", "du", "des", "la", "le", "les", "et", "en", "au", "aux", "un", "une", "pour", "par", "sur", "avec", "dans"}
    | {"axe", "objectif", "priorite", "orientation", "enjeu"}
)
