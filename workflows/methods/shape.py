"""The shape of a method profile's file, checked by pydantic key by key, and its translation into `domain/method.py`.

Closed vocabularies are those that the catalogues can say: a code without a word in every language is not allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from domain.kernel import RULES, Level
from domain.method import (
    HOLDER,
    LEVELS,
    CorrectionRule,
    DeadlineRule,
    DefaultSignatory,
    DurationRule,
    ForumRule,
    MandateRule,
    MethodProfile,
    Period,
    ReviewRule,
    Step,
    Thresholds,
)
from domain.values import AnalysisSide, Code, Expertise
from workflows.texts import LANGUAGES, Texts

TOPIC: Final = re.compile(r"ctg(\.[a-z][a-z0-9-]*){2}")
FURTHEST_STEP_DAYS: Final = 3650

ItemT = TypeVar("ItemT")


@cache
def codes_of(*families: str) -> tuple[str, ...]:
    """The codes of these vocabularies that have a word in every language, in the order of the catalogue."""
    catalogues = [Texts(language) for language in LANGUAGES]
    return tuple(
        code
        for family in families
        for code in catalogues[0].codes(family)
        if all(texts.has(f"{family}.{code}") for texts in catalogues)
    )


def not_allowed(value: str, allowed: Collection[str]) -> PydanticCustomError:
    """The error of a value outside its vocabulary."""
    return PydanticCustomError("not-allowed", "not allowed", {"value": value, "allowed": tuple(allowed)})


def one_of(*values: str, families: tuple[str, ...] = ()) -> AfterValidator:
    """A value among these or among the codes of these vocabularies."""

    def check(value: str) -> str:
        allowed = (*values, *codes_of(*families))
        if value not in allowed:
            raise not_allowed(value, allowed)
        return value

    return AfterValidator(check)


def event_or(family: str) -> AfterValidator:
    """The topic of an event (a known one, when the known ones are given), or a code of the vocabulary."""

    def check(value: str, info: ValidationInfo) -> str:
        topics: Collection[str] | None = (info.context or {}).get("topics")
        is_topic = TOPIC.fullmatch(value) is not None if topics is None else value in topics
        if not is_topic and value not in codes_of(family):
            raise not_allowed(value, (*codes_of(family), *(topics or ("ctg.<aggregate>.<event>",))))
        return value

    return AfterValidator(check)


def _check_refusal(value: str, info: ValidationInfo) -> str:
    refusals: Collection[str] | None = (info.context or {}).get("refusals")
    if refusals is not None and value not in refusals:
        raise not_allowed(value, sorted(refusals))
    return value


def _check_title(value: str) -> str:
    for language in LANGUAGES:
        if not Texts(language).has(value):
            raise PydanticCustomError("no-text", "no text", {"value": value, "language": language})
    return value


def _distinct(items: list[ItemT]) -> list[ItemT]:
    for place, item in enumerate(items):
        if item in items[:place]:
            raise PydanticCustomError("repeated", "repeated", {"value": str(item)})
    return items


def _pattern(pattern: str, example: str) -> AfterValidator:
    compiled: Callable[[str], object] = re.compile(pattern).fullmatch

    def check(value: str) -> str:
        if not compiled(value):
            raise PydanticCustomError("malformed", "malformed", {"value": value, "example": example})
        return value

    return AfterValidator(check)


Recipient = Annotated[str, one_of(families=("role", "recipient-group"))]
Theme = Annotated[str, one_of(families=("theme",))]
PartnerKind = Annotated[str, one_of(families=("partner-kind",))]
Months = Annotated[int, Field(ge=1, le=120)]
Years = Annotated[int, Field(ge=1, le=10)]
Some = Annotated[list[ItemT], Field(min_length=1), AfterValidator(_distinct)]


class Shape(BaseModel):
    """A block of the file: no unknown key, no value of another type quietly converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class DurationShape(Shape):
    """`duration`."""

    min_years: Years
    max_years: Years
    default_years: Years
    default_end: Annotated[str, one_of(families=("end-rule",))]

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

    expertises: Some[Annotated[str, one_of(*Expertise.__members__)]]
    minimum_per_expertise: Annotated[int, Field(ge=1, le=1000)]
    sides: Some[Annotated[str, one_of(*AnalysisSide.__members__)]]

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


class SignatoryShape(Shape):
    """One of `default_signatories`."""

    kind: Annotated[str, one_of(HOLDER, families=("partner-kind",))]
    required: bool

    def read(self) -> DefaultSignatory:
        """As the domain knows it."""
        return DefaultSignatory(Code(self.kind), self.required)


class MandateShape(Shape):
    """One of `mandate_rules`."""

    partner_kind: PartnerKind
    mandate_kinds: Some[Annotated[str, one_of(families=("mandate-kind",))]]
    acts_must_be_transmitted: bool

    def read(self) -> MandateRule:
        """As the domain knows it."""
        return MandateRule(Code(self.partner_kind), codes(self.mandate_kinds), self.acts_must_be_transmitted)


class ReviewShape(Shape):
    """`review`."""

    period: Annotated[str, one_of(families=("review-period",))]
    kinds: Some[Annotated[str, one_of(families=("review-kind",))]]
    ending_months: Annotated[int, Field(ge=0, le=12)]


class CorrectionShape(Shape):
    """`corrections`."""

    confirmed_by: Some[Annotated[str, one_of(families=("role",))]]
    lapses_after_days: Annotated[int, Field(ge=1, le=366)]


class StepShape(Shape):
    """One of `reminders` or `escalations`: days relative to the due date, and who is told."""

    at: Annotated[int, Field(ge=-FURTHEST_STEP_DAYS, le=FURTHEST_STEP_DAYS)]
    to: Some[Recipient]

    def read(self) -> Step:
        """As the domain knows it."""
        return Step(self.at, codes(self.to))


class DeadlineShape(Shape):
    """One of `deadlines`."""

    id: Annotated[str, one_of(families=("deadline",))]
    active: bool = True
    subject: Annotated[str, one_of(families=("deadline-subject",))]
    trigger: Annotated[str, event_or("trigger")]
    occurrence: Annotated[str, one_of(families=("occurrence",))]
    days: Annotated[str, one_of("calendar", "working")] = "calendar"
    offset: str
    moves: bool = True
    met_by: Some[Annotated[str, event_or("condition")]]
    reminders: list[StepShape] = []
    escalations: list[StepShape] = []
    silence: list[Annotated[str, one_of(families=("silence",))]] = ["MUTED", "MET_ELSEWHERE"]

    @field_validator("offset")
    @classmethod
    def _is_a_period(cls, offset: str, info: ValidationInfo) -> str:
        try:
            Period.parse(offset, working=info.data.get("days") == "working")
        except ValueError as error:
            raise PydanticCustomError("malformed", "malformed", {"value": offset, "example": "P6M, P15D"}) from error
        return offset

    def read(self) -> DeadlineRule:
        """As the domain knows it."""
        return DeadlineRule(
            id=Code(self.id),
            active=self.active,
            subject=Code(self.subject),
            trigger=Code(self.trigger),
            occurrence=Code(self.occurrence),
            offset=Period.parse(self.offset, working=self.days == "working"),
            moves=self.moves,
            met_by=codes(self.met_by),
            reminders=tuple(step.read() for step in self.reminders),
            escalations=tuple(step.read() for step in self.escalations),
            silence=codes(self.silence),
        )


class ProfileShape(Shape):
    """The whole file."""

    name: Annotated[str, _pattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "cnaf-2020")]
    version: Annotated[int, Field(ge=1)]
    title: Annotated[str, AfterValidator(_check_title)]
    phases: Some[Annotated[str, one_of(families=("phase",))]]
    themes: Some[Theme]
    transverse_themes: Annotated[list[Theme], AfterValidator(_distinct)]
    mandatory_themes: Annotated[list[Theme], AfterValidator(_distinct)]
    duration: DurationShape
    forum: ForumShape
    thresholds: ThresholdsShape
    rule_levels: dict[Annotated[str, AfterValidator(_check_refusal)], Annotated[str, one_of(*LEVELS)]]
    waivable_rules: Annotated[list[Annotated[str, _pattern(r"R[0-9]{2}", "R06")]], AfterValidator(_distinct)]
    deciding_bodies: Some[Annotated[str, one_of(families=("body-kind",))]]
    default_signatories: Some[SignatoryShape]
    mandate_rules: Some[MandateShape]
    review: ReviewShape
    corrections: CorrectionShape
    deadlines: list[DeadlineShape]

    @field_validator("transverse_themes", "mandatory_themes")
    @classmethod
    def _are_themes(cls, some: list[str], info: ValidationInfo) -> list[str]:
        themes: list[str] = info.data.get("themes", some)
        for theme in some:
            if theme not in themes:
                raise not_allowed(theme, themes)
        return some

    @field_validator("rule_levels")
    @classmethod
    def _keep_facts_and_decisions_apart(cls, levels: dict[str, str]) -> dict[str, str]:
        """A fact is never refused, a refusal never becomes a mark on a fact (domain.md 4.2b)."""
        for refusal, level in levels.items():
            allowed = RULES[refusal].allowed_levels() if refusal in RULES else tuple(Level)
            if Level(level) not in allowed:
                raise not_allowed(f"{refusal}: {level}", [f"{refusal}: {one.value}" for one in allowed])
        return levels

    @field_validator("mandate_rules")
    @classmethod
    def _cover_every_kind(cls, rules: list[MandateShape]) -> list[MandateShape]:
        covered = {rule.partner_kind for rule in rules}
        missing = tuple(kind for kind in codes_of("partner-kind") if kind not in covered)
        if missing:
            raise PydanticCustomError("kinds-without-mandate", "incomplete", {"kinds": missing})
        return rules

    def read(self) -> MethodProfile:
        """As the domain knows it."""
        thresholds: dict[str, Any] = self.thresholds.model_dump()
        return MethodProfile(
            name=Code(self.name),
            version=self.version,
            title_key=Code(self.title),
            phases=codes(self.phases),
            themes=codes(self.themes),
            transverse_themes=codes(self.transverse_themes),
            mandatory_themes=codes(self.mandatory_themes),
            duration=self.duration.read(),
            forum=self.forum.read(),
            thresholds=Thresholds(**thresholds),
            rule_levels=tuple((Code(refusal), Code(level)) for refusal, level in self.rule_levels.items()),
            waivable_rules=codes(self.waivable_rules),
            deciding_bodies=codes(self.deciding_bodies),
            default_signatories=tuple(
                DefaultSignatory(Code(one.kind), one.required) for one in self.default_signatories
            ),
            mandate_rules=tuple(rule.read() for rule in self.mandate_rules),
            review=ReviewRule(Code(self.review.period), codes(self.review.kinds), self.review.ending_months),
            corrections=CorrectionRule(codes(self.corrections.confirmed_by), self.corrections.lapses_after_days),
            deadlines=tuple(rule.read() for rule in self.deadlines),
        )


def codes(words: Collection[str]) -> tuple[Code, ...]:
    """Checked words as codes."""
    return tuple(Code(word) for word in words)
