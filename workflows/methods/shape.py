"""The shape of a method profile's file, checked by pydantic key by key, and its translation into `domain/method.py`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from domain.kernel import RULES, Level
from domain.method import LEVELS, MethodProfile
from domain.values import Code
from workflows.methods.basing import shipped_names
from workflows.methods.calendar_shape import CalendarsShape
from workflows.methods.deadline_shape import AnyDeadline
from workflows.methods.rule_shapes import (
    BonusShape,
    CorrectionShape,
    DurationShape,
    ForumShape,
    MandateShape,
    MilestoneShape,
    ReviewShape,
    RoleShape,
    SignatoryShape,
    ThresholdsShape,
)
from workflows.methods.vocabulary import Distinct, OneOf, Pattern, Shape, Some, Theme, codes, codes_of, not_allowed
from workflows.texts import LANGUAGES, Texts


def _check_refusal(value: str) -> str:
    refusals = sorted(code for code, rule in RULES.items() if rule.LEVEL is not Level.HARD)
    if value not in refusals:
        raise not_allowed(value, refusals)
    return value


def _check_title(value: str) -> str:
    for language in LANGUAGES:
        if not Texts(language).has(value):
            raise PydanticCustomError("no-text", "no text", {"value": value, "language": language})
    return value


class ProfileShape(Shape):
    """The whole file."""

    name: Annotated[str, Pattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "cnaf-2020")]
    version: Annotated[int, Field(ge=1)]
    title: Annotated[str, AfterValidator(_check_title)]
    based_on: Annotated[str, OneOf(shipped_names())] | None = None
    phases: Some[Annotated[str, OneOf(families=("phase",))]]
    milestones: Some[MilestoneShape]
    themes: Some[Theme]
    transverse_themes: Distinct[Theme]
    mandatory_themes: Distinct[Theme]
    duration: DurationShape
    forum: ForumShape
    thresholds: ThresholdsShape
    rule_levels: dict[Annotated[str, AfterValidator(_check_refusal)], Annotated[str, OneOf(LEVELS)]]
    waivable_rules: Distinct[Annotated[str, Pattern(r"R[0-9]{2}", "R06")]]
    deciding_bodies: Some[Annotated[str, OneOf(families=("body-kind",))]]
    adapting_bodies: Some[Annotated[str, OneOf(families=("body-kind",))]]
    default_signatories: Some[SignatoryShape]
    mandate_rules: Some[MandateShape]
    review: ReviewShape
    corrections: CorrectionShape
    roles: Some[RoleShape]
    calendars: CalendarsShape
    bonuses: list[BonusShape]
    deadlines: list[AnyDeadline]

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
        return MethodProfile(
            name=Code(self.name),
            version=self.version,
            title_key=Code(self.title),
            phases=codes(self.phases),
            milestones=tuple(one.read() for one in self.milestones),
            themes=codes(self.themes),
            transverse_themes=codes(self.transverse_themes),
            mandatory_themes=codes(self.mandatory_themes),
            duration=self.duration.read(),
            forum=self.forum.read(),
            thresholds=self.thresholds.read(),
            rule_levels=tuple((Code(refusal), Code(level)) for refusal, level in self.rule_levels.items()),
            waivable_rules=codes(self.waivable_rules),
            deciding_bodies=codes(self.deciding_bodies),
            adapting_bodies=codes(self.adapting_bodies),
            default_signatories=tuple(one.read() for one in self.default_signatories),
            mandate_rules=tuple(rule.read() for rule in self.mandate_rules),
            review=self.review.read(),
            corrections=self.corrections.read(),
            roles=tuple(one.read() for one in self.roles),
            calendars=self.calendars.read(),
            deadlines=tuple(rule.read() for rule in self.deadlines),
            bonuses=tuple(one.read() for one in self.bonuses),
        )
