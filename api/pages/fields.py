"""The contract of ``form.html``: the fields of a form, empty or as typed, and what is wrong with them.

Like the contexts of the other pages, they hold data only: the template words every :class:`Phrase`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from api.pages.contexts import Act, Bearing, Choice, MistakeShown, NavItem, Phrase, RuleText, VersionConflictShown
from api.pages.contexts.taking_over import ForeseenShown


@dataclass(frozen=True, slots=True)
class TextField:
    """One line of text; ``input_type`` is an HTML type other than date, ``autocomplete`` an HTML token;
    ``decimal``: a number that may have a comma."""

    widget: ClassVar[str] = "text"
    name: str
    label: Phrase
    value: str = ""
    help: Phrase | None = None
    error: str | None = None
    required: bool = False
    input_type: Literal["text", "number", "time", "email", "password"] = "text"
    autocomplete: str = "off"
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class ProseField:
    """Free text, sealed when recorded; the page reminds that it must not name people without need."""

    widget: ClassVar[str] = "prose"
    name: str
    label: Phrase
    value: str = ""
    help: Phrase | None = None
    error: str | None = None
    required: bool = False
    rows: int = 3


@dataclass(frozen=True, slots=True)
class DateField:
    """A day. ``value`` is ISO ("2026-03-20") or what was typed when it is not a date; builders default it to today."""

    widget: ClassVar[str] = "date"
    name: str
    label: Phrase
    value: str = ""
    help: Phrase | None = None
    error: str | None = None
    required: bool = False
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class SelectField:
    """One value out of a list; an empty first line is added unless one is chosen."""

    widget: ClassVar[str] = "select"
    name: str
    label: Phrase
    choices: tuple[Choice, ...]
    help: Phrase | None = None
    error: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class EmptyField:
    """A list with nothing to choose from yet: what must be recorded first, and where (`act`, for who may).

    `shows`: it depends on another answer, and a button shows what fits that.
    """

    widget: ClassVar[str] = "empty"
    name: str
    label: Phrase
    why: Phrase
    act: Act | None = None
    error: str | None = None
    required: bool = False
    shows: bool = False


@dataclass(frozen=True, slots=True)
class RadioField:
    """One value out of a few, all visible."""

    widget: ClassVar[str] = "radio"
    name: str
    label: Phrase
    choices: tuple[Choice, ...]
    help: Phrase | None = None
    error: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class CheckboxesField:
    """Any number of values out of a list; each box posts ``name=value``. ``others`` are folded: seldom meant."""

    widget: ClassVar[str] = "checkboxes"
    name: str
    label: Phrase
    choices: tuple[Choice, ...]
    help: Phrase | None = None
    error: str | None = None
    required: bool = False
    others: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """A file that was received: its name and its sha256."""

    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FingerprintField:
    """A text known by its fingerprint. Posts ``<name>.file``, or what was received before (``<name>.sha256`` and
    ``<name>.title``), or ``<name>`` (the fingerprint typed, folded away), or, where there are ``choices`` (adopted
    texts, and another one), ``<name>.choice``."""

    widget: ClassVar[str] = "fingerprint"
    name: str
    label: Phrase
    file_label: Phrase
    value: str = ""
    joined: JoinedFile | None = None
    choices: tuple[Choice, ...] = ()
    help: Phrase | None = None
    error: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class ForumGridField:
    """Attendance and cells of a forum: posts ``<name>.count.<EXPERTISE>`` (numbers) and ``<name>.cell`` (several
    values such as "USAGE.DEMAND"). ``counts`` keeps what was typed, number or not."""

    widget: ClassVar[str] = "forum-grid"
    name: str
    label: Phrase
    counts: Mapping[str, str] = field(default_factory=dict)
    cells: frozenset[str] = frozenset()
    help: Phrase | None = None
    error: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One document as typed."""

    title: str = ""
    sha256: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceField:
    """Documents: for row *i* posts ``<name>.<i>.title``, ``<name>.<i>.sha256`` and, when files are accepted,
    ``<name>.<i>.file`` (its sha256 wins); empty rows are ignored; ``_add=<name>`` asks for one more row.

    ``folded``: the form has a document of its own, and others are seldom joined."""

    widget: ClassVar[str] = "evidence"
    name: str
    label: Phrase
    rows: tuple[EvidenceRow, ...] = (EvidenceRow(),)
    accepts_file: bool = True
    help: Phrase | None = None
    error: str | None = None
    required: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class OneFileField:
    """One document: posts ``<name>.file``, or what was received before (``<name>.sha256`` and ``<name>.title``)."""

    widget: ClassVar[str] = "one-file"
    name: str
    label: Phrase
    joined: JoinedFile | None = None
    help: Phrase | None = None
    error: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """One fact of before a take-over, as typed: posts ``<name>.fact``, ``<name>.period_starts_on``, ``<name>.on``,
    ``<name>.unknown``, ``<name>.count`` where it is ``counted``, and its paper ``<name>.evidence.0.file`` (or what was
    received before: ``.sha256``, ``.title``). ``error`` is of the whole line."""

    name: str
    label: Phrase
    help: Phrase
    fact: str
    period_starts_on: str
    on: str
    unknown: bool
    counted: bool
    count: str
    joined: JoinedFile | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierFactsField:
    """What a convention had passed when it was taken over: a line each."""

    widget: ClassVar[str] = "earlier-facts"
    name: str
    label: Phrase
    lines: tuple[EarlierLine, ...]
    help: Phrase | None = None
    error: str | None = None
    required: bool = False


SimpleField = TextField | ProseField | DateField | SelectField | RadioField | CheckboxesField
"""What a repeating line may hold."""


@dataclass(frozen=True, slots=True)
class RowsField:
    """Repeating lines (findings, decisions, signatories): each row is a tuple of simple fields whose names are
    already ``<name>.<i>.<column>``; ``_add=<name>`` asks the server for one more, keeping what is typed."""

    widget: ClassVar[str] = "rows"
    name: str
    label: Phrase
    row_label: Phrase
    add_label: Phrase
    rows: tuple[tuple[SimpleField, ...], ...]
    help: Phrase | None = None
    error: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class TickedLine:
    """A likely line: its box posts ``name=value``, the other one ``flag_name=true``."""

    name: str
    value: str
    label: str
    chosen: bool
    flag_name: str
    flag: bool
    note: Phrase | None = None


@dataclass(frozen=True, slots=True)
class TickedRowsField:
    """Repeating lines of which the likely ones are boxes to keep or not (``_add=<name>.all`` ticks them all), and
    ``others`` are typed."""

    widget: ClassVar[str] = "ticked-rows"
    name: str
    label: Phrase
    flag_label: Phrase
    lines: tuple[TickedLine, ...]
    others: RowsField
    help: Phrase | None = None
    error: str | None = None
    required: bool = False


Field = (
    SimpleField
    | EmptyField
    | FingerprintField
    | ForumGridField
    | EvidenceField
    | OneFileField
    | RowsField
    | TickedRowsField
    | EarlierFactsField
)


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields that belong together; ``legend`` is empty for the only or first section.

    ``folds``: for whoever has it at hand, under a line that says what it ``holds``; ``unfolded`` where it is filled, in
    error or asked for.
    """

    fields: tuple[Field, ...]
    legend: Phrase | None = None
    help: Phrase | None = None
    folds: bool = False
    unfolded: bool = False
    holds: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldError:
    """One line of the error summary, linked to the field named ``field`` when there is one."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that refused the act: what it says, how to mend it, and whether the committee may waive it."""

    rule: RuleText
    remedy: str | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """``form.html``: the form of one command, empty or as typed with its errors.

    Posts to ``action`` the fields with ``csrf_token``, ``idempotency_key`` and, unless ``None``,
    ``expected_version``. ``waits``: another form was typed in, and waits for this one.
    ``changes``: what the act would change, said beside it; ``may_be_mended``: what it records may be said again.
    """

    title: Phrase
    intro: Phrase
    action: str
    cancel_href: str
    submit: Phrase
    sections: tuple[FormSection, ...]
    idempotency_key: str
    crumbs: tuple[NavItem, ...] = ()
    expected_version: int | None = None
    multipart: bool = False
    undoes: tuple[Phrase, ...] = ()
    errors: tuple[FieldError, ...] = ()
    broken_rules: tuple[BrokenRule, ...] = ()
    conflict: VersionConflictShown | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    mistake: MistakeShown | None = None
    step: int = 1
    steps: int = 1
    waits: bool = False
    changes: tuple[Phrase, ...] = ()
    may_be_mended: bool = False
    foreseen: ForeseenShown | None = None
    bearing: Bearing | None = None
    """Who answers by a one-time link, and for whom: the form then leads nowhere else."""
    kinds: tuple[NavItem, ...] = ()
    """The acts among which one chooses before anything is typed (a new convention, one that runs)."""
