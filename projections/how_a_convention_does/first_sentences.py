"""The first sentences: where a convention stands, what is late or to be watched, what comes next."""

from __future__ import annotations

from domain.convention.state import CONVENTION, PLAN
from projections.how_a_convention_does.known import Known, lacking, what
from projections.how_a_convention_does.possible import is_to_activate
from projections.how_a_convention_does.waiting import stalled
from projections.saying import Said
from projections.what_is_due import Deadline
from projections.where_conventions_stand import CLOSED
from projections.which_themes_are_crossed import ThemeCrossing


def first_sentences(known: Known) -> tuple[Said, ...]:
    """Where it stands, then what is late, or why it is to be watched, or what comes next; then what does not count."""
    said = [_where(known)]
    if known.phase == CLOSED:
        return tuple(said)
    following = known.following
    if known.late:
        said.append(late(known.late[0]))
        if known.late[1:]:
            said.append(Said(word="late-more", count=len(known.late) - 1))
    elif following is not None:
        said.append(Said(word="next", what=what(following), on=following.due_on))
    elif known.phase in ("IN_FORCE", "EXPIRED"):
        said.append(Said(word="nothing-late"))
    said += known.refusing[:1]
    if known.gaps:
        said.append(theme_lacks(known.gaps[0]))
    if (waits := stalled(known)) is not None:
        said.append(waits)
    if known.withheld:
        said.append(Said(word="not-counting", count=len(known.withheld)))
    return tuple(said)


def late(deadline: Deadline) -> Said:
    """What is late, and since how long."""
    return Said(word="late", what=what(deadline), days=deadline.days_late)


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
        return Said(word="signing", count=len(missing), total=known.required)
    return Said(word="signing-convention", count=len(known.missing_for(CONVENTION)), total=known.required)
