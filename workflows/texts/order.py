"""The order of words in a list: as a dictionary has them, accents and capitals set aside."""

from __future__ import annotations

import unicodedata


def alphabetical(text: str) -> str:
    """The sort key of a text: « Échéance manquée » comes between « Diagnostic » and « Forum »."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
