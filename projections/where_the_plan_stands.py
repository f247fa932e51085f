"""Where does the plan stand? Each action sheet whole: what is said of it, how it goes, what is late, what is missing.

Nothing here is ranked: the order is that of the priorities, then of the numbers that people gave, then of writing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.describing import Description, priorities_of
from domain.action_sheets.following import Progress
from domain.action_sheets.scheduling import ActionStep, PlannedSteps
from domain.action_sheets.state import OVER, RUNNING, ActionSheet
from domain.calendar import add_months
from domain.convention.priorities import PrioritiesChosen
from domain.convention.themes import named
from domain.values import Code, LocalId, Prose, PublicName, Theme, ValidityPeriod
from projections import what_money_there_is, what_the_plan_rests_on, which_actions_are_not_measured
from projections.engine import Dossier

NOT_STARTED: Final = Code("NOT_STARTED")
NOT_DONE: Final = Code("NOT_DONE")
STEP_NOT_DONE: Final = Code("STEP_NOT_DONE")
"""Why an action is late: its first day has passed and it has not begun, its last one and it is not done, a step's."""
NO_OWNER: Final = Code("NO_OWNER")
NO_DATES: Final = Code("NO_DATES")
NO_DESCRIPTION: Final = Code("NO_DESCRIPTION")
NO_MONEY: Final = Code("NO_MONEY")
NO_INDICATOR: Final = Code("NO_INDICATOR")
LACKS: Final = (NO_OWNER, NO_DATES, NO_DESCRIPTION, NO_MONEY, NO_INDICATOR)
"""What a sheet still lacks: nobody promised it any money (`what_money_there_is`), no running indicator speaks of it
(`which_actions_are_not_measured`), or nobody said it yet."""
NO_STATUS: Final = Code("NO_STATUS")
"""Nobody said how an action of before a take-over stands, that should have begun by then."""


@dataclass(frozen=True)
class Late:
    """Why an action is late, and since which day."""

    cause: Code
    since: date


@dataclass(frozen=True)
class SheetStanding:
    """One action, whole. `themes`: its own, else those of its priorities; `communes` empty: the whole perimeter.

    `is_live`: its priority is; `in_plan`: the plan validated last, if it stands, holds it. `motive`: why it stands so.
    `reported_on`: the last day of which there is news; `silent_since`: the day from which some was to be expected, None
    while it is not silent. `late` and `lacks`: every reason. `same_number`: other sheets of the convention are numbered
    alike. `followed_from`: the day from which news of it is expected and it may be late: that of a take-over (R34);
    `unknown`: what nobody knows of an action of before, which is no fault.
    """

    sheet_id: UUID
    number: PublicName | None
    title: Prose
    priority_id: LocalId
    priorities: tuple[LocalId, ...]
    themes: tuple[Theme, ...]
    is_live: bool
    in_plan: bool
    findings: tuple[LocalId, ...]
    strategic_objective: Prose | None
    operational_objective: Prose | None
    public: Prose | None
    life_stages: tuple[Code, ...]
    communes: tuple[Code, ...]
    description: Prose | None
    owner_id: UUID | None
    owner_name: PublicName | None
    owner_person_id: UUID | None
    contributor_ids: tuple[UUID, ...]
    calendar: ValidityPeriod | None
    steps: tuple[ActionStep, ...]
    human_means: Prose | None
    material_means: Prose | None
    links: tuple[Prose, ...]
    risks: tuple[Prose, ...]
    drafted_on: date
    status: Code
    status_on: date | None
    progress_percent: int | None
    motive: Prose | None
    reported_on: date | None
    late: tuple[Late, ...]
    silent_since: date | None
    lacks: tuple[Code, ...]
    same_number: tuple[UUID, ...]
    followed_from: date = date.min
    unknown: tuple[Code, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether anything of it is late."""
        return bool(self.late)

    @property
    def is_silent(self) -> bool:
        """Whether nothing was told of it for longer than the method lets pass."""
        return self.silent_since is not None


def sheets(dossier: Dossier, today: date) -> tuple[SheetStanding, ...]:
    """Every sheet of a convention, in the order of its priorities, then of the numbers that people gave."""
    basis = dossier.once(what_the_plan_rests_on.basis)
    in_plan = frozenset(one.sheet_id for one in basis.sheets if one.in_plan)
    without = {
        NO_MONEY: frozenset(one.sheet_id for one in dossier.once(what_money_there_is.money, today).unfunded),
        NO_INDICATOR: frozenset(which_actions_are_not_measured.without_indicator(dossier)),
    }
    themes = {one.priority_id: one.themes for one in basis.priorities}
    order = {one.priority_id: place for place, one in enumerate(basis.priorities)}
    numbered: dict[str, list[UUID]] = {}
    for one in dossier.sheets:
        if (number := Description.of(one).number) is not None:
            numbered.setdefault(number.casefold(), []).append(one.id)
    around = _Around(
        dossier, today, in_plan, themes, {one: alike for alike in numbered.values() for one in alike}, without
    )
    made = (_standing(one, around) for one in dossier.sheets)
    return tuple(sorted(made, key=lambda one: (order.get(one.priority_id, len(order)), *in_order_of(one.number))))


def sheet(dossier: Dossier, today: date, sheet_id: UUID) -> SheetStanding | None:
    """One sheet of a convention, None where it has none of that id."""
    return next((one for one in sheets(dossier, today) if one.sheet_id == sheet_id), None)


def in_order_of(number: PublicName | None) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """What sorts numbers as people do: 1.2 before 1.10, what has none last."""
    words = re.findall(r"[0-9]+|[^0-9]+", number.casefold()) if number is not None else []
    return number is None, tuple((int(one), "") if one.isdigit() else (-1, one) for one in words)


@dataclass(frozen=True)
class _Around:
    """What the standing of each sheet is asked beside."""

    dossier: Dossier
    today: date
    in_plan: frozenset[UUID]
    themes: Mapping[LocalId, tuple[Theme, ...]]
    alike: Mapping[UUID, list[UUID]]
    without: Mapping[Code, frozenset[UUID]]


def _standing(sheet: ActionSheet, around: _Around) -> SheetStanding:
    said, goes, dossier = Description.of(sheet), Progress.of(sheet), around.dossier
    partners, convention = dossier.register.partners, dossier.convention
    owner = partners.get(sheet.owner_id) if sheet.owner_id is not None else None
    priorities = priorities_of(sheet)
    own = tuple(named(convention, one) for one in said.themes)
    of_priorities = dict.fromkeys(theme for one in priorities for theme in around.themes.get(one, ()))
    return SheetStanding(
        sheet_id=sheet.id,
        number=said.number,
        title=sheet.title,
        priority_id=sheet.priority_id,
        priorities=priorities,
        themes=own or tuple(of_priorities),
        is_live=sheet.priority_id in PrioritiesChosen.of(convention).ranks,
        in_plan=sheet.id in around.in_plan,
        findings=said.findings,
        strategic_objective=said.strategic_objective,
        operational_objective=said.operational_objective,
        public=said.public,
        life_stages=said.life_stages,
        communes=said.communes,
        description=said.description,
        owner_id=sheet.owner_id,
        owner_name=owner.name if owner is not None else None,
        owner_person_id=sheet.owner_person_id,
        contributor_ids=said.contributor_ids,
        calendar=sheet.calendar,
        steps=PlannedSteps.of(sheet).steps,
        human_means=said.human_means,
        material_means=said.material_means,
        links=said.links,
        risks=said.risks,
        drafted_on=sheet.drafted_on,
        status=goes.status,
        status_on=goes.status_on,
        progress_percent=goes.progress_percent,
        motive=goes.motive,
        reported_on=goes.reported_on,
        late=late_since(sheet, around.today, convention.taken_over_on or date.min),
        silent_since=silent_since(sheet, dossier, around.today),
        lacks=(*lacks(sheet), *(code for code, those in around.without.items() if sheet.id in those)),
        same_number=tuple(one for one in around.alike.get(sheet.id, ()) if one != sheet.id),
        followed_from=convention.taken_over_on or date.min,
        unknown=unknown_of(sheet, dossier),
    )


def late_since(sheet: ActionSheet, today: date, followed_from: date) -> tuple[Late, ...]:
    """Everything that should have happened to an action by then, since it is followed, and has not."""
    goes, calendar = Progress.of(sheet), sheet.calendar
    if goes.status in OVER:
        return ()
    found = []
    if calendar is not None and goes.status != RUNNING and calendar.effective_from < today:
        found.append(Late(NOT_STARTED, calendar.effective_from))
    if calendar is not None and calendar.effective_to < today:
        found.append(Late(NOT_DONE, calendar.effective_to))
    steps = (one.due_on for one in PlannedSteps.of(sheet).steps if one.due_on is not None and one.done_on is None)
    due = min((one for one in steps if followed_from <= one < today), default=None)
    if due is not None:
        found.append(Late(STEP_NOT_DONE, due))
    return tuple(one for one in found if one.since >= followed_from)


def silent_since(sheet: ActionSheet, dossier: Dossier, today: date) -> date | None:
    """The day from which news of an action was to be expected, None where it is not silent.

    News is expected of an action that should have begun: within the time that the method lets pass in silence, from its
    first day or from the last news of it; at the earliest from a take-over on (R34).
    """
    goes, calendar = Progress.of(sheet), sheet.calendar
    if goes.status in OVER or calendar is None or calendar.effective_from > today:
        return None
    followed_from = dossier.convention.taken_over_on or date.min
    heard = max(calendar.effective_from, goes.reported_on or calendar.effective_from, followed_from)
    expected = add_months(heard, dossier.method.thresholds.stalled_months)
    return expected if expected < today else None


def unknown_of(sheet: ActionSheet, dossier: Dossier) -> tuple[Code, ...]:
    """What nobody knows of an action that was written down as of before a take-over (R34)."""
    as_of, goes, calendar = dossier.convention.taken_over_on, Progress.of(sheet), sheet.calendar
    if as_of is None or sheet.drafted_on > as_of or goes.status in OVER:
        return ()
    untold = goes.status_on is None and (calendar is None or calendar.effective_from <= as_of)
    missing = tuple(one for one in lacks(sheet) if one in (NO_OWNER, NO_DATES))
    return (*((NO_STATUS,) if untold else ()), *missing)


def lacks(sheet: ActionSheet) -> tuple[Code, ...]:
    """What a sheet does not say of itself yet."""
    known = (
        (NO_OWNER, sheet.owner_id),
        (NO_DATES, sheet.calendar),
        (NO_DESCRIPTION, Description.of(sheet).description),
    )
    return tuple(code for code, said in known if said is None)
