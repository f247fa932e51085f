"""Who is likely to sign a convention: the Caf, the collectivity that holds it, the communes of its perimeter, the MSA.

Those that the register does not know are registered at the press that opens the convention, by whoever may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from api.pages.contexts import Phrase
from api.pages.forms.cases import TerritoryCase
from api.pages.forms.options import TickedRow
from api.pages.forms.typed import Typed
from api.pages.likely_partners import Proposal, command_of, of_department, of_territory
from domain.collation import alphabetical
from domain.method import HOLDER
from domain.partners import RegisterPartner
from domain.values import Code, deterministic_id
from projections import which_partners_and_places_are_known
from projections.which_partners_and_places_are_known import PartnerKnown

COMMUNE, EPCI, MSA = "COMMUNE", "EPCI", "MSA"
PROPOSED = ("CAF", EPCI, COMMUNE, MSA)
"""The natures of those that are proposed."""


@dataclass(frozen=True)
class Unregistered:
    """A likely signatory that the register does not know, with the id that it would have."""

    partner_id: UUID
    proposal: Proposal

    @property
    def kind(self) -> str:
        """Its nature."""
        return self.proposal.kind

    @property
    def name(self) -> str:
        """Its name."""
        return self.proposal.name


def holder_of(case: TerritoryCase) -> UUID | None:
    """The collectivity of the territory: of the register, or to be registered."""
    known = which_partners_and_places_are_known.partners(case.ask.register)
    found = next((one.partner_id for one in known if one.siren == case.territory.siren), None)
    return found or next((one.partner_id for one in unregistered(case) if one.kind == EPCI), None)


def unregistered(case: TerritoryCase) -> tuple[Unregistered, ...]:
    """Those to be registered at the same press; none for whoever may not."""
    ask, territory_id = case.ask, case.territory.territory_id
    if not ask.visitor.may(RegisterPartner.NAME, territory_id):
        return ()
    territory = ask.register.territories[territory_id]
    proposed = (*of_department(ask, territory), *of_territory(ask, territory))
    return tuple(
        Unregistered(deterministic_id("signatory", territory_id, one.value), one)
        for one in proposed
        if one.kind in PROPOSED
    )


def to_register(case: TerritoryCase, typed: Typed) -> tuple[RegisterPartner, ...]:
    """The acts that register those which were ticked, or hold the convention."""
    named = {typed.one(f"signatories.{number}.partner_id") for number in range(typed.rows("signatories"))}
    named |= set(typed.many("holder_ids"))
    territory = case.ask.register.territories[case.territory.territory_id]
    return tuple(
        command_of(one.proposal, territory, stream_id=one.partner_id)
        for one in unregistered(case)
        if str(one.partner_id) in named
    )


def likely(case: TerritoryCase) -> tuple[TickedRow, ...]:
    """Those that the method expects, the communes and the MSA, ticked; then those to be registered, which are not but
    for the collectivity and the Caf."""
    known = tuple(_known(case))
    rows = [TickedRow(str(one.partner_id), one.name, chosen=True, flag=required) for one, required in known]
    expected = {one.kind: one.required for one in case.proposed.default_signatories} if case.proposed else {}
    for one in unregistered(case):
        kind = HOLDER if one.kind == EPCI else Code(one.kind)
        required = expected.get(kind, one.kind == COMMUNE)
        note = Phrase("page.form.to-be-registered")
        rows.append(TickedRow(str(one.partner_id), one.name, chosen=kind in expected, flag=required, note=note))
    return tuple(rows)


def _known(case: TerritoryCase) -> Iterator[tuple[PartnerKnown, bool]]:
    """Those of the register, each once, with whether the plan waits for them."""
    known = which_partners_and_places_are_known.partners(case.ask.register)
    sirens = {one.siren for one in case.territory.communes if one.siren is not None}
    expected = case.proposed.default_signatories if case.proposed else ()
    told: set[UUID] = set()

    def of(kind: str) -> PartnerKnown | None:
        if kind == HOLDER:
            return next((one for one in known if one.siren == case.territory.siren), None)
        return next((one for one in known if one.kind == kind), None)

    found = [(of(one.kind), one.required) for one in expected]
    communes = (
        one
        for one in known
        if one.siren in sirens or (one.kind == COMMUNE and one.territory_id == case.territory.territory_id)
    )
    found += [(one, True) for one in sorted(communes, key=lambda one: alphabetical(one.name))]
    found.append((of(MSA), False))
    for one, required in found:
        if one is not None and one.partner_id not in told:
            told.add(one.partner_id)
            yield one, required
