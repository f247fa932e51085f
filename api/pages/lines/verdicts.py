"""What would come of a line, in words: why it is refused, why it does not count, what it should know."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.errors import invalid
from api.pages.lines.record import Asked
from domain.kernel import BrokenRule, Refused
from domain.values import InvalidValue
from workflows.answers import Answer
from workflows.bulk import Outcome
from workflows.texts.rules import explain


def fault_of(asked: Asked[Any], outcome: Outcome | None) -> str | None:
    """Why a line is refused, and what mends it; None where it is not."""
    texts = asked.ask.texts
    if outcome is None or isinstance(outcome, Answer):
        return None
    if isinstance(outcome, Refused):
        return " ".join(said(asked, rule, mended=True) for rule in outcome.broken)
    return invalid(outcome, texts).detail if isinstance(outcome, InvalidValue) else texts.t("page.lines.unknown")


def day_of(asked: Asked[Any], day: date) -> str:
    """A day as a line has room for it: with its year only when it is another one."""
    texts, today = asked.ask.texts, asked.ask.today
    return texts.short_date(day) if day.year == today.year else texts.long_date(day)


def said(asked: Asked[Any], rule: BrokenRule, *, mended: bool = False) -> str:
    """A rule in words, with what mends it."""
    told = explain(asked.ask.texts, rule, asked.ask.name)
    return f"{told.text} {told.remedy}" if mended else told.text
