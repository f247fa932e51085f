"""The path of a convention as a picture: the same milestones as the list, in fewer words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.pages.contexts import MilestoneLine, Missing, Phrase
from api.pages.rendering import PageWords
from api.pages.timeline import TimelinePicture, TimelinePoint, timeline
from api.pages.view import View

COMMUNE = ("Commune de ", "Commune d'", "Commune d’")
NAMED = 2
"""So many partners are named; more are counted."""
PARTNERS = frozenset({"missing.signature", "missing.mandate", "missing.mandate-refused", "missing.mandate-withdrawn"})
"""What is missing of one partner each: the picture names them together."""


def path_picture(view: View, lines: Iterable[MilestoneLine]) -> TimelinePicture:
    """The milestones of the list; reviews done are one node, and of the others only the next is shown."""
    words = PageWords(view.ask.texts)
    return timeline([_point(words, one) for one in _with_few_reviews(lines)], view.ask.today)


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


def _point(words: PageWords, line: MilestoneLine) -> TimelinePoint:
    when = ""
    if line.happened_on is not None:
        when = words.brief_day(line.happened_on)
    elif line.due_on is not None:
        when = words.t("page.expected-on", on=words.brief_day(line.due_on))
    note = _note(words, line.missing) if line.status in ("watch", "late", "irregular") else ""
    return TimelinePoint(words.say(line.label), line.status, line.happened_on or line.due_on, when, note)


def _note(words: PageWords, missing: Sequence[Missing]) -> str:
    """What a milestone that has begun still lacks; nothing for one that lacks itself, as its label says already."""
    partners = [_short(str(one.what.params["partner"])) for one in missing if one.what.key in PARTNERS]
    if partners:
        more = len(partners) - NAMED
        named = words.t("page.timeline.missing", partners=tuple(partners[: NAMED if more <= 0 else 1]))
        return words.counted("page.path.more", len(partners) - 1, what=named) if more > 0 else named
    themes = [one.what.params["missing"] for one in missing if one.what.key == "missing.theme"]
    heard = [words.say(one) for one in themes if isinstance(one, Phrase)]
    if not heard:
        return ""
    return words.counted("page.path.more", len(heard) - 1, what=heard[0]) if len(heard) > 1 else heard[0]


def _short(partner: str) -> str:
    """A commune by its own name: there is little room."""
    return next((partner.removeprefix(form) for form in COMMUNE if partner.startswith(form)), partner)
