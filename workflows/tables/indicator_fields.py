"""What a column of a table may say of an indicator: its name opens a group, the columns after it tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflows.tables.kinds import Kind, TableField, year_of

INDICATOR: Final = "indicator"
UNIT: Final = "indicator_unit"
UNIT_LABEL: Final = "unit_label"
PERSONS: Final = "counts_persons"
KIND: Final = "indicator_kind"
DIRECTION: Final = "direction"
FREQUENCY: Final = "frequency"
DATA_OWNER: Final = "data_owner"
SOURCE: Final = "source"
BASELINE: Final = "baseline_value"
BASELINE_ON: Final = "baseline_on"
CHANGE_MOTIVE: Final = "change_motive"
"""Why a definition or a line of money changes."""

TARGET: Final = "target"
"""A wanted value whose year is asked; `target.2026` where the head says it."""

_N: Final = r"( (n |no )?[0-9]{1,2})?"
INDICATOR_FIELDS: Final = (
    TableField(
        INDICATOR,
        Kind.LINES,
        rf"(libelle |nom |intitule )?(de l |des? |d )?(indicateurs?|indicator)( (lies?|associes?|de (suivi|resultats?|"
        rf"realisation|moyens?|reussite|mesure)( et .*)?|d (evaluation|impact|activite)( et .*)?))*{_N}",
        several=True,
    ),
    TableField(KIND, Kind.WORD, r"(type|nature) (d |de l |des )?indicateurs?|kind of indicator", several=True),
    TableField(UNIT, Kind.WORD, rf"unites?( de mesure)?{_N}|unit", several=True),
    TableField(UNIT_LABEL, Kind.TEXT, r"ce qui est compte|unite en toutes lettres|what is counted", several=True),
    TableField(PERSONS, Kind.TRUTH, r"compte des personnes|counts people", several=True),
    TableField(
        DIRECTION, Kind.WORD, r"sens( (attendu|souhaite|de l evolution))?|evolution attendue|better when", several=True
    ),
    TableField(FREQUENCY, Kind.WORD, rf"(frequence|periodicite)( .*)?{_N}|how often", several=True),
    TableField(
        DATA_OWNER,
        Kind.PARTNER,
        r"(producteur|detenteur|proprietaire|responsable|porteur|pilote) (de (la |l )?|des |d |du )(donnees?"
        r"|indicateurs?|suivi)|owner of the data",
        several=True,
    ),
    TableField(SOURCE, Kind.TEXT, rf"sources?( (de (la )?|des |d )(donnees?|verification))?{_N}", several=True),
    TableField(
        BASELINE,
        Kind.VALUE,
        r"(valeur|situation|etat|niveau|donnee) (initiale?|de (depart|reference|base)|actuelle?)( .*)?|baseline"
        r"|point de depart|reference|t0",
        several=True,
    ),
    TableField(
        BASELINE_ON,
        Kind.DAY,
        r"(date|annee) (de (la )?|du )?(valeur|situation|etat|mesure|point|reference)( .*)?|initiale? au|baseline on",
        several=True,
    ),
    TableField(CHANGE_MOTIVE, Kind.TEXT, r"motif (du|de la) (changement|revision).*|why it changes", several=True),
    TableField(
        TARGET,
        Kind.VALUE,
        r"(cibles?|objectifs?|(valeurs?|resultats?) (cibles?|vise(e)?s?|attendue?s?)|targets?)( (a|en|pour|fin|au))*"
        r"( 20[0-9]{2})( .*)?|(valeurs?|resultats?) (cibles?|vise(e)?s?|attendue?s?)",
        several=True,
    ),
)

REQUIRED: Final = (UNIT, PERSONS, KIND, DIRECTION, FREQUENCY, DATA_OWNER)
"""What the definition of an indicator says besides its name."""


def target_field(year: int) -> TableField:
    """The value that is wanted at the end of a year."""
    return TableField(f"{TARGET}.{year}", Kind.VALUE, "", several=True)


def year_of_target(code: str) -> int | None:
    """The year of such a code, None for any other."""
    return year_of(TARGET, code)


Fields = Sequence[tuple[int, TableField]]


def groups_of(fields: Fields) -> list[Fields]:
    """The columns of each indicator: its name, then what follows up to the next name."""
    found: list[list[tuple[int, TableField]]] = []
    before: list[tuple[int, TableField]] = []
    codes = frozenset(one.code for one in INDICATOR_FIELDS)
    for column, one in fields:
        if one.code == INDICATOR:
            found.append([(column, one)])
        elif one.code.partition(".")[0] in codes:
            (found[-1] if found else before).append((column, one))
    if found:
        found[0].extend(before)
    return list(found)
