"""Names of partners as a sentence uses them: with their article, and after « de »."""

from __future__ import annotations

import re
from typing import Final

from workflows.texts import Texts

_COMMUNE: Final = re.compile(r"Commune (?P<of>d[eu’'].*)")
"""« Commune de Masseube »: in a sentence, Masseube is enough."""
_VOWEL: Final = re.compile(r"[aâeéèêiîoôuyhœ]", re.IGNORECASE)


def with_article(texts: Texts, name: str) -> str:
    """A partner's name as a sentence uses it: « la commune de Seissan », « le Département du Gers »."""
    first, space, rest = name.partition(" ")
    key = f"with-article.{first}"
    return f"{texts.t(key)}{space}{rest}" if texts.has(key) else name


def of_name(texts: Texts, name: str) -> str:
    """A name that something belongs to: « de Seissan », « du Département du Gers », "of Caf du Gers"."""
    if texts.language != "fr":
        return f"of {name}"
    if (commune := _COMMUNE.fullmatch(name)) is not None:
        return commune["of"]
    said = with_article(texts, name)
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if said.startswith(article):
            return contracted + said.removeprefix(article)
    if said == name and _VOWEL.match(name):
        return f"d’{name}"
    return f"de {said}"
