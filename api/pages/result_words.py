"""What pages say of an indicator: its status, why, its values with their unit, its picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from api.pages.acts import form_of
from api.pages.acts.indicators import ANSWER_MEASURE, RECORD_MEASURE
from api.pages.contexts import Act, Delay, Phrase, Status
from api.pages.contexts.results import ResultCard
from api.pages.target_picture import Drawn, TargetPicture, target_picture
from api.pages.view import View
from domain.indicators.terms import NUMBER, UP
from projections.how_far_a_target_is import (
    ALERT,
    AWAY,
    LATE,
    NO_TARGET,
    ON_TRACK,
    REACHED,
    RETIRED,
    SLOW,
    UNKNOWN,
    UNMEASURED,
    Point,
    baseline_of,
)
from projections.which_targets_are_reached import IndicatorTold

STATUS: Final[Mapping[str, Status | None]] = {
    LATE: "late",
    ALERT: "watch",
    AWAY: "watch",
    SLOW: "watch",
    UNMEASURED: "not-started",
    UNKNOWN: "unknown",
    NO_TARGET: None,
    ON_TRACK: "on-time",
    REACHED: "done",
    RETIRED: None,
}


def status_of(one: IndicatorTold) -> Status | None:
    """How it is marked: what was never measured is watched once a measure is expected."""
    return "watch" if one.state == UNMEASURED and one.days_overdue else STATUS[one.state]


def card_of(view: View, one: IndicatorTold) -> ResultCard:
    """An indicator as it stands, with its picture."""
    far = one.distance
    return ResultCard(
        title=view.ask.said(one.terms.title),
        href=view.home.indicator(one.indicator_id),
        unit=unit_of(view, one),
        direction=one.terms.direction,
        status=status_of(one),
        word=word_of(one, view.ask.today),
        value=number(view, far.latest.value) if far.latest else "",
        target=number(view, far.target.value) if far.target else "",
        picture=picture_of(view, one),
        seen=seen_of(view, one),
        act=_act(view, one),
    )


def number(view: View, value: Decimal) -> str:
    """A value as people read it."""
    return view.ask.texts.number(value)


def unit_of(view: View, one: IndicatorTold) -> Phrase:
    """What is counted: in people's words, else the unit; both for a rate."""
    label = view.ask.said(one.terms.unit_label)
    if label and one.terms.unit == NUMBER:
        return Phrase("page.literal", {"text": label})
    unit = Phrase(f"indicator-unit.{one.terms.unit}")
    if label and label.casefold() == view.ask.texts.t(unit.key).casefold():
        return unit
    return Phrase("page.results.unit-of", {"label": label, "unit": unit}) if label else unit


def word_of(one: IndicatorTold, today: date) -> Phrase:
    """Why it has its status, in a few words."""
    far = one.distance
    rises = "UP" if one.terms.direction == UP else "DOWN"
    if one.state == LATE:
        missed = [each for each in one.terms.targets if each.year < today.year]
        year = max(each.year for each in missed)
        return Phrase("page.results.LATE", {"year": str(year)})
    if one.state == ALERT:
        limit = one.terms.alert_below if far.alert == "BELOW" else one.terms.alert_above
        return Phrase(f"page.results.ALERT.{far.alert}", {"limit": limit})
    if one.state == UNMEASURED:
        if one.days_overdue:
            return Phrase("page.results.UNMEASURED.overdue", {"delay": Delay(one.days_overdue)})
        return Phrase("page.results.UNMEASURED", {"on": one.due_on})
    if one.state == UNKNOWN:
        return Phrase("page.results.UNKNOWN", {"on": one.due_on})
    if one.state == REACHED:
        if far.kept:
            return Phrase(f"page.results.KEPT.{rises}")
        assert far.reached_on is not None
        return Phrase("page.results.REACHED", {"year": str(far.reached_on.year)})
    if one.state in (SLOW, ON_TRACK):
        return Phrase(f"page.results.{one.state}.{rises}")
    if one.state == RETIRED:
        return Phrase("page.results.RETIRED", {"on": one.retired_on})
    return Phrase(f"page.results.{one.state}")


def seen_of(view: View, one: IndicatorTold) -> Phrase | None:
    """What the committee saw, and whether it is said otherwise now."""
    seen = one.seen
    if seen is None or seen.value is None:
        return None
    return Phrase("page.results.seen-corrected" if one.corrected_since else "page.results.seen", {"value": seen.value})


def picture_of(view: View, one: IndicatorTold) -> TargetPicture | None:
    """Its picture; None where nothing is to be drawn."""
    terms, seen = one.terms, one.seen
    targets = [Point(date(each.year, 12, 31), each.value) for each in sorted(terms.targets, key=lambda each: each.year)]
    then = Point(seen.about, seen.value) if seen is not None and seen.about and seen.value is not None else None
    now = {each.about: each.value for each in one.values}
    texts = view.ask.texts
    return target_picture(
        Drawn(
            since=one.definitions[0].since,
            start=baseline_of(terms),
            values=[Point(each.about, each.value) for each in one.values if each.value is not None],
            targets=targets,
            seen=then,
            seen_now=now.get(then.on) if then is not None else None,
            limits=[each for each in (terms.alert_below, terms.alert_above) if each is not None],
            kept=one.distance.kept,
            rises=terms.direction == UP,
            target_word=texts.t("page.results.target"),
            none_word=texts.t("page.results.none"),
        ),
        lambda value: texts.number(value),
    )


def offered(view: View, one: IndicatorTold, command: str, **chosen: str) -> Act | None:
    """The link to an act on an indicator, for whoever steers and for the partner that owns the data."""
    if not view.ask.visitor.may(command, view.dossier.territory_id, one.terms.owner_id):
        return None
    address = form_of(command).address(convention_id=view.convention_id, territory_id=view.dossier.territory_id)
    query = urlencode({"stream_id": str(one.indicator_id), **chosen})
    return Act(Phrase(f"command.{command}"), f"{address}?{query}")


def _act(view: View, one: IndicatorTold) -> Act | None:
    """The one act that helps: to answer a proposal, to measure what is due."""
    if one.proposals:
        return offered(view, one, ANSWER_MEASURE.name, measure_id=one.proposals[0].measure_id)
    if one.state != RETIRED and (one.days_overdue or one.state in (UNMEASURED, UNKNOWN)):
        return offered(view, one, RECORD_MEASURE.name)
    return None
