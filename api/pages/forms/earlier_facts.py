"""The facts of before a take-over in its form: one line each, as typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.pages.contexts import Phrase
from api.pages.fields import EarlierFactsField, EarlierLine, JoinedFile
from api.pages.forms.options import FactLine
from api.pages.forms.typed import Typed, joined_text


def earlier_facts(
    path: str, label: Phrase, asked: Iterable[FactLine], typed: Typed | None, errors: Mapping[str, str]
) -> EarlierFactsField:
    """The lines in the order in which they are asked. What was typed of one is found by what it is of: a term that was
    changed meanwhile has other reviews, and their lines move."""
    lines = []
    for number, one in enumerate(asked):
        name, period = f"{path}.{number}", one.period_starts_on.isoformat() if one.period_starts_on else ""
        said = row_of(path, one.fact, period, typed)
        joined = joined_text(typed, f"{said}.evidence.0") if typed is not None and said else None
        wrong = [text for place, text in errors.items() if said and f"{place}.".startswith(f"{said}.")]
        lines.append(
            EarlierLine(
                name,
                one.label,
                one.help,
                one.fact,
                period,
                typed.one(f"{said}.on") if typed is not None and said else "",
                bool(typed is not None and said and typed.one(f"{said}.unknown")),
                one.counted,
                typed.one(f"{said}.count") if typed is not None and said else "",
                JoinedFile(joined["title"], joined["sha256"]) if joined is not None else None,
                wrong[0] if wrong else None,
            )
        )
    return EarlierFactsField(path, label, tuple(lines), error=errors.get(path))


def row_of(path: str, fact: str, period_starts_on: str, typed: Typed | None) -> str | None:
    """Under which name a fact was typed, None when it was not."""
    for number in range(typed.rows(path)) if typed is not None else ():
        name = f"{path}.{number}"
        if typed is not None and (typed.one(f"{name}.fact"), typed.one(f"{name}.period_starts_on")) == (
            fact,
            period_starts_on,
        ):
            return name
    return None
