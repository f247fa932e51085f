"""What people said and what became of it, a part of the page of the diagnosis and the forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.pages.addresses import PLAN, anchor_of
from api.pages.contexts import Act, Phrase, Spelled, Status
from api.pages.contexts.fates import fates_bar
from api.pages.contexts.participation import ContributionLine, ContributionsShown, TraceShown
from api.pages.view import View
from domain.participation.participation import KEPT, NOT_KEPT
from projections.what_became_of_contributions import (
    ANSWERED,
    SILENT,
    TOLD,
    WAITING,
    ContributionsTold,
    ContributionTold,
    contributions,
)
from projections.what_became_of_proposals import ProposalTold

STATUS_OF: Final[Mapping[str, Status]] = {SILENT: "late", WAITING: "not-started", ANSWERED: "on-time", TOLD: "done"}


def contributions_shown(view: View, acts: tuple[Act, ...]) -> ContributionsShown:
    """What was said for the convention; `acts`: what may be done in that part of the page."""
    told = view.dossier.once(contributions, view.ask.today)
    view.ask.open(told)
    lines = [(one, _line(view, one)) for one in told.contributions]
    return ContributionsShown(
        tuple(_answer(told)),
        tuple(line for one, line in lines if one.outcome is None),
        tuple(line for one, line in lines if one.outcome is not None),
        acts,
        fates_bar(_parts(told)),
        Phrase("page.contributions.told", {"total": Spelled(told.with_outcome)}, told.told)
        if told.with_outcome
        else None,
    )


def _parts(told: ContributionsTold) -> Iterator[tuple[str, Phrase, int]]:
    """How many are kept, set aside, wait, or waited too long."""
    for outcome, look in ((KEPT, "full"), (NOT_KEPT, "aside")):
        yield look, Phrase(f"contribution-fate.{outcome}"), sum(one.outcome == outcome for one in told.contributions)
    for state, look in ((WAITING, "open"), (SILENT, "late")):
        yield look, Phrase(f"contribution-fate.{state}"), sum(one.state == state for one in told.contributions)


def _answer(told: ContributionsTold) -> Iterator[Phrase]:
    """How many have an outcome."""
    total = len(told.contributions)
    if not total:
        return
    yield Phrase("page.contributions.answer", {"total": Spelled(total)}, told.with_outcome)


def _line(view: View, one: ContributionTold) -> ContributionLine:
    return ContributionLine(
        anchor=anchor_of("contribution", one.contribution_id),
        text=view.ask.said(one.text),
        theme=one.theme,
        heard=Phrase(
            "page.contribution.heard",
            {
                "speaker": Phrase(f"page.matrix.{one.college}"),
                "way": Phrase(f"contribution-channel.{one.channel}"),
                "on": one.given_on,
            },
        ),
        people=one.people,
        given_on=one.given_on,
        status=STATUS_OF[one.state],
        state=one.state,
        waits=(view.ask.today - one.given_on).days if one.outcome is None else None,
        traces=tuple(traces(view, one)),
        outcome=one.outcome,
        why=view.ask.said(one.motive) if one.motive is not None else None,
        told=_told(view, one),
        href=view.trail(one.event_id),
        act=_act(view, one),
    )


def _act(view: View, one: ContributionTold) -> Act | None:
    """The next act, its form having chosen this one; several are told back at once."""
    if one.next_act is None:
        return None
    if one.state == ANSWERED:
        return view.act(one.next_act, contribution_ids=one.contribution_id)
    return view.act(one.next_act, contribution_id=one.contribution_id)


def _told(view: View, one: ContributionTold) -> Phrase | None:
    if one.told_on is None:
        return None
    who = view.ask.said(one.told_to) or view.ask.texts.t("page.erased")
    return Phrase(
        "page.contribution.told", {"on": one.told_on, "listeners": who, "way": Phrase(f"told-by.{one.told_by}")}
    )


def traces(view: View, one: ContributionTold | ProposalTold) -> Iterator[TraceShown]:
    """What it feeds, as far as it is there."""
    basis, said = view.basis, view.ask.said
    for shared in basis.diagnoses:
        for number, finding in enumerate(shared.findings, 1):
            if finding.finding_id == one.finding_id:
                yield TraceShown(
                    Phrase("page.contribution.finding"),
                    said(finding.statement),
                    f"#finding-{shared.version}.{number}",
                )
    for priority in basis.priorities:
        if priority.priority_id == one.priority_id:
            yield TraceShown(Phrase("page.contribution.priority"), said(priority.title), view.home.page(PLAN))
    for sheet in basis.sheets:
        if sheet.sheet_id == one.sheet_id:
            href = view.home.sheet(str(sheet.sheet_id))
            yield TraceShown(Phrase("page.contribution.sheet"), said(sheet.title), href)
