"""Other versions of the shipped method, each different in one thing."""

from __future__ import annotations

from dataclasses import replace

from domain.method import MethodProfile, Period
from domain.values import Code
from tests.specification import french
from tests.specification.world import PARTNER_KINDS
from workflows.methods.reader import shipped_profile

_SHIPPED = shipped_profile("cnaf-2020", 1)


def later(version: str, deadline: str, months: str) -> MethodProfile:
    """One where a deadline has another period."""
    wanted, offset = french.code("deadline", deadline), Period(months=int(months))
    changed = tuple(replace(one, offset=offset) if one.id == wanted else one for one in _SHIPPED.deadlines)
    return replace(_SHIPPED, version=int(version), deadlines=changed)


def never_muted(version: str, deadline: str) -> MethodProfile:
    """One where a deadline is only met elsewhere, never muted."""
    wanted, silence = french.code("deadline", deadline), (Code("MET_ELSEWHERE"),)
    changed = tuple(replace(one, silence=silence) if one.id == wanted else one for one in _SHIPPED.deadlines)
    return replace(_SHIPPED, version=int(version), deadlines=changed)


def without_theme(version: str, theme: str) -> MethodProfile:
    """One that does not name a theme."""
    gone = french.code("theme", theme)
    return replace(_SHIPPED, version=int(version), themes=tuple(one for one in _SHIPPED.themes if one != gone))


def without_mandate(version: str, partner: str) -> MethodProfile:
    """One that has no mandate for a kind of partner."""
    kept = tuple(one for one in _SHIPPED.mandate_rules if one.partner_kind != PARTNER_KINDS[partner])
    return replace(_SHIPPED, version=int(version), mandate_rules=kept)


def without_waivers(version: str) -> MethodProfile:
    """One that lets nobody waive anything."""
    levels = tuple((code, Code("H") if level == "W" else level) for code, level in _SHIPPED.rule_levels)
    return replace(_SHIPPED, version=int(version), rule_levels=levels, waivable_rules=())


def with_fewer_findings(version: str, most: str) -> MethodProfile:
    """One that says how many findings a version of a diagnosis may hold."""
    limits = replace(_SHIPPED.thresholds, headline_findings=int(most))
    return replace(_SHIPPED, version=int(version), thresholds=limits)
