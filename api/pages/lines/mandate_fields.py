"""What lines about mandates have in common: which acts fit a partner, and which decision only lacks a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from api.pages.forms.options import Options, words
from api.pages.forms.typed import Typed
from projections.which_facts_do_not_count import mandate_to_date
from projections.which_signatures_are_missing import MandateGiven, SignatoryState

KNOWN: Final = "known"
"""What a line carries of a decision that was told before. It is carried, so that the line says the same when it is sent
again, once that decision has its day."""

Fixed = dict[str, str | tuple[str, ...]]


def kinds_of(options: Options, one: SignatoryState) -> Options:
    """The choices of a form, with the acts by which this partner decides to sign."""
    return replace(options, choices={**options.choices, "kind": words("mandate-kind", one.mandate_kinds)}, awaited={})


def mandate_lacking_its_day(one: SignatoryState) -> MandateGiven | None:
    """The decision of a partner of which only the day it became executory is not known."""
    return next((known for cover in one.unsigned if (known := mandate_to_date(one, cover)) is not None), None)


def carried(one: SignatoryState, under: str) -> tuple[tuple[str, str], ...]:
    """All of that decision but its day, for a line to carry."""
    known = mandate_lacking_its_day(one)
    if known is None:
        return ()
    said = {"kind": known.kind, "covers": " ".join(known.covers), "occurred_on": known.adopted_on.isoformat()}
    return tuple((f"{under}.{KNOWN}.{name}", value) for name, value in said.items())


def decided(typed: Typed, one: SignatoryState, under: str, kind: str) -> Fixed:
    """Whose decision a line tells, of which nature; and of one that was told before, what and when."""
    said: Fixed = {"partner_id": str(one.partner_id), "kind": typed.one(f"{under}.{KNOWN}.kind") or kind}
    if on := typed.one(f"{under}.{KNOWN}.occurred_on"):
        said |= {"occurred_on": on, "covers": tuple(typed.one(f"{under}.{KNOWN}.covers").split())}
    return said


def hidden(typed: Typed, under: str) -> tuple[tuple[str, str], ...]:
    """What a line carries, as its form has it."""
    return tuple((name, typed.one(name)) for name in typed.values if name.startswith(f"{under}.{KNOWN}."))
