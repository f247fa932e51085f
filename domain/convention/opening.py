"""Opening a convention on a perimeter, and the partners' engagement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.calendar import default_end, duration_is_allowed
from domain.convention.deciding import ConventionCommand, pinned_profile
from domain.convention.renewing import started_by_a_successor, told_of_a_successor
from domain.convention.state import Signatory, TerritorialConvention
from domain.entitlement import entitled_role
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    DoesNotFit,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    start_from,
    unique,
)
from domain.method import MethodProfile
from domain.partners import Partner
from domain.perimeters import Reservation, check_free, registers_of, reserve
from domain.policy import OPEN_ACROSS_TERRITORIES
from domain.profiles import PublishedProfile, profile_stream
from domain.territories import Territory
from domain.values import Code, InvalidValue, ValidityPeriod, parse_insee

NOT_FOLLOWED = Code("NOT_FOLLOWED")
"""Why a framework is not the one of a convention: it does not follow its territory."""


@dataclass(frozen=True)
class InvalidPeriod(BrokenRule):
    """R02: the end comes after the start and the length fits the method."""

    RULE = "R02"
    LEVEL = Level.HARD
    FIELD = "effective_to"
    effective_from: date
    effective_to: date
    min_years: int
    max_years: int


@dataclass(frozen=True)
class CommunesOfOthers(BrokenRule):
    """R33: a perimeter that reaches beyond the territory is the framework's to open."""

    RULE = "R33"
    LEVEL = Level.HARD
    FIELD = "communes"
    communes: tuple[Code, ...]


@dataclass(frozen=True)
class WorkBeganAfterOpening(BrokenRule):
    """The work on a convention began on the day it was opened, or before."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "work_began_on"
    work_began_on: date
    opened_on: date


@dataclass(frozen=True)
class ExpectedSignatory:
    """A partner expected to sign, and whether the plan waits for it (R15)."""

    partner_id: UUID
    required: bool


@part(TerritorialConvention, "engagement")
@dataclass
class Engagement(Part):
    """The first day on which partners confirmed that they start, None before."""

    engaged_on: date | None = None


@dataclass(frozen=True)
class AlreadyEngaged(BrokenRule):
    """The engagement was confirmed before: another letter may follow the first one, which alone starts what is due."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    engaged_on: date


class TermsStated(CreatedEvent):
    """The terms of a convention: who holds it, what it covers, who is expected to sign, under which method."""

    home_territory_id: UUID
    framework_id: UUID | None
    holder_ids: tuple[UUID, ...]
    profile_name: Code
    profile_version: int
    communes: tuple[Code, ...]
    themes: tuple[Code, ...]
    period: ValidityPeriod
    signatories: tuple[Signatory, ...]
    successor_of: UUID | None
    sub_perimeter_of: UUID | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Take the terms."""
        convention.home_territory_id = self.home_territory_id
        convention.framework_id = self.framework_id
        convention.profile_key = (self.profile_name, self.profile_version)
        convention.period = self.period
        convention.opened_on = self.occurred_on
        convention.holders = frozenset(self.holder_ids)
        convention.communes = frozenset(self.communes)
        convention.themes = frozenset(self.themes)
        convention.successor_of = self.successor_of
        convention.sub_perimeter_of = self.sub_perimeter_of
        convention.signatories = {}
        for one in self.signatories:
            twin = convention.signatories.get(one.partner_id)  # two partners that turned out to be one
            convention.signatories[one.partner_id] = one if twin is None or not twin.required else twin


@event("convention.convention-opened")
class ConventionOpened(TermsStated):
    """The convention exists. `work_began_on`: the day on which the work on it began, where that was before."""

    work_began_on: date | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Take the terms; facts count from the day on which the work began."""
        super().apply(convention)
        convention.opened_on = self.work_began_on or self.occurred_on


@event("convention.engagement-confirmed")
class EngagementConfirmed(Event):
    """The partners confirmed in writing that they start (letter or deliberation of engagement)."""

    partners: tuple[UUID, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the first day."""
        if not convention.withholds(self):
            engagement = Engagement.of(convention)
            engagement.engaged_on = engagement.engaged_on or self.occurred_on


DERIVED_TERMS = ("communes", "themes", "period", "signatories")
"""What an opening decides from its command; the rest is said as it is."""


@dataclass(frozen=True, kw_only=True)
class StatesTerms(Command):
    """What opening and taking over a convention have in common. Communes default to the territory's, the end to the
    method's proposal.

    `holder_ids`: the partners that carry it (an EPCI, a commune, a syndicat, several EPCI), apart from the perimeter
    (R01). `successor_of` and `sub_perimeter_of` name the convention whose perimeter it may overlap.
    """

    home_territory_id: UUID
    framework_id: UUID | None = None
    holder_ids: tuple[UUID, ...]
    profile_name: Code
    profile_version: int
    communes: tuple[Code, ...] = ()
    themes: tuple[Code, ...] = ()
    effective_from: date
    effective_to: date | None = None
    signatories: tuple[ExpectedSignatory, ...]
    successor_of: UUID | None = None
    sub_perimeter_of: UUID | None = None

    def __post_init__(self) -> None:
        unique((str(one.partner_id) for one in self.signatories), "signatories")
        unique((str(one) for one in self.holder_ids), "holder_ids")
        if not self.holder_ids:
            raise InvalidValue("at-least-one", field="holder_ids")
        unique(self.communes, "communes")
        unique(self.themes, "themes")
        for insee in self.communes:
            parse_insee(insee)
        if not any(one.required for one in self.signatories):
            raise InvalidValue("at-least-one", field="signatories")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory it will cover."""
        return self.home_territory_id

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its period, and the signatories without what the register says of them."""
        signatories = tuple(ExpectedSignatory(one.partner_id, one.required) for one in event.signatories)
        return {**vars(event.period), "signatories": signatories}

    def decide(self, state: TerritorialConvention | None, case: Case) -> TerritorialConvention:
        case.breaks_if(state is not None, AlreadyExists(str(self.stream_id)))
        territory = case.find(Territory, self.home_territory_id, "home_territory_id")
        if self.framework_id is not None:
            framework = case.streams.find(FrameworkConvention, self.framework_id)
            followed = framework is not None and self.home_territory_id in framework.territories
            case.breaks_if(not followed, DoesNotFit("framework_id", str(self.framework_id), NOT_FOLLOWED))
        for holder_id in self.holder_ids:
            case.find(Partner, holder_id, "holder_ids")
        partners = {one.partner_id: case.find(Partner, one.partner_id, "signatories") for one in self.signatories}
        case.find(PublishedProfile, profile_stream(self.profile_name, self.profile_version), "profile_name")
        case.settle()
        assert territory is not None
        profile = pinned_profile(case, self.profile_name, self.profile_version)
        for theme in self.themes:
            case.breaks_if(theme not in profile.themes, UnknownReference("themes", theme))
        communes = self.communes or tuple(commune.insee for commune in territory.communes)
        effective_to = self.effective_to or default_end(profile.duration, self.effective_from)
        period = ValidityPeriod(self.effective_from, effective_to)
        self.check_period(period, profile, case)
        outside = tuple(sorted(set(communes) - {commune.insee for commune in territory.communes}))
        case.breaks_if(outside and not self._may_reach(case, outside), CommunesOfOthers(outside))
        allowed = self._may_overlap(case, frozenset(communes))
        wanted = Reservation(self.stream_id, frozenset(communes), frozenset(self.themes), period)
        registers = registers_of(case, communes)
        check_free(case, registers, wanted, allowed)
        case.settle()
        started: TerritorialConvention = start_from(
            self,
            case,
            communes=tuple(sorted(communes)),
            themes=tuple(sorted(self.themes)),
            period=period,
            signatories=tuple(
                Signatory(one.partner_id, partner.kind, one.required)
                for one in self.signatories
                if (partner := partners[one.partner_id]) is not None
            ),
        )
        reserve(case, registers, wanted)
        if self.successor_of is not None:
            started_by_a_successor(case, self.successor_of, started)
        return started

    @staticmethod
    def _may_reach(case: Case, communes: tuple[Code, ...]) -> bool:
        """Whether some role held on a framework reaches communes beyond the territory: those that it follows."""
        for held in case.context.actor.roles:
            framework = case.streams.find(FrameworkConvention, held.framework_id) if held.framework_id else None
            if framework is not None and entitled_role(OPEN_ACROSS_TERRITORIES, (held,), framework_id=framework.id):
                places = (case.streams.find(Territory, one) for one in framework.territories)
                followed = {commune.insee for one in places if one is not None for commune in one.communes}
                if followed >= set(communes):
                    return True
        return False

    def _may_overlap(self, case: Case, communes: frozenset[Code]) -> frozenset[UUID]:
        """R01: the conventions whose perimeter this one may share.

        The one it succeeds, of the same territory or holder; the one inside whose perimeter and themes it stays.
        """
        allowed = set()
        if self.successor_of is not None:
            former = case.find(TerritorialConvention, self.successor_of, "successor_of")
            if former is not None:
                same = former.home_territory_id == self.home_territory_id or bool(former.holders & set(self.holder_ids))
                case.breaks_if(not same, UnknownReference("successor_of", str(self.successor_of)))
                allowed.add(former.id)
                case.broken(*told_of_a_successor(former, self.effective_from, case))
        if self.sub_perimeter_of is not None:
            whole = case.find(TerritorialConvention, self.sub_perimeter_of, "sub_perimeter_of")
            if whole is not None:
                themes = frozenset(self.themes)
                inside = communes <= whole.communes and (not whole.themes or (themes and themes <= whole.themes))
                case.breaks_if(not inside, UnknownReference("sub_perimeter_of", str(self.sub_perimeter_of)))
                allowed.add(whole.id)
        return frozenset(allowed)

    def check_period(self, period: ValidityPeriod, profile: MethodProfile, case: Case) -> None:
        """R02."""
        rule = profile.duration
        case.breaks_if(
            not duration_is_allowed(rule, period.effective_from, period.effective_to),
            InvalidPeriod(period.effective_from, period.effective_to, rule.min_years, rule.max_years),
        )


@command(TerritorialConvention, starts=True, records=ConventionOpened, derived=DERIVED_TERMS)
@dataclass(frozen=True, kw_only=True)
class OpenConvention(StatesTerms):
    """Open a territory's convention. `work_began_on`: the day on which the work began, from which facts count (R03);
    nothing: the day of the opening."""

    work_began_on: date | None = None

    def decide(self, state: TerritorialConvention | None, case: Case) -> TerritorialConvention:
        began = self.work_began_on
        if began is not None and began > case.occurred_on:
            case.broken(WorkBeganAfterOpening(began, case.occurred_on))
        return super().decide(state, case)


@command(TerritorialConvention, records=EngagementConfirmed)
@dataclass(frozen=True, kw_only=True)
class RecordEngagement(ConventionCommand):
    """Record the letter or deliberation by which partners engage; `occurred_on` is its date."""

    partners: tuple[UUID, ...] = ()

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        for partner_id in self.partners:
            case.find(Partner, partner_id, "partners")
        engaged_on = Engagement.of(state).engaged_on
        if engaged_on is not None:
            case.broken(AlreadyEngaged(engaged_on))
        self.settle(state, case)
        record_from(self, state, case)
