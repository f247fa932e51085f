"""What a correction changes, in the words of the act's own form: each field as it was, and as it is now."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from api.pages.acts import form_of
from api.pages.asking import Asking
from api.pages.contexts import ChangeShown
from api.pages.forms import amounts
from api.pages.forms.labels import label_key
from api.pages.forms.record import Form
from api.pages.forms.typed import NUMBERED, bare, item_of
from domain.agenda import Occurrence
from domain.steering import DecisionReference
from domain.values import Attendance, Cell, LocalId, Prose, Sha256
from projections.which_mistakes_are_mended import Change
from workflows.texts import Texts
from workflows.texts.facts import awaited
from workflows.texts.rules import SHOWN_OF_SHA256

_EXPERTISES = {"technical": "TECHNICAL", "political": "POLITICAL", "usage": "USAGE"}


def changes_shown(ask: Asking, act: str, changes: Iterable[Change]) -> tuple[ChangeShown, ...]:
    """The values that differ to whoever reads them: what reads alike on both sides is left out."""
    form = form_of(act)
    hints = typing.get_type_hints(form.command)
    words = _Words(ask, form)
    shown: list[ChangeShown] = []
    for one in changes:
        was = dict(words.told(hints[one.field], one.field, one.was))
        now = dict(words.told(hints[one.field], one.field, one.now))
        for path in dict.fromkeys((*was, *now)):
            if was.get(path) != now.get(path):
                shown.append(ChangeShown(words.label(path), was.get(path), now.get(path)))
    return tuple(shown)


@dataclass(frozen=True)
class _Words:
    ask: Asking
    form: Form[Any]

    @property
    def texts(self) -> Texts:
        return self.ask.texts

    def label(self, path: str) -> str:
        """A value by the label of its field, its row where there are several."""
        *outer, last = [part for part in path.split(".") if not part.isdigit()]
        rows = [int(part) + 1 for part in path.split(".") if part.isdigit()]
        if last in _EXPERTISES:
            return self.texts.t("mistake.attendance", who=self.texts.t(f"expertise.{_EXPERTISES[last]}"))
        key = label_key(self.form.name, ".".join((*outer, last)), self.texts)
        name = self.texts.t(key) if key is not None else last
        if not rows:
            return name
        row = f"row.{'.'.join(outer)}"
        of = self.texts.t(row) if self.texts.has(row) else name
        return self.texts.t("mistake.row", row=of, number=rows[-1], field=name)

    def told(self, hint: Any, path: str, value: Any) -> Iterator[tuple[str, str]]:
        """Every plain value in words, by its path; what was not said has none."""
        hint = bare(hint)[0]
        item = item_of(hint)
        if value is None or value == ():
            return
        if hint is Attendance:
            yield from ((f"{path}.{name}", self.texts.number(getattr(value, name))) for name in _EXPERTISES)
        elif hint is DecisionReference:
            yield path, self.texts.t("mistake.other-decision", reference=value.decision_id)
        elif hint is Occurrence:
            yield path, awaited(self.texts, value, self.ask.name)
        elif item is not None and dataclasses.is_dataclass(item) and path != "cells_covered":
            hints = typing.get_type_hints(item)
            for number, one in enumerate(value):
                for name in (each.name for each in dataclasses.fields(item) if each.name not in NUMBERED):
                    yield from self.told(hints[name], f"{path}.{number}.{name}", getattr(one, name))
        elif item is not None:
            yield path, self.texts.join([self._one(item, path, one) for one in value])
        else:
            yield path, self._one(hint, path, value)

    def _one(self, hint: Any, path: str, value: Any) -> str:
        if isinstance(value, Prose):
            return self.ask.said(value) or self.texts.t("page.erased")
        if isinstance(value, Cell):
            expertise, side = self.texts.t(f"expertise.{value.expertise.value}"), f"analysis-side.{value.side.value}"
            return self.texts.t("mistake.cell", expertise=expertise, side=self.texts.t(side))
        if isinstance(value, bool):
            return self.texts.t(f"yes-no.{'true' if value else 'false'}")
        if isinstance(value, date):
            return self.texts.long_date(value)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, int) and amounts.is_amount(path):
            said = Decimal(value) / 100
            return self.texts.money(said) if amounts.is_money(path) else self.texts.number(said)
        if isinstance(value, int):
            return str(value) if path.endswith("year") else self.texts.number(value)
        if isinstance(value, UUID):
            name = self.ask.name(value)
            return name if name != str(value) else self.texts.t("mistake.other-choice", reference=str(value)[:8])
        if hint is Sha256:
            return f"{value[:SHOWN_OF_SHA256]}…"
        if hint is LocalId:
            return self.texts.t("mistake.other-choice", reference=value)
        return self._word(path, str(value.value) if isinstance(value, Enum) else str(value))

    def _word(self, path: str, code: str) -> str:
        """A code by the word under which its form offers it, or by the vocabulary that its field is named after."""
        plain = ".".join(part for part in path.split(".") if not part.isdigit())
        fixed: Mapping[str, str] = {one.value: one.label.key for one in self.form.fixed.get(plain, ())}
        last = plain.rpartition(".")[2]
        of_act = f"{self.form.name.partition('-')[2]}-{last}"
        keys = (fixed.get(code, ""), f"{last}.{code}", f"{last.removesuffix('s')}.{code}", f"{of_act}.{code}")
        return next((self.texts.t(key) for key in keys if key and self.texts.has(key)), code)
