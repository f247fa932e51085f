"""Where does a partner stand on a convention? What is expected of it, what it waits for, what it signed and carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from domain.convention.state import CONVENTION
from projections.engine import Dossier
from projections.how_a_convention_does import Known
from projections.what_comes_next import Awaited, awaited
from projections.what_the_committee_decided import Meeting
from projections.what_the_plan_rests_on import PlanBasis, Sheet
from projections.where_signatories_stand import SignatoryStanding, signatories
from projections.who_holds_which_role import Holder

WAITED_FOR: Final = timedelta(days=30)
"""What others have to bring later than that, nobody waits for yet."""

Group = Literal["late", "watch", "on-time", "not-started", "refused"]
GROUPS: Final[tuple[Group, ...]] = ("late", "watch", "on-time", "not-started", "refused")


@dataclass(frozen=True)
class PartnerStanding:
    """One partner on one convention. `expected` of it, `waits_for` of others, each the most pressing first; `sheets`
    it owns whose priority is live; `holders` of roles for it; the `meetings` of the committee it came to, of so many
    `held`; the `forums` it animated. `is_named`: it holds the convention, or owned a sheet that is live no more."""

    partner_id: UUID
    convention_id: UUID
    signatory: SignatoryStanding | None
    expected: tuple[Awaited, ...]
    waits_for: tuple[Awaited, ...]
    sheets: tuple[Sheet, ...]
    holders: tuple[Holder, ...]
    meetings: int
    held: int
    forums: int
    is_named: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether anything there is its own."""
        own = (self.signatory, self.expected, self.sheets, self.holders, self.meetings, self.forums, self.is_named)
        return any(own)

    @property
    def refused(self) -> bool:
        """Whether it said no, or will not sign: nothing is counted of it."""
        return self.signatory is not None and (
            self.signatory.signatory.will_not_sign or self.signatory.said_no is not None
        )

    @property
    def group(self) -> Group:
        """In which of the groups that say a status once."""
        if self.refused:
            return "refused"
        if any(one.days_late > 0 for one in self.expected):
            return "late"
        if any(one.status in ("watch", "irregular") for one in self.expected):
            return "watch"
        return "not-started" if self.signatory is not None and not self.has_signed else "on-time"

    @property
    def has_signed(self) -> bool:
        """Whether its signature of the convention counts."""
        return self.signatory is not None and self.signatory.signatory.signed_on.get(CONVENTION) is not None


def standing_of(
    dossier: Dossier, known: Known, basis: PlanBasis, meetings: Iterable[Meeting], partner_id: UUID
) -> PartnerStanding:
    """Where a partner stands on a convention today."""
    held = tuple(meetings)
    steps = awaited(known)
    own = tuple(one for one in steps if partner_id in (one.partner_id, _whose(one)))
    until = known.today + WAITED_FOR
    others = (one for one in steps if one not in own and one.due_on is not None and one.due_on <= until)
    return PartnerStanding(
        partner_id=partner_id,
        convention_id=known.convention_id,
        signatory=next((one for one in signatories(known) if one.partner_id == partner_id), None),
        expected=own,
        waits_for=tuple(others),
        sheets=tuple(one for one in basis.sheets if one.owner_id == partner_id and one.is_live),
        holders=tuple(one for one in known.holders if one.partner_id == partner_id),
        meetings=sum(partner_id in one.partners_present for one in held),
        held=len(held),
        is_named=partner_id in dossier.convention.holders or any(one.owner_id == partner_id for one in basis.sheets),
        forums=sum(partner_id in one.animators for one in basis.forums if one.held_on is not None),
    )


def _whose(one: Awaited) -> UUID | None:
    return one.expected.partner_id if one.expected is not None else None
