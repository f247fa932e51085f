"""The rules that the committee set aside, and from when until when (R30)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.convention.state import TerritorialConvention
from domain.kernel import BrokenRule, Level, Part, part
from domain.values import Code


@dataclass(frozen=True)
class Waiver:
    """A rule set aside by the committee, for one subject or the whole convention, from a day until another."""

    rule: Code
    subject: Code | None
    granted_on: date
    expires_on: date

    def covers(self, rule: str, subject: str | None) -> bool:
        """Whether it is about this rule and, when it is limited to a subject, about this one."""
        return self.rule == rule and self.subject in (None, subject)


@part(TerritorialConvention, "waivers")
@dataclass
class WaiversGranted(Part):
    """Every waiver granted, in the order of recording."""

    waivers: list[Waiver] = field(default_factory=list)

    def set_aside(self, rule: BrokenRule, day: date) -> bool:
        """Whether a waiver in force that day covers the rule and its subject (R30).

        A decision is covered from the day the waiver was granted; a fact, which nobody could hold back, also before.
        """
        return any(
            waiver.covers(rule.RULE, rule.subject)
            and day <= waiver.expires_on
            and (rule.LEVEL is Level.IRREGULAR or waiver.granted_on <= day)
            for waiver in self.waivers
        )
