"""What a value of a method profile's file may be: closed vocabularies, patterns, lists without repetition.

Closed vocabularies are those that the catalogues can say: a code without a word in every language is not allowed.
Each check also tells the JSON Schema of the file what it allows, so that an editor knows as much.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from domain.kernel import EVENTS
from domain.values import Code
from workflows.texts import LANGUAGES, Texts

TOPIC: Final = re.compile(r"ctg(\.[a-z][a-z0-9-]*){2}")
NAME: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
"""A name in capitals: of a trigger, a condition, a subject, a role."""

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


def codes(words: Collection[str]) -> tuple[Code, ...]:
    """Checked words as codes."""
    return tuple(Code(word) for word in words)


def not_allowed(value: str, allowed: Collection[str]) -> PydanticCustomError:
    """The error of a value outside its vocabulary."""
    return PydanticCustomError("not-allowed", "not allowed", {"value": value, "allowed": tuple(allowed)})


class Check:
    """A check of a text, for `Annotated`, that the JSON Schema knows too."""

    def check(self, value: str, info: ValidationInfo) -> str:
        """The value itself. Raises PydanticCustomError."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """What the JSON Schema says of it, beside that it is a text."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), **self.schema()}


@dataclass(frozen=True)
class OneOf(Check):
    """A value among these or among the codes of these vocabularies."""

    values: tuple[str, ...] = ()
    families: tuple[str, ...] = ()

    def allowed(self) -> tuple[str, ...]:
        """What it may be."""
        return (*self.values, *codes_of(*self.families))

    def check(self, value: str, info: ValidationInfo) -> str:
        if value not in self.allowed():
            raise not_allowed(value, self.allowed())
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.allowed())}


@dataclass(frozen=True)
class EventOr(Check):
    """The topic of an event, or a name that something here computes and that the catalogues can say."""

    family: str
    computed: Collection[str]

    def names(self) -> tuple[str, ...]:
        """The names that it may be."""
        return tuple(name for name in codes_of(self.family) if name in self.computed)

    def check(self, value: str, info: ValidationInfo) -> str:
        if value not in EVENTS and value not in self.names():
            raise not_allowed(value, (*self.names(), *EVENTS))
        return value

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(self.names())}, {"pattern": f"^{TOPIC.pattern}$"}]}


@dataclass(frozen=True)
class Pattern(Check):
    """A text of a certain form, of which `example` is one."""

    pattern: str
    example: str

    def check(self, value: str, info: ValidationInfo) -> str:
        if not re.fullmatch(self.pattern, value):
            raise PydanticCustomError("malformed", "malformed", {"value": value, "example": self.example})
        return value

    def schema(self) -> dict[str, Any]:
        return {"pattern": f"^{self.pattern}$", "examples": [self.example]}


def _distinct(items: list[ItemT]) -> list[ItemT]:
    for place, item in enumerate(items):
        if item in items[:place]:
            raise PydanticCustomError("repeated", "repeated", {"value": str(item)})
    return items


Recipient = Annotated[str, OneOf(families=("role", "recipient-group"))]
Role = Annotated[str, OneOf(families=("role",))]
Theme = Annotated[str, OneOf(families=("theme",))]
PartnerKind = Annotated[str, OneOf(families=("partner-kind",))]
Named = Annotated[str, Pattern(NAME.pattern, "DATA_OWNER")]
"""A name in capitals that may mean nothing here yet."""
Months = Annotated[int, Field(ge=1, le=120)]
Years = Annotated[int, Field(ge=1, le=10)]
Distinct = Annotated[list[ItemT], AfterValidator(_distinct), Field(json_schema_extra={"uniqueItems": True})]
Some = Annotated[list[ItemT], Field(min_length=1, json_schema_extra={"uniqueItems": True}), AfterValidator(_distinct)]


class Shape(BaseModel):
    """A block of the file: no unknown key, no value of another type quietly converted."""

    model_config = ConfigDict(extra="forbid", strict=True)
