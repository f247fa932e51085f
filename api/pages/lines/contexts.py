"""The contract of ``lines.html``: what is said for all, the lines, and what the whole would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.pages.contexts import Phrase, Status
from api.pages.fields import Field, FieldError


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: ``name`` is what it is about, ticked by the box ``<prefix>.on``, unless it has none.

    ``verdict`` says in words what would come of it, ``why`` what that rests on; ``fields`` mend it, ``folded`` say what
    is seldom otherwise than for all, under ``fold``; ``absent`` is what is asked of one that is not ticked.
    """

    prefix: str
    name: str
    ticked: bool | None
    status: Status
    verdict: str
    why: str = ""
    fields: tuple[Field, ...] = ()
    folded: tuple[Field, ...] = ()
    fold: Phrase | None = None
    absent: tuple[Field, ...] = ()
    error: str | None = None
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that are alike: ``shape`` is ``look`` where each is told in full, ``ticks`` for columns of boxes, ``rows``
    where each has fields of its own and no box. ``folded``: whether its fold is shut, None where it has none."""

    title: Phrase
    shape: Literal["look", "ticks", "rows"]
    lines: tuple[LineShown, ...]
    note: Phrase | None = None
    folded: bool | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    """One line of what the whole would change: how many, and their names where they are few enough to matter."""

    status: Status
    label: Phrase
    count: int
    names: tuple[str, ...] = ()
    note: Phrase | None = None


@dataclass(frozen=True, slots=True)
class LinesPage:
    """``lines.html``: posts the common fields, then those of each line under its own prefix, to ``action``.

    ``_add`` shows it again as typed, weighed anew, with nothing recorded: as it is, with every box ticked (``all``), or
    with more rows (``lines``).
    """

    title: Phrase
    lead: tuple[Phrase, ...]
    action: str
    cancel_href: str
    submit: Phrase
    idempotency_key: str
    common: tuple[Field, ...]
    more: tuple[Field, ...]
    groups: tuple[LineGroup, ...]
    consequences: tuple[Consequence, ...] = ()
    after: tuple[Phrase, ...] = ()
    errors: tuple[FieldError, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    ticks_all: bool = False
    adds_rows: Phrase | None = None
    note: Phrase | None = None
    step: int = 1
    steps: int = 1
