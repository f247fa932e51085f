"""Words of the scenarios read as values: French dates, hours, themes, names."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time

from domain.values import AnalysisSide, Code
from workflows.texts import Texts

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
DAY = r"\d{1,2}(?:er)? [a-zûé]+ \d{4}"
HOUR = r"\d{1,2} h(?: \d{2})?"

_TEXTS = Texts("fr")
_ARTICLE = re.compile(r"^(?:l['’]|les |le |la |des |du |de la |de l['’]|un |une )")


def day(text: str) -> date:
    """« 1er février 2027 »."""
    number, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(number.removesuffix("er")))


def hour(text: str) -> time:
    """« 14 h 05 »."""
    hours, _, minutes = text.partition(" h")
    return time(int(hours), int(minutes or 0))


def code(family: str, word: str) -> Code:
    """The code of a word of the screens: `code("theme", "la parentalité")` is `PARENTING`."""
    wanted = same_words(_ARTICLE.sub("", word.strip()))
    for one in _TEXTS.codes(family):
        if same_words(_TEXTS.word(family, one)) == wanted:
            return Code(one)
    raise LookupError(f"« {wanted} » is not a word of {family}")


def codes(family: str, words: str) -> tuple[Code, ...]:
    """« la mobilité et la parentalité », « la santé, le logement et la culture »."""
    return tuple(code(family, word) for word in re.split(r", | et ", words))


def sides(words: str) -> tuple[AnalysisSide, ...]:
    """« l'offre et la demande »."""
    return tuple(AnalysisSide(one) for one in codes("analysis-side", words))


def slug(text: str) -> str:
    """A local id made of a name: « Navette du marché » gives `navette-du-marche`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def same_words(text: str) -> str:
    """A sentence without its typography, to compare what is said with what is expected."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " "))
