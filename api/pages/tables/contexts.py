"""The contract of ``table.html``: the file, its columns, its rows as squares, what is asked, refused, changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.pages.contexts import Phrase

Square = Literal["read", "same", "ask", "refused"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list or of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowSquare:
    """A row, in the order of the file; ``href`` leads to what is asked of it, or why it is refused."""

    number: int
    kind: Square
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column with three of its cells, what it would become, and why."""

    letters: str
    head: str
    samples: tuple[str, ...]
    name: str
    options: tuple[Option, ...]
    chosen: str
    certainty: str
    why: Phrase


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """What is asked: the cell as in the file, the question, its readings.

    ``picks``: one of a long list is chosen. ``types``: under this name a day may be typed.
    """

    anchor: str
    name: str
    letters: str
    row: str
    head: str
    said: str | None
    about: str
    ask: Phrase
    doubt: Phrase
    options: tuple[Option, ...]
    picks: bool = False
    types: str = ""
    typed: str = ""
    typing: bool = False

    @property
    def is_ticked(self) -> bool:
        """Whether an answer stands in it already: read again rather than answered."""
        return self.typing or any(one.chosen for one in self.options)


@dataclass(frozen=True, slots=True)
class RefusedShown:
    """A row that is refused: its cell as in the file, why, what mends it."""

    anchor: str
    row: str
    said: str
    why: tuple[str, ...]
    mend: Phrase | None


@dataclass(frozen=True, slots=True)
class ChangedShown:
    """A sheet that the file says otherwise: struck old, new."""

    row: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TableCheck:
    """A file that was read: nothing of it is recorded yet."""

    file: str
    sheet: str
    sheets: tuple[Option, ...]
    squares: tuple[RowSquare, ...]
    refused_count: int
    asked_count: int
    left_out: int
    read_count: int
    same_count: int
    to_confirm: tuple[ColumnShown, ...]
    sure: tuple[ColumnShown, ...]
    questions: tuple[QuestionShown, ...]
    refused: tuple[RefusedShown, ...]
    changed: tuple[ChangedShown, ...]
    passed: tuple[Phrase, ...]
    notices: tuple[str, ...]
    on: str
    today: str
    leaves_out: bool
    consequences: tuple[Phrase, ...]

    @property
    def open(self) -> int:
        """How many of each kind are in sight; the others are behind a summary."""
        return 3 if sum(map(bool, (self.questions, self.refused, self.changed))) < 2 else 1

    @property
    def waiting(self) -> tuple[QuestionShown, ...]:
        """What the person has to answer."""
        return tuple(one for one in self.questions if not one.is_ticked)

    @property
    def ticked(self) -> tuple[QuestionShown, ...]:
        """What has an answer already."""
        return tuple(one for one in self.questions if one.is_ticked)


@dataclass(frozen=True, slots=True)
class TablePage:
    """``table.html``: a file is asked for, or the one that was handed in is checked."""

    territory: str
    question: Phrase
    answer: tuple[Phrase, ...]
    action: str
    plan_href: str
    idempotency_key: str
    error: str | None
    check: TableCheck | None
    exports: tuple[tuple[Phrase, str], ...]
