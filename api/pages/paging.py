"""Which page of a list an address asks for."""

from __future__ import annotations


def page_number(asked: str) -> int:
    """The page asked for, from 1 on; the first one where it means nothing."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    return max(number, 1)
