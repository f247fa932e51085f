"""What the form of a take-over shows beside what is typed, and the summary that comes before any opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Phrase
from api.pages.road_pieces import Road


@dataclass(frozen=True, slots=True)
class DatedLine:
    """Something and its day, or a word in the place of one."""

    what: Phrase
    on: date | None = None
    word: Phrase | None = None


@dataclass(frozen=True, slots=True)
class ForeseenShown:
    """What a take-over would be, as far as it is typed: an answer, the road, what is reminded of and what never is."""

    answer: tuple[Phrase, ...]
    road: Road | None
    recalled: tuple[DatedLine, ...]
    notes: tuple[Phrase, ...]
    never: tuple[DatedLine, ...]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One thing that will be recorded: what, and its words, one after the other."""

    name: Phrase
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """``confirm.html``: what will be recorded, and what follows, before it is. Posts ``hidden`` again where it came
    from, with ``_confirmed``, or with ``_to_form`` to the form. ``told``: what the rules say of it."""

    title: Phrase
    intro: Phrase
    submit: Phrase
    back: Phrase
    lines: tuple[SummaryLine, ...] = ()
    told: tuple[str, ...] = ()
    following: tuple[DatedLine, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
