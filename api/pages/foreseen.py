"""What a take-over would be, as far as it is typed: the road, what will be reminded of, what never will."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.pages.contexts import Phrase
from api.pages.contexts.taking_over import DatedLine, ForeseenShown
from api.pages.forms.cases import TerritoryCase
from api.pages.forms.earlier_facts import row_of
from api.pages.forms.options import FactLine, Options
from api.pages.forms.typed import Typed, joined_text
from api.pages.rendering import COUNTED_IN_WORDS, PageWords
from api.pages.road import Road, RoadPoint, road
from api.pages.road_unknown import placed
from api.pages.terms import day_of, term_of
from domain.calendar import add_months
from domain.convention.earlier import KNOWN_SINCE
from domain.values import ValidityPeriod
from projections.what_a_take_over_changes import Changes, changes

KNOWN = "known"
"""The field of the facts of before."""


@dataclass(frozen=True)
class _Fact:
    line: FactLine
    on: date | None
    has_paper: bool

    @property
    def status(self) -> str:
        if self.on is None:
            return "unknown"
        return "done" if self.has_paper or self.line.fact in KNOWN_SINCE else "unproven"


def foreseen(case: TerritoryCase, typed: Typed | None, options: Options) -> ForeseenShown:
    """What the form shows beside its fields."""
    given = {**options.first, **(typed.ones if typed is not None else {})}
    facts = [_fact(one, typed) for one in options.lines]
    whole, as_of = term_of(case, given), day_of(given.get("as_of"))
    method = case.chosen(given)
    if whole is None or as_of is None or method is None:
        return ForeseenShown((Phrase("page.take-over.term-first"),), None, (), (), tuple(_never(facts)))
    reviewed = {period for one in facts if one.on is not None and (period := one.line.period_starts_on)}
    holidays = case.ask.services.holidays.of(case.territory.department)
    after = changes(method, whole, as_of, reviewed, holidays)
    left = {one.first for one in after.left}
    behind = [one for one in facts if one.line.period_starts_on is None or one.on or one.line.period_starts_on in left]
    return ForeseenShown(
        tuple(_answer(facts)),
        _road(case, facts if not left else behind, after, whole, as_of),
        tuple(_recalled(case, after)),
        tuple(_notes(case, after)),
        tuple(_never(behind)),
    )


def _fact(line: FactLine, typed: Typed | None) -> _Fact:
    period = line.period_starts_on.isoformat() if line.period_starts_on is not None else ""
    name = row_of(KNOWN, line.fact, period, typed)
    if typed is None or name is None:
        return _Fact(line, None, has_paper=False)
    return _Fact(line, day_of(typed.one(f"{name}.on")), joined_text(typed, f"{name}.evidence.0") is not None)


def _answer(facts: Sequence[_Fact]) -> Iterator[Phrase]:
    facts = [one for one in facts if one.line.fact not in KNOWN_SINCE]
    dated = [one for one in facts if one.on is not None]
    total = Phrase(f"page.number.{len(facts)}") if len(facts) <= COUNTED_IN_WORDS else len(facts)
    yield Phrase("page.take-over.dated", {"total": total}, len(dated))
    unproven = sum(one.status == "unproven" for one in facts)
    if unproven:
        yield Phrase("page.take-over.unproven", {}, unproven)
    if len(dated) < len(facts):
        yield Phrase("page.take-over.unknown", {}, len(facts) - len(dated))


def _road(
    case: TerritoryCase, facts: Sequence[_Fact], after: Changes, whole: ValidityPeriod, as_of: date
) -> Road | None:
    words = PageWords(case.ask.texts)
    facts = [one for one in facts if one.line.fact not in KNOWN_SINCE]
    days = placed([one.on for one in facts], add_months(whole.effective_from, -12), as_of)
    points = []
    for one, day in zip(facts, days, strict=True):
        when = words.brief_day(one.on) if one.on is not None else words.t("page.road.unknown-day")
        points.append(RoadPoint(words.capital(words.say(one.line.label)), one.status, day, when))
    for review in after.recalled:
        label = words.capital(words.t("page.earlier.review-of", period=review.period.code))
        points.append(RoadPoint(label, "not-started", review.due_on, words.brief_day(review.due_on)))
    end = RoadPoint(words.t("page.take-over.end"), "not-started", after.ends_on, words.brief_day(after.ends_on))
    said = words.t("page.take-over.as-of", on=case.ask.texts.long_date(as_of))
    beside = (words.t("page.take-over.kept"), words.t("page.take-over.reminded"))
    return road([*points, end], (), whole.effective_from, as_of, said, beside=beside)


def _recalled(case: TerritoryCase, after: Changes) -> Iterator[DatedLine]:
    for one in after.recalled:
        past = Phrase("page.take-over.past") if one.due_on < case.ask.today else None
        yield DatedLine(Phrase("page.earlier.review-of", {"period": one.period.code}), one.due_on, past)


def _notes(case: TerritoryCase, after: Changes) -> Iterator[Phrase]:
    if (first := after.first_on) is not None and first >= case.ask.today:
        yield Phrase("page.take-over.first", {"on": first})
    yield Phrase("page.take-over.ends", {"on": after.ends_on})


def _never(facts: Sequence[_Fact]) -> Iterator[DatedLine]:
    for one in facts:
        if one.on is None:
            yield DatedLine(one.line.label, None, Phrase("page.take-over.is-unknown"))
        elif not one.has_paper and one.line.fact not in KNOWN_SINCE:
            paper = Phrase("page.take-over.paper-of", {"what": one.line.label})
            yield DatedLine(paper, None, Phrase("page.take-over.optional"))
