"""Why a sheet is there: the thread from what was heard to what comes of it, cut where a link is missing."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.addresses import DIAGNOSIS, anchor_of
from api.pages.contexts import Phrase, ThreadStep
from api.pages.view import View
from projections.how_the_chain_holds import PriorityInChain
from projections.what_the_plan_rests_on import ForumTold
from projections.where_the_plan_stands import SheetStanding


def thread_of(view: View, sheet: SheetStanding, part: PriorityInChain) -> tuple[ThreadStep, ...]:
    """Its links, as far as they are known."""
    return (_finding(view, part), _forum(view, part.forums), _priority(view, part), _action(view, sheet))


def _finding(view: View, part: PriorityInChain) -> ThreadStep:
    label = Phrase("page.thread.finding")
    if not part.findings:
        return ThreadStep(label, Phrase("page.broken.NO_FINDING"), missing=True)
    first, others = part.findings[0].finding, len(part.findings) - 1
    numbers = {
        finding.finding_id: f"{one.version}.{number}"
        for one in view.basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    }
    return ThreadStep(
        label,
        view.ask.said(first.statement),
        f"{view.home.page(DIAGNOSIS)}#finding-{numbers[first.finding_id]}",
        Phrase("page.thread.others", {}, others) if others else None,
    )


def _forum(view: View, forums: Sequence[ForumTold]) -> ThreadStep:
    label = Phrase("page.thread.forum")
    if not forums:
        return ThreadStep(label, Phrase("page.broken.NO_FORUM"), missing=True)
    one = forums[-1]
    there = one.attendance
    present = there.technical + there.political + there.usage if there is not None else 0
    return ThreadStep(
        label,
        Phrase("page.thread.forum-on", {"themes": one.themes}),
        f"{view.home.page(DIAGNOSIS)}#{anchor_of('forum', one.forum_id)}",
        Phrase("page.thread.present", {"on": one.held_on}, present),
    )


def _priority(view: View, part: PriorityInChain) -> ThreadStep:
    one = part.priority
    href = view.home.found("priority", one.priority_id)
    chosen = Phrase("page.thread.chosen", {"on": one.chosen_on})
    return ThreadStep(Phrase("page.thread.priority"), view.ask.said(one.title), href, chosen)


def _action(view: View, sheet: SheetStanding) -> ThreadStep:
    return ThreadStep(Phrase("page.thread.action"), view.ask.said(sheet.title), here=True)
