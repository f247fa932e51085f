"""The first sentences: where a convention stands, what is late or to be watched, what comes next."""

from __future__ import annotations

from typing import Final

from domain.convention.diagnosis import RecordSharedDiagnosis
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.renewing import StartRenewal
from domain.convention.state import CONVENTION, PLAN
from projections.how_a_convention_does.known import Known, lacking, what
from projections.how_a_convention_does.possible import is_to_activate
from projections.how_a_convention_does.waiting import stalled
from projections.saying import Said
from projections.what_is_due import Deadline
from projections.where_conventions_stand import CLOSED
from projections.which_themes_are_crossed import ThemeCrossing

FEW: Final = 4
"""Up to so many signatures, a sentence names whose they are."""


def first_sentences(known: Known) -> tuple[Said, ...]:
    """What is late, or where it stands and what comes next; then what else is to be watched or does not count."""
    if known.phase == CLOSED:
        return (_where(known),)
    in_course = known.phase in ("IN_FORCE", "EXPIRED")
    said: list[Said] = []
    if known.late:
        said += all_late(known)
        if in_course:
            said.append(_where(known))
    else:
        if not _next_says_where(known):
            said.append(_where(known))
        if known.following is not None and not _is_term(known, known.following):
            said.append(Said(word="next", what=what(known.following), on=known.following.due_on))
        elif in_course:
            said.append(Said(word="nothing-late"))
    said += _at_the_term(known)
    said += known.refusing[:1]
    if known.gaps:
        said.append(theme_lacks(known.gaps[0]))
    if (waits := stalled(known)) is not None:
        said.append(waits)
    if known.withheld:
        said.append(not_counting(known))
    return tuple(said)


def _is_term(known: Known, deadline: Deadline) -> bool:
    return known.act_meeting(deadline) == StartRenewal.NAME


def _at_the_term(known: Known) -> list[Said]:
    """What becomes of it at its term, once that is a question: what follows, is prepared, or that nothing is."""
    period, extension = known.standing.period, known.extension
    if period is None or known.phase != "IN_FORCE":
        return []
    said = []
    if extension is not None:
        missing = extension.partners
        said.append(Said(word="extension-waiting", on=extension.effective_to, partners=missing, count=len(missing)))
    if known.followed_from is not None:
        said.append(Said(word="renewed", on=known.followed_from))
    elif known.is_renewing:
        said.append(Said(word="renewing"))
    elif known.term_is_near and extension is None:
        said.append(Said(word="term-near", on=period.effective_to))
    return said


def all_late(known: Known) -> tuple[Said, ...]:
    """What is late first, by name, then how many other things are; nothing where nothing is."""
    if not known.late:
        return ()
    others = len(known.late) - len(_late_together(known))
    return (late(known), *((Said(word="late-more", count=others),) if others else ()))


def late(known: Known) -> Said:
    """What is late first, and since how long: all the signatures together, by name."""
    together = _late_together(known)
    days = together[0].days_late
    if not together[0].is_signature:
        return Said(word="late", what=what(together[0]), days=days)
    partners = tuple(one.partner_id for one in together if one.partner_id is not None)
    return Said(word="late-signatures", partners=partners, count=len(partners), days=days)


def _next_says_where(known: Known) -> bool:
    """Whether what comes next is the very step that the phase waits for: one sentence says both."""
    step = _STEPS.get(known.phase)
    return step is not None and known.following is not None and known.act_meeting(known.following) == step


_STEPS: Final = {
    "DIAGNOSIS": RecordSharedDiagnosis.NAME,
    "PRIORITISATION": ChoosePriority.NAME,
    "PLANNING": ValidateActionPlan.NAME,
}
"""The act that ends a phase."""


def _late_together(known: Known) -> tuple[Deadline, ...]:
    """What is late first, with what is told in the same sentence: of few signatures, those that are late as well."""
    first = known.late[0]
    if not first.is_signature:
        return (first,)
    alike = tuple(one for one in known.late if one.is_signature and one.days_late == first.days_late)
    return alike if len(alike) <= FEW else (first,)


def not_counting(known: Known) -> Said:
    """What does not count yet: whose signature, where it is one."""
    (first, *others) = known.withheld
    if others or first.partner_id is None:
        return Said(word="not-counting", count=len(known.withheld))
    return Said(word="signature-not-counting", partner_id=first.partner_id)


def theme_lacks(theme: ThemeCrossing) -> Said:
    """What a theme lacks first."""
    return Said(word="theme-lacks", theme=theme.theme, lacks=lacking(theme)[0])


def _where(known: Known) -> Said:
    end = known.standing.period.effective_to if known.standing.period is not None else None
    match known.phase:
        case "PREPARATION":
            return Said(word="preparation")
        case "DIAGNOSIS":
            return Said(word="diagnosis")
        case "FORUMS":
            crossed = sum(one.crossed for one in known.themes)
            return Said(word="forums", count=crossed, total=len(known.themes))
        case "PRIORITISATION":
            return Said(word="prioritisation")
        case "PLANNING":
            return Said(word="planning", count=known.priorities)
        case "SIGNING":
            return _signing(known)
        case "CLOSED":
            return Said(word="closed", on=known.standing.since)
        case "EXPIRED":
            return Said(word="expired", on=end)
    return Said(word="in-force-without-plan" if known.plan_missing else "in-force", on=end)


def _signing(known: Known) -> Said:
    """The plan is what is waited for, the convention where its plan is not adopted yet or it is signed apart."""
    missing = known.missing_for(PLAN)
    if is_to_activate(known) and missing:
        return Said(word="to-activate-without-plan")
    if is_to_activate(known) or (known.plan_validated and missing):
        if 0 < len(missing) <= FEW:
            return Said(word="signing-named", partners=missing, count=len(missing))
        return Said(word="signing", count=len(missing), total=known.required)
    return Said(word="signing-convention", count=len(known.missing_for(CONVENTION)), total=known.required)
