"""The priorities of a convention as lines: which were chosen, where, on which findings."""

from __future__ import annotations

from api.pages.addresses import PLAN, anchor_of
from api.pages.contexts import Phrase, PriorityLine, RuleText
from api.pages.deciding.counsel import why_links
from api.pages.view import View


def priority_lines(view: View) -> tuple[PriorityLine, ...]:
    """In the order of the committee, those withdrawn last."""
    numbers = {
        finding.finding_id: f"{one.version}.{number}"
        for one in view.basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    }
    held = {(one.body.body_id, one.meeting_id): one for one in view.meetings}
    waived = {one.theme for one in view.told.known.themes if one.waived_until is not None and not one.crossed}
    lines, why = [], why_links(view)
    for number, one in enumerate(view.basis.priorities, 1):
        cited = one.decided_in
        meeting = held.get((cited.body_id, cited.meeting_id)) if cited is not None else None
        sheets = sum(sheet.priority_id == one.priority_id for sheet in view.basis.sheets)
        where = Phrase("page.priority.decided", {"body": meeting.body.name, "on": meeting.held_on} if meeting else {})
        lines.append(
            PriorityLine(
                view.ask.said(one.title),
                one.themes,
                one.rank,
                one.chosen_on,
                where if meeting else Phrase("body-kind.COPIL" if cited is not None else "page.priority.undecided"),
                tuple(numbers.get(finding, finding) for finding in one.findings),
                sheets,
                f"{view.home.page(PLAN)}#sheets-{number}" if sheets else "",
                view.told.trail(one.event_id),
                (RuleText("R06", view.ask.texts.t("rule.R06")),) if waived & set(one.themes) else (),
                one.withdrawn_on,
                view.ask.said(one.motive),
                anchor_of("priority", one.priority_id),
                why.get(one.priority_id, ""),
            )
        )
    return tuple(lines)
