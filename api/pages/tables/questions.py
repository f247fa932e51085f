"""What is asked about a table, in words: the cell as in the file, the question, its readings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.pages.asking import Asking
from api.pages.contexts import Phrase
from api.pages.tables.contexts import Option, QuestionShown
from api.pages.tables.typed import ANSWER, DAY, TableTyped
from workflows.tables.cells import letters_of
from workflows.tables.exporting import cell_of
from workflows.tables.fields import AMOUNT, FUNDING, NUMBER, PRIORITY, field_of
from workflows.tables.general import MOTIVES, ROW_OWNER
from workflows.tables.indicator_fields import CHANGE_MOTIVE
from workflows.tables.kinds import Kind
from workflows.tables.known import KnownPlan, Named
from workflows.tables.looking import Checked
from workflows.tables.questions import (
    BESIDE,
    BOTH,
    FROM_FILE,
    KEPT,
    OTHER,
    PARTNER_FIELDS,
    REVISED,
    SAME_SHEET,
    Question,
)
from workflows.tables.reading import NONE, Choice
from workflows.tables.wording import family_of

_SAID = {KEPT: "page.table.kept", FROM_FILE: "page.table.file-says"}
_OF_LINES = {REVISED: "page.table.revise-line", BESIDE: "page.table.line-beside"}
_OF_NUMBERS = {SAME_SHEET: "page.table.same-sheet", BOTH: "page.table.both-numbers"}


def anchor_of(key: str) -> str:
    """Where a question stands on the page."""
    return f"question-{key}"


def questions_of(ask: Asking, checked: Checked, typed: TableTyped) -> tuple[QuestionShown, ...]:
    """Everything that is asked, in the order of the file; what is asked of many rows at once comes last."""
    parts = (
        (checked.table, checked.taken, checked.judged),
        *((one.table, one.taken, one.judged) for one in checked.annexes),
    )
    found = []
    for table, taken, judged in parts:
        heads, titles = table.heads, {one.row: one.title for one in judged}
        several = sorted(taken.questions.values(), key=lambda one: (one.cell is None, one.rows[0]))
        found += [_question(ask, one, checked.plan, typed, heads, titles) for one in several]
    return tuple(found)


def _question(
    ask: Asking,
    one: Question,
    plan: KnownPlan,
    typed: TableTyped,
    heads: Mapping[int, str],
    titles: Mapping[int, str],
) -> QuestionShown:
    cell = one.cell
    first = titles.get(one.rows[0], "")
    several = len(one.rows) > 1
    about = ask.texts.t_plural("page.table.rows", len(one.rows), n=len(one.rows)) if several else first
    return QuestionShown(
        anchor=anchor_of(one.key),
        name=f"{ANSWER}{one.key}",
        letters=letters_of(cell.place[1]) if cell is not None else "",
        row=str(cell.place[0] + 1) if cell is not None else "",
        head=heads.get(cell.place[1], "") if cell is not None else "",
        said=cell.shown if cell is not None else None,
        about=about,
        ask=Phrase(f"table-ask.{family_of(one.code)}"),
        doubt=Phrase(f"table-doubt.{one.doubt}", dict(one.parameters)),
        options=_picked(ask, one, plan) if one.picks else _choices(ask, one, plan),
        picks=one.picks,
        types=f"{DAY}{one.key}" if one.types else "",
        typed=typed.one(f"{DAY}{one.key}"),
        typing=one.answer == OTHER,
    )


def _picked(ask: Asking, one: Question, plan: KnownPlan) -> tuple[Option, ...]:
    """A long list, those that the words may mean first."""
    several = plan.partners if one.code in PARTNER_FIELDS else plan.priorities
    by_reference = {each.reference: each for each in several}
    likely = [by_reference[choice.answer] for choice in one.choices if choice.answer in by_reference]
    others = [each for each in several if each not in likely]
    found = [Option(each.reference, each.name, each.reference == one.answer) for each in (*likely, *others)]
    if any(choice.answer == NONE for choice in one.choices):
        found.insert(len(likely), Option(NONE, ask.texts.t("page.table.nothing"), one.answer == NONE))
    if any(choice.answer == ROW_OWNER for choice in one.choices):
        found.insert(0, Option(ROW_OWNER, ask.texts.t("page.table.row-owner"), one.answer == ROW_OWNER))
    return tuple(found)


def _choices(ask: Asking, one: Question, plan: KnownPlan) -> tuple[Option, ...]:
    """The readings; the one that leaves the field empty last."""
    sorted_ = sorted(one.choices, key=lambda choice: choice.answer == NONE)
    return tuple(Option(each.answer, label_of(ask, one, each, plan), each.answer == one.answer) for each in sorted_)


def label_of(ask: Asking, one: Question, choice: Choice[Any], plan: KnownPlan) -> str:
    """A reading as people know it."""
    if choice.answer == NONE:
        field_ = field_of(one.code)
        dated = field_ is not None and field_.kind in (Kind.DAY, Kind.SPAN)
        return ask.texts.t("page.table.no-day" if dated else "page.table.nothing")
    if choice.answer in (KEPT, FROM_FILE):
        return ask.texts.t(_SAID[choice.answer], value=worded(ask, plan, one.code, choice.value))
    if one.code == NUMBER and choice.answer in _OF_NUMBERS:
        return ask.texts.t(_OF_NUMBERS[choice.answer])
    if one.code == AMOUNT and choice.answer in _OF_LINES:
        return ask.texts.t(_OF_LINES[choice.answer])
    return worded(ask, plan, one.code, choice.value)


def worded(ask: Asking, plan: KnownPlan, code: str, value: Any) -> str:
    """A value of a field as people read it."""
    texts, field_ = ask.texts, field_of(code)
    if code == FUNDING:
        names = {each.reference: each.name for each in plan.partners}
        said = [
            texts.t(
                "page.table.funding-line",
                funder=names.get(one.partner, one.partner),
                year=str(one.year),
                amount=one.amount / 100,
                certainty=texts.word("money-certainty", one.certainty),
            )
            for one in value or ()
        ]
        return texts.join(said) if said else texts.t("page.table.nothing")
    if value is None or field_ is None:
        return texts.t("page.table.nothing") if value is None else str(value)
    if isinstance(value, date):
        return texts.long_date(value)
    if isinstance(value, tuple):
        known = {each.reference: each.name for each in (*plan.partners, *plan.communes)}
        stages = field_.kind is Kind.STAGES
        return texts.join(
            [texts.word("life-stage", each) if stages else known.get(each) or str(each) for each in value]
        )
    if field_.kind is Kind.VALUE:
        return texts.number(value)
    if field_.kind in (Kind.WORD, Kind.TRUTH):
        return str(cell_of(plan, code, value, texts))
    if code == CHANGE_MOTIVE and value in MOTIVES:
        return texts.word("table-motive", value)
    if field_.kind is Kind.SPAN:
        return _span(ask, *value)
    if field_.kind is Kind.MONEY:
        return texts.t("page.table.money", amount=value / 100)
    if field_.kind is Kind.STATUS:
        return texts.word("action-status", value)
    if field_.kind is Kind.CERTAINTY:
        return texts.word("money-certainty", value)
    if field_.kind is Kind.PERCENT:
        return texts.t("page.table.percent", value=value)
    several: tuple[Named, ...] = (
        plan.partners if code in PARTNER_FIELDS else plan.priorities if code == PRIORITY else ()
    )
    return next((one.name for one in several if one.reference == value), str(value))


def _span(ask: Asking, first: date | None, last: date | None) -> str:
    texts = ask.texts
    if first is not None and last is not None:
        return texts.t("page.table.span", first=first, last=last)
    if first is not None:
        return texts.t("page.table.from", first=first)
    return texts.t("page.table.until", last=last)
