"""A role that the method counts on and that its last holder left to nobody (D23).

One that nobody ever held is told where people are told of, not as something that fell vacant; what a renewal of
mandates emptied has a deadline of its own (D26).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final
from uuid import UUID

from domain.method import DeadlineRule
from domain.roles import CAF_ADVISER, Assignment
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start
from projections.which_places_are_vacant import needed, over_on

CAF: Final = "CAF"


@named(trigger="ROLE_VACANT", conditions=("ROLE_HELD",))
def vacant_roles(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """Each time that a role was left to nobody while the convention runs, met by whoever holds it next."""
    opened_on, ends_on = dossier.convention.opened_on, dossier.convention.period.effective_to
    given = [one.assignment for one in dossier.register.given_on(dossier.territory_id) if one.territory_id is not None]
    return [
        Start(
            _employer(dossier, role),
            Code(f"{role}.{vacant_on.isoformat()}"),
            vacant_on,
            follower.starts_on if follower is not None else None,
            follower.assignment_id if follower is not None else None,
            role=role,
        )
        for role in needed(dossier.method)
        for vacant_on, follower in _vacancies(one for one in given if one.role == role)
        if opened_on <= vacant_on <= ends_on
    ]


def _vacancies(given: Iterable[Assignment]) -> Iterator[tuple[date, Assignment | None]]:
    """The days on which nobody held it any more, each with who held it next."""
    until: date | None = None  # the first day on which nobody known so far holds it
    renewed = False  # whether elections ended it then
    for one in sorted(given, key=lambda one: one.starts_on):
        over = over_on(one)
        if over <= one.starts_on:
            continue
        if until is not None and until < one.starts_on and not renewed:
            yield until, one
        if until is None or until <= over:
            until, renewed = over, one.renewed_by is not None
    if until is not None and until < date.max and not renewed:
        yield until, None


def _employer(dossier: Dossier, role: Code) -> UUID:
    """Who is to find somebody: the Caf for its adviser, else whoever holds the convention."""
    convention = dossier.convention
    if role == CAF_ADVISER:
        for partner_id, signatory in convention.signatories.items():
            if signatory.kind == CAF:
                return partner_id
    return next(iter(convention.holders))
