"""The decisions that an act may cite: of the kind that founds it, by a body entitled to it, not yet cited first."""

from __future__ import annotations

from api.pages.asking import Asking
from api.pages.contexts import Choice
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, short
from api.pages.forms.record import Cited
from api.pages.forms.typed import SEPARATOR
from domain.method import MethodProfile
from projections import what_the_committee_decided


def decisions(case: ConventionCase, cited: Cited) -> tuple[Choice, ...]:
    """The fitting decisions of the territory's bodies as `decided_in` wants them: not cited yet, then the latest."""
    ask = case.ask
    near = tuple(ask.on_territory(case.standing.territory_id).values())
    meetings = what_the_committee_decided.meetings(case.dossier, near)
    ask.open(meetings)
    found = [
        (decision, meeting)
        for meeting in meetings
        if _entitled(meeting.body, cited, case.profile)
        for decision in meeting.decisions
        if decision.kind == cited.kind
    ]
    found.sort(key=lambda one: (bool(one[0].uses), -one[1].held_on.toordinal()))
    return named((_value(decision), _words(ask, decision, meeting)) for decision, meeting in found)


def _entitled(body: what_the_committee_decided.Body, cited: Cited, profile: MethodProfile) -> bool:
    return body.kind in profile.deciding_bodies or (cited.by_mandated and body.mandated_by is not None)


def _value(decision: what_the_committee_decided.DecisionTaken) -> str:
    reference = decision.reference
    return SEPARATOR.join((str(reference.body_id), reference.meeting_id, reference.decision_id))


def _words(
    ask: Asking, decision: what_the_committee_decided.DecisionTaken, meeting: what_the_committee_decided.Meeting
) -> str:
    key = "page.form.decision-cited" if decision.uses else "page.form.decision"
    return ask.texts.t(key, on=meeting.held_on, text=short(ask.said(decision.text), ask.texts))
