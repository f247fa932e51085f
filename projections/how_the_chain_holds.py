"""How does the chain hold, from what was heard to what comes of it? Findings, forums, priorities, sheets.

What answers nothing and what nothing answers is a broken link: it names what it is about, and since when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.values import Code, LocalId
from projections.what_the_plan_rests_on import FindingMade, ForumTold, PlanBasis, Priority, Sheet

ASSET: Final = Code("ASSET")
"""A finding that asks for nothing."""

NO_FINDING: Final = Code("NO_FINDING")
NO_FORUM: Final = Code("NO_FORUM")
NO_PRIORITY: Final = Code("NO_PRIORITY")
NO_ACTION: Final = Code("NO_ACTION")
LINKS: Final = (NO_PRIORITY, NO_FINDING, NO_FORUM, NO_ACTION)
"""What may be missing, in the order of the chain."""


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
class PriorityInChain:
    """A live priority: what it answers, where that was discussed, the sheets that carry it."""

    priority: Priority
    findings: tuple[FindingInChain, ...]
    forums: tuple[ForumTold, ...]
    sheets: tuple[Sheet, ...]


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
    """All of it; `broken`: in the order of the chain, the oldest first."""

    findings: tuple[FindingInChain, ...]
    forums: tuple[ForumTold, ...]
    priorities: tuple[PriorityInChain, ...]
    broken: tuple[BrokenLink, ...]

    def of(self, priority_id: LocalId) -> PriorityInChain | None:
        """One priority's part of it; None of one that is withdrawn."""
        return next((one for one in self.priorities if one.priority.priority_id == priority_id), None)


def chain(basis: PlanBasis) -> Chain:
    """The chain of a convention."""
    live = [one for one in basis.priorities if one.withdrawn_on is None]
    held = [one for one in basis.forums if one.held_on is not None]
    forums = {one.priority_id: _founding(one, held) for one in live}
    findings = _findings(basis, live, held, forums)
    priorities = tuple(
        PriorityInChain(
            one,
            tuple(each for each in findings if one.priority_id in each.priorities),
            forums[one.priority_id],
            tuple(each for each in basis.sheets if each.priority_id == one.priority_id),
        )
        for one in live
    )
    shown = {each.forum_id: each for each in held if any(one.forum == each.forum_id for one in findings)}
    shown |= {each.forum_id: each for one in live for each in forums[one.priority_id]}
    broken = sorted(_broken(findings, priorities), key=lambda one: (LINKS.index(one.link), one.since))
    return Chain(findings, tuple(one for one in held if one.forum_id in shown), priorities, tuple(broken))


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


def _broken(findings: Iterable[FindingInChain], priorities: Iterable[PriorityInChain]) -> Iterable[BrokenLink]:
    for one in findings:
        if one.asks and not one.priorities:
            yield BrokenLink(NO_PRIORITY, one.shared_on, finding_id=one.finding.finding_id)
    for each in priorities:
        since, priority_id = each.priority.chosen_on, each.priority.priority_id
        for link, there in ((NO_FINDING, each.findings), (NO_FORUM, each.forums), (NO_ACTION, each.sheets)):
            if not there:
                yield BrokenLink(link, since, priority_id=priority_id)
