"""By what partners are told apart: the streams that reserve a SIREN for one, and that know who bears a name.

A stream for each SIREN and for each name as it is folded, moved in the transaction of what registers a partner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from domain.institution_names import folded_name
from domain.kernel import Aggregate, Case, CreatedEvent, Event, aggregate, event
from domain.values import Code, PublicName, deterministic_id

SIREN = Code("SIREN")
NAME = Code("NAME")


class Key(NamedTuple):
    """A SIREN, or a name as it is folded."""

    kind: Code
    value: PublicName

    @property
    def stream_id(self) -> UUID:
        """The stream that says who bears it."""
        return deterministic_id("partner-key", self.kind, self.value)


def keys_of(name: PublicName, siren: Code | None) -> tuple[Key, ...]:
    """The keys of a partner of this name and SIREN."""
    named = Key(NAME, folded_name(name))
    return (named, Key(SIREN, PublicName(siren))) if siren is not None else (named,)


@aggregate("partner-key", "partner-keys")
class PartnerKey(Aggregate):
    """Who bears one key, the first of them first."""

    partners: list[UUID]

    def __init__(self) -> None:
        self.partners = []


@event("partner-key.partner-key-first-taken")
class PartnerKeyFirstTaken(CreatedEvent):
    """A partner was registered under a SIREN or a name that none had before."""

    kind: Code
    value: PublicName
    partner_id: UUID

    def apply(self, key: PartnerKey) -> None:
        """Keep who bears it."""
        key.partners.append(self.partner_id)


@event("partner-key.partner-key-taken")
class PartnerKeyTaken(Event):
    """Another partner bears it: the same name, or a SIREN that was freed."""

    partner_id: UUID

    def apply(self, key: PartnerKey) -> None:
        """Keep who bears it."""
        key.partners.append(self.partner_id)


@event("partner-key.partner-key-freed")
class PartnerKeyFreed(Event):
    """A partner bears it no more: its registration was annulled, or said otherwise."""

    partner_id: UUID

    def apply(self, key: PartnerKey) -> None:
        """Forget who bore it."""
        key.partners.remove(self.partner_id)


@dataclass(frozen=True)
class Borne:
    """A key with the other partners that bear it."""

    key: Key
    others: tuple[UUID, ...]


def borne(case: Case, keys: tuple[Key, ...], partner_id: UUID) -> list[Borne]:
    """Which of these keys others than this partner bear."""
    found = ((key, case.streams.find(PartnerKey, key.stream_id)) for key in keys)
    others = (Borne(key, tuple(one for one in state.partners if one != partner_id)) for key, state in found if state)
    return [one for one in others if one.others]


def take(case: Case, keys: tuple[Key, ...], partner_id: UUID) -> None:
    """Have a partner bear keys, in the same transaction as what registers it."""
    for key in keys:
        known = case.streams.find(PartnerKey, key.stream_id)
        if known is None:
            known = PartnerKey.start(
                key.stream_id, PartnerKeyFirstTaken, case, kind=key.kind, value=key.value, partner_id=partner_id
            )
        elif partner_id in known.partners:
            continue
        else:
            known.record(PartnerKeyTaken, case, partner_id=partner_id)
        case.streams.change(known)


def free(case: Case, keys: tuple[Key, ...], partner_id: UUID) -> None:
    """Free the keys of a partner, in the same transaction as what frees them."""
    for key in keys:
        known = case.streams.find(PartnerKey, key.stream_id)
        if known is not None and partner_id in known.partners:
            known.record(PartnerKeyFreed, case, partner_id=partner_id)
            case.streams.change(known)
