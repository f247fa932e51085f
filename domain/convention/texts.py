"""The texts to sign, as the committee adopted them with a plan (R14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.convention.state import PLAN, TerritorialConvention
from domain.kernel import BrokenRule, Level, Part, part
from domain.values import Code, LocalId, Sha256


@dataclass(frozen=True)
class AdoptedText:
    """The text to sign for one cover, as the committee adopted it (R14); with a plan, where it did, that serves these
    priorities."""

    text_sha256: Sha256
    plan_hash: Sha256 | None
    adopted_on: date
    priorities: frozenset[LocalId] = frozenset()
    sheets: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class SignaturesVoided(BrokenRule):
    """R14: these partners had signed the text that is replaced, or that nothing stands for: they sign again."""

    RULE = "R14"
    LEVEL = Level.NOTICE
    partners: tuple[UUID, ...]
    covers: tuple[Code, ...]


@part(TerritorialConvention, "texts")
@dataclass
class TextsAdopted(Part):
    """For each cover, the text adopted last; `adapted`: the plan of before a take-over (R34) as it was adapted since,
    of which nobody knows the text that was signed."""

    by_cover: dict[Code, AdoptedText] = field(default_factory=dict)
    adapted: AdoptedText | None = None

    @property
    def plan(self) -> AdoptedText | None:
        """The plan that was adopted last, None where nobody said which one."""
        return self.by_cover.get(PLAN) or self.adapted

    def withdraw(self, priority_id: LocalId) -> None:
        """A plan that serves a priority withdrawn since stands no more: the committee validates another one."""
        plan = self.by_cover.get(PLAN)
        if plan is not None and priority_id in plan.priorities:
            del self.by_cover[PLAN]
        if self.adapted is not None and priority_id in self.adapted.priorities:
            self.adapted = None
