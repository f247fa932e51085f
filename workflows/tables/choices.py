"""Closed words as tables write them: the status of an action, how far it is, yes and no."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from domain.action_sheets.state import ACTION_STATUSES
from domain.money import ASKED, CERTAINTIES, FIRM, PAID, PROMISED
from domain.values import Code
from workflows.tables.cells import Cell
from workflows.tables.reading import Choice, Read, asked, refused, sure
from workflows.tables.words import folded

TO_START, RUNNING, DONE, POSTPONED, ABANDONED = ACTION_STATUSES

_SURE: Final = (
    (
        TO_START,
        r"a (venir|demarrer|faire|lancer|engager)|non (demarree?|commencee?|engagee?|debutee?)|pas commencee?|to start",
    ),
    (RUNNING, r"en cours( de realisation)?|engagee?|lancee?|demarree?|commencee?|en realisation|running"),
    (DONE, r"realisee?|terminee?|faite?|achevee?|finie?|clos|cloturee?|soldee?|done"),
    (POSTPONED, r"reportee?|ajournee?|differee?|decalee?|postponed"),
    (ABANDONED, r"abandonnee?|annulee?|supprimee?|abandoned"),
)
_ASKED: Final = (
    (r"en (pause|suspens)|suspendue?|gelee?|bloquee?", (POSTPONED, RUNNING), POSTPONED),
    (r"en retard|retardee?", (RUNNING, TO_START, POSTPONED), None),
    (
        r"a discuter|a l etude|en (reflexion|projet|preparation)|prevue?|programmee?|planifiee?",
        (TO_START, RUNNING),
        TO_START,
    ),
    (r"continue?|permanente?|recurrente?|partiel(le)?(ment)?", (RUNNING, DONE), RUNNING),
)  # fmt: skip
_YES: Final = frozenset(["oui", "vrai", "true", "x", "ok", "1", "yes"])
_NO: Final = frozenset(["non", "faux", "false", "0", "no"])


def truth_of(cell: Cell) -> bool | None:
    """Yes or no, as true cells of a spreadsheet or in words; None for anything else."""
    if isinstance(cell.value, bool):
        return cell.value
    said = folded(cell.shown)
    return True if said in _YES else False if said in _NO else None


def read_status(cell: Cell) -> Read[Code]:
    """The status of an action. A yes under "Réalisé" is asked: what it is a yes to is not in the cell."""
    if isinstance(cell.value, date):
        return refused("no-status")
    said = folded(cell.shown).strip(" .,-")
    if not said and (cell.is_empty or folded(cell.shown)):
        return sure(None)
    for status, words in _SURE:
        if re.fullmatch(words, said):
            return sure(status)
    for words, several, likely in _ASKED:
        if re.fullmatch(words, said):
            return asked("status", [Choice(one, one, one == likely) for one in several])
    truth = truth_of(cell)
    if truth is not None:
        return asked("yes-or-no", [Choice(one, one) for one in ((DONE, RUNNING) if truth else (TO_START, RUNNING))])
    return asked("status", [Choice(one, one) for one in ACTION_STATUSES])


_CERTAIN: Final = (
    (ASKED, r"demandee?s?|sollicitee?s?|a demander|depose(e)?s?|asked"),
    (PROMISED, r"promis(e)?s?|prevu(e)?s?|attendu(e)?s?|acquis(e)? sous reserve|promised"),
    (FIRM, r"fermes?|acquis(e)?s?|notifie(e)?s?|vote(e)?s?|accorde(e)?s?|firm"),
    (PAID, r"verse(e)?s?|paye(e)?s?|percu(e)?s?|encaisse(e)?s?|paid"),
)


def read_certainty(cell: Cell) -> Read[Code]:
    """How sure the money of a row is."""
    said = folded(cell.shown).strip(" .")
    if not said:
        return sure(None)
    for certainty, words in _CERTAIN:
        if re.fullmatch(words, said):
            return sure(certainty)
    return asked("certainty", [Choice(one, one) for one in CERTAINTIES])


def read_percent(cell: Cell) -> Read[int]:
    """How far it is, in hundredths: a spreadsheet keeps "40 %" as 0,4."""
    value = cell.value
    if isinstance(value, bool | date):
        return refused("no-percent")
    if isinstance(value, int | float):
        return _percent(float(value))
    said = folded(cell.shown)
    if not said:
        return sure(None)
    if match := re.fullmatch(r"([0-9]{1,3})(?:[.,]0+)? ?%", said):
        found = int(match[1])
        return sure(found) if found <= 100 else refused("no-percent")
    if match := re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", said):
        return _percent(float(said.replace(",", ".")))
    return asked("words", [])


def _percent(value: float) -> Read[int]:
    if not 0 <= value <= 100:
        return refused("no-percent")
    if value == 0:
        return sure(0)
    if value == 1:
        return asked("one", [Choice("100", 100), Choice("1", 1)])
    found = round(value * 100) if value < 1 else round(value)
    exact = abs(found - (value * 100 if value < 1 else value)) < 0.001
    return sure(found) if exact else asked("rounded", [Choice(str(found), found, True)])
