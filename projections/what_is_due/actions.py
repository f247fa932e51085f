"""What is asked of whoever owns actions: that they begin and end on their days (D13), a word each quarter (D14), any
news at all (S05).

Asked of a partner once, of all its actions together: what falls due on one day is one deadline, which names those that
it still waits for. Before the plan is signed (or validated, as the name that the method takes says) nothing is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.state import ABANDONED, DONE, OVER, POSTPONED, RUNNING, ActionSheet
from domain.calendar import add_days, add_months
from domain.convention.complete_reviews import planned
from domain.convention.counting import Signing
from domain.convention.state import PLAN
from domain.convention.texts import TextsAdopted
from domain.method import DeadlineRule
from domain.values import Code
from projections import how_actions_went
from projections.engine import Dossier
from projections.how_actions_went import Said
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, last_heard, silent

BEGUN: Final = (RUNNING, DONE, ABANDONED)
START: Final = "START"
END: Final = "END"
OF_VALIDATED_PLAN: Final = "_OF_VALIDATED_PLAN"
"""What ends the name of a trigger that asks from the validation of the plan on, not from its signature."""
A_QUARTER: Final = 3
ACTION: Final = "ACTION"


@named(trigger="ACTION_DAY", conditions=("ACTION_STATUS_OF_DAY",))
@named(trigger=f"ACTION_DAY{OF_VALIDATED_PLAN}")
def action_days(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D13: an action begins on its first day and is done by its last; met by whoever says that it is so."""
    since = _followed_from(dossier, rule)
    found: dict[tuple[UUID, str, date], dict[UUID, Said | None]] = defaultdict(dict)
    for owner_id, sheet in _owned(dossier) if since is not None else ():
        if sheet.calendar is None:
            continue
        said = how_actions_went.told(dossier).get(sheet.id, ())
        days = ((START, sheet.calendar.effective_from, BEGUN), (END, sheet.calendar.effective_to, OVER))
        for name, day, met_by in days:
            if since is not None and day >= since:
                found[owner_id, name, day][sheet.id] = _met(said, met_by, day)
    return [
        _of_owner(owner_id, Code(f"{name}.{day.isoformat()}"), day, met) for (owner_id, name, day), met in found.items()
    ]


def _met(said: Sequence[Said], met_by: tuple[Code, ...], day: date) -> Said | None:
    """What first said that an action had begun, or was over; put off, it is asked again on its new day."""
    met = None
    for one in said:
        if one.status == POSTPONED:
            met = one if day <= one.on else None
        elif one.status in met_by and (met is None or met.status == POSTPONED):
            met = one
    return met


@named(trigger="QUARTER_ENDED", conditions=("ACTION_STATUS_OF_QUARTER",))
@named(trigger=f"QUARTER_ENDED{OF_VALIDATED_PLAN}")
def quarters(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D14: of each action that is said to run, a word for each quarter (`_word_for`). A partner that says nothing is
    asked for the first quarter that it owes, not for all that followed."""
    since = _followed_from(dossier, rule)
    if since is None:
        return []
    by_owner: dict[UUID, list[ActionSheet]] = defaultdict(list)
    for owner_id, sheet in _owned(dossier):
        by_owner[owner_id].append(sheet)
    told, ends_on, found = how_actions_went.told(dossier), dossier.convention.period.effective_to, []
    for owner_id, sheets in by_owner.items():
        caught_up: dict[UUID, set[date]] = defaultdict(set)
        for first, last in _quarters(since, ends_on):
            running = [one for one in sheets if _runs_on(told.get(one.id, ()), last)]
            met = {one.id: _word_for(told.get(one.id, ()), first, last, caught_up[one.id]) for one in running}
            if met:
                found.append(_of_owner(owner_id, Code(last.isoformat()), last, met))
            if any(one is None for one in met.values()):
                break
    return found


def _quarters(since: date, until: date) -> Iterator[tuple[date, date]]:
    """The civil quarters that end in a time, each by its first and last day."""
    first = date(since.year, (since.month - 1) // A_QUARTER * A_QUARTER + 1, 1)
    while (last := add_days(add_months(first, A_QUARTER), -1)) <= until:
        yield first, last
        first = add_months(first, A_QUARTER)


def _word_for(said: Sequence[Said], first: date, last: date, caught_up: set[date]) -> Said | None:
    """The word that counts for a quarter: the first about a day of it; else the first about a later day, which is late
    for what was owed by then, and is no word of the quarter in which it was said (`caught_up`: the days of such)."""
    found = next((one for one in said if one.on >= first and not (one.on <= last and one.on in caught_up)), None)
    if found is not None and found.on > last:
        caught_up.add(found.on)
    return found


def _runs_on(said: Sequence[Said], day: date) -> bool:
    last = next((one for one in reversed(said) if one.on <= day), None)
    return last is not None and last.status == RUNNING


@named(trigger="LATEST_NEWS_OF_ACTION", conditions=("NEWS_OF_ACTION",))
@named(trigger=f"LATEST_NEWS_OF_ACTION{OF_VALIDATED_PLAN}")
def silent_actions(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """S05: of an action that is not over nothing was heard since its first day, by a partner of all its actions:
    counted from the one that has been silent longest."""
    since = _followed_from(dossier, rule)
    by_owner: dict[UUID, list[tuple[date, UUID]]] = defaultdict(list)
    for owner_id, sheet in _owned(dossier) if since is not None else ():
        if sheet.calendar is None or Progress.of(sheet).status in OVER:
            continue
        heard = [one.on for one in how_actions_went.told(dossier).get(sheet.id, ())]
        last = dossier.streams[sheet.id].once(last_heard)
        by_owner[owner_id].append((max(last, *heard, sheet.calendar.effective_from, since or date.min), sheet.id))
    return [silent(owner_id, heard) for owner_id, heard in by_owner.items()]


def _of_owner(owner_id: UUID, key: Code, day: date, met: dict[UUID, Said | None]) -> Start:
    """One deadline of a partner about several actions: met by what was said of the last of them."""
    lacking = tuple(sheet_id for sheet_id, said in met.items() if said is None)
    last = None if lacking else max((one for one in met.values() if one is not None), key=lambda one: one.on)
    return Start(
        owner_id,
        key,
        day,
        last.on if last is not None else None,
        last.event_id if last is not None else None,
        owner_id=owner_id,
        things=lacking,
    )


def _owned(dossier: Dossier) -> tuple[tuple[UUID, ActionSheet], ...]:
    """The actions of the plan in force that somebody owns."""
    return dossier.once(_with_owner)


def _with_owner(dossier: Dossier) -> tuple[tuple[UUID, ActionSheet], ...]:
    held = planned(dossier.convention, date.max, dossier.sheets)
    return tuple((one.owner_id, one) for one in dossier.sheets if one.id in held and one.owner_id is not None)


def _followed_from(dossier: Dossier, rule: DeadlineRule) -> date | None:
    """Since when the actions of the plan are followed, at the earliest from a take-over on (R34); None while they are
    not."""
    as_of = dossier.convention.taken_over_on
    if rule.trigger.endswith(OF_VALIDATED_PLAN):
        plan = TextsAdopted.of(dossier.convention).plan
        since = plan.adopted_on if plan is not None else as_of
    else:
        since = Signing.of(dossier.convention).signed_on.get(PLAN)
    return max(since, as_of) if since is not None and as_of is not None else since
