"""The order of words in a list: as a French dictionary has them, accents, capitals and punctuation set aside."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def alphabetical(text: str) -> str:
    """The sort key of a text: « Échéance manquée » comes between « Diagnostic » and « Forum »."""
    letters = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain.casefold()))
