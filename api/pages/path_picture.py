"""The road of a convention as a picture: the same milestones as the list, in fewer words, on their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from api.pages.contexts import MilestoneLine, Phrase
from api.pages.rendering import PageWords
from api.pages.road import Flag, Road, RoadPoint, road
from api.pages.road_pieces import PASSED, UNKNOWN
from api.pages.road_unknown import placed
from api.pages.view import View
from domain.calendar import add_months
from projections.milestones_of_before import TAKEN_OVER
from projections.what_the_committee_decided import of_committees


def path_picture(view: View, lines: Iterable[MilestoneLine]) -> Road | None:
    """The milestones of the list; reviews done are one node, and of the others only the next is shown."""
    words, today = PageWords(view.ask.texts), view.ask.today
    shown = _with_few_reviews(one for one in lines if one.code != TAKEN_OVER)
    dated = [one for one in shown if one.status == UNKNOWN or one.happened_on or one.due_on]
    opened = view.standing.opened_on
    as_of = view.dossier.convention.taken_over_on or today
    days = placed([one.happened_on or one.due_on for one in dated], _before(opened), as_of)
    points = [_point(view, words, one, day) for one, day in zip(dated, days, strict=True)]
    undated = [words.say(one.label) for one in shown if one not in dated]
    met = (one.held_on for one in of_committees(view.meetings) if opened <= one.held_on <= today)
    flags = [Flag(on, view.ask.texts.short_date(on)) for on in met]
    return road(points, flags, opened, today, words.t("page.today-on", on=view.ask.texts.short_date(today)), undated)


def _with_few_reviews(lines: Iterable[MilestoneLine]) -> list[MilestoneLine]:
    kept = list(lines)
    reviews = [one for one in kept if one.code.startswith("review")]
    done = [one for one in reviews if one.status == "done"]
    others = [one for one in reviews if one.status not in PASSED]
    hidden = {id(one) for one in (*done[:-1], *others[1:])}
    shown = [one for one in kept if id(one) not in hidden]
    if len(done) > 1:
        label = Phrase("milestone.REVIEWS-count", {"count": len(done)})
        last = max(one.happened_on for one in done if one.happened_on is not None)
        shown[shown.index(done[-1])] = MilestoneLine("reviews", label, "done", last)
    return shown


def _before(opened: date) -> date:
    """From when on things may have happened of which nobody knows the day."""
    return add_months(opened, -12)


def _point(view: View, words: PageWords, line: MilestoneLine, day: date) -> RoadPoint:
    """A milestone on its day, or about when it happened where nobody knows; how late it is stands in the place of the
    day it was due."""
    if line.status == UNKNOWN:
        return RoadPoint(words.say(line.label), UNKNOWN, day, words.t("page.road.unknown-day"))
    if line.happened_on is not None:
        return RoadPoint(words.say(line.label), line.status, line.happened_on, words.brief_day(line.happened_on))
    assert line.due_on is not None, "a milestone without a day is on no road"
    late = (view.ask.today - line.due_on).days if line.status == "late" else 0
    if late > 0:
        when = words.agreed("page.deadline.late", line.label, delay=words.delay(late))
    else:
        when = words.agreed("page.expected-on", line.label, on=words.brief_day(line.due_on))
    return RoadPoint(words.say(line.label), line.status, line.due_on, when, max(late, 0))
