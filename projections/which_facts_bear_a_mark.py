"""Which facts bear a mark? Contested, to be confirmed, irregular, corrected, annulled, recorded long after; a waiver;
a role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Final
from uuid import UUID

from domain.assignments import FrameworkRoleAssigned, TerritoryRoleAssigned, TerritoryRoleConfirmed
from domain.convention.earlier import EarlierFactRecorded
from domain.convention.waivers import WaiverGranted
from domain.endings import (
    FrameworkRoleEnded,
    FrameworkRoleHandedOver,
    TerritoryRoleEnded,
    TerritoryRoleHandedOver,
)
from domain.kernel import Event
from domain.values import Code
from projections.engine import Dossier
from projections.what_happened import trail_of
from projections.which_facts_are_contested import contestations
from projections.which_mistakes_are_mended import ANNULLED, CORRECTED, COUNTS, FALLEN, WAITING, Fate, fates

IRREGULAR: Final = Code("IRREGULAR")
CONTESTED: Final = Code("CONTESTED")
TO_CONFIRM: Final = Code("TO_CONFIRM")
RECORDED_LATE: Final = Code("RECORDED_LATE")
WAIVER: Final = Code("WAIVER")
ROLE: Final = Code("ROLE")
MARKS: Final = (CONTESTED, TO_CONFIRM, IRREGULAR, CORRECTED, ANNULLED, RECORDED_LATE, WAIVER, ROLE)
"""What a fact may be marked with, what asks for an answer first. Contested: a partner contests it, and nobody resolved
that yet. To confirm: a correction or an annulment of it is proposed and waits for a second person (R28)."""

ROLES: Final = (
    TerritoryRoleAssigned,
    FrameworkRoleAssigned,
    TerritoryRoleConfirmed,
    TerritoryRoleEnded,
    FrameworkRoleEnded,
    TerritoryRoleHandedOver,
    FrameworkRoleHandedOver,
)
"""By which a role is taken, confirmed, ended or handed over."""

LATE_AFTER: Final = 30
"""Days between a fact and its recording from which that is told as a mark."""


def marks(dossier: Dossier, today: date) -> dict[UUID, frozenset[Code]]:
    """The marks of every fact of a convention's trail that bears one, by its id."""
    became = fates(dossier, today)
    contested = {one.target_id for one in contestations(dossier) if one.is_open}
    found = {}
    for _, event in trail_of(dossier):
        event_id = event.envelope.event_id
        borne = frozenset(_borne(event, became.get(event_id)))
        if event_id in contested:
            borne |= {CONTESTED}
        if borne:
            found[event.envelope.event_id] = borne
    return found


def counted(found: Mapping[UUID, Iterable[Code]]) -> Counter[Code]:
    """How many facts bear each mark."""
    return Counter(chain.from_iterable(found.values()))


def _borne(event: Event, fate: Fate | None) -> Iterator[Code]:
    stands = fate.stands if fate is not None else COUNTS
    if stands == CORRECTED or (stands == COUNTS and fate is not None and fate.instead_of is not None):
        yield CORRECTED
    elif stands in (ANNULLED, FALLEN):
        yield ANNULLED
    elif event.envelope.irregularities:
        yield IRREGULAR
    if stands == COUNTS and fate is not None and fate.proposal is not None and fate.proposal.state == WAITING:
        yield TO_CONFIRM
    late = (event.recorded_on - event.occurred_on).days > LATE_AFTER
    if late and not isinstance(event, EarlierFactRecorded):  # of before a take-over: nobody could record it then
        yield RECORDED_LATE
    if isinstance(event, WaiverGranted):
        yield WAIVER
    if isinstance(event, ROLES):
        yield ROLE
