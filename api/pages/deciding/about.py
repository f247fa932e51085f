"""What something recorded is about, as links: a priority, an action, a pledge, a proposal, a decision, a fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.pages.addresses import DIAGNOSIS, PLAN, anchor_of
from api.pages.contexts import Phrase
from api.pages.contexts.participation import TraceShown
from api.pages.deciding.addresses import decisions_of
from api.pages.steered import SteeredView
from api.pages.view import View
from domain.kernel import TOPIC_PREFIX
from domain.steering.reference import DecisionReference
from domain.subjects import FactReference
from projections.what_became_of_proposals import proposals


def subjects(view: SteeredView, one: Any) -> tuple[TraceShown, ...]:
    """What it names, as far as it is there; a page of a framework shows nothing of a plan."""
    return tuple(_of_plan(view, one)) + tuple(_said(view, one)) if isinstance(view, View) else ()


def _of_plan(view: View, one: Any) -> Iterator[TraceShown]:
    basis, said = view.basis, view.ask.said
    for priority in basis.priorities:
        if priority.priority_id == one.priority_id:
            yield TraceShown(Phrase("page.contribution.priority"), said(priority.title), view.home.page(PLAN))
    for sheet in basis.sheets:
        if sheet.sheet_id == one.sheet_id:
            href = view.home.sheet(str(sheet.sheet_id))
            yield TraceShown(Phrase("page.contribution.sheet"), said(sheet.title), href)
    for pledge in view.dossier.pledges:
        if pledge.id == one.pledge_id:
            view.ask.open(pledge.terms)
            href = view.home.partner(pledge.partner_id)
            yield TraceShown(Phrase("page.about.pledge"), said(pledge.terms.what), href)


def _said(view: View, one: Any) -> Iterator[TraceShown]:
    proposal_id = getattr(one, "proposal_id", None)
    if proposal_id is not None:
        found = view.dossier.once(proposals, view.ask.today).proposals
        for each in found:
            if each.proposal_id == proposal_id:
                view.ask.open(each)
                href = f"{view.home.page(DIAGNOSIS)}#{anchor_of('proposal', proposal_id)}"
                yield TraceShown(Phrase("page.about.proposal"), view.ask.said(each.text), href)
    decision = getattr(one, "decision", None)
    if isinstance(decision, DecisionReference):
        for taken in view.decisions:
            if taken.reference == decision:
                yield TraceShown(
                    Phrase("page.about.decision"), view.ask.said(taken.text), decision_href(view, decision)
                )
    fact = getattr(one, "settled_fact", None)
    if isinstance(fact, FactReference):
        for entry in view.dossier.entries:
            if entry.event.envelope.event_id == fact.event_id:
                name = view.ask.texts.t(f"fact.{entry.event.TOPIC.removeprefix(TOPIC_PREFIX)}")
                yield TraceShown(Phrase("page.about.fact"), name, view.trail(fact.event_id))


def decision_href(view: SteeredView, decision: DecisionReference) -> str:
    """Where a decision is shown with what became of it."""
    if not isinstance(view, View):
        return view.meeting(str(decision.meeting_id))
    return f"{decisions_of(view.home)}#{anchor_of('decision', f'{decision.meeting_id}-{decision.decision_id}')}"
