"""The road of a convention as a picture: the same milestones as the list, in fewer words, on their days."""

from __future__ import annotations

from collections.abc import Iterable

from api.pages.contexts import MilestoneLine, Phrase
from api.pages.rendering import PageWords
from api.pages.road import Flag, Road, RoadPoint, road
from api.pages.view import View


def path_picture(view: View, lines: Iterable[MilestoneLine]) -> Road | None:
    """The milestones of the list; reviews done are one node, and of the others only the next is shown."""
    words, today = PageWords(view.ask.texts), view.ask.today
    shown = _with_few_reviews(lines)
    points = [point for one in shown if (point := _point(view, words, one)) is not None]
    undated = [words.say(one.label) for one in shown if one.happened_on is None and one.due_on is None]
    flags = [Flag(one.held_on, view.ask.texts.short_date(one.held_on)) for one in view.meetings if one.held_on <= today]
    opened = view.standing.opened_on
    flags = [one for one in flags if one.on >= opened]
    return road(points, flags, opened, today, words.t("page.today-on", on=view.ask.texts.short_date(today)), undated)


def _with_few_reviews(lines: Iterable[MilestoneLine]) -> list[MilestoneLine]:
    kept = list(lines)
    reviews = [one for one in kept if one.code.startswith("review")]
    done = [one for one in reviews if one.status == "done"]
    others = [one for one in reviews if one.status != "done"]
    hidden = {id(one) for one in (*done[:-1], *others[1:])}
    shown = [one for one in kept if id(one) not in hidden]
    if len(done) > 1:
        label = Phrase("milestone.REVIEWS-count", {"count": len(done)})
        last = max(one.happened_on for one in done if one.happened_on is not None)
        shown[shown.index(done[-1])] = MilestoneLine("reviews", label, "done", last)
    return shown


def _point(view: View, words: PageWords, line: MilestoneLine) -> RoadPoint | None:
    """A milestone with a day; how late it is stands in the place of the day it was due."""
    if line.happened_on is not None:
        return RoadPoint(words.say(line.label), line.status, line.happened_on, words.brief_day(line.happened_on))
    if line.due_on is None:
        return None
    late = (view.ask.today - line.due_on).days if line.status == "late" else 0
    if late > 0:
        when = words.agreed("page.deadline.late", line.label, delay=words.delay(late))
    else:
        when = words.agreed("page.expected-on", line.label, on=words.brief_day(line.due_on))
    return RoadPoint(words.say(line.label), line.status, line.due_on, when, max(late, 0))
