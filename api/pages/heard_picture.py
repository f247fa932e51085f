"""The matrix of a convention, as the page of the diagnosis draws it: what each theme lacks, and what brings it."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.forums import RECORD_FORUM
from api.pages.contexts import Phrase
from api.pages.matrix import matrix
from api.pages.matrix_pieces import Link, Matrix, MatrixLine, MatrixWords, Voice
from api.pages.rendering import PageWords
from api.pages.sentences import lack_of
from api.pages.view import View
from domain.values import AnalysisSide, LocalId
from projections.what_forums_heard import IN_ORDER, ThemeHeard


def heard_picture(view: View, themes: tuple[ThemeHeard, ...]) -> Matrix | None:
    """A row for each theme; None where there is none."""
    words = PageWords(view.ask.texts)
    facts = {one.forum_id: view.told.trail(one.event_id) for one in view.basis.forums}
    return matrix([_line(view, words, one, facts) for one in themes], matrix_words(words))


def matrix_words(words: PageWords) -> MatrixWords:
    """What stands over the columns and in the half-squares."""
    return MatrixWords(
        words.t("page.theme"),
        words.t("page.matrix.verdict"),
        tuple(
            (words.t(f"page.matrix.{one.value}"), words.capital(words.t(f"expertise.{one.value}"))) for one in IN_ORDER
        ),
        tuple(words.t(f"page.matrix.short.{one.value}") for one in IN_ORDER),
        words.t("page.matrix.OFFER"),
        words.t("page.matrix.DEMAND"),
    )


def lacks_of(one: ThemeHeard) -> tuple[Phrase, ...]:
    """What a theme lacks, or why a priority may be chosen all the same."""
    if one.waived_until is not None:
        return (Phrase("page.theme.waived", {"until": one.waived_until}),)
    return tuple(map(lack_of, one.lacks))


def shown_status(one: ThemeHeard) -> str:
    """A theme that is not crossed and presses nobody any more is drawn like one that has not begun."""
    return "not-started" if one.status == "on-time" else one.status


def _line(view: View, words: PageWords, one: ThemeHeard, facts: Mapping[LocalId, str]) -> MatrixLine:
    act = view.told.act(RECORD_FORUM.name, themes=one.theme.code) if one.status == "watch" else None
    return MatrixLine(
        words.capital(words.theme(one.theme)),
        shown_status(one),
        words.t(f"page.matrix.status.{one.status}"),
        tuple(
            Voice(each.present, AnalysisSide.OFFER in each.sides, AnalysisSide.DEMAND in each.sides)
            for each in one.voices
        ),
        tuple(words.capital(words.say(each)) for each in lacks_of(one)),
        facts.get(one.last_forum) if one.last_forum is not None else None,
        Link(f"{words.say(act.label)} →", act.href) if act is not None else None,
    )
