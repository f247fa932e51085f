"""The shapes of a method's blocks of rules: duration, forums, thresholds, signatories, mandates, reviews, corrections,
milestones and roles."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from domain.method import (
    HOLDER,
    BonusRule,
    CorrectionRule,
    DefaultSignatory,
    DurationRule,
    ForumRule,
    MandateRule,
    MilestoneRule,
    ReviewRule,
    RoleRule,
    Thresholds,
)
from domain.values import AnalysisSide, Code, Expertise
from workflows.methods.vocabulary import Months, OneOf, PartnerKind, Role, Shape, Some, Years, codes

MILESTONES: Final = (
    "PANORAMA",
    "CATALOGUE",
    "ENGAGEMENT",
    "DIAGNOSIS",
    "FORUMS",
    "PRIORITIES",
    "PLAN",
    "MANDATES",
    "CONVENTION_SIGNED",
    "PLAN_SIGNED",
    "ACTIVATION",
    "REVIEW",
    "CLOSING",
)


class DurationShape(Shape):
    """`duration`."""

    min_years: Years
    max_years: Years
    default_years: Years
    default_end: Annotated[str, OneOf(families=("end-rule",))]

    @field_validator("max_years", "default_years")
    @classmethod
    def _between(cls, years: int, info: ValidationInfo) -> int:
        lowest, highest = info.data.get("min_years", 1), info.data.get("max_years", years)
        if not lowest <= years <= highest:
            raise PydanticCustomError("out-of-range", "out of range", {"lowest": lowest, "highest": highest})
        return years

    def read(self) -> DurationRule:
        """As the domain knows it."""
        return DurationRule(self.min_years, self.max_years, self.default_years, Code(self.default_end))


class ForumShape(Shape):
    """`forum`."""

    expertises: Some[Annotated[str, OneOf(tuple(Expertise.__members__))]]
    minimum_per_expertise: Annotated[int, Field(ge=1, le=1000)]
    sides: Some[Annotated[str, OneOf(tuple(AnalysisSide.__members__))]]

    def read(self) -> ForumRule:
        """As the domain knows it."""
        return ForumRule(
            tuple(Expertise[name] for name in self.expertises),
            self.minimum_per_expertise,
            tuple(AnalysisSide[name] for name in self.sides),
        )


class ThresholdsShape(Shape):
    """`thresholds`."""

    stale_diagnosis_months: Months
    long_retroactivity_months: Months
    stalled_months: Months
    final_review_before_end_months: Months
    extension_months: Months
    small_cell_persons: Annotated[int, Field(ge=3, le=100)]
    behind_points: Annotated[int, Field(ge=1, le=100)]
    headline_findings: Annotated[int, Field(ge=1, le=500)] | None = None
    delegation_ending_days: Annotated[int, Field(ge=1, le=366)] | None = None

    def read(self) -> Thresholds:
        """As the domain knows it."""
        return Thresholds(**self.model_dump())


class SignatoryShape(Shape):
    """One of `default_signatories`."""

    kind: Annotated[str, OneOf((HOLDER,), families=("partner-kind",))]
    required: bool

    def read(self) -> DefaultSignatory:
        """As the domain knows it."""
        return DefaultSignatory(Code(self.kind), self.required)


class MandateShape(Shape):
    """One of `mandate_rules`."""

    partner_kind: PartnerKind
    mandate_kinds: Some[Annotated[str, OneOf(families=("mandate-kind",))]]
    acts_must_be_transmitted: bool

    def read(self) -> MandateRule:
        """As the domain knows it."""
        return MandateRule(Code(self.partner_kind), codes(self.mandate_kinds), self.acts_must_be_transmitted)


class ReviewShape(Shape):
    """`review`."""

    period: Annotated[str, OneOf(families=("review-period",))]
    kinds: Some[Annotated[str, OneOf(families=("review-kind",))]]
    ending_months: Annotated[int, Field(ge=0, le=12)]
    minutes_days: Annotated[int, Field(ge=1, le=366)] | None = None

    def read(self) -> ReviewRule:
        """As the domain knows it."""
        return ReviewRule(Code(self.period), codes(self.kinds), self.ending_months, self.minutes_days)


class BonusShape(Shape):
    """One of `bonuses`."""

    place_kind: Annotated[str, OneOf(families=("place-kind",))]
    yearly_euros: Annotated[int, Field(ge=0, le=100_000)]

    def read(self) -> BonusRule:
        """As the domain knows it."""
        return BonusRule(Code(self.place_kind), self.yearly_euros)


class CorrectionShape(Shape):
    """`corrections`."""

    confirmed_by: Some[Role]
    lapses_after_days: Annotated[int, Field(ge=1, le=366)]

    def read(self) -> CorrectionRule:
        """As the domain knows it."""
        return CorrectionRule(codes(self.confirmed_by), self.lapses_after_days)


class MilestoneShape(Shape):
    """One of `milestones`."""

    id: Annotated[str, OneOf(MILESTONES)]
    active: bool = True

    def read(self) -> MilestoneRule:
        """As the domain knows it."""
        return MilestoneRule(Code(self.id), self.active)


class RoleShape(Shape):
    """One of `roles`: to whom it passes while nobody holds it; the last of the chain has no `next_up`."""

    role: Role
    next_up: Role | None = None

    def read(self) -> RoleRule:
        """As the domain knows it."""
        return RoleRule(Code(self.role), Code(self.next_up) if self.next_up else None)
