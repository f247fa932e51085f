"""One indicator whole: its definition and versions, every measure with how it was taken and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages.acts.indicators import ANSWER_MEASURE, RECORD_MEASURE, REDEFINE_INDICATOR, RETIRE_INDICATOR
from api.pages.addresses import PATHS, RESULTS, TERRITORY
from api.pages.asking import asking
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.results import IndicatorPage, MeasureLine, TermLineShown, VersionLine
from api.pages.conventions import convention_at, territory_at
from api.pages.messages import messages_of
from api.pages.result_words import card_of, offered
from api.pages.shell import page
from api.pages.territory_bar import bar_of, is_sure
from api.pages.unchanged import unless_unchanged
from api.pages.view import View, view_of
from domain.indicators.indicator import PROPOSED, REFUSED, REVISED, STANDS
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream
from projections.which_targets_are_reached import IndicatorTold, MeasureTold, indicators
from workflows.application import UnknownStream

Reader = Annotated[Visitor, Depends(person_allowed)]
FATE_STATUS: dict[str, Status | None] = {STANDS: "done", PROPOSED: "watch", REVISED: None, REFUSED: "irregular"}


def install(app: FastAPI) -> None:
    """The page of an indicator, with and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        address = f"{base}{PATHS[RESULTS]}/{{indicator_id}}"
        app.add_api_route(address, shown, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def shown(request: Request, siren: str, indicator_id: UUID, visitor: Reader) -> Response:
    """From where to where does an indicator go, what was measured, and what became of it?"""
    which = request.path_params.get("which")

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            territory_id = territory_at(ask, siren)
            convention_id = convention_at(ask, territory_id, which)
            if convention_id is None or ask.dossier(convention_id).convention.is_annulled:
                raise UnknownStream(str(indicator_id))
            view = view_of(ask, convention_id)
            context = indicator_page(view, indicator_id)
            bar = bar_of(ask, territory_id, view.home, RESULTS, view.told.situation.status)
            answer = page(request, visitor, "indicator.html", context, messages=messages_of(request, visitor), bar=bar)
            if not is_sure(ask):
                answer.headers["Cache-Control"] = "no-store"
            return answer

    return unless_unchanged(request, visitor, draw, territory_id=territory_stream(siren))


def indicator_page(view: View, indicator_id: UUID) -> IndicatorPage:
    """Everything the page shows. Raises `UnknownStream` where the convention has no such indicator."""
    one = next((one for one in view.dossier.once(indicators, view.ask.today) if one.indicator_id == indicator_id), None)
    if one is None:
        raise UnknownStream(str(indicator_id))
    view.ask.open(one)
    names = (RECORD_MEASURE.name, REDEFINE_INDICATOR.name, RETIRE_INDICATOR.name) if one.retired_on is None else ()
    acts = (offered(view, one, name) for name in names)
    return IndicatorPage(
        territory=view.territory,
        card=card_of(view, one),
        answer=tuple(_answer(one)),
        back_href=view.home.page(RESULTS),
        definition=tuple(_definition(view, one)),
        sheets=_sheets(view, one),
        measures=tuple(_measure(view, one, each) for each in reversed(one.measures)),
        versions=tuple(
            VersionLine(each.version, each.since, view.ask.said(each.motive), view.told.trail(each.event_id))
            for each in reversed(one.definitions)
        ),
        retired_because=view.ask.said(one.retired_because),
        acts=tuple(act for act in acts if act is not None),
    )


def _answer(one: IndicatorTold) -> Iterator[Phrase]:
    far = one.distance
    if far.latest is not None and far.progress_percent is not None and far.target is not None:
        yield Phrase(
            "page.indicator.answer",
            {
                "percent": far.progress_percent,
                "value": far.latest.value,
                "on": far.latest.on,
                "target": far.target.value,
            },
        )
    elif far.latest is not None:
        yield Phrase("page.indicator.answer-value", {"value": far.latest.value, "on": far.latest.on})
    else:
        yield Phrase("page.indicator.answer-none")
    if one.due_on is not None:
        late = "page.indicator.overdue" if one.days_overdue else "page.indicator.due"
        yield Phrase(late, {"on": one.due_on})


def _definition(view: View, one: IndicatorTold) -> Iterator[TermLineShown]:
    """What it says, in the order of its form; what nobody said is left out."""
    terms, texts = one.terms, view.ask.texts
    said: list[tuple[str, str | None]] = [
        ("definition", view.ask.said(terms.definition)),
        ("kind", texts.t(f"indicator-kind.{terms.kind}")),
        ("frequency", texts.t(f"indicator-frequency.{terms.frequency}")),
        ("counts_persons", texts.t(f"yes-no.{str(terms.counts_persons).lower()}")),
        ("source", view.ask.said(terms.source)),
    ]
    if terms.baseline_value is not None and terms.baseline_on is not None:
        said.append(("baseline", _at(view, terms.baseline_value, terms.baseline_on, terms.baseline_total)))
    elif terms.baseline_promised_by is not None:
        said.append(("promised", texts.long_date(terms.baseline_promised_by)))
    targets = sorted(terms.targets, key=lambda each: each.year)
    said.append(("targets", texts.join(_in_year(view, each.value, each.year) for each in targets) or None))
    compared = (
        f"{texts.t(f'compared-with.{each.place}')} {_in_year(view, each.value, each.year)}"
        for each in terms.comparisons
    )
    said.append(("compared", texts.join(compared) or None))
    for name in ("alert_below", "alert_above"):
        limit = getattr(terms, name)
        said.append((name, texts.number(limit) if limit is not None else None))
    yield TermLineShown(Phrase("page.indicator.owner"), one.owner_name or "", view.home.partner(terms.owner_id))
    for name, text in said:
        if text:
            yield TermLineShown(Phrase(f"page.indicator.{name}"), text)


def _at(view: View, value: object, on: object, total: int | None) -> str:
    of = view.ask.texts.t("page.indicator.of", total=total) if total is not None else ""
    return view.ask.texts.t("page.indicator.at", value=value, of=of, on=on)


def _in_year(view: View, value: object, year: int) -> str:
    return view.ask.texts.t("page.results.at", value=value, year=str(year))


def _sheets(view: View, one: IndicatorTold) -> tuple[TermLineShown, ...]:
    titles = {each.sheet_id: view.ask.said(each.title) for each in view.basis.sheets}
    return tuple(
        TermLineShown(Phrase("page.sheet"), titles[each] or "", view.home.found("sheet", str(each)))
        for each in one.terms.sheet_ids
        if each in titles
    )


def _measure(view: View, one: IndicatorTold, told: MeasureTold) -> MeasureLine:
    span = {"start": told.period_starts_on, "end": told.about}
    about = (
        Phrase("page.indicator.period", span)
        if told.period_starts_on is not None
        else Phrase("page.indicator.on", {"on": told.about})
    )
    return MeasureLine(
        about,
        _value(told),
        told.fate,
        FATE_STATUS[told.fate],
        tuple(_details(one, told)),
        view.ask.said(told.note),
        tuple(text for text in (view.ask.said(told.motive), view.ask.said(told.answer)) if text),
        view.told.trail(told.event_id),
        view.ask.documents(told.evidence),
        _acts(view, one, told),
    )


def _value(told: MeasureTold) -> Phrase:
    if told.value is None:
        return Phrase("page.indicator.in-words")
    if told.total is not None:
        return Phrase("page.indicator.value-of", {"value": told.value, "total": told.total})
    return Phrase("page.indicator.value", {"value": told.value})


def _details(one: IndicatorTold, told: MeasureTold) -> Iterator[Phrase]:
    """How it was taken."""
    if told.method is not None:
        yield Phrase(f"measure-method.{told.method}")
    if told.sample_size is not None:
        yield Phrase("page.indicator.sample", {}, told.sample_size)
    if told.provided_by_name is not None:
        yield Phrase("page.indicator.given-by", {"partner": told.provided_by_name})
    if told.recorded_on != told.about:
        yield Phrase("page.indicator.recorded", {"on": told.recorded_on})
    if told.definition_version != one.definition_version:
        yield Phrase("page.indicator.under-version", {"version": told.definition_version})


def _acts(view: View, one: IndicatorTold, told: MeasureTold) -> tuple[Act, ...]:
    """What may be done with it: a proposal is answered, a value revised."""
    if one.retired_on is not None:
        return ()
    act = None
    if told.fate == PROPOSED:
        act = offered(view, one, ANSWER_MEASURE.name, measure_id=told.measure_id)
    elif told.fate == STANDS:
        act = offered(view, one, RECORD_MEASURE.name, revises=told.measure_id, period_ends_on=told.about.isoformat())
        act = Act(Phrase("page.indicator.revise"), act.href) if act is not None else None
    return (act,) if act is not None else ()
