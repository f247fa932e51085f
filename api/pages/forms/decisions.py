"""The decisions that an act may cite: of the kind that founds it, by a body entitled to it, not yet cited first."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice
from api.pages.forms.options import named, short
from api.pages.forms.typed import SEPARATOR
from domain.method import MethodProfile
from domain.values import Code
from projections import what_the_committee_decided

CITED: Mapping[str, Code] = {
    "choose-priority": Code("PRIORITY_CHOSEN"),
    "validate-action-plan": Code("PLAN_VALIDATED"),
    "grant-waiver": Code("WAIVER"),
}
"""The kind of decision that an act rests on."""


def decisions(ask: Asking, territory_id: UUID, command: str, profile: MethodProfile) -> tuple[Choice, ...]:
    """The fitting decisions of the territory's bodies as `decided_in` wants them: not cited yet, then the latest."""
    meetings = what_the_committee_decided.meetings(ask.connection, territory_id)
    ask.open(meetings)
    found = [
        (decision, meeting)
        for meeting in meetings
        if _entitled(meeting.body, command, profile)
        for decision in meeting.decisions
        if decision.kind == CITED[command]
    ]
    found.sort(key=lambda one: (bool(one[0].uses), -one[1].held_on.toordinal()))
    return named((_value(decision), _words(ask, decision, meeting)) for decision, meeting in found)


def _entitled(body: what_the_committee_decided.Body, command: str, profile: MethodProfile) -> bool:
    """A body that the committee mandated decides in its place, but waives no rule (R30)."""
    return body.kind in profile.deciding_bodies or (command != "grant-waiver" and body.mandated_by is not None)


def _value(decision: what_the_committee_decided.DecisionTaken) -> str:
    reference = decision.reference
    return SEPARATOR.join((str(reference.body_id), reference.meeting_id, reference.decision_id))


def _words(
    ask: Asking, decision: what_the_committee_decided.DecisionTaken, meeting: what_the_committee_decided.Meeting
) -> str:
    key = "page.form.decision-cited" if decision.uses else "page.form.decision"
    return ask.texts.t(key, on=meeting.held_on, text=short(ask.said(decision.text), ask.texts))
