"""The committees of a whole framework, on its page: when each met, and what it decided."""

from __future__ import annotations

from api.pages.addresses import anchor_of
from api.pages.asking import Asking
from api.pages.contexts.framework import FrameworkBodyLine, FrameworkMeetingLine
from projections.engine import History
from projections.what_a_framework_decided import framework_bodies


def framework_body_lines(ask: Asking, history: History) -> tuple[FrameworkBodyLine, ...]:
    """Each body with its meetings, the latest first; all their words opened at once."""
    known = framework_bodies(history)
    ask.open(known)
    return tuple(
        FrameworkBodyLine(
            anchor_of("body", one.body_id),
            one.name,
            one.kind,
            one.constituted_on,
            tuple(
                FrameworkMeetingLine(
                    anchor_of("meeting", f"{one.body_id}-{meeting.meeting_id}"),
                    meeting.held_on,
                    meeting.attendance,
                    tuple(ask.said(each.text) for each in meeting.decisions),
                )
                for meeting in one.meetings
            ),
        )
        for one in known
    )
