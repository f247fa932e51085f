"""The form of a command, empty or as typed: one field for each field of the command, in the words of the catalogue."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from api.pages.contexts import Choice, Phrase
from api.pages.fields import (
    CheckboxesField,
    DateField,
    EvidenceField,
    EvidenceRow,
    Field,
    FormSection,
    ForumGridField,
    ProseField,
    RadioField,
    RowsField,
    SelectField,
    SimpleField,
    TextField,
)
from api.pages.forms.options import CHECKED_AT_FIRST, Options
from api.pages.forms.typed import FORM_ID, GRID, NUMBERED, Typed, bare, item_of
from domain.kernel import Command
from domain.method import MethodProfile
from domain.steering import DecisionReference
from domain.values import Cell, LocalId, Prose
from workflows.texts import Texts

FEW = 4
"""Up to so many choices, all are shown at once."""

ROWS_AT_FIRST = 3
WITH_OWN_STREAM = frozenset({"register-territory", "publish-method-profile"})
"""Acts whose stream follows from what they say (a SIREN, a name and a version)."""

CREATED = frozenset({"forum_id", "priority_id", "meeting_id"})
"""Fields naming what the command creates; where they name what exists, the form lists it (`Options.choices`)."""

SHORT_PROSE = frozenset({"title", "place", "reference"})

LATER: Mapping[str, tuple[str, ...]] = {
    "record-shared-diagnosis": ("recipients", "channel", "participation"),
    "record-forum": ("outputs", "animators"),
    "convene-forum": (),
    "choose-priority": ("forums", "rank", "ends_served", "alternatives", "communes"),
    "record-mandate": ("executory_at", "reference"),
    "record-signature": ("signed_at",),
    "record-review": ("decisions", "users_heard", "summary", "published_on"),
    "open-convention": ("communes", "themes", "successor_of", "sub_perimeter_of", "effective_to"),
    "record-meeting": ("attendance", "partners_present"),
    "open-framework-convention": ("headings",),
}
"""Fields of a second section, for whoever has them at hand: few fields first."""


NEVER_OPTIONAL = frozenset({"choose-priority.findings", "review_kind", "covers", "text_covers"})
"""What a rule wants although the command can do without, or what an empty form already proposes."""

WITH_OWN_MOTIVE = frozenset({"grant-waiver"})
"""Acts that already say why in a field of their own."""


@dataclass(frozen=True)
class FormState:
    """What was typed, where it is wrong, and how many rows are asked for."""

    typed: Typed | None
    errors: Mapping[str, str]
    today: date
    added: str = ""


def sections(command: type[Command], options: Options, state: FormState, texts: Texts) -> tuple[FormSection, ...]:
    """The fields of a command: what is essential, what may be added, why and on which documents."""
    later = LATER.get(command.name, ())
    first: list[Field] = []
    second: list[Field] = []
    hints = typing.get_type_hints(command)
    names = [field.name for field in dataclasses.fields(command)]
    if "occurred_on" in names:
        names.remove("occurred_on")
        names.append("occurred_on")
    required = {
        field.name
        for field in dataclasses.fields(command)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    required |= {name for name in names if {name, f"{command.name}.{name}"} & NEVER_OPTIONAL}
    if "stream_id" in options.choices:
        names.insert(0, names.pop(names.index("stream_id")))
    for name in names:
        if (name == "stream_id" and name not in options.choices) or name == "cells_covered" or name in options.hidden:
            continue
        made = _field(hints[name], name, name in required or name == "occurred_on", options, state, texts)
        if made is not None:
            (second if name in later else first).append(made)
    proof: tuple[Field, ...] = (_evidence(state, texts),)
    if command.name not in WITH_OWN_MOTIVE:
        proof = (
            ProseField(
                "reason", Phrase("field.reason"), _text(state, "reason", options), _help("reason", texts),
                state.errors.get("reason"), rows=2,
            ),
            *proof,
        )  # fmt: skip
    built = [FormSection(tuple(first))]
    if second:
        built.append(FormSection(tuple(second), Phrase("page.form.more")))
    built.append(FormSection(proof, Phrase("page.form.proof")))
    return tuple(built)


def _text(state: FormState, path: str, options: Options) -> str:
    return state.typed.one(path) if state.typed is not None else options.first.get(path, "")


def _help(name: str, texts: Texts) -> Phrase | None:
    key = f"field.{name}.help"
    return Phrase(key) if texts.has(key) else None


def _field(hint: Any, path: str, required: bool, options: Options, state: FormState, texts: Texts) -> Field | None:
    kind, optional = bare(hint)
    required = (required and not optional) or path == "occurred_on"
    name = path.rpartition(".")[2]
    label = Phrase("page.form.body" if name == "stream_id" else f"field.{name}")
    described, error = _help(name, texts), state.errors.get(path)
    item = item_of(kind)
    if path == GRID:
        return _grid(label, described, state)
    if item is Cell:
        return None
    if kind is MethodProfile:
        return ProseField(path, label, _text(state, path, options), described, error, True, rows=24)
    if item is not None and dataclasses.is_dataclass(item):
        return _rows(item, path, options, state, texts, required=required)
    if item is Prose:
        help_ = described or Phrase("page.form.one-per-line")
        return ProseField(path, label, _text(state, path, options), help_, error, required)
    return _simple(kind, item, path, label, described, error, required, options, state)


def _simple(
    kind: Any,
    item: Any | None,
    path: str,
    label: Phrase,
    described: Phrase | None,
    error: str | None,
    required: bool,
    options: Options,
    state: FormState,
) -> SimpleField | None:
    choices = options.of(_without_numbers(path))
    if item is not None:
        if not choices:
            return None
        chosen = state.typed.many(path) if state.typed is not None else _first_ticked(path, options)
        return CheckboxesField(path, label, _choose(choices, chosen), described, error, required)
    value = _text(state, path, options)
    if choices is not None or kind is DecisionReference or kind is UUID:
        listed = _choose(choices or (), (value,))
        few = 0 < len(listed) <= FEW and required and kind is not DecisionReference
        made = RadioField if few else SelectField
        return made(path, label, listed, described, error, required)
    if kind is Prose:
        name = path.rpartition(".")[2]
        if name in SHORT_PROSE:
            return TextField(path, label, value, described, error, required, max_length=300)
        return ProseField(path, label, value, described, error, required)
    if kind is date:
        latest = state.today if path == "occurred_on" else None
        if path == "occurred_on" and state.typed is None and not value:
            value = state.today.isoformat()
        return DateField(path, label, value, described, error, required, latest)
    if kind is int:
        return TextField(path, label, value, described, error, required, input_type="number", minimum=0)
    if kind is time:
        return TextField(path, label, value, described, error, required, input_type="time")
    if kind is LocalId:  # given by the form
        return None
    return TextField(path, label, value, described, error, required)


def _first_ticked(path: str, options: Options) -> tuple[str, ...]:
    first = options.first.get(path)
    return tuple(first.split()) if first is not None else CHECKED_AT_FIRST.get(path, ())


def _without_numbers(path: str) -> str:
    """`findings.0.theme` is about `findings.theme`."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _choose(choices: tuple[Choice, ...], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(choice.value, choice.label, choice.value in chosen) for choice in choices)


def _grid(label: Phrase, described: Phrase | None, state: FormState) -> ForumGridField:
    typed = state.typed
    counts = {
        expertise: typed.one(f"{GRID}.count.{expertise}") if typed is not None else ""
        for expertise in ("TECHNICAL", "POLITICAL", "USAGE")
    }
    cells = frozenset(typed.many(f"{GRID}.cell")) if typed is not None else frozenset[str]()
    errors = [text for path, text in state.errors.items() if path.startswith((GRID, "cells_covered"))]
    return ForumGridField(GRID, label, counts, cells, described, errors[0] if errors else None)


def _rows(
    kind: Any, path: str, options: Options, state: FormState, texts: Texts, *, required: bool
) -> RowsField | None:
    hints = typing.get_type_hints(kind)
    listed = options.of(path)
    proposed = Typed.of(options.first.items()).rows(path)  # none of them may be missing: they would be taken away
    empty = len(listed) if listed else max(proposed, ROWS_AT_FIRST)
    sent = state.typed.rows(path) if state.typed is not None else empty
    count = max(sent, 1) + (state.added == path)
    if listed is not None and not listed:
        return None
    must = {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}
    rows: list[tuple[SimpleField, ...]] = []
    for number in range(count):
        columns: list[SimpleField] = []
        for name, hint in hints.items():
            if name in NUMBERED:
                continue
            made = _field(hint, f"{path}.{number}.{name}", False, options, state, texts)
            if isinstance(made, (TextField, ProseField, DateField, SelectField, RadioField, CheckboxesField)):
                columns.append(dataclasses.replace(made, required=False) if name in must else made)
        rows.append(tuple(columns))
    return RowsField(
        path,
        Phrase(f"field.{path}"),
        Phrase(f"row.{path}"),
        Phrase(f"row.{path}.add"),
        tuple(rows),
        _help(path, texts),
        state.errors.get(path),
        required,
    )


def _evidence(state: FormState, texts: Texts) -> EvidenceField:
    typed = state.typed
    sent = typed.rows("evidence") if typed is not None else 1
    rows = tuple(
        EvidenceRow(
            typed.one(f"evidence.{number}.title") if typed is not None else "",
            typed.one(f"evidence.{number}.sha256") if typed is not None else "",
            state.errors.get(f"evidence.{number}"),
        )
        for number in range(max(sent, 1) + (state.added == "evidence"))
    )
    return EvidenceField("evidence", Phrase("field.evidence"), rows, True, _help("evidence", texts))


def given_ids(command: type[Command], options: Options, typed: Typed | None) -> tuple[tuple[str, str], ...]:
    """The ids of what the form creates, carried hidden so that a form sent twice says the same thing."""
    form_id = (typed.one(FORM_ID) if typed is not None else "") or uuid4().hex[:8]
    ids = [(FORM_ID, form_id)]
    for field in dataclasses.fields(command):
        if field.name in CREATED and field.name not in options.choices:
            kept = typed.one(field.name) if typed is not None else ""
            ids.append((field.name, kept or f"{field.name.partition('_')[0]}-{form_id}"))
    if command.starts and "stream_id" not in options.choices and command.name not in WITH_OWN_STREAM:
        kept = typed.one("stream_id") if typed is not None else ""
        ids.append(("stream_id", kept or str(uuid4())))
    return tuple(ids)
