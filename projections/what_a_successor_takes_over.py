"""Which convention of a territory would the next one succeed, and what would that one take over from it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.calendar import add_days
from domain.convention.counting import Signing
from domain.convention.state import CONVENTION, Signatory, TerritorialConvention
from domain.convention.themes import OwnTheme, OwnThemes
from domain.values import Code
from projections.where_the_term_stands import stands, successors_of


@dataclass(frozen=True)
class TakenOverFrom:
    """What is proposed to the convention that follows another: from the day after its end on, with its holders,
    perimeter, themes, own ones among them, method, and those who sign it and still will."""

    former_id: UUID
    effective_from: date
    holder_ids: tuple[UUID, ...]
    communes: tuple[Code, ...]
    themes: tuple[Code, ...]
    own_themes: tuple[tuple[Code, OwnTheme], ...]
    method: tuple[str, int]
    signatories: tuple[Signatory, ...]


def taken_over_from(near: Iterable[TerritorialConvention], today: date) -> TakenOverFrom | None:
    """From the convention of a territory that ends last, where it is signed, runs or is over, and nothing follows it;
    `near`: all those of the territory, of which those that were given up hide nothing. None where there is none."""
    known = [one for one in near if one.sub_perimeter_of is None and stands(one)]
    last = max(known, key=lambda one: one.period.effective_to, default=None)
    if last is None or CONVENTION not in Signing.of(last).signed_on or today < last.period.effective_from:
        return None
    return None if successors_of(last.id, known) else handed_on(last)


def handed_on(former: TerritorialConvention) -> TakenOverFrom:
    """What a convention hands on to the one that follows it."""
    will_not_sign = Signing.of(former).will_not_sign
    return TakenOverFrom(
        former_id=former.id,
        effective_from=add_days(former.period.effective_to, 1),
        holder_ids=tuple(sorted(former.holders, key=str)),
        communes=tuple(sorted(former.communes)),
        themes=tuple(sorted(former.themes)),
        own_themes=tuple(OwnThemes.of(former).themes.items()),
        method=former.profile_key,
        signatories=tuple(one for one in former.signatories.values() if one.partner_id not in will_not_sign),
    )
