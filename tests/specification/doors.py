"""The doors that the specification goes through: every step acts and asks here, and nowhere else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from starlette.testclient import TestClient

from api.pages.rendering import PageWords
from api.pages.result_words import word_of
from api.pages.sentences import phrase_of
from ctg_engine.bootstrap import House
from ctg_engine.clock import SetClock
from domain.agenda import DeadlineMissed, Occurrence, ReminderEscalated, ReminderSent
from domain.convention.activating import ConventionActivated
from domain.convention.reviews import ReviewDone
from domain.kernel import Actor, BrokenRule, Command, Context, Correcting, Event, Origin, Refused, RoleHeld
from domain.mending import DependentEvents
from domain.partners import Partner
from domain.profiles import PublishMethodProfile
from domain.roles import ADMINISTRATOR
from domain.steering import SteeringBody
from domain.steering.seat import Seat
from domain.steering.seats import Seats
from domain.values import Code, Evidence, LocalId, Prose, deterministic_id
from projections import what_is_due, what_the_committee_decided
from projections.how_a_convention_does import known, situation
from projections.how_the_chain_holds import chain
from projections.what_a_framework_decided import framework_decisions
from projections.what_a_meeting_would_discuss import AgendaPoint, proposed_agenda
from projections.what_a_review_would_say import to_come
from projections.what_became_of_contributions import ContributionsTold, contributions
from projections.what_became_of_decisions import (
    DecisionStanding,
    SaidAndDone,
    ages_after,
    decisions,
    said_and_done,
    to_follow,
)
from projections.what_became_of_findings import FindingFate, findings, led_nowhere
from projections.what_became_of_proposals import ProposalsTold, proposals
from projections.what_came_of_spaces import SpaceTold, spaces
from projections.what_coverage_is_worth import Coverage, coverage
from projections.what_diagnoses_hold import DiagnosesTold, diagnoses
from projections.what_is_recommended import RecommendationTold, recommendations
from projections.what_may_be_done import what_may_be_done
from projections.what_money_there_is import Money, money
from projections.what_reviews_saw import reviews
from projections.what_the_committee_saw import seen_at_reviews
from projections.what_the_plan_rests_on import basis
from projections.what_users_say import satisfaction
from projections.what_was_pledged import PledgeTold, pledges
from projections.what_was_pledged_to_a_framework import FrameworkPledgeTold, framework_pledges
from projections.what_was_translated import NoteTold, notes
from projections.what_was_weighed import Arbitration, arbitrations
from projections.where_the_plan_stands import SheetStanding, sheets
from projections.where_the_term_stands import TermStanding, term
from projections.whether_sheets_move import SheetMoving, moving
from projections.which_claims_are_due import ClaimTold, claims
from projections.which_data_were_asked import DataTold, data_asked
from projections.which_facts_are_contested import Contestation, on_stream
from projections.which_meetings_there_are import BodyTold, MeetingTold, body_register, sittings
from projections.which_places_are_vacant import VacantPlace, vacant_on_framework, vacant_places
from projections.which_prototypes_were_tested import PrototypeTold, prototypes
from projections.which_signatures_are_missing import signatures
from projections.which_targets_are_reached import indicators
from projections.which_trainings_there_are import TrainingsTold, trainings
from projections.which_waves_were_planned import WaveTold, waves
from projections.who_delegated_what import DelegationTold, delegations
from projections.who_holds_which_role import Holder, role_holders
from projections.who_leads_what import LeadTold, leads
from projections.who_was_heard_when import StageHeard, heard_when
from workflows.acting_by_itself import ENGINE_ACTOR
from workflows.application import UnknownStream
from workflows.deadlines import sweep
from workflows.texts import Texts
from workflows.texts.rules import explain

FRENCH: Final = Texts("fr")
MANY: Final = 10_000
"""More facts than a scenario records."""
FAR: Final = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sender:
    """Who acts: a role, where it is held, for which partner; `person_id` where the scenario says who it is."""

    role: Code
    territory_id: UUID | None = None
    partner_id: UUID | None = None
    framework_id: UUID | None = None
    person_id: UUID | None = None
    is_tool: bool = False


@dataclass(frozen=True)
class Said:
    """A broken rule as the sender is told of it, in French."""

    rule: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """What came back: facts when accepted, broken rules when refused, a fault when it could not be understood."""

    facts: tuple[str, ...] = ()
    """Topics of the events recorded, in order."""
    version: int = 0
    refused: tuple[Said, ...] = ()
    notices: tuple[Said, ...] = ()
    waived: tuple[Said, ...] = ()
    irregular: tuple[str, ...] = ()
    """Ids of the rules against which the fact was recorded."""
    fault: str = ""
    """`unknown`: what does not exist, or not for this sender."""

    @property
    def accepted(self) -> bool:
        """Whether something was recorded."""
        return not self.refused and not self.fault


@dataclass(frozen=True, kw_only=True)
class Request:
    """One command as it is sent."""

    command: Command
    sender: Sender
    today: date
    reason: str | None = None
    corrects: Correcting | None = None
    expected_version: int | None = None
    evidence: tuple[Evidence, ...] = ()
    key: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class Expected:
    """One deadline as the sheet shows it today; of how many things it is, where it names them."""

    deadline: str
    due_on: date
    met_on: date | None
    days_late: int
    partner_id: UUID | None
    occurrence: Occurrence
    things: int


@dataclass(frozen=True)
class Act:
    """One act as it stands today: whether it is open, what is in its way, which acts come first, when it opens."""

    open: bool
    reasons: tuple[Said, ...]
    first: tuple[str, ...]
    opens_on: date | None


@dataclass(frozen=True)
class Result:
    """An indicator as it is told today: in which words, how far, its values, which measure was taken under which
    version of its definition, what the last committee saw."""

    word: str
    percent: int | None
    values: tuple[tuple[LocalId, date, Decimal | None], ...]
    measures: tuple[tuple[LocalId, int], ...]
    definition_version: int
    seen: Decimal | None


@dataclass(frozen=True)
class Message:
    """One message that the sweep decided to send: when, about which deadline, to which roles."""

    on: date
    deadline: str
    roles: tuple[str, ...]


class Door(ABC):
    """A way in and out of the engine."""

    def __init__(self, house: House, clock: SetClock) -> None:
        self._house = house
        self._clock = clock
        self._read: list[tuple[int, Event]] = []

    @abstractmethod
    def send(self, request: Request) -> Outcome:
        """Send a command."""

    @abstractmethod
    def deadlines(self, reader: Sender, convention_id: UUID, today: date) -> tuple[Expected, ...]:
        """What is due, as it is answered that day."""

    @abstractmethod
    def acts(self, reader: Sender, convention_id: UUID, today: date) -> Mapping[str, Act]:
        """What may be done that day, by the name of the command."""

    def meet(self, person_id: UUID) -> None:
        """Make someone known to the vault, where roles are given to people who exist."""
        name = person_id.hex[:8]
        self._house.vault.register_person(f"Camille {name}", f"{name}@exemple.invalid", person_id=person_id)

    def administer(self, person_id: UUID) -> None:
        """Let someone administer the installation."""
        self.meet(person_id)
        login, now = f"administre-{person_id.hex}", self._clock.now()
        self._house.accounts.create(login, person_id, "un mot de passe assez long", now, is_administrator=True)

    def know(self, person_id: UUID) -> None:
        """Make someone known who may be known already."""
        if self._house.vault.person(person_id) is None:
            self.meet(person_id)

    def given(self, place_id: UUID, role: Code, person_id: UUID) -> UUID | None:
        """The fact that gave someone a role on a territory or a framework, the last one; None when none did."""
        register = self._house.reader.register()
        place = register.territories.get(place_id) or register.frameworks[place_id]
        mine = [one.assignment_id for one in place.assignments if (one.role, one.person_id) == (role, person_id)]
        return mine[-1] if mine else None

    def vacant(self, convention_id: UUID, today: date) -> tuple[VacantPlace, ...]:
        """The places around a convention that have nobody that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return vacant_places(dossier.territory, dossier.bodies, today, dossier.method)

    def vacant_on_framework(self, framework_id: UUID, today: date) -> tuple[VacantPlace, ...]:
        """The places of a framework that have nobody that day."""
        framework = self._house.reader.register().frameworks[framework_id]
        history = self._house.reader.of_framework(framework_id)
        return vacant_on_framework(framework.assignments, history.states(SteeringBody), today)

    def body(self, body_id: UUID) -> SteeringBody:
        """A steering body as it stands."""
        found = self._house.steering.load(body_id)
        assert isinstance(found, SteeringBody)
        return found

    def seat(self, body_id: UUID, seat_id: LocalId) -> Seat:
        """A seat of a body as it stands."""
        return Seats.of(self.body(body_id)).given[seat_id]

    def holders(self, territory_id: UUID, role: Code, today: date) -> tuple[Holder, ...]:
        """Who holds a role on a territory that day."""
        return role_holders(self._house.reader.register(), territory_id, role, today)

    def sweep(self, today: date) -> None:
        """Let the engine say what time has brought."""
        self._clock.set(today)
        sweep(self._house.steering, self._house.summaries, self._clock, self._house.holidays)

    def by_itself(self, command: Command, today: date) -> Outcome:
        """Let the engine do one thing that it does by itself."""
        self._clock.set(today)
        context = Context(actor=ENGINE_ACTOR, today=today, now=self._clock.now(), origin=Origin.REACTION)
        try:
            answer = self._house.steering.execute(command, context)
        except Refused as refused:
            return Outcome(refused=tuple(Said(one.RULE, explain(FRENCH, one, str).text) for one in refused.broken))
        return Outcome(facts=tuple(str(one.topic) for one in answer.events), version=answer.version)

    def result(self, convention_id: UUID, indicator_id: UUID, today: date) -> Result:
        """An indicator of a convention, as it is answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        told = next(one for one in indicators(dossier, today) if one.indicator_id == indicator_id)
        return Result(
            PageWords(FRENCH).say(word_of(told, today)),
            told.distance.progress_percent,
            tuple((one.measure_id, one.about, one.value) for one in told.values),
            tuple((one.measure_id, one.definition_version) for one in told.measures),
            told.definition_version,
            told.seen.value if told.seen is not None else None,
        )

    def satisfied(self, convention_id: UUID) -> int | None:
        """How many percent of the users are satisfied, as it is answered; None where it is not told."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        told = satisfaction(dossier)[0]
        assert bool(told.shares) is (told.satisfied_percent is not None)
        return told.satisfied_percent

    def contributions(self, convention_id: UUID, today: date) -> ContributionsTold:
        """What was said for a convention and what became of it, as it is answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return contributions(dossier, today)

    def spaces(self, convention_id: UUID, today: date) -> tuple[SpaceTold, ...]:
        """The permanent spaces of the territory of a convention, as they are answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return spaces(dossier, today)

    def heard_when(self, convention_id: UUID, today: date) -> tuple[StageHeard, ...]:
        """At which stages people were heard, as it is answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return heard_when(dossier, today)

    def prototypes(self, convention_id: UUID, today: date) -> tuple[PrototypeTold, ...]:
        """The prototypes of the actions of a convention, as they are answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return prototypes(dossier, today)

    def waves(self, convention_id: UUID, today: date) -> tuple[WaveTold, ...]:
        """The themed waves of the diagnoses of a territory, as they are answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return waves(dossier, today)

    def proposals(self, convention_id: UUID, today: date) -> ProposalsTold:
        """What was proposed to the territory of a convention and what became of it, as it is answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return proposals(dossier, today)

    def arbitrations(self, convention_id: UUID) -> tuple[Arbitration, ...]:
        """What the bodies of the territory arbitrated, the latest first, in its words."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return arbitrations(dossier)

    def recommendations(self, convention_id: UUID, today: date) -> tuple[RecommendationTold, ...]:
        """What is recommended on the territory and what became of it, what waits first."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return recommendations(dossier, today)

    def translation_notes(self, convention_id: UUID) -> tuple[NoteTold, ...]:
        """The notes that explain what is done on the territory, the latest first."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return notes(dossier)

    def first_finding(self, convention_id: UUID) -> LocalId:
        """The first finding of the diagnosis of a convention."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return basis(dossier).diagnoses[0].findings[0].finding_id

    def term(self, convention_id: UUID) -> date:
        """The last day of a convention."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return dossier.convention.period.effective_to

    def standing_at_the_term(self, convention_id: UUID, today: date) -> TermStanding:
        """What becomes of a convention at its term, as it is answered that day."""
        reader = self._house.reader
        dossier = reader.dossier(convention_id)
        assert dossier is not None
        near = reader.dossiers(reader.conventions((dossier.territory_id,)))
        return term(dossier, [one.convention for one in near.values()], today)

    def sheets(self, convention_id: UUID, today: date) -> Mapping[UUID, SheetStanding]:
        """How each action stands, as it is answered that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return {one.sheet_id: one for one in sheets(dossier, today)}

    def quilt(self, convention_id: UUID, today: date) -> Sequence[SheetMoving]:
        """The actions as the plan shows them, the worst first."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return moving(sheets(dossier, today), dossier.method, today)

    def broken_links(self, convention_id: UUID, today: date) -> list[Code]:
        """What is missing from the finding to the result, in the order of the chain."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return [one.link for one in chain(dossier, today).broken]

    def first_sentences(self, convention_id: UUID, today: date) -> tuple[str, ...]:
        """What is said of a convention first, in French."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        found = situation(known(dossier, today, self._house.holidays)).first_sentences
        return tuple(PageWords(FRENCH).say(phrase_of(one, dossier.register.name_of)) for one in found)

    def missing_signatures(self, convention_id: UUID) -> Mapping[Code, tuple[UUID, ...]]:
        """For each thing that there is to sign, whose signature is missing."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return signatures(dossier).missing

    def pledge(self, convention_id: UUID, pledge_id: UUID, today: date) -> PledgeTold:
        """One of the pledges to a convention, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return next(one for one in pledges(dossier, today) if one.pledge_id == pledge_id)

    def framework_pledge(self, framework_id: UUID, pledge_id: LocalId, today: date) -> FrameworkPledgeTold:
        """One of the pledges to a framework, as it is told that day."""
        known = framework_pledges(self._house.reader.register(), framework_id, today)
        return next(one for one in known if one.pledge_id == pledge_id)

    def trainings(self, framework_id: UUID, today: date) -> TrainingsTold:
        """The trainings and colloquiums of a framework, as they are told that day."""
        return trainings(self._house.reader.register(), framework_id, today)

    def framework_decisions(self, framework_id: UUID, today: date) -> tuple[DecisionStanding, ...]:
        """What became of each decision of the bodies of a framework, as it is told that day."""
        return framework_decisions(self._house.reader.of_framework(framework_id), today)

    def contestations(self, partner_id: UUID) -> tuple[Contestation, ...]:
        """What a partner contests, the oldest first, as it is told."""
        streams: dict[UUID, list[Event]] = {}
        for one in self.events():
            streams.setdefault(one.originator_id, []).append(one)
        found = (one for events in streams.values() for one in on_stream(events) if one.partner_id == partner_id)
        return tuple(sorted(found, key=lambda one: one.said.at))

    def delegation(self, convention_id: UUID, delegation_id: UUID, today: date) -> DelegationTold:
        """One of the delegations of a convention's territory, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return next(one for one in delegations(dossier, today) if one.delegation_id == delegation_id)

    def leads(self, convention_id: UUID) -> tuple[LeadTold, ...]:
        """Who leads what on a convention's territory, as it is told."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return leads(dossier)

    def framework_leads(self, framework_id: UUID) -> tuple[LeadTold, ...]:
        """Who leads what on a whole framework, as it is told."""
        return leads(self._house.reader.of_framework(framework_id))

    def decisions(self, convention_id: UUID, today: date) -> tuple[DecisionStanding, ...]:
        """What became of each decision of the territory's bodies, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return decisions(dossier, (dossier,), ages_after(dossier.method), today)

    def decisions_kept(self, convention_id: UUID, today: date) -> SaidAndDone:
        """How many of them are kept."""
        return said_and_done(self.decisions(convention_id, today))

    def framework_said_and_done(self, framework_id: UUID, today: date) -> SaidAndDone:
        """The same, of the decisions of a framework."""
        return said_and_done(self.framework_decisions(framework_id, today))

    def decisions_to_follow(self, convention_id: UUID, today: date) -> tuple[DecisionStanding, ...]:
        """Those that head the next agenda."""
        return to_follow(self.decisions(convention_id, today))

    def claims(self, convention_id: UUID, today: date) -> tuple[ClaimTold, ...]:
        """What is to be sent to funders, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return claims(dossier, today)

    def datum(self, convention_id: UUID, data_id: LocalId, today: date) -> DataTold:
        """One of the data that partners were asked for, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return next(one for one in data_asked(dossier, today) if one.data_id == data_id)

    def findings(self, convention_id: UUID, today: date) -> tuple[FindingFate, ...]:
        """What became of each finding that was shared, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return findings(dossier, today)

    def led_nowhere(self, convention_id: UUID, diagnosis_id: LocalId, today: date) -> bool:
        """Whether nothing that the last version of a diagnosis holds was followed, as it is told that day."""
        (held,) = (
            one.versions[0].findings
            for one in self.diagnoses(convention_id).diagnoses
            if one.diagnosis_id == diagnosis_id
        )
        return led_nowhere(held, self.findings(convention_id, today))

    def diagnoses(self, convention_id: UUID) -> DiagnosesTold:
        """What the diagnoses of its territory hold."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return diagnoses(dossier)

    def sitting(self, convention_id: UUID, body_id: UUID, meeting_id: LocalId, today: date) -> MeetingTold:
        """A meeting of one body, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return next(one for one in sittings(dossier, today) if (one.body_id, one.meeting_id) == (body_id, meeting_id))

    def body_told(self, convention_id: UUID, body_id: UUID, today: date) -> BodyTold:
        """A body with its seats, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return next(one for one in body_register(dossier, today) if one.body_id == body_id)

    def proposed_agenda(self, convention_id: UUID, today: date) -> tuple[AgendaPoint, ...]:
        """What the next meeting would discuss."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        told = known(dossier, today, self._house.holidays)
        held = what_the_committee_decided.meetings(dossier, (dossier,))
        return proposed_agenda(told, held, self.decisions(convention_id, today), dossier, today)

    def coverage(self, convention_id: UUID, today: date) -> Coverage:
        """What the coverage is worth, as it is told that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return coverage(dossier, today)

    def money(self, convention_id: UUID, today: date) -> Money:
        """What money there is for a convention, as it is counted that day."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return money(dossier, today)

    def adjustments_to_come(self, convention_id: UUID, today: date) -> tuple[Code, ...]:
        """How each of the adjustments stands that the next annual review begins from."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        coming = to_come(dossier, today)
        return tuple(one.state for one in coming.adjustments) if coming is not None else ()

    def adjustments_seen(self, convention_id: UUID) -> tuple[Code, ...]:
        """How each of the earlier adjustments stood, as the last review saw it."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return tuple(one.state for one in seen_at_reviews(dossier)[-1].adjustments)

    def last_review(self) -> UUID:
        """The review that was recorded last."""
        done = self.last_of(ReviewDone.TOPIC)
        assert isinstance(done, ReviewDone)
        return done.review_id

    def public_reviews(self, convention_id: UUID, today: date) -> int:
        """How many reviews of a convention everybody may read."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return sum(one.is_public for one in reviews(dossier, today))

    def follow(self, today: date) -> None:
        """Let the engine record what follows by itself from what was just recorded."""
        self._clock.set(today)
        self._house.reactions().follow()

    def in_force(self, convention_id: UUID) -> date | None:
        """Since when a convention is in force, None while it is not."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        return next((event.occurred_on for _, event in dossier.facts(ConventionActivated)), None)

    def _actor(self, sender: Sender) -> Actor:
        """The person who holds the role; somebody whose role is recorded is let in as the register says today."""
        if sender.person_id is not None and sender.role != ADMINISTRATOR:
            return Actor(sender.person_id, self._house.roles_of(sender.person_id, self._clock.today()))
        held = RoleHeld(sender.role, sender.territory_id, sender.partner_id)
        if sender.framework_id is not None:
            follows = self._house.reader.register().frameworks[sender.framework_id].territories
            held = replace(held, framework_id=sender.framework_id, follows=frozenset(follows))
        actor_id = sender.person_id or deterministic_id("sender", *vars(sender).values())
        return Actor(actor_id, (held,), is_tool=sender.is_tool)

    def _context(self, request: Request) -> Context:
        return Context(
            actor=self._actor(request.sender),
            today=self._clock.today(),
            now=self._clock.now(),
            reason=Prose(request.reason) if request.reason else None,
            expected_version=request.expected_version,
            evidence=request.evidence,
            corrects=request.corrects,
            idempotency_key=request.key,
        )

    def facts(self) -> int:
        """How far the log goes: further with each fact."""
        return self._house.steering.log.max_notification_id() or 0

    def messages(self) -> tuple[Message, ...]:
        """The messages decided so far, in order."""
        return tuple(
            Message(event.occurred_on, str(event.occurrence.deadline), tuple(map(str, event.roles)))
            for event in self.events()
            if isinstance(event, (ReminderSent, ReminderEscalated))
        )

    def missed(self) -> tuple[str, ...]:
        """The deadlines recorded as missed so far, in order."""
        return tuple(str(event.occurrence.deadline) for event in self.events() if isinstance(event, DeadlineMissed))

    def let_in(self, person_id: UUID) -> None:
        """Open an account for someone."""
        name = person_id.hex[:8]
        self._house.accounts.create(name, person_id, f"une phrase de {name}", self._clock.now())

    def falling(self, command: Command, sender: Sender, reason: str) -> tuple[UUID, ...]:
        """What would fall with a mistake, as whoever mends it is told."""
        asked = Request(command=command, sender=sender, today=self._clock.today(), reason=reason)
        refused = self._house.steering.weigh(command, self._context(asked)).refused
        return next((rule.events for rule in refused if isinstance(rule, DependentEvents)), ())

    def last_of(self, topic: str) -> Event:
        """The last fact of a kind."""
        return [one for one in self.events() if topic == one.TOPIC][-1]

    def events(self) -> list[Event]:
        """Every fact of the log, in order: what was read before stands as it was."""
        self._read += self._house.steering.read_events(self._read[-1][0] if self._read else 0, MANY)
        return [event for _, event in self._read]


class ExecuteDoor(Door):
    """The application itself: `execute` and the questions."""

    def send(self, request: Request) -> Outcome:
        """See `Door`."""
        self._clock.set(request.today)
        try:
            answer = self._house.steering.execute(request.command, self._context(request))
        except Refused as refused:
            return Outcome(refused=self._said(refused.broken))
        except UnknownStream:
            return Outcome(fault="unknown")
        return Outcome(
            facts=tuple(str(one.topic) for one in answer.events),
            version=answer.version,
            notices=self._said(answer.notices),
            waived=self._said(answer.waived),
            irregular=tuple(str(mark.rule) for mark in answer.irregularities),
        )

    def deadlines(self, reader: Sender, convention_id: UUID, today: date) -> tuple[Expected, ...]:
        """See `Door`."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        sheet = what_is_due.sheet(dossier, today, self._house.holidays)
        return tuple(
            Expected(
                str(one.id), one.due_on, one.met_on, one.days_late, one.partner_id, one.occurrence, len(one.things)
            )
            for one in sheet
        )

    def acts(self, reader: Sender, convention_id: UUID, today: date) -> Mapping[str, Act]:
        """See `Door`."""
        dossier = self._house.reader.dossier(convention_id)
        assert dossier is not None
        weighed = what_may_be_done(known(dossier, today, self._house.holidays), ())
        return {
            one.act: Act(
                one.open,
                self._said(tuple(each.rule for each in one.in_the_way)),
                tuple(each.act for each in one.in_the_way if each.act is not None),
                one.opens_on,
            )
            for one in weighed
        }

    def _said(self, rules: tuple[BrokenRule, ...]) -> tuple[Said, ...]:
        return tuple(Said(rule.RULE, explain(FRENCH, rule, self._name_of).text) for rule in rules)

    def _name_of(self, stream_id: UUID | Code) -> str:
        if not isinstance(stream_id, UUID):
            return str(stream_id)
        partner = self._house.steering.load(stream_id)
        return partner.name if isinstance(partner, Partner) else str(stream_id)


class HttpDoor(Door):
    """The JSON API, with a key for each sender; what a key may not do, people do by themselves."""

    def __init__(self, house: House, clock: SetClock, client: TestClient) -> None:
        super().__init__(house, clock)
        self._client = client
        self._people = ExecuteDoor(house, clock)
        self._tokens: dict[Sender, str] = {}

    def send(self, request: Request) -> Outcome:
        """See `Door`."""
        command = request.command
        if not request.sender.is_tool and (command.OF_PEOPLE or request.sender.person_id is not None):
            return self._people.send(request)
        if isinstance(command, PublishMethodProfile):  # a tool gives its file, which no scenario has
            return self._people.send(request)
        self._clock.set(request.today)
        body = to_json(command) | {"reason": request.reason, "expected_version": request.expected_version}
        if request.evidence:
            body["evidence"] = [to_json(one) for one in request.evidence]
        if request.corrects is not None:
            body["corrects"] = str(request.corrects.target_id)
            body.setdefault("cascade", [str(one) for one in request.corrects.cascade])
        response = self._client.post(
            f"/api/v1/{command.AGGREGATE.COLLECTION}/{command.stream_id}/{command.NAME}",
            json=body,
            headers=self._key_of(request.sender) | {"Idempotency-Key": request.key},
        )
        answer = response.json()
        if response.status_code == HTTPStatus.NOT_FOUND:
            return Outcome(fault="unknown")
        if response.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            return Outcome(refused=_told(answer["errors"]))
        assert response.status_code == HTTPStatus.OK, answer
        return Outcome(
            facts=tuple(one["type"] for one in answer["events"]),
            version=answer["version"],
            notices=_told(answer["notices"]),
            waived=_told(answer["waived"]),
            irregular=tuple(one["rule"] for one in answer["irregularities"]),
        )

    def deadlines(self, reader: Sender, convention_id: UUID, today: date) -> tuple[Expected, ...]:
        """See `Door`."""
        self._clock.set(today)
        response = self._client.get(f"/api/v1/conventions/{convention_id}/deadlines", headers=self._key_of(reader))
        assert response.status_code == HTTPStatus.OK, response.json()
        return tuple(
            Expected(
                one["id"],
                date.fromisoformat(one["due_on"]),
                date.fromisoformat(one["met_on"]) if one["met_on"] else None,
                one["days_late"],
                UUID(one["partner_id"]) if one["partner_id"] else None,
                Occurrence(
                    Code(one["occurrence"]["deadline"]),
                    UUID(one["occurrence"]["subject_id"]),
                    Code(one["occurrence"]["key"]),
                ),
                len(one["things"]),
            )
            for one in response.json()
        )

    def acts(self, reader: Sender, convention_id: UUID, today: date) -> Mapping[str, Act]:
        """See `Door`."""
        self._clock.set(today)
        address = f"/api/v1/conventions/{convention_id}/possible-commands"
        response = self._client.get(address, headers=self._key_of(reader))
        assert response.status_code == HTTPStatus.OK, response.json()
        return {
            one["command"]: Act(
                one["open"],
                _told(one["in_the_way"]),
                tuple(each["command"] for each in one["in_the_way"] if each["command"]),
                date.fromisoformat(one["opens_on"]) if one["opens_on"] else None,
            )
            for one in response.json()
        }

    def _key_of(self, sender: Sender) -> dict[str, str]:
        """The header that says who asks; the key is issued at the first request."""
        if sender not in self._tokens:
            now = self._clock.now()
            issued = self._house.api_keys.issue(
                "tool",
                sender.role,
                FAR,
                now,
                partner_id=sender.partner_id,
                territory_id=sender.territory_id,
                framework_id=sender.framework_id,
                on_instance=sender.territory_id is None and sender.framework_id is None,
            )
            self._tokens[sender] = issued.token
        return {"Authorization": f"Bearer {self._tokens[sender]}"}


def to_json(command: Command | Evidence) -> dict[str, Any]:
    """The fields of a command, or of a document beside it, as a partner's tool would write them."""
    fields = {name: value for name, value in vars(command).items() if name != "stream_id"}
    body: dict[str, Any] = msgspec.json.decode(AS_A_TOOL_WRITES.encode(fields))
    return body


def _clear(value: Any) -> Any:
    assert isinstance(value, Prose), value
    return value.text


AS_A_TOOL_WRITES: Final = msgspec.json.Encoder(enc_hook=_clear, decimal_format="number")
"""Text in clear, and numbers without quotation marks: that is how commands are read."""


def _told(problems: list[dict[str, Any]]) -> tuple[Said, ...]:
    return tuple(Said(one["rule"], one["detail"]) for one in problems)
