"""The terms of a convention before it is opened or taken over, and what follows from them, by their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from api.pages.contexts import Phrase
from api.pages.contexts.taking_over import DatedLine, SummaryLine
from api.pages.forms.cases import TerritoryCase
from api.pages.terms import term_of
from domain.calendar import add_months
from domain.convention.opening import OpenConvention, StatesTerms
from domain.convention.taking_over import KnownFact, TakeOverConvention
from domain.convention.themes import AddTheme
from domain.kernel import Command
from domain.method import MethodProfile
from domain.partners import RegisterPartner
from domain.values import ValidityPeriod
from projections.what_a_take_over_changes import changes

Summary = tuple[tuple[SummaryLine, ...], tuple[DatedLine, ...]]


def opening_summary(case: TerritoryCase, beside: Sequence[Command], command: OpenConvention) -> Summary:
    """What a new convention would be; what is proposed next, and from when its wait shows."""
    texts, method = case.ask.texts, _method(case, command)
    whole = _term(case, command)
    began = command.work_began_on or command.occurred_on or case.ask.today
    lines = [*_terms(case, beside, command, whole), _line("field.work_began_on", [texts.long_date(began)])]
    following = (
        DatedLine(Phrase("page.confirm.next-act"), None, Phrase("page.confirm.at-once")),
        DatedLine(Phrase("page.confirm.stalled"), add_months(began, method.thresholds.stalled_months)),
        DatedLine(Phrase("page.confirm.takes-effect"), whole.effective_from),
        DatedLine(Phrase("page.confirm.end"), whole.effective_to),
    )
    return tuple(lines), following


def taking_over_summary(case: TerritoryCase, beside: Sequence[Command], command: TakeOverConvention) -> Summary:
    """What a convention taken over would be; what is reminded of next."""
    texts = case.ask.texts
    whole = _term(case, command)
    dated = [one for one in command.known if one.on is not None]
    unknown = [one for one in command.known if one.on is None]
    lines = [_line("field.as_of", [texts.long_date(command.as_of)]), *_terms(case, beside, command, whole)]
    lines += [_line("page.confirm.dated", [_fact(case, one) for one in dated])] if dated else []
    lines += [_line("page.confirm.unknown", [_fact(case, one) for one in unknown])] if unknown else []
    reviewed = {one.period_starts_on for one in dated if one.period_starts_on is not None}
    holidays = case.ask.services.holidays.of(case.territory.department)
    after = changes(_method(case, command), whole, command.as_of, reviewed, holidays)
    reviews = [
        DatedLine(Phrase("page.earlier.review-of", {"period": one.period.code}), one.due_on) for one in after.recalled
    ]
    return tuple(lines), (*reviews, DatedLine(Phrase("page.confirm.end"), whole.effective_to))


def _method(case: TerritoryCase, command: StatesTerms) -> MethodProfile:
    """The method that the convention is opened under."""
    method = case.chosen(_chosen(command))
    assert method is not None, "a form that was read has a method"
    return method


def _chosen(command: StatesTerms) -> dict[str, str]:
    return {"profile_name": command.profile_name, "profile_version": str(command.profile_version)}


def _term(case: TerritoryCase, command: StatesTerms) -> ValidityPeriod:
    given = {**_chosen(command), "effective_from": command.effective_from.isoformat()}
    if command.effective_to is not None:
        given["effective_to"] = command.effective_to.isoformat()
    return term_of(case, given) or ValidityPeriod(command.effective_from, command.effective_from)


def _terms(
    case: TerritoryCase, beside: Sequence[Command], command: StatesTerms, whole: ValidityPeriod
) -> Iterator[SummaryLine]:
    ask, texts = case.ask, case.ask.texts
    new = {one.stream_id: str(one.name) for one in beside if isinstance(one, RegisterPartner)}

    def name(partner_id: UUID) -> str:
        return new.get(partner_id) or ask.name(partner_id)

    start, end = texts.long_date(whole.effective_from), texts.long_date(whole.effective_to)
    yield _line("page.confirm.term", [texts.t("page.from-to", start=start, end=end)])
    former = ask.on_territory(case.territory.territory_id).get(command.successor_of) if command.successor_of else None
    if former is not None:
        period = former.convention.period
        days = {"start": texts.long_date(period.effective_from), "end": texts.long_date(period.effective_to)}
        yield _line("field.successor_of", [texts.t("page.from-to", **days)])
    communes = {one.insee: one.name for one in case.territory.communes}
    names = [communes.get(insee) or ask.name(insee) for insee in command.communes] or list(communes.values())
    yield SummaryLine(Phrase("page.confirm.perimeter", {}, len(names)), tuple(sorted(names)))
    yield _line("field.holder_ids", [name(one) for one in command.holder_ids])
    required = [name(one.partner_id) for one in command.signatories if one.required]
    optional = [name(one.partner_id) for one in command.signatories if not one.required]
    yield SummaryLine(Phrase("page.confirm.required", {}, len(required)), tuple(required))
    if optional:
        yield SummaryLine(Phrase("page.confirm.optional", {}, len(optional)), tuple(optional))
    if new:
        yield SummaryLine(Phrase("page.confirm.registered", {}, len(new)), tuple(new.values()))
    themes = [texts.t(f"theme.{one}") if texts.has(f"theme.{one}") else one for one in command.themes]
    yield _line("field.themes", themes or [texts.t("page.confirm.all-themes")])
    own = [str(one.name) for one in beside if isinstance(one, AddTheme)]
    if own:
        yield SummaryLine(Phrase("page.confirm.own-themes", {}, len(own)), tuple(own))


def _line(name: str, said: Iterable[str]) -> SummaryLine:
    return SummaryLine(Phrase(name), tuple(said))


def _fact(case: TerritoryCase, one: KnownFact) -> str:
    """A fact of before in a few words, with its day and whether its paper is joined."""
    texts = case.ask.texts
    what = texts.t(f"earlier-fact.{one.fact}")
    if one.period_starts_on is not None:
        what = texts.t("page.earlier.review-of", period=str(one.period_starts_on.year))
    if one.on is None:
        return what
    return texts.t("page.confirm.fact" if one.evidence else "page.confirm.fact-no-paper", what=what, on=one.on)
