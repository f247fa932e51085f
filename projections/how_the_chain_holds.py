"""How does the chain hold, from what was heard to what comes of it? From findings over sheets and money to results.

What answers nothing and what nothing answers is a broken link: it names what it is about, and since when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.state import ABANDONED
from domain.convention.deciding import is_of_before
from domain.convention.earlier import MEASURES, MONEY, is_unknown
from domain.values import Code, LocalId
from projections import (
    what_money_there_is,
    what_the_plan_rests_on,
    what_users_say,
    where_the_plan_stands,
    which_targets_are_reached,
)
from projections.engine import Dossier
from projections.how_far_a_target_is import REACHED
from projections.what_the_plan_rests_on import FindingMade, PlanBasis, Priority
from projections.where_the_plan_stands import SheetStanding
from projections.which_forums_there_are import ForumTold
from projections.which_money_is_written import Sums
from projections.which_targets_are_reached import IndicatorTold

ASSET: Final = Code("ASSET")
"""A finding that asks for nothing."""

NO_FINDING: Final = Code("NO_FINDING")
NO_FORUM: Final = Code("NO_FORUM")
NO_PRIORITY: Final = Code("NO_PRIORITY")
NO_ACTION: Final = Code("NO_ACTION")
NO_MONEY: Final = Code("NO_MONEY")
NO_INDICATOR: Final = Code("NO_INDICATOR")
NO_MEASURE: Final = Code("NO_MEASURE")
LINKS: Final = (NO_PRIORITY, NO_FINDING, NO_FORUM, NO_ACTION, NO_MONEY, NO_INDICATOR, NO_MEASURE)
"""What may be missing, in the order of the chain."""
_FACT_OF: Final = {NO_MONEY: MONEY, NO_INDICATOR: MEASURES, NO_MEASURE: MEASURES}
"""What a take-over says of a link: whether all of it is known here."""


@dataclass(frozen=True)
class FindingInChain:
    """A finding as it was shared last, the forum in which it was discussed, the priorities that answer it."""

    finding: FindingMade
    shared_on: date
    forum: LocalId | None
    priorities: tuple[LocalId, ...]

    @property
    def asks(self) -> bool:
        """Whether an answer is expected: what is an asset asks for none."""
        return self.finding.kind != ASSET


@dataclass(frozen=True)
class SheetInChain:
    """A sheet that carries a priority, its money, the indicators that speak of it, and whether one was measured.

    `means_cents`: what somebody promised at least, of which `firm_cents` are firm or paid; `lacks_money`: nobody did,
    and it is still to be done. `unknown`: the links that it lacks, and nobody knows whether they were there (R34).
    """

    sheet_id: UUID
    drafted_on: date
    means_cents: int
    firm_cents: int
    lacks_money: bool
    indicators: tuple[UUID, ...]
    is_measured: bool
    unknown: tuple[Code, ...] = ()


@dataclass(frozen=True)
class PriorityInChain:
    """A live priority: what it answers, where that was discussed, the sheets that carry it, what comes of them.

    `reached` of `targets`: the indicators of its sheets that have a target; `satisfaction`: what users were asked.
    `unknown`: the links that it lacks as one of before a take-over (R34): nobody knows whether they were there.
    """

    priority: Priority
    findings: tuple[FindingInChain, ...]
    forums: tuple[ForumTold, ...]
    sheets: tuple[SheetInChain, ...]
    targets: int
    reached: int
    satisfaction: tuple[UUID, ...]
    unknown: tuple[Code, ...] = ()

    @property
    def means_cents(self) -> int:
        """What was promised to its sheets, at least."""
        return sum(one.means_cents for one in self.sheets)

    @property
    def firm_cents(self) -> int:
        """What of it is firm or paid."""
        return sum(one.firm_cents for one in self.sheets)


@dataclass(frozen=True)
class BrokenLink:
    """What is missing (`link`), of which finding, priority or sheet, and since when."""

    link: Code
    since: date
    finding_id: LocalId | None = None
    priority_id: LocalId | None = None
    sheet_id: UUID | None = None


@dataclass(frozen=True)
class Chain:
    """All of it; `broken`: in the order of the chain, the oldest first. `unknown`: what is missing of what is before a
    take-over (R34), where nobody knows whether it was there."""

    findings: tuple[FindingInChain, ...]
    forums: tuple[ForumTold, ...]
    priorities: tuple[PriorityInChain, ...]
    broken: tuple[BrokenLink, ...]
    unknown: tuple[BrokenLink, ...] = ()

    @property
    def means_cents(self) -> int:
        """All the money of its sheets; 0 while none is known."""
        return sum(one.means_cents for one in self.priorities)

    def of(self, priority_id: LocalId) -> PriorityInChain | None:
        """One priority's part of it; None of one that is withdrawn."""
        return next((one for one in self.priorities if one.priority.priority_id == priority_id), None)


def chain(dossier: Dossier, today: date) -> Chain:
    """The chain of a convention."""
    basis = dossier.once(what_the_plan_rests_on.basis)
    live = [one for one in basis.priorities if one.withdrawn_on is None]
    held = [one for one in basis.forums if one.held_on is not None]
    forums = {one.priority_id: _founding(one, held) for one in live}
    findings = _findings(basis, live, held, forums)
    results = _Results(dossier, today)
    priorities = tuple(
        results.of(one, tuple(each for each in findings if one.priority_id in each.priorities), forums[one.priority_id])
        for one in live
    )
    shown = {one.forum for one in findings} | {each.forum_id for one in live for each in forums[one.priority_id]}
    lacking = sorted(_lacking(findings, priorities), key=lambda one: (LINKS.index(one.link), one.since))
    unknown = tuple(one for one in lacking if _is_unknown(dossier, one.link, one.since))
    return Chain(
        findings,
        tuple(one for one in held if one.forum_id in shown),
        tuple(_with_unknown(one, unknown) for one in priorities),
        tuple(one for one in lacking if one not in unknown),
        unknown,
    )


def _is_unknown(dossier: Dossier, link: Code, since: date) -> bool:
    """Whether nobody knows if a link was there, because what lacks it is of before a take-over (R34)."""
    if link in _FACT_OF:
        return is_unknown(dossier.convention, _FACT_OF[link], since)
    return is_of_before(dossier.convention, since)


def _with_unknown(one: PriorityInChain, unknown: Iterable[BrokenLink]) -> PriorityInChain:
    own: dict[UUID | LocalId | None, list[Code]] = {}
    for each in unknown:
        own.setdefault(each.sheet_id or each.priority_id, []).append(each.link)
    sheets = tuple(replace(each, unknown=tuple(own.get(each.sheet_id, ()))) for each in one.sheets)
    return replace(one, sheets=sheets, unknown=tuple(own.get(one.priority.priority_id, ())))


class _Results:
    """What comes of the sheets of a convention."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        told = dossier.once(which_targets_are_reached.indicators, today)
        self._indicators: dict[UUID, list[IndicatorTold]] = {}
        for one in told:
            for sheet_id in one.terms.sheet_ids if one.retired_on is None else ():
                self._indicators.setdefault(sheet_id, []).append(one)
        self._asked = dossier.once(what_users_say.satisfaction)
        known = dossier.once(what_money_there_is.money, today)
        self._money = {one.sheet_id: one.sums for one in known.sheets}
        self._unfunded = {one.sheet_id for one in (*known.unfunded, *known.unknown)}
        sheets = dossier.once(where_the_plan_stands.sheets, today)
        self._sheets = [one for one in sheets if one.status != ABANDONED]

    def of(
        self, priority: Priority, findings: tuple[FindingInChain, ...], forums: tuple[ForumTold, ...]
    ) -> PriorityInChain:
        """A priority, with the sheets that are filed under it."""
        own = [one for one in self._sheets if one.priority_id == priority.priority_id]
        ids = {one.sheet_id for one in own}
        speaking = {each.indicator_id: each for one in own for each in self._indicators.get(one.sheet_id, ())}
        aimed = [one for one in speaking.values() if one.terms.targets]
        return PriorityInChain(
            priority,
            findings,
            forums,
            tuple(map(self._sheet, own)),
            len(aimed),
            sum(one.state == REACHED for one in aimed),
            tuple(one.satisfaction_id for one in self._asked if ids.intersection(one.sheet_ids)),
        )

    def _sheet(self, one: SheetStanding) -> SheetInChain:
        speaking = self._indicators.get(one.sheet_id, ())
        sums = self._money.get(one.sheet_id, Sums())
        return SheetInChain(
            one.sheet_id,
            one.drafted_on,
            sums.means_cents,
            sums.firm_cents + sums.paid_cents,
            one.sheet_id in self._unfunded,
            tuple(each.indicator_id for each in speaking),
            any(each.values for each in speaking),
        )


def _founding(priority: Priority, held: Iterable[ForumTold]) -> tuple[ForumTold, ...]:
    """The forums that a priority cites, else those that discussed one of its themes before it was chosen."""
    known = [one for one in held if one.held_on is not None and one.held_on <= priority.chosen_on]
    cited = tuple(one for one in known if one.forum_id in priority.forums)
    return cited or tuple(one for one in known if set(one.themes) & set(priority.themes))


def _findings(
    basis: PlanBasis,
    live: Iterable[Priority],
    held: Iterable[ForumTold],
    forums: Mapping[LocalId, tuple[ForumTold, ...]],
) -> tuple[FindingInChain, ...]:
    """Each once, as the latest diagnosis words it; in the forum that the priority which answers it rests on, if any."""
    latest = {each.finding_id: (each, one.shared_on) for one in basis.diagnoses for each in one.findings}
    found = []
    for finding_id, (finding, shared_on) in latest.items():
        answered = tuple(one.priority_id for one in live if finding_id in one.findings)
        likely = [each for one in answered for each in forums[one]]
        about = [one for one in likely if finding.theme in one.themes]
        elsewhere = [one for one in held if finding.theme in one.themes and one.held_on and one.held_on >= shared_on]
        forum = next(iter([*about, *likely, *(elsewhere if not answered else ())]), None)
        found.append(FindingInChain(finding, shared_on, forum.forum_id if forum else None, answered))
    return tuple(found)


def _lacking(findings: Iterable[FindingInChain], priorities: Iterable[PriorityInChain]) -> Iterable[BrokenLink]:
    for one in findings:
        if one.asks and not one.priorities:
            yield BrokenLink(NO_PRIORITY, one.shared_on, finding_id=one.finding.finding_id)
    for each in priorities:
        since, priority_id = each.priority.chosen_on, each.priority.priority_id
        for link, there in ((NO_FINDING, each.findings), (NO_FORUM, each.forums), (NO_ACTION, each.sheets)):
            if not there:
                yield BrokenLink(link, since, priority_id=priority_id)
        for sheet in each.sheets:
            if sheet.lacks_money:
                yield BrokenLink(NO_MONEY, sheet.drafted_on, sheet_id=sheet.sheet_id)
            if not sheet.indicators:
                yield BrokenLink(NO_INDICATOR, sheet.drafted_on, sheet_id=sheet.sheet_id)
            elif not sheet.is_measured:
                yield BrokenLink(NO_MEASURE, sheet.drafted_on, sheet_id=sheet.sheet_id)
