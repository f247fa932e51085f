"""The pages of a framework, the convention of the département: who signed it, whom it follows, who holds which role,
how its committees meet and what became of what they decided?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.addresses import anchor_of
from api.pages.asking import Asking
from api.pages.contexts import Act, AttachedLine, FrameworkPage, FrameworkSignatory, HeadingLine, Phrase
from api.pages.contexts.decisions import DecisionsPage
from api.pages.contexts.sittings import AgendaLine, MeetingsPage
from api.pages.contexts.territory_pages import VacantLine
from api.pages.deciding.lines import kept, shown
from api.pages.deciding.page import decisions_page
from api.pages.delegations import delegations_shown
from api.pages.framework_addresses import DECISIONS, MEETINGS, years_of
from api.pages.framework_due import awaited_there, next_there
from api.pages.framework_facts import facts_of
from api.pages.framework_pledges import pledging_to, to_framework
from api.pages.framework_view import FrameworkView
from api.pages.lead_roles import leads_shown
from api.pages.meetings import meetings_of
from api.pages.network import parts_of
from api.pages.pledge_words import kept_in_time
from api.pages.ranking import Ranked, ranked
from api.pages.roles import role_lines
from api.pages.trainings import of_framework as trainings_of
from api.pages.vacant_places import lines_of
from domain.collation import alphabetical
from domain.frameworks import SignFrameworkConvention
from domain.steering import ConstituteSteeringBody
from projections.what_a_meeting_would_discuss import DECIDED
from projections.what_became_of_decisions import still_open, to_follow
from projections.what_was_pledged_to_a_framework import framework_pledges
from projections.which_partners_and_places_are_known import FrameworkKnown
from projections.which_places_are_vacant import vacant_on_framework
from projections.who_holds_which_role import framework_holders

MOST_TO_FOLLOW: Final = 1
"""Decisions that its own page shows: those that head the next agenda, the worst first."""


def framework_meetings_page(view: FrameworkView) -> MeetingsPage:
    """Its meetings and its bodies; the agenda that is proposed is what was decided and waits."""
    made = meetings_of(view, view.known.name, proposed_there(view))
    constitute = view.act(ConstituteSteeringBody.NAME)
    acts = (constitute, *made.body_acts) if constitute is not None else made.body_acts
    return replace(made, body_acts=acts, trainings=trainings_of(view), above=_own_page(view))


def proposed_there(view: FrameworkView) -> Iterator[AgendaLine]:
    """What waits for a meeting of its bodies."""
    for one in still_open(view.decisions):
        what = Phrase("page.literal", {"text": view.ask.said(one.text) or "…"})
        days = max((view.ask.today - one.decided_on).days, 0)
        anchor = anchor_of("decision", f"{one.reference.meeting_id}-{one.reference.decision_id}")
        yield AgendaLine(what, Phrase(f"agenda-why.{DECIDED}"), f"{view.address}{DECISIONS}#{anchor}", days)


def framework_decisions_page(view: FrameworkView, asked: Mapping[str, str]) -> DecisionsPage:
    """What its committees decided, and what became of it."""
    return decisions_page(view, asked, view.known.name, f"{view.address}{DECISIONS}", _own_page(view))


def _own_page(view: FrameworkView) -> Act:
    return Act(Phrase("page.nav.framework", {"years": years_of(view.known)}), view.address)


def framework_page(view: FrameworkView) -> FrameworkPage:
    """Everything its own page shows."""
    ask, found = view.ask, view.known
    ask.open(found.headings)
    signatories = _signatories(ask, found)
    readable = ask.visitor.territories
    mine = [one for one in found.territories if readable is None or one in readable]
    near = ranked(ask, mine) if mine else ()
    attached = tuple(map(_attached, near))
    pledged = framework_pledges(ask.register, found.framework_id, ask.today)
    return FrameworkPage(
        name=found.name,
        answer=(*_answer(ask, found, signatories, attached), *kept_in_time(pledged)),
        starts_on=found.period.effective_from,
        ends_on=found.period.effective_to,
        signatories=signatories,
        attached=attached,
        others=len(found.territories) - len(mine),
        roles=role_lines(ask, framework_holders(ask.register, found.framework_id, ask.today)),
        headings=tuple(HeadingLine(one.heading, ask.said(one.text)) for one in found.headings),
        pledges=to_framework(ask, pledged, _trail(near), pledging_to(ask, found.framework_id)),
        delegations=delegations_shown(ask, view.place, framework_id=found.framework_id),
        lead_roles=leads_shown(ask, view.place, framework_id=found.framework_id),
        due=tuple(next_there(view, one) for one in awaited_there(view)),
        to_follow=shown(view, to_follow(view.decisions)[:MOST_TO_FOLLOW]),
        kept=kept(view.decisions),
        beside=tuple(_beside(view)),
        network=parts_of(view),
        vacant=_vacant(view),
        facts=facts_of(view),
        acts=tuple(
            Act(Phrase(f"command.{form.name}"), form.address(framework_id=found.framework_id))
            for form in forms_in("framework")
            if "held-role" not in form.sections  # those are beside the role that they are about
            and (form.command is not SignFrameworkConvention or any(one.signed_on is None for one in signatories))
            and ask.visitor.may(form.name, framework_id=found.framework_id)
        ),
    )


def _vacant(view: FrameworkView) -> tuple[VacantLine, ...]:
    """Its roles and the seats of its committees that have nobody, each with the act that fills it."""
    assignments = view.ask.register.frameworks[view.framework_id].assignments
    found = vacant_on_framework(assignments, view.place.bodies, view.ask.today)
    return lines_of(view.ask, found, framework_id=view.framework_id)


def _beside(view: FrameworkView) -> Iterator[Act]:
    """The pages of its committees and trainings, once there is one or somebody may constitute one."""
    if view.place.bodies or view.may(ConstituteSteeringBody.NAME) or trainings_of(view) is not None:
        yield Act(Phrase("page.framework.meetings"), f"{view.address}{MEETINGS}")
    if view.decisions:
        yield Act(Phrase("page.decisions.all"), f"{view.address}{DECISIONS}")


def _signatories(ask: Asking, found: FrameworkKnown) -> tuple[FrameworkSignatory, ...]:
    """Those who have not signed first."""
    signed_on = {ask.register.kept(one): day for one, day in found.signed_on.items()}
    lines = (
        FrameworkSignatory(ask.name(kept), ask.register.partners[kept].kind, signed_on.get(kept))
        for one in found.signatories
        if (kept := ask.register.twins.get(one, one)) in ask.register.partners
    )
    return tuple(sorted(dict.fromkeys(lines), key=lambda one: (one.signed_on is not None, alphabetical(one.name))))


def _trail(near: Sequence[Ranked]) -> Callable[[UUID], str | None]:
    """Where a fact about the framework is found: in the journal of each territory that it follows."""
    journal = next((one.home for one in near if one.line is not None), None)
    return journal.fact if journal is not None else lambda event_id: None


def _attached(one: Ranked) -> AttachedLine:
    return AttachedLine(one.place.name, one.home.today, one.status, one.phase if one.line is not None else None)


def _answer(
    ask: Asking,
    found: FrameworkKnown,
    signatories: tuple[FrameworkSignatory, ...],
    attached: tuple[AttachedLine, ...],
) -> tuple[Phrase, ...]:
    """Who has still to sign, by name where they are few; how many territories it follows; whether it is over."""
    missing = [one.name for one in signatories if one.signed_on is None]
    said = []
    if not signatories:
        said.append(Phrase("page.framework.answer-nobody"))
    elif not missing:
        said.append(Phrase("page.framework.answer-signed", {}, len(signatories)))
    else:
        said.append(Phrase("page.framework.answer-missing", {"who": ask.texts.join(missing)}, len(missing)))
    said.append(Phrase("page.framework.answer-attached", {}, len(found.territories)))
    if found.period.effective_to < ask.today:
        said.append(Phrase("page.framework.answer-over", {"on": found.period.effective_to}))
    late = sum(one.status == "late" for one in attached)
    if late:
        said.append(Phrase("page.framework.answer-late", {}, late))
    return tuple(said)
