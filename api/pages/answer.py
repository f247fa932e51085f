"""The first sentences of a convention's pages: where it stands, what is late or to be watched, what comes next."""

from __future__ import annotations

from api.pages.contexts import Phrase, Spelled
from api.pages.situation import Situation
from domain.convention.state import CONVENTION, PLAN
from projections import what_is_due


def answer(situation: Situation) -> tuple[Phrase, ...]:
    """Where it stands, then what is late, or why it is to be watched, or what comes next; then what does not count."""
    said = [_where(situation)]
    following = what_is_due.next_deadline(situation.sheet)
    if situation.late:
        said += [situation.late_phrase(one) for one in situation.late[:1]]
        if situation.late[1:]:
            said.append(Phrase("answer.late-more", {}, len(situation.late) - 1))
    elif following is not None:
        said.append(Phrase("answer.next", {"what": situation.what(following), "due": following.due_on}))
    elif situation.phase in ("IN_FORCE", "EXPIRED"):
        said.append(Phrase("answer.nothing-late"))
    if situation.gaps:
        said.append(situation.gap(situation.gaps[0]))
    if situation.withheld:
        said.append(Phrase("answer.irregular", {}, len(situation.withheld)))
    return tuple(said)


def _where(situation: Situation) -> Phrase:
    end = situation.standing.period.effective_to if situation.standing.period is not None else None
    match situation.phase:
        case "PREPARATION":
            return Phrase("answer.preparation")
        case "DIAGNOSIS":
            return Phrase("answer.diagnosis")
        case "FORUMS":
            crossed = sum(one.crossed for one in situation.themes)
            return Phrase("answer.forums", {"total": Spelled(len(situation.themes))}, crossed)
        case "PRIORITISATION":
            return Phrase("answer.prioritisation")
        case "PLANNING":
            return Phrase("answer.planning", {}, len(situation.facts("priority-chosen")))
        case "SIGNING":
            return _signing(situation)
        case "EXPIRED":
            return Phrase("answer.expired", {"end": end})
    return Phrase("answer.in-force-without-plan" if situation.plan_missing else "answer.in-force", {"end": end})


def _signing(situation: Situation) -> Phrase:
    """The plan is what is waited for, the convention where its plan is not adopted yet or it is signed apart."""
    total = {"total": Spelled(situation.required)}
    missing = situation.missing_for(PLAN)
    if situation.can_activate:
        return Phrase("answer.to-activate-without-plan") if missing else Phrase("answer.signing", total, 0)
    if situation.facts("action-plan-validated") and missing:
        return Phrase("answer.signing", total, len(missing))
    return Phrase("answer.signing-convention", total, len(situation.missing_for(CONVENTION)))
