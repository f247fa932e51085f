"""Partners: the institutions that sign, own actions and send their data. Never a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    Event,
    Level,
    aggregate,
    command,
    event,
    start_from,
)
from domain.partner_keys import SIREN, Key, borne, keys_of, take
from domain.territories import Territory
from domain.values import Code, InvalidValue, PublicName, parse_siren

PARTNER_KINDS = tuple(
    Code(kind)
    for kind in (
        "CAF",
        "MSA",
        "CPAM",
        "CARSAT",
        "DEPARTEMENT",
        "EPCI",
        "COMMUNE",
        "SYNDICAT",
        "CCAS",
        "CIAS",
        "UDCCAS",
        "STATE",
        "ASSOCIATION",
        "ACADEMIC",
        "OTHER",
    )
)


NOT_A_SIGNATORY = Code("NOT_A_SIGNATORY")
"""Why a partner has nothing to sign: it is not in the list of signatories."""


@dataclass(frozen=True)
class SirenTaken(BrokenRule):
    """Another partner is registered under this SIREN, which names one institution."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "siren"
    partner_id: UUID
    siren: Code


@dataclass(frozen=True)
class SameName(BrokenRule):
    """Another partner is registered under this name, be it written otherwise: it may be the same institution."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "name"
    MENDED_BY = "merge-partners"
    partner_id: UUID


@aggregate("partner", "partners")
class Partner(Aggregate):
    """One institution."""

    kind: Code
    name: PublicName
    siren: Code | None
    merged_into: UUID | None
    """The partner that answers for it: the two are one institution."""
    bodies: tuple[UUID, ...]
    """The steering bodies in which it was ever given a seat."""

    def __init__(self) -> None:
        self.kind = Code("")
        self.name = PublicName("")
        self.siren = None
        self.merged_into = None
        self.bodies = ()

    @property
    def may_be_cited(self) -> bool:
        return self.merged_into is None

    @property
    def keys(self) -> tuple[Key, ...]:
        """By what it is told from others."""
        return keys_of(self.name, self.siren)


@event("partner.partner-registered")
class PartnerRegistered(CreatedEvent):
    """The institution entered the register; `territory_id` is where it belongs, when it is a local one."""

    kind: Code
    name: PublicName
    siren: Code | None
    home_territory_id: UUID | None

    def apply(self, partner: Partner) -> None:
        """Take the identity."""
        partner.kind = self.kind
        partner.name = self.name
        partner.siren = self.siren


@event("partner.partner-merged")
class PartnerMerged(Event):
    """This partner is the same institution as another one, which answers for it; `name`: what it was called."""

    kept_id: UUID
    name: PublicName

    def apply(self, partner: Partner) -> None:
        """Another one answers for it."""
        partner.merged_into = self.kept_id


@event("partner.partner-seated")
class PartnerSeated(Event):
    """The partner has a seat in a steering body where it had none: what concerns all its seats finds them by this."""

    body_id: UUID

    def apply(self, partner: Partner) -> None:
        """Keep the body."""
        partner.bodies = (*partner.bodies, self.body_id)


@command(Partner, starts=True, records=PartnerRegistered)
@dataclass(frozen=True, kw_only=True)
class RegisterPartner(Command):
    """Register an institution under its official name."""

    kind: Code
    name: PublicName
    siren: Code | None = None
    home_territory_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.kind not in PARTNER_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=PARTNER_KINDS)
        if not self.name.strip():
            raise InvalidValue("text-required", field="name")
        if self.siren is not None:
            object.__setattr__(self, "siren", parse_siren(self.siren))  # typed with spaces, kept without

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of a local institution."""
        return self.home_territory_id

    def decide(self, state: Partner | None, case: Case) -> Partner:
        case.breaks_if(state is not None, AlreadyExists(str(self.stream_id)))
        if self.home_territory_id is not None:
            case.find(Territory, self.home_territory_id, "home_territory_id")
        keys = keys_of(self.name, self.siren)
        for one in borne(case, keys, self.stream_id):
            if one.key.kind == SIREN:
                case.broken(SirenTaken(one.others[0], Code(one.key.value)))
            else:
                case.broken(SameName(one.others[0]))
        case.settle()
        started: Partner = start_from(self, case)
        take(case, keys, self.stream_id)
        return started
