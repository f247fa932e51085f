"""The page of a table: its answer in one sentence, its rows as squares, its columns, what is refused or changed."""

from __future__ import annotations

from api.pages.addresses import PLAN, Home
from api.pages.asking import Asking
from api.pages.contexts import Phrase
from api.pages.tables.contexts import (
    ChangedShown,
    ColumnShown,
    Option,
    RefusedShown,
    RowSquare,
    Square,
    TableCheck,
    TablePage,
)
from api.pages.tables.questions import anchor_of, questions_of, worded
from api.pages.tables.typed import COLUMN, TableTyped
from domain.indicators.defining import DefineIndicator
from workflows.tables.columns import Certainty, Column, offered
from workflows.tables.comparing import Judged, Verdict
from workflows.tables.exporting import head_of
from workflows.tables.finding import Passed
from workflows.tables.known import KnownPlan
from workflows.tables.looking import Checked
from workflows.tables.wording import reasons_of, row_in_words
from workflows.texts.rules import explain

_KINDS: dict[Verdict, Square] = {
    Verdict.NEW: "read",
    Verdict.CHANGED: "read",
    Verdict.UNCHANGED: "same",
    Verdict.ASKED: "ask",
    Verdict.REFUSED: "refused",
}
_MOST_NOTICES = 5
_MOST_ROWS_TOLD = 12


def upload_page(ask: Asking, home: Home, address: str, plan: KnownPlan, error: str | None) -> TablePage:
    """A file is asked for."""
    answer = [Phrase("page.table.upload.answer")]
    if not plan.priorities:
        answer = [Phrase("page.table.upload.no-priority")]
    return TablePage(
        territory=ask.name(plan.territory_id),
        question=Phrase("page.table.question"),
        answer=tuple(answer),
        action=address,
        plan_href=home.page(PLAN),
        idempotency_key="",
        error=error,
        check=None,
        exports=tuple((Phrase(f"page.table.export.{kind}"), f"{address}.{kind}") for kind in ("xlsx", "ods")),
    )


def check_page(
    ask: Asking, home: Home, address: str, checked: Checked, typed: TableTyped, error: str | None, key: str
) -> TablePage:
    """The file that was handed in, as it is understood."""
    return TablePage(
        territory=ask.name(checked.plan.territory_id),
        question=Phrase("page.table.question"),
        answer=_answer(checked),
        action=address,
        plan_href=home.page(PLAN),
        idempotency_key=key,
        error=error,
        check=_check(ask, checked, typed),
        exports=(),
    )


def _answer(checked: Checked) -> tuple[Phrase, ...]:
    """One sentence with a verb: how many rows are read, how many wait, how many are refused."""
    total, same = len(checked.judged), checked.count(Verdict.UNCHANGED)
    read = checked.count(Verdict.NEW, Verdict.CHANGED)
    asked, refused = checked.count(Verdict.ASKED), checked.count(Verdict.REFUSED)
    lines = sum(one.verdict in (Verdict.NEW, Verdict.CHANGED) for one in checked.lines)
    waiting = checked.left_out - asked - refused
    if same == total and not lines and not waiting:
        return (Phrase("page.table.answer.same", {}, total),)
    if same == total:
        told = [Phrase("page.table.answer.lines", {}, lines)] if lines else []
        told += [Phrase("page.table.answer.asked", {}, waiting)] if waiting else []
        return tuple(told)
    said = [Phrase("page.table.answer.read" if read else "page.table.answer.none", {"total": total}, read)]
    if same:
        said.append(Phrase("page.table.answer.unchanged", {}, same))
    if lines:
        said.append(Phrase("page.table.answer.lines", {}, lines))
    if asked:
        said.append(Phrase("page.table.answer.asked", {}, asked))
    if refused:
        said.append(Phrase("page.table.answer.refused", {}, refused))
    return tuple(said)


def _check(ask: Asking, checked: Checked, typed: TableTyped) -> TableCheck:
    columns = [_column(ask, one, checked) for one in checked.columns]
    return TableCheck(
        file=checked.workbook.name,
        sheet=checked.table.sheet.name,
        sheets=tuple(Option(one.sheet.name, one.sheet.name, one is checked.table) for one in checked.tables),
        squares=tuple(_square(one) for one in checked.judged),
        refused_count=checked.count(Verdict.REFUSED),
        asked_count=checked.count(Verdict.ASKED),
        left_out=checked.left_out,
        read_count=checked.count(Verdict.NEW, Verdict.CHANGED),
        same_count=checked.count(Verdict.UNCHANGED),
        to_confirm=tuple(one for one in columns if one.certainty != Certainty.SURE.value),
        sure=tuple(one for one in columns if one.certainty == Certainty.SURE.value),
        questions=questions_of(ask, checked, typed),
        refused=tuple(_refused(ask, one) for one in checked.everything if one.verdict is Verdict.REFUSED),
        changed=tuple(_changed(ask, one, checked) for one in checked.everything if one.verdict is Verdict.CHANGED),
        passed=_passed(checked),
        notices=_notices(ask, checked),
        on=(checked.on or ask.today).isoformat(),
        today=ask.today.isoformat(),
        leaves_out=typed.leaves_out,
        consequences=_consequences(checked),
    )


def _square(one: Judged) -> RowSquare:
    kind = _KINDS[one.verdict]
    href = {"ask": f"#{anchor_of(one.asked[0])}" if one.asked else "", "refused": f"#refus-{one.row + 1}"}
    return RowSquare(one.row + 1, kind, one.title, href.get(kind, ""))


def _column(ask: Asking, one: Column, checked: Checked) -> ColumnShown:
    chosen = checked.mapped.columns.get(one.index, "")
    texts = ask.texts
    options = [Option("", texts.t("table-field-none"), not chosen)]
    fields = offered(range(checked.plan.starts_on.year, checked.plan.ends_on.year + 1))
    options += [Option(each.code, head_of(each.code, texts), each.code == chosen) for each in fields]
    if chosen and all(each.value != chosen for each in options):
        options.append(Option(chosen, head_of(chosen, texts), chosen=True))
    return ColumnShown(
        one.letters,
        one.head,
        one.samples,
        f"{COLUMN}{one.index}",
        tuple(options),
        next(each.label for each in options if each.chosen),
        one.certainty.value,
        Phrase(f"table-why.{one.why}", {"count": one.count, "total": one.filled}),
    )


def _refused(ask: Asking, one: Judged) -> RefusedShown:
    cell = next((fault.cell for fault in one.faults if fault.cell is not None), None)
    mend = Phrase("page.table.mend", {"cell": cell.name}) if cell is not None else None
    said = cell.shown if cell is not None else one.title
    return RefusedShown(_anchor(one), row_in_words(ask.texts, one), said, reasons_of(ask.texts, one, ask.name), mend)


def _anchor(one: Judged) -> str:
    return f"refus-{one.row + 1}" if not one.table else f"refus-{one.table}-{one.row + 1}".replace(" ", "-")


def _changed(ask: Asking, one: Judged, checked: Checked) -> ChangedShown:
    changes = tuple(
        (
            head_of(change.code, ask.texts),
            worded(ask, checked.plan, change.code, change.old),
            worded(ask, checked.plan, change.code, change.new),
        )
        for change in one.changes
    )
    return ChangedShown(row_in_words(ask.texts, one), one.title, changes)


def _passed(checked: Checked) -> tuple[Phrase, ...]:
    """What is passed over, by kind, with the rows."""
    found: dict[Passed, list[int]] = {}
    for row, why in checked.table.passed.items():
        if why is not Passed.ABOVE:
            found.setdefault(why, []).append(row + 1)
    return tuple(
        Phrase("page.table.passed", {"why": Phrase(f"table-passed.{why.value}"), "rows": ", ".join(map(str, rows))})
        for why, rows in found.items()
    )


def _notices(ask: Asking, checked: Checked) -> tuple[str, ...]:
    """What rules have to tell of the rows that are read, each once."""
    gone = [one.title for one in checked.gone] + [one for annex in checked.annexes for one in annex.gone]
    told = {ask.texts.t("page.table.gone", title=one): None for one in gone}
    if hidden := checked.table.hidden:
        rows = ", ".join(str(row + 1) for row in hidden[:_MOST_ROWS_TOLD])
        told[ask.texts.t_plural("page.table.hidden", len(hidden), rows=rows)] = None
    if checked.workbook.has_comments:
        told[ask.texts.t("page.table.comments")] = None
    others = [one.sheet.name for one in checked.tables if one is not checked.table and one.known_heads > 1]
    if others:
        told[ask.texts.t("page.table.other-sheets", sheets=ask.texts.join(others[:_MOST_NOTICES]))] = None
    told |= {explain(ask.texts, rule, ask.name).text: None for one in checked.everything for rule in one.notices}
    return tuple(told)[:_MOST_NOTICES]


def _consequences(checked: Checked) -> tuple[Phrase, ...]:
    """What pressing the button changes."""
    new, changed = checked.count(Verdict.NEW), checked.count(Verdict.CHANGED)
    said = []
    if new:
        said.append(Phrase("page.table.change.new", {}, new))
    if changed:
        said.append(Phrase("page.table.change.changed", {}, changed))
    lines = sum(one.verdict in (Verdict.NEW, Verdict.CHANGED) for one in checked.lines)
    if lines:
        said.append(Phrase("page.table.change.lines", {}, lines))
    followed = sum(isinstance(act, DefineIndicator) for one in checked.judged for act in one.acts)
    if followed:
        said.append(Phrase("page.table.change.indicators", {}, followed))
    if not said:
        said.append(Phrase("page.table.change.nothing"))
    return tuple(said)
