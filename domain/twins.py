"""Two partners that are one institution: one of them answers for the other from then on, in all that was recorded.

Nothing is rewritten: each stream that names the twin says once that it means the one that is kept, and is read so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.assignments import Place
from domain.convention.signatories import REQUIRED, SignatoryChanged
from domain.convention.state import TerritorialConvention
from domain.entitlement import entitled_role
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    Corrected,
    Level,
    NotEntitled,
    TwinReplaced,
    command,
    record_from,
)
from domain.mending import record_following
from domain.partner_keys import PartnerKey
from domain.partners import Partner, PartnerMerged, PartnerSeated
from domain.values import Code, InvalidValue

_UNTOUCHED: Final = (PartnerKey,)
"""What goes on naming the twin: its SIREN and its name stay reserved, and lead to the one that answers for it."""


@dataclass(frozen=True)
class AlreadyMerged(BrokenRule):
    """One of the two answers for no other any more: another partner answers for it."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "stream_id"
    kept_id: UUID


@dataclass(frozen=True)
class TwoSirens(BrokenRule):
    """Two SIREN name two institutions: one of the numbers is mistaken, or they are not one."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "kept_id"
    siren: Code
    kept_siren: Code


@dataclass(frozen=True)
class TwoKinds(BrokenRule):
    """What they are decides who authorises their signature: two kinds name two institutions."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "kept_id"
    partner_kind: Code
    kept_kind: Code


@dataclass(frozen=True)
class NamedBeyond(NotEntitled):
    """R33: the twin is named on territories or frameworks that no role of whoever merges it reaches."""

    RULE = "R33"
    CODE = NotEntitled.CODE
    LEVEL = Level.HARD


@dataclass(frozen=True)
class SignatoryTwice(BrokenRule):
    """Both were expected to sign one convention: it is expected once, as required if either was."""

    RULE = ""
    LEVEL = Level.NOTICE
    territories: tuple[UUID, ...]


@command(Partner, records=PartnerMerged, derived=("name",))
@dataclass(frozen=True, kw_only=True)
class MergePartners(Command):
    """Say that a partner is the same institution as the one that is kept, which then answers for it everywhere.

    The reason is required. Annulling this tells them apart again.
    """

    kept_id: UUID

    def __post_init__(self) -> None:
        if self.kept_id == self.stream_id:
            raise InvalidValue("repeated-id", field="kept_id", value=str(self.kept_id))

    def decide(self, state: Partner, case: Case) -> None:
        if not case.context.reason:
            raise InvalidValue("text-required", field="reason")
        if state.merged_into is not None:
            case.broken(AlreadyMerged(state.merged_into))
        kept = case.find(Partner, self.kept_id, "kept_id")
        if kept is not None:
            if state.siren is not None and kept.siren is not None and state.siren != kept.siren:
                case.broken(TwoSirens(state.siren, kept.siren))
            case.breaks_if(state.kind != kept.kind, TwoKinds(state.kind, kept.kind))
        case.settle()
        naming = list(_naming(case, self.stream_id))
        case.breaks_if(not all(self._reaches(case, one) for one in naming), NamedBeyond(self.NAME))
        twice = [one for one in naming if isinstance(one, TerritorialConvention) and self._signs_twice(one)]
        if twice:
            case.broken(SignatoryTwice(tuple(dict.fromkeys(one.home_territory_id for one in twice))))
        case.settle()
        merged = record_from(self, state, case, name=state.name)
        for one in naming:
            left_out = tuple(self._left_out(case, one))
            cause = one.note(
                TwinReplaced,
                case,
                caused_by=merged,
                twin_id=self.stream_id,
                kept_id=self.kept_id,
                left_out=left_out,
            )
            if isinstance(one, TerritorialConvention):
                record_following(one, case, cause)
            case.streams.change(one)
        if kept is not None:
            for body_id in state.bodies:
                if body_id not in kept.bodies:
                    kept.record(PartnerSeated, case, caused_by=merged, body_id=body_id)
            case.streams.change(kept)

    def _reaches(self, case: Case, one: Aggregate) -> bool:
        """Whether some role of the actor, of those that merge partners, is held where a stream belongs."""
        where = one.territory_id, one.whole_framework_id
        if where == (None, None):
            return True  # a partner of the register
        roles = case.context.actor.roles
        return any(
            entitled_role(self.NAME, (held,), where[0], framework_id=where[1]) and held.reaches(*where)
            for held in roles
        )

    def _signs_twice(self, convention: TerritorialConvention) -> bool:
        return {self.stream_id, self.kept_id} <= convention.signatories.keys()

    def _left_out(self, case: Case, one: Aggregate) -> Iterator[UUID]:
        """What is said twice once they are one: that the twin is not waited for, a role that its holder has already."""
        if isinstance(one, TerritorialConvention) and self._signs_twice(one):
            for each, _ in Corrected(case.streams.history(one.id)).counting():
                of_twin = isinstance(each, SignatoryChanged) and each.partner_id == self.stream_id
                if of_twin and each.expectation != REQUIRED:  # type: ignore[attr-defined]  # looked at above
                    yield each.envelope.event_id
        elif isinstance(one, Place):
            held = [role for role in one.assignments if role.holds_on(case.context.today)]
            known = {(role.role, role.person_id) for role in held if role.partner_id == self.kept_id}
            for role in held:
                if role.partner_id == self.stream_id and (role.role, role.person_id) in known:
                    yield role.assignment_id


def _naming(case: Case, partner_id: UUID) -> Iterator[Aggregate]:
    """The streams that name a partner, in the order in which they first did."""
    for stream_id in dict.fromkeys(one.originator_id for one in case.streams.mentioning(partner_id)):
        found = case.streams.standing(stream_id)
        if found is not None and not isinstance(found, _UNTOUCHED):
            yield found
