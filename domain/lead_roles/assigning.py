"""A partner leads, or coordinates: on all of a place or on one theme, by which decision, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from domain.convention.themes import check_known, named
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DoesNotFit,
    Event,
    Level,
    Places,
    UnknownReference,
    command,
    event,
    record_from,
)
from domain.lead_roles.leading import (
    COORDINATOR,
    LEAD,
    Lead,
    LeadRoles,
    LeadRolesBegun,
    check_cited,
    check_holder,
    convention_of,
    lead_roles_stream,
    method_of,
)
from domain.steering import DecisionReference
from domain.territories import Territory
from domain.values import Code, InvalidValue, LocalId, Theme

NOT_ITS_LEAD_ROLES = Code("NOT_ITS_LEAD_ROLES")
"""Why something is not recorded there: each territory and each framework has one stream of who leads there."""


@dataclass(frozen=True)
class LeadRoleHeld(BrokenRule):
    """Somebody leads there already: it is shared with another partner, or handed over."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "partner_id"
    MENDED_BY = "share-lead-role"
    partners: tuple[UUID, ...]


class _Giving(Event):
    """What every event that gives a lead role has in common."""

    KIND: ClassVar[Code]

    def apply(self, roles: LeadRoles) -> None:
        """Whoever holds it does from that day on; what nobody held there any more is over."""
        said = vars(self)
        theme = said["theme"].code if said["theme"] is not None else None
        for one, lead in roles.leads.items():
            if (lead.kind, lead.theme, lead.holders) == (self.KIND, theme, ()):
                roles.leads[one] = lead._replace(over_on=lead.over_on or self.occurred_on)
        holders = (said["partner_id"],)
        roles.leads[said["lead_id"]] = Lead(self.KIND, theme, said["convention_id"], holders, self.occurred_on)


@event("lead-role.lead-role-assigned")
class LeadRoleAssigned(_Giving):
    """A partner leads from `occurred_on` on: on `theme`, else on all. `decided_in`: where that was decided."""

    KIND = LEAD
    home_territory_id: UUID | None
    home_framework_id: UUID | None
    convention_id: UUID | None
    lead_id: LocalId
    partner_id: UUID
    theme: Theme | None
    decided_in: DecisionReference | None


@event("lead-role.coordinator-designated")
class CoordinatorDesignated(_Giving):
    """A CCAS or a CIAS coordinates local actors from `occurred_on` on: on `theme`, else on all."""

    KIND = COORDINATOR
    home_territory_id: UUID | None
    home_framework_id: UUID | None
    convention_id: UUID | None
    lead_id: LocalId
    partner_id: UUID
    theme: Theme | None
    decided_in: DecisionReference | None


@dataclass(frozen=True, kw_only=True)
class _Gives(Command):
    """What assigning and designating have in common. `stream_id` is `lead_roles_stream` of the place; on a territory
    `convention_id` names the convention whose themes and committees are meant."""

    KIND: ClassVar[Code]

    home_territory_id: UUID | None = None
    home_framework_id: UUID | None = None
    convention_id: UUID | None = None
    lead_id: LocalId
    partner_id: UUID
    theme: Code | None = None
    decided_in: DecisionReference | None = None

    def __post_init__(self) -> None:
        if (self.home_territory_id is None) == (self.home_framework_id is None):
            raise InvalidValue("territory-or-framework", field="home_territory_id")

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """The theme: its event says the name that a committee gave it too."""
        return {"theme": event.theme.code if event.theme is not None else None}

    @property
    def home(self) -> Places:
        """Where the partner leads."""
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory on which it leads."""
        return self.home_territory_id

    def whole_framework(self, state: Aggregate | None) -> UUID | None:
        """The framework on which it leads."""
        return self.home_framework_id

    def decide(self, state: LeadRoles | None, case: Case) -> LeadRoles:
        self._check_place(case)
        if state is not None:
            case.breaks_if(self.lead_id in state.leads, AlreadyExists(self.lead_id))
            if (held := state.holding(self.KIND, self.theme)) is not None:
                case.broken(LeadRoleHeld(held[1].holders))
        check_holder(self.KIND, self.partner_id, case)
        theme = self._founded(case)
        case.settle()
        if state is None:
            state = LeadRoles.start(
                self.stream_id,
                LeadRolesBegun,
                case,
                home_territory_id=self.home_territory_id,
                home_framework_id=self.home_framework_id,
            )
        record_from(self, state, case, theme=theme)
        return state

    def _check_place(self, case: Case) -> None:
        if self.home_territory_id is not None:
            case.find(Territory, self.home_territory_id, "home_territory_id")
        if self.home_framework_id is not None:
            case.find(FrameworkConvention, self.home_framework_id, "home_framework_id")
        place = self.home_territory_id or self.home_framework_id
        assert place is not None
        strange = self.stream_id != lead_roles_stream(place)
        case.breaks_if(strange, DoesNotFit("stream_id", str(self.stream_id), NOT_ITS_LEAD_ROLES))

    def _founded(self, case: Case) -> Theme | None:
        """Its theme, which is one of the convention, else of the framework's method; the decision was taken there."""
        convention = convention_of(self.home, self.convention_id, case)
        method = method_of(self.home, self.convention_id, case)
        if self.decided_in is not None:
            check_cited(self.home, self.decided_in, method, case)
        if self.theme is None:
            return None
        if convention is not None and method is not None:
            check_known((self.theme,), "theme", convention, method, case)
            return named(convention, self.theme)
        case.breaks_if(method is None or self.theme not in method.themes, UnknownReference("theme", self.theme))
        return Theme(self.theme)


@command(LeadRoles, starts=True, records=LeadRoleAssigned, derived=("theme",))
@dataclass(frozen=True, kw_only=True)
class AssignLeadRole(_Gives):
    """Say that a partner leads there: on one theme, else on all of it."""

    KIND = LEAD


@command(LeadRoles, starts=True, records=CoordinatorDesignated, derived=("theme",))
@dataclass(frozen=True, kw_only=True)
class DesignateCoordinator(_Gives):
    """Say that a CCAS, a CIAS or their union coordinates local actors there: on one theme, else on all of it."""

    KIND = COORDINATOR
