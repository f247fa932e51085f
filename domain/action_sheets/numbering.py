"""The number of a sheet, as people write it. It is read by everybody, so it names nobody."""

from __future__ import annotations

import re
from typing import Final

NUMBER_PATTERN: Final = re.compile(r"(?=.*[0-9])[0-9A-Za-z]{1,8}(?:[ ./_°-]{1,3}[0-9A-Za-z]{1,8}){0,5}")
"""`1.3`, `2.1 bis`, `AX1-F2`, `Fiche 12`."""

_NAMES: Final = re.compile(
    r"(?i)\b(?!(?:fiches?|sheets?|actions?|axes?|axis|objecti(?:fs?|ves?)|mesures?|measures?|volets?|projets?|orientat|bis|ter|quater|num|nos?)\b)[a-z]{3,}\b"
)
"""Words that are none of those that people put into the number of a sheet."""


def is_number(said: str) -> bool:
    """Whether it is written as a number is, whatever its words are."""
    return NUMBER_PATTERN.fullmatch(said) is not None


def before_name(said: str) -> str | None:
    """What stands before a word that may name somebody; None where there is no such word."""
    named = _NAMES.search(said)
    return said[: named.start()].strip(" ./_°-") if named is not None else None
