"""Facts that are recorded and whose effect is still withheld: why, in words, and the act that mends it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from api.pages.contexts import RuleText
from api.pages.met_by import ACT_OF
from domain.convention.counting import MandateMissing, MandateNotExecutory, TextMismatch
from domain.kernel import DatedBeforeOpening
from domain.values import Code
from projections.where_conventions_stand import Milestone
from projections.which_signatures_are_missing import (
    MandateGiven,
    SignatoryState,
    SignatureGiven,
    SignatureSheet,
)
from projections.which_themes_are_crossed import ThemeCrossing
from workflows.texts import Texts

CONVENTION_TOPIC: Final = "ctg.convention."
"""What a milestone's kind leaves out of its topic."""

RECORD_MANDATE: Final = "record-mandate"
RECORD_SIGNATURE: Final = "record-signature"
ONCE: Final = frozenset({"engagement-confirmed", "diagnosis-shared", "action-plan-validated", "convention-activated"})
"""Kinds of facts of which a later one, when it counts, stands in for one that does not."""

RULE_OF: Final = {
    rule.CODE: rule.RULE for rule in (DatedBeforeOpening, TextMismatch, MandateMissing, MandateNotExecutory)
}
"""The rule behind each reason why a signature does not count."""


@dataclass(frozen=True)
class Withheld:
    """A fact that does not count, or not in all it covers: why, and the act that mends it where one does."""

    fact: Milestone
    rules: tuple[RuleText, ...]
    act: str | None
    partner_id: UUID | None = None


def withheld_facts(
    milestones: Iterable[Milestone],
    themes: Sequence[ThemeCrossing],
    signatures: SignatureSheet,
    texts: Texts,
) -> tuple[Withheld, ...]:
    """The facts whose effect is withheld, in order; one leaves the list once all that it covers takes effect."""
    counting = {forum_id for theme in themes for forum_id in theme.counting}
    given = {each.event_id: (one, each) for one in signatures.signatories for each in one.signatures}
    states = {one.partner_id: one for one in signatures.signatories}
    facts = tuple(milestones)
    standing_in = {fact.kind for fact in facts if fact.kind in ONCE and not fact.withheld}
    found = []
    for fact in facts:
        if fact.event_id in given:
            signatory, signature = given[fact.event_id]
            if is_withheld(signatory, signature):
                found.append(_signature(fact, signatory, signature, texts))
        elif fact.irregularities and fact.kind not in standing_in and not _takes_effect(fact, counting, states):
            marks = tuple(RuleText(mark.rule, texts.t(f"irregularity.{mark.code}")) for mark in fact.irregularities)
            found.append(Withheld(fact, marks, ACT_OF.get(f"{CONVENTION_TOPIC}{fact.kind}"), _partner_of(fact)))
    return tuple(found)


def is_withheld(signatory: SignatoryState, signature: SignatureGiven) -> bool:
    """Whether something that a signature covers is not signed yet: neither by it nor by a later one."""
    return not all(cover in signature.counts_on or signatory.signed_on.get(cover) for cover in signature.covers)


def _takes_effect(fact: Milestone, counting: Container[str], states: dict[UUID, SignatoryState]) -> bool:
    """Whether a fact recorded as irregular counts all the same by now: its forum does, its mandate was replaced."""
    if fact.facts.get("forum_id") in counting:
        return True
    partner_id = _partner_of(fact)
    if fact.kind == "mandate-recorded" and partner_id in states:
        covers = fact.facts["covers"]
        return all(fitting_mandates(states[partner_id], Code(cover)) for cover in covers)
    return False


def _partner_of(fact: Milestone) -> UUID | None:
    partner_id = fact.facts.get("partner_id")
    return UUID(str(partner_id)) if partner_id is not None else None


# --- signatures -------------------------------------------------------------------------------------------------------


def fitting_mandates(signatory: SignatoryState, cover: Code) -> tuple[MandateGiven, ...]:
    """The partner's own decisions that may let it sign this, oldest first."""
    return tuple(one for one in signatory.mandates if one.fits and cover in one.covers)


def act_awaited(signatory: SignatoryState, cover: Code) -> str:
    """What the partner's signature of this waits for: a mandate or the day it becomes executory, else a signature."""
    mandates = fitting_mandates(signatory, cover)
    given = [one for one in signatory.signatures if cover in one.covers]
    if not mandates or (given and given[-1].why_not == (MandateNotExecutory.CODE,)):
        return RECORD_MANDATE
    executory = any(one.executory_on is not None for one in mandates)
    return RECORD_SIGNATURE if given or executory else RECORD_MANDATE


def signature_rules(signatory: SignatoryState, signature: SignatureGiven, texts: Texts) -> tuple[RuleText, ...]:
    """Why a signature does not count, in words that say what was true then and what mends it."""
    return tuple(RuleText(RULE_OF[code], _reason(code, signatory, signature, texts)) for code in signature.why_not)


def _reason(code: str, signatory: SignatoryState, signature: SignatureGiven, texts: Texts) -> str:
    signed = signature.signed_on
    mandates = [one for one in signatory.mandates if one.fits and set(signature.covers) & set(one.covers)]
    if code == MandateMissing.CODE and mandates:
        return _given_too_early(mandates[-1], signed, texts)
    if code == MandateNotExecutory.CODE and mandates:
        adopted = [one.adopted_on for one in mandates if one.adopted_on <= signed and one.executory_on is None]
        return texts.t("withheld.not-executory", signed=signed, adopted=adopted[-1])
    if code == DatedBeforeOpening.CODE:
        return texts.t(f"irregularity.{code}")
    return texts.t(f"withheld.{code}", signed=signed)


def _given_too_early(mandate: MandateGiven, signed: date, texts: Texts) -> str:
    if mandate.executory_on is not None and mandate.executory_on != mandate.adopted_on:
        return texts.t(
            "withheld.before-mandate-executory",
            signed=signed,
            adopted=mandate.adopted_on,
            executory=mandate.executory_on,
        )
    return texts.t("withheld.before-mandate", signed=signed, adopted=mandate.adopted_on)


def _signature(fact: Milestone, signatory: SignatoryState, signature: SignatureGiven, texts: Texts) -> Withheld:
    lacking = [cover for cover in signature.covers if not signatory.signed_on.get(cover)]
    return Withheld(
        fact,
        signature_rules(signatory, signature, texts),
        act_awaited(signatory, lacking[0]) if lacking else None,
        signatory.partner_id,
    )
