"""When two names are one: written otherwise (capitals, accents, spaces, an abbreviation), they name one institution."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from domain.values import PublicName

SMALL_WORDS: Final = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sur"})
"""Words that some write and others leave out."""

_IN_FULL: Final = {
    "communaute de communes": "cc",
    "communaute d agglomeration": "ca",
    "communaute urbaine": "cu",
    "caisse d allocations familiales": "caf",
    "caisse allocations familiales": "caf",
    "mutualite sociale agricole": "msa",
    "caisse primaire d assurance maladie": "cpam",
    "caisse d assurance retraite et de la sante au travail": "carsat",
    "centre communal d action sociale": "ccas",
    "centre intercommunal d action sociale": "cias",
    "conseil departemental": "departement",
    "conseil general": "departement",
    "union departementale des ccas": "udccas",
    "saint": "st",
    "sainte": "ste",
}
"""What is said in full of what is abbreviated, without accents; the longest is looked for first."""

_WORDS: Final = re.compile(
    r"\b(?:" + "|".join(re.escape(one) for one in sorted(_IN_FULL, key=len, reverse=True)) + r")\b"
)


def folded_name(name: PublicName) -> PublicName:
    """What names of one institution have in common, however they are written; the name itself where nothing is left."""
    spread = name.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    bare = "".join(one for one in unicodedata.normalize("NFKD", spread) if not unicodedata.combining(one))
    words = " ".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)", "", bare).casefold()))
    said = _WORDS.sub(lambda found: _IN_FULL[found[0]], words)
    return PublicName(" ".join(one for one in said.split() if one not in SMALL_WORDS) or name.strip())
