"""What is known of one convention on a day: the answers that everything concluded about it rests on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from domain.calendar import add_days, ending_from
from domain.convention.authorising import RecordMandate
from domain.convention.counting import REFUSED, AnswerGiven
from domain.convention.crossing import ForumsHeld
from domain.convention.priorities import PrioritiesChosen
from domain.convention.renewing import ConventionRenewed, StartRenewal
from domain.convention.state import CONVENTION, PLAN
from domain.kernel import BrokenRule
from domain.method import MethodProfile
from domain.values import Code, LocalId
from projections import what_is_due, what_still_stands, where_conventions_stand
from projections.engine import Dossier
from projections.saying import Expected, InRole, Said, Status
from projections.what_is_due import Deadline
from projections.what_is_due.starts import SIGNATORY
from projections.what_reviews_saw import Review, reviews
from projections.what_was_taken_over import TakenOverAsOf, taken_over
from projections.where_conventions_stand import PLAN_MISSING, RENEWING, Milestone, Standing
from projections.where_the_term_stands import ExtensionWaiting, waiting
from projections.which_act_brings_it import act_meeting
from projections.which_facts_do_not_count import Withheld, act_awaited, mandate_to_date, withheld
from projections.which_rules_are_in_the_way import in_the_way
from projections.which_signatures_are_missing import MandateGiven, SignatoryState, SignatureSheet, signatures
from projections.which_themes_are_crossed import ThemeCrossing, crossing
from projections.who_holds_which_role import Holder, role_holders

DISCUSSING: Final = ("FORUMS", "PRIORITISATION")
"""The phases in which a theme that lacks someone holds the priorities up."""

STATUS_OF: Final[Mapping[Code, Status]] = {
    what_is_due.MISSED: "late",
    what_is_due.DUE_SOON: "watch",
    what_is_due.ANSWERED: "watch",
    what_is_due.WATCHED: "watch",
    what_is_due.MUTED: "not-started",
    what_is_due.PLANNED: "on-time",
    what_is_due.MET: "done",
    what_is_due.MET_LATE: "done",
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """A convention's standing, facts, deadlines, themes, signatures and people, under its method, on a day."""

    convention_id: UUID
    today: date
    standing: Standing
    method: MethodProfile
    milestones: tuple[Milestone, ...]
    sheet: tuple[Deadline, ...]
    """What is due, but for what gives no news."""
    themes: tuple[ThemeCrossing, ...]
    counting: frozenset[LocalId]
    """The forums that count (R04), whatever their themes."""
    signatures: SignatureSheet
    reviews: tuple[Review, ...]
    holders: tuple[Holder, ...]
    in_the_way: Mapping[str, tuple[BrokenRule, ...]]
    """The rules that refuse each act whatever its form says."""
    priorities: int
    """How many priorities are live."""
    plan_validated: bool
    """Whether a plan was validated that stands: no priority that it serves was withdrawn since."""
    silences: tuple[Deadline, ...] = ()
    """What has news expected of it, by the day on which its period is over."""
    taken_over: TakenOverAsOf | None = None
    """What is known from before it was taken over; None for one that began here."""
    extension: ExtensionWaiting | None = None
    """What was decided to run longer and is not signed yet."""
    followed_from: date | None = None
    """From which day on another convention follows it, where its renewal was found."""

    @property
    def phase(self) -> Code:
        """Its phase."""
        return self.standing.phase

    def facts(self, kind: str) -> tuple[Milestone, ...]:
        """The facts of a kind that have an effect, by the day they happened."""
        return self._effective.get(kind, ())

    @cached_property
    def _effective(self) -> Mapping[str, tuple[Milestone, ...]]:
        found: dict[str, list[Milestone]] = {}
        for one in self.milestones:
            if not one.withheld:
                found.setdefault(one.kind, []).append(one)
        return {kind: tuple(facts) for kind, facts in found.items()}

    @cached_property
    def withheld(self) -> tuple[Withheld, ...]:
        """The facts recorded whose effect is withheld."""
        return withheld(self.milestones, self.counting, self.signatures, self.reviews)

    # --- deadlines ----------------------------------------------------------------------------------------------------

    @cached_property
    def late(self) -> tuple[Deadline, ...]:
        """What is past its day, the oldest first."""
        return what_is_due.late(self.sheet)

    @cached_property
    def soon(self) -> tuple[Deadline, ...]:
        """What the method already reminds of."""
        return tuple(one for one in self.sheet if one.state == what_is_due.DUE_SOON)

    @cached_property
    def silent(self) -> tuple[Deadline, ...]:
        """What has given no news for its period, the oldest first; nothing of a convention that is over."""
        over = self.today > self.standing.period.effective_to if self.standing.period is not None else False
        return () if over else what_is_due.silences(self.silences)

    @property
    def following(self) -> Deadline | None:
        """The next deadline that is not past its day."""
        return what_is_due.next_deadline(self.sheet)

    def deadlines_for(self, command: str) -> tuple[Deadline, ...]:
        """The deadlines that an act meets."""
        return tuple(one for one in self.sheet if act_meeting(self.method.deadline(one.id)) == command)

    def deadline_for(self, command: str) -> Deadline | None:
        """The deadline that an act meets, the first that is open; else the last that it met."""
        own = self.deadlines_for(command)
        return next((one for one in own if one.is_open), own[-1] if own else None)

    def is_over(self, deadline: Deadline) -> bool:
        """Whether it is of a review whose period has ended."""
        return deadline.review_period is not None and deadline.review_period.last < self.today

    def is_reviewable(self, deadline: Deadline) -> bool:
        """Whether it is of a review whose period is over or ending (R20)."""
        period = deadline.review_period
        return period is not None and ending_from(self.method.review, period.first, period.last) <= self.today

    def act_meeting(self, deadline: Deadline) -> str | None:
        """The act that a deadline waits for; of a signature, the first that is missing for it. None when none does."""
        if deadline.partner_id is None or not deadline.is_signature:
            return act_meeting(self.method.deadline(deadline.id))
        signatory = self.signatory(deadline.partner_id)
        cover = self.cover_awaited(signatory)
        return act_awaited(signatory, cover) if cover is not None else None

    def given(self, act: str | None, partner_id: UUID | None) -> Mapping[str, str]:
        """What is known already of what an act says, by field: of a mandate that only lacks the day it became
        executory, all the rest."""
        if partner_id is None:
            return {}
        mandate = self.mandate_to_date(partner_id) if act == RecordMandate.NAME else None
        if mandate is None:
            return {"partner_id": str(partner_id)}
        return {
            "partner_id": str(partner_id),
            "kind": mandate.kind,
            "covers": " ".join(mandate.covers),
            "occurred_on": mandate.adopted_on.isoformat(),
        }

    def mandate_to_date(self, partner_id: UUID) -> MandateGiven | None:
        """The decision of a partner of which its signature waits to know when it became executory."""
        signatory = self.signatory(partner_id)
        cover = self.cover_awaited(signatory)
        return mandate_to_date(signatory, cover) if cover is not None else None

    # --- themes -------------------------------------------------------------------------------------------------------

    @cached_property
    def gaps(self) -> tuple[ThemeCrossing, ...]:
        """The themes that forums discussed without someone, while priorities are still to be chosen."""
        if self.phase not in DISCUSSING:
            return ()
        return tuple(one for one in self.themes if one.counting and not one.crossed and not one.waived)

    # --- signatures ---------------------------------------------------------------------------------------------------

    @property
    def signing(self) -> tuple[UUID, ...]:
        """The partners expected to sign."""
        return tuple(one.partner_id for one in self.signatures.signatories)

    @property
    def required(self) -> int:
        """How many signatures are waited for in all."""
        return sum(one.required for one in self.signatures.signatories)

    def missing_for(self, cover: Code) -> tuple[UUID, ...]:
        """The required partners whose signature of this does not count yet."""
        return self.signatures.missing.get(cover, ())

    @cached_property
    def refusing(self) -> tuple[Said, ...]:
        """The required partners that hold the signature up because their own body said no, and since when."""
        cover = PLAN if self.plan_validated else CONVENTION
        return tuple(
            no_of(partner_id, answer)
            for partner_id in self.missing_for(cover)
            if (answer := self.signatory(partner_id).no_to(cover)) is not None
        )

    def signatory(self, partner_id: UUID) -> SignatoryState:
        """A partner expected to sign. Raises `StopIteration` for any other."""
        return next(one for one in self.signatures.signatories if one.partner_id == partner_id)

    def cover_awaited(self, one: SignatoryState) -> Code | None:
        """What a partner's signature is still missing for, the plan once it is adopted; None when nothing is."""
        adopted = {text.covers for text in self.signatures.texts}
        first = (PLAN, CONVENTION) if PLAN in adopted else (CONVENTION, PLAN)
        covers = (*first, *(cover for cover in one.signed_on if cover not in first))
        return next((cover for cover in covers if one.signed_on.get(cover) is None), None)

    @property
    def is_signed(self) -> bool:
        """Whether the convention is signed, or ran already when it was taken over."""
        return self.taken_over is not None or bool(self.facts("convention-signed"))

    @cached_property
    def term_is_near(self) -> bool:
        """Whether what becomes of a signed convention at its term is a question now: the method speaks of it, or it is
        past."""
        period = self.standing.period
        if period is None or not self.is_signed:
            return False
        rules = (one for one in self.method.active_deadlines if act_meeting(one) == StartRenewal.NAME)
        speaks = [add_days(period.effective_to, step.offset_days) for one in rules for step in one.reminders]
        return min((*speaks, add_days(period.effective_to, 1))) <= self.today

    @property
    def is_renewing(self) -> bool:
        """Whether what follows is prepared."""
        return RENEWING in self.standing.flags

    @property
    def plan_missing(self) -> bool:
        """Whether the convention is signed and its plan is not."""
        return PLAN_MISSING in self.standing.flags

    # --- who and what -------------------------------------------------------------------------------------------------

    def people(self, roles: Iterable[str]) -> Expected | None:
        """Who holds one of these roles; None when nobody does."""
        wanted = set(roles)
        held = tuple(dict.fromkeys(InRole(one.person_id, one.role) for one in self.holders if one.role in wanted))
        return Expected(people=held) if held else None

    def expected(self, deadline: Deadline | None) -> Expected | None:
        """Who is to act: the partner who signs, else the people whom the method reminds first."""
        if deadline is None or not deadline.is_open:
            return None
        if deadline.partner_id is not None:
            return Expected(deadline.partner_id)
        if deadline.owner_id is not None:
            return Expected(deadline.owner_id)
        if deadline.role is not None:
            return Expected(deadline.occurrence.subject_id)
        first = self.people(role for step in deadline.steps[:1] for role in step.recipients)
        # What nobody in particular sees to is for whoever would be asked next.
        return first or self.people(role for step in deadline.steps[1:2] for role in step.recipients)


def known(dossier: Dossier, today: date, holidays: Container[date], standing: Standing | None = None) -> Known:
    """What is known of a convention on a day; `standing` when it is known already."""
    sheet = what_is_due.sheet(dossier, today, holidays)
    return Known(
        convention_id=dossier.convention_id,
        today=today,
        standing=standing or where_conventions_stand.standing(dossier, today),
        method=dossier.method,
        milestones=where_conventions_stand.milestones(dossier),
        sheet=tuple(one for one in sheet if not one.is_silence),
        silences=tuple(one for one in sheet if one.is_silence),
        themes=crossing(dossier, today),
        counting=ForumsHeld.of(dossier.convention).counting,
        signatures=signatures(dossier),
        reviews=reviews(dossier, today),
        holders=role_holders(dossier.register, dossier.territory_id, None, today),
        in_the_way=in_the_way(dossier, today),
        priorities=len(PrioritiesChosen.of(dossier.convention).ranks),
        plan_validated=bool(what_still_stands.plans(dossier).facts) or dossier.convention.taken_over_on is not None,
        taken_over=taken_over(dossier),
        extension=waiting(dossier.convention),
        followed_from=next((one.effective_from for one in dossier.effective(ConventionRenewed)), None),
    )


def status_of(deadline: Deadline | None) -> Status:
    """A deadline, or the milestone it waits for, in one of the five words."""
    return STATUS_OF[deadline.state] if deadline is not None else "not-started"


def no_of(partner_id: UUID, answer: AnswerGiven) -> Said:
    """That a partner's own body said no."""
    refused = answer.outcome == REFUSED
    return Said(word="mandate-refused" if refused else "mandate-withdrawn", partner_id=partner_id, on=answer.on)


def what(deadline: Deadline) -> Said:
    """What is expected."""
    if deadline.review_period is not None:
        return Said(word="review", period=deadline.review_period.code)
    whose = deadline.partner_id or deadline.owner_id
    if whose is not None and deadline.is_silence:
        return Said(word="silence-of", of=deadline.id, partner_id=whose)
    if deadline.owner_id is not None:
        return Said(word="of-partner", of=deadline.id, partner_id=deadline.owner_id)
    if deadline.partner_id is not None:
        if deadline.is_signature:
            return Said(word="signature", partner_id=deadline.partner_id)
        return Said(word="of-partner", of=deadline.id, partner_id=deadline.partner_id)
    if deadline.role is not None:
        return Said(word="role-vacant", role=deadline.role)
    named = Said(word="deadline", of=deadline.id)
    return named if deadline.about_on is None else Said(word="of-day", what=named, on=deadline.about_on)


def brief(known: Known, said: Said) -> Said:
    """The same as lists say it, where there is one line for a convention: whose actions, data or pledges it is about is
    read on its pages."""
    if said.what is not None:
        return replace(said, what=brief(known, said.what))
    if said.word == "of-partner" and said.of is not None and known.method.deadline(said.of).subject != SIGNATORY:
        return Said(word="deadline", of=said.of)
    return said


def lacking(theme: ThemeCrossing) -> tuple[Code, ...]:
    """What a theme still needs to be crossed (R07): forums that count, an expertise, a side."""
    if not theme.counting:
        return (Code("counting-forum"),)
    return (
        *(Code(f"expertise.{one.value}") for one in theme.missing_expertises),
        *(Code(f"side.{one.value}") for one in theme.missing_sides),
    )
