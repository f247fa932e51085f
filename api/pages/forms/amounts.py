"""Amounts as people type them, « 12 500,50 », and as the engine keeps them: whole cents, or hundredths of a unit."""

from __future__ import annotations

import re
from typing import Final

CENTS: Final = "_cents"
"""How the fields that hold money end: the page asks for euros."""

HUNDREDTHS: Final = "_hundredths"
"""How the fields that hold a quantity end: half a post is 50 of them."""

_TYPED: Final = re.compile(r"(?P<whole>[0-9]{1,9})(?:[.,](?P<part>[0-9]{1,2}))?")


def is_amount(path: str) -> bool:
    """Whether a field is typed with two decimals and kept without."""
    return path.endswith((CENTS, HUNDREDTHS))


def is_money(path: str) -> bool:
    """Whether it is an amount in euros."""
    return path.endswith(CENTS)


def kept(text: str) -> str:
    """What was typed as the number of hundredths; what is no amount stays as it is, and is refused as such."""
    found = _TYPED.fullmatch(re.sub(r"[\s€]", "", text))
    if found is None:
        return text
    return str(int(found["whole"]) * 100 + int((found["part"] or "0").ljust(2, "0")))


def typed(hundredths: int) -> str:
    """How a number of hundredths is typed: « 12500,50 », « 12500 »."""
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02}" if part else str(whole)
