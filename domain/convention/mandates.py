"""What is wrong with the decision under which a partner signs, or would (R13). Facts: kept, and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import BrokenRule, DatesDoNotFit, Level
from domain.values import Code


@dataclass(frozen=True)
class MandateMissing(BrokenRule):
    """R13: the partner's own decision, of a kind that fits it, comes before its signature."""

    RULE = "R13"
    LEVEL = Level.IRREGULAR
    partner_id: UUID
    mandate_kinds: tuple[Code, ...]


@dataclass(frozen=True)
class MandateDoesNotFit(BrokenRule):
    """R13: an act of this kind is not the one by which such a partner decides; `mandate_kinds` are."""

    RULE = "R13"
    LEVEL = Level.IRREGULAR
    FIELD = "kind"
    partner_id: UUID
    mandate_kind: Code
    mandate_kinds: tuple[Code, ...]


@dataclass(frozen=True)
class MandateAfterSignature(BrokenRule):
    """R13: the partner's own decision was taken after it had signed."""

    RULE = "R13"
    CODE = MandateMissing.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "occurred_on"
    partner_id: UUID
    signed_on: date
    adopted_on: date


@dataclass(frozen=True)
class MandateCoversLess(BrokenRule):
    """R13: the partner's own decision is about something else than all that it signed."""

    RULE = "R13"
    CODE = MandateMissing.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "covers"
    partner_id: UUID
    covers: tuple[Code, ...]


@dataclass(frozen=True)
class WithdrawnBeforeAdoption(BrokenRule):
    """R13: a decision is withdrawn after the day it was adopted."""

    RULE = "R13"
    CODE = DatesDoNotFit.CODE
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "occurred_on"
    partner_id: UUID
    adopted_on: date
    withdrawn_on: date


@dataclass(frozen=True)
class MandateIsWithdrawn(BrokenRule):
    """R13: the partner withdrew its decision before it signed, or before that decision could take effect."""

    RULE = "R13"
    LEVEL = Level.IRREGULAR
    partner_id: UUID
    signed_on: date
    withdrawn_on: date


@dataclass(frozen=True)
class MandateNotExecutory(BrokenRule):
    """R13: the decision was not published and transmitted yet. Alone it voids nothing (CE Ass., 28 Dec 2009,
    n. 304802): the signature is kept, and counts from the day the decision becomes executory."""

    RULE = "R13"
    LEVEL = Level.IRREGULAR
    partner_id: UUID
    signed_on: date
