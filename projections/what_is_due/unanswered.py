"""What people brought, found or contested, and of which nothing is heard (S08, S10 to S13): asked of whoever steers, of
all of a kind at once.

Nobody is written to about one contribution after another: what waits of one kind is one deadline of the convention,
counted from what has waited longest, which names the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.method import DeadlineRule
from domain.values import Code, LocalId, deterministic_id
from projections import what_became_of_findings
from projections.engine import Dossier
from projections.what_became_of_contributions import ANSWERED, SILENT, WAITING, ContributionTold, contributions
from projections.what_became_of_findings import FindingFate
from projections.what_became_of_proposals import ProposalTold, proposals
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, silent
from projections.what_is_due.waited_for import Chosen, Thing, names_things
from projections.which_facts_are_contested import Contestation, contestations

CONTRIBUTION = Code("CONTRIBUTION")
ANSWER = Code("ANSWER")
FINDING = Code("FINDING")
PROPOSAL = Code("PROPOSAL")
CONTESTATION = Code("CONTESTATION")


@named(trigger="LATEST_NEWS_OF_CONTRIBUTION", conditions=("NEWS_OF_CONTRIBUTION",))
def silent_contributions(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S08: of what people said for the convention nobody says what became of it."""
    return _asked(dossier, ((one.heard_on, one.event_id) for one in _said(dossier) if one.outcome is None))


@named(trigger="LATEST_NEWS_OF_ANSWER", conditions=("NEWS_OF_ANSWER",))
def silent_answers(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S11: of what people said one knows what became of it, and they were not told."""
    return _asked(dossier, ((one.heard_on, one.event_id) for one in _said(dossier) if one.state == ANSWERED))


@named(trigger="LATEST_NEWS_OF_FINDING", conditions=("NEWS_OF_FINDING",))
def silent_findings(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S10: a finding that was shared led to nothing: no priority, no action."""
    waiting = ((one.waits_since, _finding(dossier, one)) for one in _found(dossier))
    return _asked(dossier, ((since, about) for since, about in waiting if since is not None))


@named(trigger="LATEST_NEWS_OF_PROPOSAL", conditions=("NEWS_OF_PROPOSAL",))
def silent_proposals(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S12: nobody says what becomes of what was proposed to the territory. What was proposed outlives a convention: it
    is asked of the one that runs, of a successor from its first day on."""
    first = _first_day(dossier)
    waiting = ((max(one.heard_on, first), one.event_id) for one in _proposed(dossier) if one.outcome is None)
    return _asked(dossier, _of_its_time(dossier, waiting))


@named(trigger="LATEST_NEWS_OF_CONTESTATION", conditions=("NEWS_OF_CONTESTATION",))
def silent_contestations(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S13: a partner contests a fact, and nobody has answered, or resolved it, since; each answer starts the period
    anew."""
    first = _first_day(dossier)
    waiting = ((max(one.heard_on, first), one.contestation_id) for one in _contested(dossier))
    return _asked(dossier, _of_its_time(dossier, waiting))


def _asked(dossier: Dossier, heard: Iterable[tuple[date, UUID]]) -> list[Start]:
    """One deadline about all of them, of nobody in particular; none where nothing waits."""
    first = max(dossier.convention.opened_on, dossier.convention.taken_over_on or date.min)
    since = [(max(on, first), about) for on, about in heard]
    return [silent(dossier.convention_id, since, of_partner=False)] if since else []


def _first_day(dossier: Dossier) -> date:
    """From when on a convention is asked of what is of its territory."""
    convention = dossier.convention
    return convention.opened_on if convention.successor_of is None else convention.period.effective_from


def _of_its_time(dossier: Dossier, heard: Iterable[tuple[date, UUID]]) -> Iterable[tuple[date, UUID]]:
    """What came while the convention runs, or before it."""
    ends_on = dossier.convention.period.effective_to
    return ((on, about) for on, about in heard if on <= ends_on)


def _said(dossier: Dossier) -> tuple[ContributionTold, ...]:
    return dossier.once(contributions, date.min).contributions


def _proposed(dossier: Dossier) -> tuple[ProposalTold, ...]:
    return dossier.once(proposals, date.min).proposals


def _found(dossier: Dossier) -> tuple[FindingFate, ...]:
    return dossier.once(what_became_of_findings.findings, date.min)


def _contested(dossier: Dossier) -> tuple[Contestation, ...]:
    """Those that wait: of the convention, and of its territory; those of a framework are the framework's."""
    found = []
    for one in dossier.once(contestations):
        there = dossier.streams[one.stream_id].state.places()
        of_territory = there.convention_id is None and there.territory_id == dossier.territory_id
        if one.is_open and (of_territory or there.convention_id == dossier.convention_id):
            found.append(one)
    return tuple(found)


def _finding(dossier: Dossier, one: FindingFate) -> UUID:
    """A finding, which is known within its convention, as an id."""
    return _id_of(dossier, one.finding.finding_id)


def _id_of(dossier: Dossier, finding_id: LocalId) -> UUID:
    return deterministic_id("finding", dossier.convention_id, finding_id)


@names_things
def _by_event(dossier: Dossier) -> Mapping[UUID, Thing]:
    """What waits here, with what the form of its act is filled with. The words of whoever wrote from outside are read
    where they are kept, behind an account: they are called by their day."""
    found: dict[UUID, Thing] = {}
    for one in _said(dossier):
        told = one.state in (SILENT, WAITING)
        field = "contribution_id" if told else "contribution_ids"
        kind = CONTRIBUTION if told else ANSWER
        found[one.event_id] = Thing(
            kind, one.stream_id, None, on=one.given_on, chosen=_chosen(field, one.contribution_id)
        )
    for each in _proposed(dossier):
        chosen = _chosen("proposal_id", each.proposal_id)
        found[each.event_id] = Thing(PROPOSAL, each.stream_id, None, on=each.given_on, chosen=chosen)
    for fate in _found(dossier):
        found[_finding(dossier, fate)] = Thing(
            FINDING,
            dossier.convention_id,
            fate.finding.statement,
            chosen=_chosen("findings", fate.finding.finding_id),
        )
    for contested in _contested(dossier):
        found[contested.contestation_id] = Thing(
            CONTESTATION,
            contested.stream_id,
            None,
            on=contested.contested_on,
            partner_id=contested.partner_id,
            chosen=_chosen("contestation_id", contested.contestation_id),
        )
    return found


def _chosen(field: str, value: object) -> tuple[Chosen, ...]:
    return (Chosen(Code(field), LocalId(str(value))),)
