"""Conventions that move to another method, many at one press: looked at first, then each in a transaction of its own.

Whatever is pressed twice is done once: a convention's key follows from what it leaves, what it moves to, and how often
it changed its method before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.changing_method import ChangeMethod
from domain.convention.methods_followed import MethodKey, MethodsFollowed
from domain.kernel import Context
from domain.method import MethodProfile
from domain.values import Code, Prose, deterministic_id
from projections.engine import Dossier
from projections.what_another_method_changes import MethodsCompared, compared, is_live
from workflows import bulk
from workflows.application import Steering
from workflows.bulk import Line, Outcome
from workflows.calendar import PublicHolidays
from workflows.reading import Reader

_AT_ONCE: Final = 50  # dossiers in memory together


def preview(
    reader: Reader,
    former: MethodProfile,
    new: MethodProfile,
    today: date,
    holidays: PublicHolidays,
    *,
    only: Collection[UUID] | None = None,
    territories: Collection[UUID] | None = None,
) -> MethodsCompared:
    """What moving to another method would change for every live convention that follows one; `only` these, on these
    `territories` only. Raises `UnreadableEvent`."""
    dossiers = _dossiers(reader, only, territories)
    return compared(dossiers, former, new, today, lambda one: holidays.of(one.territory.department))


def _dossiers(reader: Reader, only: Collection[UUID] | None, territories: Collection[UUID] | None) -> Iterator[Dossier]:
    wanted = [one for one in reader.conventions(territories) if only is None or one in only]
    for start in range(0, len(wanted), _AT_ONCE):
        yield from reader.dossiers(wanted[start : start + _AT_ONCE], once=True).values()


def move(
    steering: Steering,
    reader: Reader,
    convention_ids: Sequence[UUID],
    former: MethodKey,
    new: MethodKey,
    motive: str,
    context: Context,
) -> list[tuple[UUID, Outcome]]:
    """Move these conventions, those that still follow the former method and are open; what came of each, in order.

    One that is refused keeps no other from moving. Raises `DatabaseUnavailable`: those before have moved, and a second
    press goes on.
    """
    found = reader.dossiers(convention_ids, once=True)
    moving = [one for one in found.values() if one.convention.profile_key == former and is_live(one)]
    lines = [bulk.under(Line(_command(one, new, motive), context), _key(one, new)) for one in moving]
    outcomes = bulk.one_by_one(steering, lines)
    return [(one.convention_id, outcome) for one, outcome in zip(moving, outcomes, strict=True)]


def _command(dossier: Dossier, new: MethodKey, motive: str) -> ChangeMethod:
    name, version = dossier.convention.profile_key
    return ChangeMethod(
        stream_id=dossier.convention_id,
        former_name=Code(name),
        former_version=version,
        profile_name=Code(new[0]),
        profile_version=new[1],
        motive=Prose(motive),
    )


def _key(dossier: Dossier, new: MethodKey) -> str:
    convention = dossier.convention
    changes = len(MethodsFollowed.of(convention).left)
    return str(deterministic_id(ChangeMethod.NAME, convention.id, changes, *convention.profile_key, *new))
