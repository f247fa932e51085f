"""What a table is told to be, in words."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.tables.comparing import Judged
from workflows.tables.questions import Question
from workflows.tables.refusals import TableRefused
from workflows.tables.taken import Fault
from workflows.texts import Texts
from workflows.texts.rules import NameOf, explain, explain_invalid


def refused_in_words(texts: Texts, refused: TableRefused) -> str:
    """Why a file is not read, and how it is mended."""
    parameters = {"sheet": "", **refused.parameters}
    return texts.t("page.table.refused", why=texts.t(f"table-refused.{refused.why}", **parameters))


def fault_in_words(texts: Texts, fault: Fault) -> str:
    """Why a cell refuses its row."""
    parameters: Mapping[str, object] = fault.parameters
    if "fields" in parameters:
        names = parameters["fields"]
        assert isinstance(names, tuple)
        parameters = {"fields": texts.join([texts.word("table-field", one) for one in names])}
    return texts.t(f"table-fault.{fault.code}", **parameters)


def asked_in_words(texts: Texts, question: Question) -> str:
    """What is asked, and why."""
    ask = texts.t(f"table-ask.{family_of(question.code)}")
    return f"{ask} {texts.t(f'table-doubt.{question.doubt}', **question.parameters)}"


def family_of(code: str) -> str:
    """A field without its year."""
    return code.partition(".")[0]


def row_in_words(texts: Texts, one: Judged) -> str:
    """Where a row stands."""
    if one.table:
        return texts.t("page.table.row-of", sheet=one.table, row=one.row + 1)
    return texts.t("page.table.row-n", row=one.row + 1)


def reasons_of(texts: Texts, one: Judged, name_of: NameOf) -> tuple[str, ...]:
    """All that refuses a row."""
    said = [fault_in_words(texts, fault) for fault in one.faults]
    for rule in one.broken:
        told = explain(texts, rule, name_of)
        said.append(f"{told.text} {told.remedy}")
    if one.invalid is not None:
        told = explain_invalid(texts, one.invalid, name_of)
        said.append(f"{told.text} {told.remedy}")
    return tuple(said)
