"""What anybody proposes to a territory, once it lets them: received, triaged, never lost.

The form is closed until an act of the territory opens it. Whoever writes says no name; the address of what becomes of
the proposal is its own id, which nobody guesses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from domain.convention.closed import check_not_closed, check_open
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    NothingToCite,
    Part,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.participation.participation import (
    KEPT,
    NOT_KEPT,
    KeptForNothing,
    NotKeptWithoutReason,
    OnTerritory,
    TerritoryParticipation,
    Tracing,
    require_code,
)
from domain.roles import PUBLIC
from domain.values import Code, InvalidValue, LocalId, Prose, deterministic_id

MERGED: Final = Code("MERGED")
SPAM: Final = Code("SPAM")
OUTCOMES: Final = (KEPT, MERGED, NOT_KEPT, SPAM)

LONGEST: Final = 2_000
"""Characters of a proposal: a page of writing."""

ANYBODY: Final = deterministic_id("actor", "public")
"""Who proposes without an account, under an id that is the same for all of them."""

MOST_A_DAY: Final = 200
"""Proposals that come without an account in one day, at most: the log keeps for ever what it is told."""


@dataclass(frozen=True)
class ProposalsOpenAlready(BrokenRule):
    """The form is open: nothing is to be done for people to propose."""

    RULE = ""
    LEVEL = Level.HARD
    since: date


@dataclass(frozen=True)
class ProposalsNotOpen(BrokenRule):
    """Without an account one proposes where a territory opened its form, and while it is open."""

    RULE = ""
    LEVEL = Level.HARD


@dataclass(frozen=True)
class TooManyProposals(BrokenRule):
    """So many came today without an account that more are to wait until tomorrow."""

    RULE = ""
    LEVEL = Level.HARD
    limit: int


@dataclass(frozen=True)
class MergedWithNothing(BrokenRule):
    """A proposal is merged with another one, which goes on for both."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "merged_with"


class Proposal(NamedTuple):
    """A proposal, as rules look at it. `outcome`: None while nobody said what became of it."""

    given_on: date
    by_public: bool
    outcome: Code | None = None


@part(TerritoryParticipation, "proposals")
@dataclass
class Proposals(Part):
    """Since when the form is open, None while it is not; and what was proposed, by id."""

    open_since: date | None = None
    known: dict[LocalId, Proposal] = field(default_factory=dict)

    def by_public_on(self, day: date) -> int:
        """How many came without an account that day."""
        return sum(one.by_public and one.given_on == day for one in self.known.values())


@event("participation.proposals-opened")
class ProposalsOpened(Event):
    """Anybody may propose something to the territory, by its public form."""

    home_territory_id: UUID

    def apply(self, participation: TerritoryParticipation) -> None:
        """The form is open."""
        Proposals.of(participation).open_since = self.occurred_on


@command(TerritoryParticipation, starts=True, records=ProposalsOpened)
@dataclass(frozen=True, kw_only=True)
class OpenProposals(OnTerritory):
    """Let anybody propose something to the territory, without an account."""

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: the form is open already."""
        check_open(state, case, is_fact=False)
        for one in around.states(TerritoryParticipation):
            if (since := Proposals.of(one).open_since) is not None:
                case.broken(ProposalsOpenAlready(since))
        return case.weighed()

    def decide(self, state: TerritoryParticipation | None, case: Case) -> TerritoryParticipation:
        self.check_place(case)
        since = Proposals.of(state).open_since if state is not None else None
        if since is not None:
            case.broken(ProposalsOpenAlready(since))
        case.settle()
        begun = self.begun(state, case)
        record_from(self, begun, case)
        return begun


@event("participation.proposals-closed")
class ProposalsClosed(Event):
    """Nothing more is proposed without an account; what was is still followed and answered."""

    home_territory_id: UUID

    def apply(self, participation: TerritoryParticipation) -> None:
        """The form is closed."""
        Proposals.of(participation).open_since = None


@command(TerritoryParticipation, starts=True, records=ProposalsClosed)
@dataclass(frozen=True, kw_only=True)
class CloseProposals(OnTerritory):
    """Close the public form. What was proposed stays, and is answered."""

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: the form is closed."""
        if all(Proposals.of(one).open_since is None for one in around.states(TerritoryParticipation)):
            case.broken(check_not_closed(state) or ProposalsNotOpen())
        return case.weighed()

    def decide(self, state: TerritoryParticipation | None, case: Case) -> TerritoryParticipation:
        self.check_place(case)
        case.breaks_if(state is None or Proposals.of(state).open_since is None, ProposalsNotOpen())
        case.settle()
        begun = self.begun(state, case)
        record_from(self, begun, case)
        return begun


@event("participation.proposal-submitted")
class ProposalSubmitted(Event):
    """Somebody proposes something to the territory: anybody, or somebody with a role there. Nobody is named."""

    home_territory_id: UUID
    proposal_id: LocalId
    text: Prose

    def apply(self, participation: TerritoryParticipation) -> None:
        """It waits for an answer."""
        by_public = self.envelope.actor_role == PUBLIC
        Proposals.of(participation).known[self.proposal_id] = Proposal(self.occurred_on, by_public)


@command(TerritoryParticipation, starts=True, records=ProposalSubmitted)
@dataclass(frozen=True, kw_only=True)
class SubmitProposal(OnTerritory):
    """Propose something to the territory; without an account, where its form is open."""

    proposal_id: LocalId
    text: Prose

    def __post_init__(self) -> None:
        required_text(self.text, "text")
        if self.text.text is not None and len(self.text.text) > LONGEST:
            raise InvalidValue("text-too-long", field="text", limit=LONGEST)

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """Nothing is in the way of it for whoever has a role there."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: TerritoryParticipation | None, case: Case) -> TerritoryParticipation:
        self.check_place(case)
        known = Proposals.of(state) if state is not None else Proposals()
        case.breaks_if(self.proposal_id in known.known, AlreadyExists(self.proposal_id))
        if case.context.role == PUBLIC:
            case.breaks_if(known.open_since is None, ProposalsNotOpen())
            case.breaks_if(known.by_public_on(case.occurred_on) >= MOST_A_DAY, TooManyProposals(MOST_A_DAY))
        case.settle()
        begun = self.begun(state, case)
        record_from(self, begun, case)
        return begun


@event("participation.proposal-triaged")
class ProposalTriaged(Event):
    """What became of a proposal: kept, for a finding, a priority or an action; merged with another one; not kept,
    because (`motive`); or unwanted. Its author reads it where they follow it."""

    convention_id: UUID
    proposal_id: LocalId
    became: Code
    finding_id: LocalId | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    merged_with: LocalId | None
    motive: Prose | None

    def apply(self, participation: TerritoryParticipation) -> None:
        """Keep the outcome."""
        known = Proposals.of(participation).known
        if (one := known.get(self.proposal_id)) is not None:
            known[self.proposal_id] = one._replace(outcome=self.became)


@command(TerritoryParticipation, records=ProposalTriaged)
@dataclass(frozen=True, kw_only=True)
class TriageProposal(Tracing):
    """Say what becomes of a proposal; said again, the last answer counts."""

    proposal_id: LocalId
    became: Code
    merged_with: LocalId | None = None
    motive: Prose | None = None

    def __post_init__(self) -> None:
        require_code(self.became, "became", OUTCOMES)

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: something has to have been proposed."""
        check_open(state, case, is_fact=False)
        if not any(Proposals.of(one).known for one in around.states(TerritoryParticipation)):
            case.broken(NothingToCite("proposal_id", SubmitProposal.NAME))
        return case.weighed()

    def decide(self, state: TerritoryParticipation, case: Case) -> None:
        known = Proposals.of(state).known
        case.breaks_if(self.proposal_id not in known, UnknownReference("proposal_id", self.proposal_id))
        self.check_traces(state, case)
        case.breaks_if(self.became == KEPT and not self.is_traced, KeptForNothing())
        case.breaks_if(self.became == NOT_KEPT and not self.motive, NotKeptWithoutReason())
        if self.merged_with is not None and self.merged_with not in known:
            case.broken(UnknownReference("merged_with", self.merged_with))
        alone = self.became == MERGED and self.merged_with in (None, self.proposal_id)
        case.breaks_if(alone, MergedWithNothing())
        case.settle()
        record_from(self, state, case)
