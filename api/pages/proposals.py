"""What people proposed and what became of it, a part of the page of the diagnosis and the forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.pages.addresses import anchor_of
from api.pages.contexts import Act, Phrase, Spelled, Status
from api.pages.contexts.participation import ProposalLine, ProposalsShown
from api.pages.contributions import traces
from api.pages.view import View
from domain.participation.participation import KEPT, NOT_KEPT
from domain.participation.proposing import MERGED, SPAM
from projections.what_became_of_contributions import SILENT, WAITING
from projections.what_became_of_proposals import ProposalsTold, ProposalTold, proposals

STATUS_OF: Final[Mapping[str, Status]] = {
    SILENT: "late",
    WAITING: "not-started",
    KEPT: "done",
    MERGED: "done",
    NOT_KEPT: "done",
    SPAM: "done",
}


def proposals_shown(view: View, acts: tuple[Act, ...]) -> ProposalsShown:
    """What was proposed to the territory; `acts`: what may be done in that part of the page."""
    told = view.dossier.once(proposals, view.ask.today)
    view.ask.open(told)
    lines = [(one, _line(view, one)) for one in told.proposals]
    return ProposalsShown(
        view.home.proposing,
        told.open_since,
        tuple(_answer(told)),
        tuple(line for one, line in lines if one.outcome is None),
        tuple(line for one, line in lines if one.outcome is not None),
        acts,
    )


def _answer(told: ProposalsTold) -> Iterator[Phrase]:
    total = len(told.proposals)
    if total:
        yield Phrase("page.proposals.answer", {"total": Spelled(total)}, told.with_outcome)


def _line(view: View, one: ProposalTold) -> ProposalLine:
    return ProposalLine(
        anchor=anchor_of("proposal", one.proposal_id),
        text=view.ask.said(one.text),
        heard=Phrase("page.proposal.by-public" if one.by_public else "page.proposal.by-partner", {"on": one.given_on}),
        given_on=one.given_on,
        status=STATUS_OF[one.state],
        state=one.state,
        waits=(view.ask.today - one.given_on).days if one.outcome is None else None,
        traces=tuple(traces(view, one)),
        outcome=one.outcome,
        why=view.ask.said(one.motive) if one.motive is not None else None,
        href=view.trail(one.event_id),
        act=view.act(one.next_act, proposal_id=one.proposal_id) if one.next_act is not None else None,
    )
