"""What the head of a column says beside its field: a year, the unit of its amounts, how sure they are, whose."""

from __future__ import annotations

import re
from typing import Final

from workflows.tables.words import folded, head_words

_YEAR: Final = re.compile(r"\b(20[0-9]{2})\b")
_THOUSANDS: Final = re.compile(r"\bk ?(€|euros?|eur)|\b(en )?milliers\b|\bke\b")
_MILLIONS: Final = re.compile(r"\bm ?€|\b(en )?millions\b")
_AID: Final = re.compile(
    r"(montants?|subventions?|parts?|financements?|financeurs?|participations?|aides?|apports?|credits?|contributions?"
    r"|co ?financements?)\b( (de (la |l )?|du |des |d ))?"
)
_UNITS: Final = re.compile(r"€|\b(k€|m€|ht|ttc|en|euros?|eur|milliers|millions|annee|exercice|previsionnel(le)?s?|n)\b")
_SURE: Final = re.compile(
    r"\b(demande(e)?s?|sollicite(e)?s?|promis(e)?s?|prevu(e)?s?|attendu(e)?s?|fermes?|acquis(e)?s?|notifie(e)?s?"
    r"|vote(e)?s?|accorde(e)?s?|verse(e)?s?|paye(e)?s?|percu(e)?s?|encaisse(e)?s?)\b"
)
_FUNDERS: Final = re.compile(
    r"(caf|cnaf|msa|etat|region|departement|cd ?[0-9]{2}|conseil (departemental|regional)|epci|cc|ca|communaute.*|"
    r"communes?|mairies?|ville|ars|drajes|ddets(pp)?|dsden|autofinancement|auto financement|fonds propres|europe"
    r"|feder|fse|leader|anct|fondations?|cias|ccas)( .*)?"
)
"""Words that name a funder also where no partner is called so: who that is is asked."""


def only_year(head: str) -> int | None:
    """The year that a head says, None where it says none or several."""
    found = set(_YEAR.findall(folded(head)))
    return int(found.pop()) if len(found) == 1 else None


def scale_of(head: str) -> int:
    """How many euros one is in the amounts of a column."""
    said = folded(head)
    return 1_000 if _THOUSANDS.search(said) else 1_000_000 if _MILLIONS.search(said) else 1


def certainty_in(head: str) -> str:
    """The word of a head that says how sure its money is, empty for none."""
    found = _SURE.search(head_words(head))
    return found[0] if found is not None else ""


def funder_in(head: str) -> str:
    """Whose money a head says that its column is: what is left of it once its year and its unit are taken away."""
    said = _UNITS.sub(" ", _SURE.sub(" ", _YEAR.sub(" ", head_words(head))))
    words = re.sub(r"\s+", " ", said).strip()
    aid = _AID.match(words)
    return words[aid.end() :].strip() if aid is not None else words


def tells_of_aid(head: str) -> bool:
    """Whether a head begins as money that somebody brings does: "Subvention …", "Part …"."""
    return _AID.match(head_words(head)) is not None


def may_fund(words: str) -> bool:
    """Whether such words are those of a funder."""
    return _FUNDERS.fullmatch(words) is not None
