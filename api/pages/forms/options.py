"""What may be chosen in a form: the words of the vocabularies, and what the convention already holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from api.pages.contexts import Act, Choice, Phrase
from domain.values import Code
from workflows.texts import Texts

LITERAL = "page.literal"
"""A message that is only its parameter: for names that are data, such as a partner's."""


LONGEST_SHOWN = 90
"""Characters of a free text shown in a list of choices."""


def short(text: str | None, texts: Texts) -> str:
    """A free text for a list of choices, cut to one line."""
    if text is None:
        return texts.t("page.erased")
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + "…"


def words(family: str, codes: Iterable[str]) -> tuple[Choice, ...]:
    """Codes of a vocabulary, shown as its words."""
    return tuple(Choice(code, Phrase(f"{family}.{code}")) for code in codes)


def named(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Values with names that are data (a partner, a finding's text)."""
    return tuple(Choice(value, Phrase(LITERAL, {"text": text})) for value, text in pairs)


YES_NO = words("yes-no", ("true", "false"))


@dataclass(frozen=True)
class Need:
    """What must be recorded before a list has anything to choose from, and the act for whoever may do it."""

    why: Phrase
    act: Act | None = None


@dataclass(frozen=True)
class Bounds:
    """The first and the last day that a date may be; None where there is no such day."""

    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class TickedRow:
    """A likely line of a repeating field: what its box says (`value`), the other box of the line (`flag`), whether both
    are ticked at first; `note` where something should be known of it."""

    value: str
    label: str
    chosen: bool
    flag: bool
    note: Phrase | None = None


@dataclass(frozen=True)
class FactLine:
    """A fact of before a take-over that a form asks for: which, of which review's period; `counted`: how many too."""

    fact: Code
    label: Phrase
    help: Phrase
    period_starts_on: date | None = None
    counted: bool = False


@dataclass(frozen=True)
class Options:
    """The choices of one form.

    `first` holds what an empty form proposes, by field path; `hidden` what it carries without showing; `others` the
    choices that are seldom meant and come folded; `needs` what to do first where a list is empty; `bounds` the days
    between which a date lies; `awaited` by which field's answer a list is narrowed, while that is not given;
    `undoes` what of the work of others the act may undo; `ticked` the likely lines of repeating fields; `lines` the
    facts of before a take-over that are asked for; `spared` what may be left out here though a rule wants it elsewhere;
    `asks_first` the field that is asked alone, before all others.
    """

    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str | None] = field(default_factory=dict)
    others: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    needs: Mapping[str, Need] = field(default_factory=dict)
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    awaited: Mapping[str, str] = field(default_factory=dict)
    undoes: tuple[Phrase, ...] = ()
    ticked: Mapping[str, tuple[TickedRow, ...]] = field(default_factory=dict)
    lines: tuple[FactLine, ...] = ()
    spared: frozenset[str] = frozenset()
    asks_first: str = ""
