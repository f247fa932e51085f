"""Partners and priorities as tables name them: by their name, by initials, in part; several of them in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from domain.collation import alphabetical
from workflows.tables.known import Named
from workflows.tables.reading import Choice, Read, asked, sure
from workflows.tables.words import folded, initials, tokens

_BETWEEN: Final = re.compile(r"\s*(?:[,;/\n+&]|\bet\b|\bavec\b|\bpuis\b)\s*", re.IGNORECASE)
_PLACES: Final = re.compile(r"\s*(?:[,;/\n+&]|\bet\b)\s*", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"^(?:axe|orientation|priorite|objectif|volet|enjeu)?\s*(?:n ?)?([0-9]{1,2})\b(?![.,][0-9])"
)
_ASIDE: Final = re.compile(r"\([^)]*\)")
_ALIKE: Final = 0.6
"""Share of the words of two names from which they may be the same."""

_MOST: Final = 4
"""Readings that are proposed for one cell."""


def read_partner(text: str, partners: Sequence[Named]) -> Read[str]:
    """Who answers for an action. Where a cell names several, which of them it is is asked: a sheet has one owner."""
    if not text.strip():
        return sure(None)
    whole = _exact(text, partners)
    if whole is not None:
        return sure(whole.reference)
    parts = [one for one in _BETWEEN.split(_ASIDE.sub(" ", text)) if one.strip()]
    if len(parts) > 1:
        found = [best[0] for one in parts if (best := alike(one, partners))]
        return asked("several-owners", [Choice(one.reference, one.reference) for one in found[:_MOST]])
    return _one_of(text, partners, "unknown-partner")


def read_partners(text: str, partners: Sequence[Named]) -> Read[tuple[str, ...]]:
    """The partners that contribute. Where one is not known, those that are may be taken, or none."""
    parts = [one for one in _BETWEEN.split(_ASIDE.sub(" ", text)) if one.strip()]
    whole = _exact(text, partners)
    exact = [whole] if whole is not None else [_exact(one, partners) for one in parts]
    if not any(one is None for one in exact):
        found = tuple(sorted({one.reference for one in exact if one is not None}))
        return sure(found or None)
    near = [best[0].reference for one in parts if len(best := alike(one, partners)) == 1]
    known = tuple(sorted({*(one.reference for one in exact if one is not None), *near}))
    likely = len(near) + sum(one is not None for one in exact) >= len(parts)
    return asked("partners", [Choice("known", known, likely)] if known else [])


_EVERYWHERE: Final = re.compile(
    r"(toutes?( les)?( communes?)?|tout le territoire|ensemble (du territoire|des communes)|l ensemble.*"
    r"|intercommunal.*|communautaire|epci|everywhere)\b.*"
)


def read_communes(text: str, communes: Sequence[Named]) -> Read[tuple[str, ...]]:
    """The communes where an action takes place, by name or by code; none for the whole perimeter."""
    if not text.strip() or _EVERYWHERE.fullmatch(folded(text)):
        return sure(None)
    by_code = {one.reference: one for one in communes}
    whole = _exact(text, communes)
    parts = [whole.name] if whole is not None else [one for one in _PLACES.split(text) if one.strip()]
    found = [by_code.get(one.strip()) or _exact(one, communes) for one in parts]
    known = tuple(sorted({one.reference for one in found if one is not None}))
    if None not in found:
        return sure(known or None)
    return asked("communes", [Choice("known", known)] if known else [])


def read_priority(text: str, priorities: Sequence[Named]) -> Read[str]:
    """Which priority an axis is."""
    if not text.strip():
        return sure(None)
    whole = _exact(text, priorities)
    if whole is not None:
        return sure(whole.reference)
    return _one_of(text, priorities, "unknown-priority")


def _one_of(text: str, several: Sequence[Named], doubt: str) -> Read[str]:
    found = alike(text, several)
    if not found:  # "Mme Durand (CIAS)": one of its parts may be a name that is known
        parts = [one for one in re.split(r"[()\[\]/–—:]| - ", text) if one.strip()]
        found = list(dict.fromkeys(one for part in parts if len(parts) > 1 for one in alike(part, several)))
    likely = len(found) == 1
    return asked(doubt, [Choice(one.reference, one.reference, likely) for one in found[:_MOST]])


def _exact(text: str, several: Sequence[Named]) -> Named | None:
    """The only one of this name, its number left away."""
    said = _plain(text)
    found = [one for one in several if _plain(one.name) == said]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    said = folded(text)
    return re.sub(r"[^a-z0-9]+", " ", _NUMBERED.sub("", said) or said).strip()


def alike(text: str, several: Sequence[Named]) -> list[Named]:
    """Those that it may name, the likeliest first: by the words that they share, or by initials."""
    said, mine = re.sub(r"[^a-z0-9]", "", folded(text)), tokens(text)
    found: list[tuple[float, Named]] = []
    for one in several:
        theirs = tokens(one.name)
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        if len(said) > 1 and (
            initials(one.name).startswith(said) or said == re.sub(r"[^a-z0-9]", "", folded(one.name))
        ):
            shared = 1.0
        if shared >= _ALIKE:
            found.append((shared, one))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], alphabetical(pair[1].name)))]
