"""Closed words of indicators as tables write them: unit, kind, direction, rhythm; yes and no; the stages of a life."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from domain.action_sheets.describing import LIFE_STAGES
from domain.indicators.terms import DIRECTIONS, FREQUENCIES, KINDS, NUMBER, UNITS
from domain.values import Code
from workflows.tables.cells import Cell
from workflows.tables.choices import truth_of
from workflows.tables.indicator_fields import DIRECTION, FREQUENCY, KIND, UNIT
from workflows.tables.reading import Choice, Read, asked, sure
from workflows.tables.words import folded
from workflows.texts import LANGUAGES, Texts

VOCABULARY_OF: Final[Mapping[str, tuple[str, tuple[Code, ...]]]] = {
    UNIT: ("indicator-unit", UNITS),
    KIND: ("indicator-kind", KINDS),
    DIRECTION: ("indicator-direction", DIRECTIONS),
    FREQUENCY: ("indicator-frequency", FREQUENCIES),
}
"""The words of a field, and what they may be."""

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    UNIT: {
        "NUMBER": r"nombres?|nb|nbre|unites?|number",
        "PERCENT": r"%|pourcentages?|pour cent|taux|part|percent",
        "EUROS": r"€|euros?|eur|montants?",
        "DAYS": r"jours?|days",
        "HOURS": r"heures?|h|hours",
        "SCORE": r"notes?( sur .*)?|score|/ ?[0-9]+",
    },
    KIND: {"REALISATION": r"realisations?|moyens?|activites?|suivi", "RESULT": r"resultats?|impacts?|effets?"},
    DIRECTION: {
        "UP": r"hausse|augmentation|augmenter?|croissant|\+|a la hausse|up",
        "DOWN": r"baisse|diminution|diminuer?|reduction|decroissant|-|a la baisse|down",
    },
    FREQUENCY: {
        "MONTHLY": r"mensuel(le)?s?|chaque mois|tous les mois|par mois|mois",
        "QUARTERLY": r"trimestriel(le)?s?|chaque trimestre|trimestre",
        "HALF_YEARLY": r"semestriel(le)?s?|chaque semestre|semestre|deux fois par an|2 fois par an",
        "YEARLY": r"annuel(le)?s?|chaque annee|tous les ans|par an|une fois par an|1 fois par an|an|annee",
    },
}
_STAGES: Final = {
    "EARLY_CHILDHOOD": r"petite enfance|0 ?- ?[36]( ans)?|tout petits?|jeunes? enfants?",
    "CHILDHOOD": r"enfance|enfants?|[36] ?- ?1[0-2]( ans)?",
    "YOUTH": r"jeunes(se)?|adolescen(ts?|ce)|ados?|1[0-8] ?- ?(1[78]|2[0-9]|30)( ans)?",
    "ADULT_LIFE": r"adultes?|vie adulte|parents?|actifs",
    "LATER_LIFE": r"seniors?|aines?|personnes agees|retraites?|vieillesse|grand age|60 ans et plus",
    "ANY_AGE": r"tous?( les)? ages|tout age|tout public|tous publics|toutes?( les)? generations",
}
_BETWEEN: Final = re.compile(r"\s*(?:[,;/\n+&]|\bet\b)\s*", re.IGNORECASE)


def shown_word(code: str, value: str, texts: Texts) -> str:
    """A closed word as people read it."""
    return texts.word(VOCABULARY_OF[code][0], value)


def read_word(code: str, cell: Cell) -> Read[Code]:
    """One of the closed words of a field; another word is asked, once for all cells that say it."""
    said = folded(cell.shown).strip(" .")
    family, allowed = VOCABULARY_OF[code]
    for one in allowed:
        ours = {folded(Texts(language).word(family, one)) for language in LANGUAGES}
        if said in ours or re.fullmatch(_WORDS[code].get(one, "(?!)"), said):
            return sure(one)
    counted = code == UNIT and not re.search("[0-9%€]", said)
    return asked(f"word-{code.replace('_', '-')}", [Choice(one, one, counted and one == NUMBER) for one in allowed])


def read_truth(cell: Cell) -> Read[bool]:
    """Yes or no."""
    found = truth_of(cell)
    return sure(found) if found is not None else asked("truth", [Choice("yes", True), Choice("no", False)])


def read_stages(cell: Cell) -> Read[tuple[Code, ...]]:
    """The stages of a life that a cell names; where one of its words is none of them, those that are may be taken."""
    ours = {folded(Texts(language).word("life-stage", one)): one for one in LIFE_STAGES for language in LANGUAGES}
    parts = [folded(one).strip(" .") for one in _BETWEEN.split(cell.shown) if one.strip()]
    whole = _stage(folded(cell.shown), ours)
    found = [whole] if whole is not None else [_stage(one, ours) for one in parts]
    known = tuple(one for one in LIFE_STAGES if one in found)
    if None not in found:
        return sure(known or None)
    return asked("stages", [Choice("known", known)] if known else [])


def _stage(said: str, ours: Mapping[str, Code]) -> Code | None:
    if said in ours:
        return ours[said]
    return next((one for one in LIFE_STAGES if re.fullmatch(_STAGES[one], said)), None)
