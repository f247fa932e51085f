"""Deadlines that follow events: of a topic, the forums that count (D05), a signature without plan (D12)."""

from __future__ import annotations

from datetime import date

from domain.convention.counting import ConventionSigned
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumHeld
from domain.method import DeadlineRule
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, facts_of, start, undone_on


def after_event(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """Started by the first, the latest or each event of a topic; the key is the event recorded first."""
    triggers = facts_of(dossier, rule.trigger)
    if not triggers:
        return []
    meeting = facts_of(dossier, *rule.met_by)
    recorded_first = min(triggers, key=lambda one: one.originator_version)
    if rule.occurrence == "EACH":
        return [start(dossier, rule, one, one.occurred_on, meeting, since=one.occurred_on) for one in triggers]
    if rule.occurrence == "LATEST":
        latest = triggers[-1].occurred_on
        return [start(dossier, rule, recorded_first, latest, meeting, since=latest)]
    # What was already done when the first event came (a diagnosis shared before the letter) is done; what was undone
    # since is due again, counted from then.
    day = max(triggers[0].occurred_on, undone_on(dossier, rule.met_by))
    return [start(dossier, rule, recorded_first, day, meeting, since=date.min)]


@named(trigger="LATEST_COUNTED_FORUM")
def after_counted_forum(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D05: since the last diagnosis, moved by each forum that counts until a choice that follows meets it, and by the
    withdrawal of the last priority.

    An earlier version of the diagnosis keeps its line only if it led to a choice.
    """
    diagnoses = facts_of(dossier, DiagnosisShared.TOPIC)
    choices = facts_of(dossier, *rule.met_by)
    forums = facts_of(dossier, ForumHeld.TOPIC)
    found = []
    for number, diagnosis in enumerate(diagnoses):
        until = diagnoses[number + 1].occurred_on if number + 1 < len(diagnoses) else date.max
        held = [one.occurred_on for one in forums if diagnosis.occurred_on <= one.occurred_on < until]
        if not held:
            continue
        met = next((one for one in choices if held[0] <= one.occurred_on < until), None)
        if met is None and until != date.max:
            continue
        trigger = max(day for day in held if met is None or day <= met.occurred_on)
        if until == date.max:
            trigger = max(trigger, undone_on(dossier, rule.met_by))
        found.append(start(dossier, rule, diagnosis, trigger, [met] if met else [], since=date.min))
    return found


@named(trigger="SIGNED_WITHOUT_PLAN")
def signed_without_plan(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D12: the convention was signed, and its plan not by then."""
    signed = facts_of(dossier, ConventionSigned.TOPIC)
    plans = facts_of(dossier, *rule.met_by)
    if not signed or (plans and plans[0].occurred_on <= signed[0].occurred_on):
        return []
    return [start(dossier, rule, signed[0], signed[0].occurred_on, plans, since=date.min)]
