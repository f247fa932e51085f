"""Several of one act, each in a row of its own: empty rows are passed over, what is the same for all is said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from api.pages.contexts import Phrase
from api.pages.fields import CheckboxesField, Field, SelectField
from api.pages.forms.record import Form
from api.pages.forms.typed import FORM_ID, Typed, created_id
from api.pages.lines.contexts import Consequence, LineGroup, LineShown
from api.pages.lines.reading import common_fields, draft_of, own, own_fields, prefix_of
from api.pages.lines.record import ADD, LINES, MORE, Asked, Body, Draft, Lines, Weighed
from api.pages.lines.verdicts import fault_of, said
from workflows.answers import Answer

AT_FIRST: Final = 5
"""Rows shown at first, and that a button adds."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A form of many rows of an act: `common` is said once, `more` too but folded, `columns` in each row, and `folded`
    at its end; a column that is common too is said in a row only where it differs. Of what is listed in `one_of` a row
    chooses one."""

    word: str
    form: Form[Any]
    common: Sequence[str]
    columns: Sequence[str]
    more: Sequence[str] = ()
    folded: Sequence[str] = ()
    one_of: Sequence[str] = ()


def by_rows(rows: Rows) -> Lines[Any]:
    """The form by lines of some rows."""
    return Lines(
        word=rows.word,
        form=rows.form,
        propose=_proposed,
        read=partial(_read, rows),
        show=partial(_show, rows),
        adds_rows=True,
    )


def _proposed(asked: Asked[Any]) -> Typed:
    """Today, and what the act's own form proposes."""
    first = {name: tuple(value.split()) for name, value in asked.options.first.items()}
    return Typed({"occurred_on": (asked.ask.today.isoformat(),), **first})


def _read(rows: Rows, asked: Asked[Any]) -> list[Draft]:
    form, common, drafts = rows.form, (*rows.common, *rows.more), []
    for number in range(asked.typed.rows(LINES)):
        under = prefix_of(str(number))
        if own(asked.typed, under):
            form_id = created_id(under, asked.typed.one(FORM_ID))
            ids = {name: created_id(name, form_id) for name in form.creates}
            hidden = asked.options.hidden
            drafts.append(draft_of(asked, form, str(number), common=common, fixed=ids, hidden=hidden))
    return drafts


def _show(rows: Rows, asked: Asked[Any], weighed: Sequence[Weighed]) -> Body:
    known = common_fields(asked, rows.form)
    count = max(asked.typed.rows(LINES), AT_FIRST) + (AT_FIRST if asked.typed.one(ADD) == MORE else 0)
    lines = tuple(_row(rows, asked, weighed, number) for number in range(count))
    odd = tuple(one.name for one in lines if one.why)
    found = [Consequence("done", Phrase(f"page.{rows.word}.change"), sum(_is_allowed(one) for one in weighed))]
    if odd:
        found.append(Consequence("watch", Phrase("page.lines.to-know"), len(odd), odd))
    return Body(
        lead=(Phrase(f"page.{rows.word}.lead"),),
        common=_named(known, rows.common),
        more=_named(known, rows.more),
        groups=(LineGroup(Phrase(f"page.{rows.word}.rows"), "rows", lines),),
        consequences=tuple(found),
    )


def _named(known: dict[str, Field], names: Sequence[str]) -> tuple[Field, ...]:
    return tuple(known[name] for name in names if name in known)


def _is_allowed(one: Weighed) -> bool:
    return isinstance(one.outcome, Answer)


def _row(rows: Rows, asked: Asked[Any], weighed: Sequence[Weighed], number: int) -> LineShown:
    under = prefix_of(str(number))
    outcome = next((one.outcome for one in weighed if one.draft.line == str(number)), None)
    notices = outcome.notices if isinstance(outcome, Answer) else ()
    return LineShown(
        under,
        asked.ask.texts.t(f"page.{rows.word}.row", number=number + 1),
        None,
        "watch" if notices else "done",
        "",
        " ".join(said(asked, rule) for rule in notices),
        fields=tuple(_one_of(rows, one) for one in own_fields(asked, rows.form, under, rows.columns)),
        folded=own_fields(asked, rows.form, under, rows.folded),
        fold=Phrase(f"page.{rows.word}.fold") if rows.folded else None,
        error=fault_of(asked, outcome),
    )


def _one_of(rows: Rows, field: Field) -> Field:
    """A list of boxes as a list to choose one from, where a row is about one."""
    if isinstance(field, CheckboxesField) and field.name.rpartition(".")[2] in rows.one_of:
        return SelectField(field.name, field.label, (*field.choices, *field.others), error=field.error)
    return field
