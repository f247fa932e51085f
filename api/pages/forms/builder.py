"""The form of a command, empty or as typed: one field for each field of the command, in the words of the catalogue."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from api.pages.contexts import Choice, Phrase
from api.pages.fields import (
    CheckboxesField,
    DateField,
    EmptyField,
    EvidenceField,
    EvidenceRow,
    Field,
    FingerprintField,
    FormSection,
    ForumGridField,
    JoinedFile,
    ProseField,
    RadioField,
    RowsField,
    SelectField,
    SimpleField,
    TextField,
    TickedRowsField,
)
from api.pages.forms import amounts, ticked
from api.pages.forms.again import CLEARED
from api.pages.forms.earlier_facts import earlier_facts
from api.pages.forms.labels import help_of, label_key
from api.pages.forms.options import Bounds, Options
from api.pages.forms.record import Form
from api.pages.forms.typed import CHOSEN_WHOLE, GRID, NUMBERED, OTHER_TEXT, Typed, bare, counts_of, item_of, joined_text
from api.schemas import INTEGER_LIMIT
from domain.convention.taking_over import KnownFact
from domain.method import MethodProfile
from domain.values import Attendance, Cell, LocalId, Prose, Sha256
from workflows.texts import Texts

FEW = 4
"""Up to so many choices, all are shown at once."""

ROWS_AT_FIRST = 3
"""Lines shown at first, unless the form says otherwise; a diagnosis has several findings."""


@dataclass(frozen=True)
class FormState:
    """What was typed, where it is wrong, and how many rows are asked for."""

    typed: Typed | None
    errors: Mapping[str, str]
    today: date
    added: str = ""
    corrects: bool = False
    """Whether it says again what was recorded wrongly."""


def sections(form: Form[Any], options: Options, state: FormState, texts: Texts) -> tuple[FormSection, ...]:
    """The fields of a command: what is essential, what may be added, why and on which documents."""
    return _Builder(form, options, state, texts).sections()


@dataclass(frozen=True)
class _Builder:
    """One form being made."""

    form: Form[Any]
    options: Options
    state: FormState
    texts: Texts

    def sections(self) -> tuple[FormSection, ...]:
        """All the fields, in the order in which they are asked."""
        command = self.form.command
        hints = typing.get_type_hints(command)
        if self.options.asks_first and not self.state.corrects:
            asked = self._field(hints[self.options.asks_first], self.options.asks_first, True)
            return (FormSection((asked,) if asked is not None else ()),)
        first: list[Field] = []
        second: list[Field] = []
        required = {
            field.name
            for field in dataclasses.fields(command)
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        }
        names = self._names()
        required = (required | set(self.form.never_optional)) - self.options.spared
        for name in names:
            made = self._fields(hints[name], name, name in required or name == "occurred_on")
            (second if name in self.form.later else first).extend(one for one in made if one is not None)
        motive = None
        if self.state.corrects or not self.form.own_motive:
            must = self.state.corrects or self.form.says_why
            motive = dataclasses.replace(self._prose("reason", required=must), rows=2)
            if self.state.corrects:
                why, because = Phrase("field.corrects.reason"), Phrase("field.corrects.reason.help")
                motive = dataclasses.replace(motive, label=why, help=because)
        built = [FormSection(tuple(first))] if first else []
        if motive is not None and motive.required:
            built.append(FormSection((motive, self._evidence()), Phrase("page.form.proof")))
            motive = None
        else:
            built.append(FormSection((self._evidence(),), Phrase("page.form.documents")))
        if second:
            built.append(self._folded(tuple(second), Phrase("page.form.more")))
        if motive is not None:
            built.append(self._folded((motive,), Phrase("page.form.motive")))
        return tuple(built)

    def _folded(self, several: tuple[Field, ...], legend: Phrase) -> FormSection:
        """What is seldom filled, folded under what it holds: open where it is asked for, filled or in error."""
        typed = self.state.typed.values if self.state.typed is not None else {}
        sent = {name.partition(".")[0] for name, values in typed.items() if any(values)}
        wrong = {path.partition(".")[0] for path in self.state.errors} | {self.state.added}
        said = sent | wrong | (set(self.options.first) if self.state.typed is None else set())
        shown = any(one.name in said or getattr(one, "required", False) for one in several)
        holds = tuple(one.label for one in several) if len(several) > 1 else ()
        return FormSection(several, legend, folds=True, unfolded=shown, holds=holds)

    def _names(self) -> list[str]:
        """The fields to show: where first, then when for what is known by its day, then the rest."""
        names = [field.name for field in dataclasses.fields(self.form.command)]
        first = self.form.first
        names.sort(key=lambda name: first.index(name) if name in first else len(first))
        if "occurred_on" in names:
            names.remove("occurred_on")
            names.insert(0 if self.form.date_first else len(names), "occurred_on")
        if "stream_id" in names:
            names.remove("stream_id")
            if "stream_id" in self.options.choices:
                names.insert(0, "stream_id")
        if not self.form.dated:
            names.remove("occurred_on")
        untold = {"cells_covered", *self.options.hidden, *self.form.carried}
        untold |= {CLEARED} if self.form.untouched and not self.state.corrects else set()
        return [name for name in names if name not in untold]

    # --- what each field says -----------------------------------------------------------------------------------------

    def _label(self, path: str) -> Phrase:
        if path == "stream_id" and not self.texts.has(f"field.{self.form.name}.{path}"):
            return Phrase("page.form.body")
        key = label_key(self.form.name, path, self.texts)
        return Phrase(key or f"field.{path}")

    def _help(self, path: str) -> Phrase | None:
        return help_of(self.form.name, path, self.texts)

    def _error(self, path: str) -> str | None:
        return self.state.errors.get(path)

    def _text(self, path: str) -> str:
        typed = self.state.typed
        return typed.one(path) if typed is not None else self.options.first.get(path, "")

    # --- fields -------------------------------------------------------------------------------------------------------

    def _fields(self, hint: Any, path: str, required: bool) -> list[Field | None]:
        """What a field of a command is on a form: one field, but for people counted without a grid."""
        if bare(hint)[0] is Attendance and path != GRID:
            return [self._field(int, one, required) for one in counts_of(path)]
        return [self._field(hint, path, required)]

    def _field(self, hint: Any, path: str, required: bool) -> Field | None:
        kind, optional = bare(hint)
        required = (required and (not optional or path in self.form.never_optional)) or path == "occurred_on"
        item = item_of(kind)
        if path == GRID:
            return self._grid()
        if item is Cell:
            return None
        if kind is Sha256:
            return self._fingerprint(path)
        if (by := self.options.awaited.get(path)) is not None:
            why = Phrase("page.form.narrowed", {"by": self._label(by)})
            return EmptyField(path, self._label(path), why, None, self._error(path), required, shows=True)
        if path in self.options.needs and not self.options.choices.get(path):
            if path in self.options.spared:
                return None
            need = self.options.needs[path]
            return EmptyField(path, self._label(path), need.why, need.act, self._error(path), required)
        if kind is MethodProfile:
            return dataclasses.replace(self._prose(path, required=True), rows=24)
        if item is KnownFact:
            return earlier_facts(path, self._label(path), self.options.lines, self.state.typed, self.state.errors)
        if item is not None and dataclasses.is_dataclass(item):
            if self.options.ticked.get(path):
                return self._ticked(item, path, required=required)
            return self._rows(item, path, required=required)
        if item is Prose:
            made = self._prose(path, required=required)
            return dataclasses.replace(made, help=made.help or Phrase("page.form.one-per-line"))
        return self._simple(kind, item, path, required)

    def _prose(self, path: str, *, required: bool) -> ProseField:
        return ProseField(path, self._label(path), self._text(path), self._help(path), self._error(path), required)

    def _simple(self, kind: Any, item: Any | None, path: str, required: bool) -> SimpleField | None:
        label, described, error = self._label(path), self._help(path), self._error(path)
        choices = self.options.choices.get(_without_numbers(path))
        if item is not None:
            return self._boxes(path, choices or (), required)
        value = self._text(path)
        if choices is not None or kind in CHOSEN_WHOLE or kind is UUID:
            listed = _choose(choices or (), (value,))
            few = 0 < len(listed) <= FEW and required and kind not in CHOSEN_WHOLE
            made = RadioField if few else SelectField
            return made(path, label, listed, described, error, required)
        if kind is Prose:
            if path.rpartition(".")[2] in self.form.short:
                return TextField(path, label, value, described, error, required, max_length=300)
            return self._prose(path, required=required)
        if kind is date:
            if path == "occurred_on" and self.state.typed is None and not value:
                value = self.state.today.isoformat()
            latest = self.state.today if path == "occurred_on" else None
            bounds = self.options.bounds.get(path, Bounds(latest=latest))
            return DateField(
                path, label, value, described, error, required, earliest=bounds.earliest, latest=bounds.latest
            )
        if kind is int and amounts.is_amount(path):
            return TextField(path, label, value, described, error, required, max_length=20, decimal=True)
        if kind is int:
            return TextField(
                path, label, value, described, error, required, input_type="number", minimum=0, maximum=INTEGER_LIMIT
            )
        if kind is time:
            return TextField(path, label, value, described, error, required, input_type="time")
        if kind is LocalId:  # given by the form
            return None
        return TextField(path, label, value, described, error, required)

    def _boxes(self, path: str, choices: tuple[Choice, ...], required: bool) -> CheckboxesField | None:
        others = self.options.others.get(path, ())
        if not choices and not others:
            return None
        typed = self.state.typed
        chosen = typed.many(path) if typed is not None else self._first_ticked(path)
        return CheckboxesField(
            path,
            self._label(path),
            _choose(choices, chosen),
            self._help(path),
            self._error(path),
            required,
            _choose(others, chosen),
        )

    def _first_ticked(self, path: str) -> tuple[str, ...]:
        return tuple(self.options.first.get(path, "").split())

    def _fingerprint(self, path: str) -> FingerprintField:
        """A text: the file itself, or which of the adopted ones it is."""
        typed = self.state.typed
        joined = joined_text(typed, path) if typed is not None else None
        adopted = self.options.choices.get(path, ())
        if adopted:
            other = Choice(OTHER_TEXT, Phrase("page.form.other-text"))
            adopted = _choose((*adopted, other), (self._text(f"{path}.choice"),))
        return FingerprintField(
            path,
            self._label(path),
            Phrase("page.form.signed-copy" if adopted else "page.form.text-file"),
            self._text(path),
            JoinedFile(joined["title"], joined["sha256"]) if joined is not None else None,
            adopted,
            self._help(path),
            self._error(path),
        )

    def _grid(self) -> ForumGridField:
        typed = self.state.typed
        counts = {
            expertise: typed.one(f"{GRID}.count.{expertise}") if typed is not None else ""
            for expertise in ("TECHNICAL", "POLITICAL", "USAGE")
        }
        cells = frozenset(typed.many(f"{GRID}.cell")) if typed is not None else frozenset[str]()
        errors = [text for path, text in self.state.errors.items() if path.startswith((GRID, "cells_covered"))]
        return ForumGridField(GRID, self._label(GRID), counts, cells, self._help(GRID), errors[0] if errors else None)

    def _rows(self, kind: Any, path: str, *, required: bool) -> RowsField | None:
        hints = typing.get_type_hints(kind)
        listed = self.options.choices.get(path)
        if listed is not None and not listed:
            return None
        # None of the proposed lines may be missing: they would be taken away.
        proposed = Typed.of(self.options.first.items()).rows(path)
        empty = len(listed) if listed else max(proposed, self.form.rows.get(path, ROWS_AT_FIRST))
        sent = self.state.typed.rows(path) if self.state.typed is not None else empty
        count = max(sent, 1) + (self.state.added == path)
        must = {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}
        rows: list[tuple[SimpleField, ...]] = []
        for number in range(count):
            columns: list[SimpleField] = []
            for name, hint in hints.items():
                if name in NUMBERED:
                    continue
                made = self._field(hint, f"{path}.{number}.{name}", False)
                if isinstance(made, (TextField, ProseField, DateField, SelectField, RadioField, CheckboxesField)):
                    columns.append(dataclasses.replace(made, required=False) if name in must else made)
            rows.append(tuple(columns))
        return RowsField(
            path,
            self._label(path),
            Phrase(f"row.{path}"),
            Phrase(f"row.{path}.add"),
            tuple(rows),
            self._help(path),
            self._error(path),
            required,
        )

    def _ticked(self, kind: Any, path: str, *, required: bool) -> TickedRowsField:
        likely, state = self.options.ticked[path], self.state
        lines, again = ticked.lines_of(kind, path, likely, state.typed, every=state.added == path + ticked.EVERY)
        others = dataclasses.replace(self, state=dataclasses.replace(state, typed=again))._rows(
            kind, path, required=False
        )
        assert others is not None, "whoever has likely lines has something to choose from"
        _, flag = (field.name for field in dataclasses.fields(kind))
        return TickedRowsField(
            path,
            self._label(path),
            self._label(f"{path}.{flag}"),
            lines,
            dataclasses.replace(others, rows=others.rows[len(likely) :], help=None, error=None),
            self._help(path),
            self._error(path),
            required,
        )

    def _evidence(self) -> EvidenceField:
        typed = self.state.typed
        sent = typed.rows("evidence") if typed is not None else 1
        rows = tuple(
            EvidenceRow(
                typed.one(f"evidence.{number}.title") if typed is not None else "",
                typed.one(f"evidence.{number}.sha256") if typed is not None else "",
                self._error(f"evidence.{number}"),
            )
            for number in range(max(sent, 1) + (self.state.added == "evidence"))
        )
        folded = Sha256 in typing.get_type_hints(self.form.command).values()
        return EvidenceField("evidence", self._label("evidence"), rows, True, self._help("evidence"), folded=folded)


def _without_numbers(path: str) -> str:
    """`findings.0.theme` is about `findings.theme`."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _choose(choices: tuple[Choice, ...], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(choice.value, choice.label, choice.value in chosen) for choice in choices)
