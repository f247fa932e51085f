"""The shapes that the doors read and write, made from the dataclasses of commands and answers: no DTO by hand.

A `Prose` is a plain text outside; a dataclass is an object that knows its fields and no other (R32).
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, Union
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema, create_model
from pydantic_core import PydanticKnownError

from domain.kernel import Command
from domain.method import MethodProfile
from domain.values import LOCAL_ID_PATTERN, Code, LocalId, Prose, PublicName, Sha256
from projections.engine.facts import as_number
from workflows.methods.reader import read_profile

PROSE_LIMIT = 20_000
"""Characters: a long minute fits, a pasted file does not."""

LIST_LIMIT = 2_000
"""Entries: the largest perimeter of France has fewer communes."""

WRITTEN = r"^[^\x00]*$"
"""What a database can keep as a text: anything without the character NUL."""

INTEGER_LIMIT = 2**31 - 1
"""The largest number that a column of both databases holds."""

TYPED: Final = "typed"
"""The context in which a model reads what a person typed: every value is a text there, numbers too."""

_FORMS: Final[Mapping[type[Any], re.Pattern[str]]] = {
    date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    time: re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
    UUID: re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
}
"""The one way to write each: a number is no date, and what is written twice alike is the same request."""


def _written_as(kind: type[Any], error: Any) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, kind) or (isinstance(value, str) and _FORMS[kind].fullmatch(value)):
            return value
        raise PydanticKnownError(error)

    return BeforeValidator(check)


def _whole(value: Any, info: ValidationInfo) -> Any:
    if type(value) is int or (info.context == TYPED and isinstance(value, str)):
        return value
    raise PydanticKnownError("int_type")


def _with_decimals(value: Any, info: ValidationInfo) -> Any:
    """A number; typed by a person, with a point or a comma, its thousands grouped or not."""
    if info.context == TYPED and isinstance(value, str):
        value = re.sub(r"[\s\u202f\u00a0]", "", value).replace(",", ".").replace("\u2212", "-")
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            raise PydanticKnownError("decimal_parsing")
    elif type(value) not in (int, float, Decimal):
        raise PydanticKnownError("decimal_type")
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise PydanticKnownError("decimal_parsing") from error


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    raise PydanticKnownError("bool_type")


Day = Annotated[date, _written_as(date, "date_type")]
"""A day, as `YYYY-MM-DD` and no other way."""

Id = Annotated[UUID, _written_as(UUID, "uuid_type")]
"""An id in its canonical form."""

Integer = Annotated[int, BeforeValidator(_whole)]
"""A number without quotes, point or exponent; neither true nor false."""

_PLAIN: Final[Mapping[Any, Any]] = {
    date: Day,
    time: Annotated[time, _written_as(time, "time_type")],
    UUID: Id,
    int: Annotated[Integer, Field(ge=-INTEGER_LIMIT, le=INTEGER_LIMIT)],
    bool: Annotated[bool, BeforeValidator(_yes_or_no)],
    Decimal: Annotated[Decimal, BeforeValidator(_with_decimals), WithJsonSchema({"type": "number"})],
}

_TEXTS: dict[Any, Any] = {
    Prose: Annotated[str, Field(max_length=PROSE_LIMIT, pattern=WRITTEN)],
    Code: Annotated[str, Field(min_length=1, max_length=64, pattern=WRITTEN)],
    LocalId: Annotated[str, Field(max_length=36, pattern=f"^(?:{LOCAL_ID_PATTERN.pattern})$")],
    PublicName: Annotated[str, Field(min_length=1, max_length=200, pattern=WRITTEN)],
    Sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["9f86d081" * 8])],
}

METHOD_LIMIT = 200_000
"""Characters of the file of a method: ten times the longest that ships."""

METHOD: Final[Any] = Annotated[
    str, Field(max_length=METHOD_LIMIT, pattern=WRITTEN, description="Le texte du fichier de la méthode (YAML)")
]
"""A method is given as its file, which is read and refused as everywhere else."""

_ID_FIELDS = frozenset({"stream_id"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _outside(hint: Any, answers: bool) -> Any:
    """The type shown outside for a type of the domain; in answers, an erased text is null and a code is any text."""
    if answers and hint in _TEXTS:
        return str | None if hint is Prose else str
    if hint in _TEXTS:
        return _TEXTS[hint]
    if hint in _PLAIN and not answers:
        return _PLAIN[hint]
    if hint is Decimal:
        return float
    if hint is MethodProfile and not answers:
        return METHOD
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return model_of(hint, answers=answers)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (tuple, list, frozenset):
        if len(arguments) == 2 and arguments[1] is not Ellipsis:
            return tuple[tuple(_outside(one, answers) for one in arguments)]  # type: ignore[misc]
        return Annotated[list[_outside(arguments[0], answers)], Field(max_length=LIST_LIMIT)]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return Union[tuple(_outside(one, answers) for one in arguments)]  # noqa: UP007 - built from a list
    if origin in (dict, Mapping):
        return dict[str, _outside(arguments[1], answers)]  # type: ignore[misc]
    return hint


def model_of(kind: type[Any], *, answers: bool = False) -> type[BaseModel]:
    """The model of a dataclass: same fields, unknown ones forbidden, a command's stream left to the address."""
    made: Any = kind
    return _made(made, answers)


@cache
def _made(kind: Any, answers: bool) -> type[BaseModel]:
    hints = typing.get_type_hints(kind)
    left_out = _ID_FIELDS if issubclass(kind, Command) else frozenset()
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.name in left_out:
            continue
        default = ... if field.default is dataclasses.MISSING else field.default
        if field.default_factory is not dataclasses.MISSING:
            default = Field(default_factory=field.default_factory)
        elif default == ():
            default = Field(default_factory=list)
        fields[field.name] = (_outside(hints[field.name], answers), default)
    made: type[BaseModel] = create_model(
        kind.__name__, __base__=_Strict, __doc__=kind.__doc__, __module__=__name__, **fields
    )
    return made


def inside(kind: type[Any], given: Mapping[str, Any] | BaseModel, **more: Any) -> Any:
    """The dataclass made from a checked model. Raises `domain.values.InvalidValue` where a value means nothing, and
    `ProfileError` where a text is no method."""
    values = given if isinstance(given, Mapping) else {name: getattr(given, name) for name in type(given).model_fields}
    hints = typing.get_type_hints(kind)
    return kind(**{name: _inside_one(hints[name], value) for name, value in values.items()}, **more)


def _inside_one(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if hint is Prose:
        return Prose(value)
    if hint is MethodProfile:
        return read_profile(value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return inside(hint, value)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (tuple, frozenset):
        if len(arguments) == 2 and arguments[1] is not Ellipsis:
            return tuple(_inside_one(one, part) for one, part in zip(arguments, value, strict=True))
        return origin(_inside_one(arguments[0], one) for one in value)
    if origin in (Union, types.UnionType):
        (kept,) = (one for one in arguments if one is not type(None))
        return _inside_one(kept, value)
    return value


def plain(value: Any, text_of: Callable[[Prose], str | None]) -> Any:
    """An answer as plain data for JSON: prose opened, dataclasses as objects, codes as they are."""
    if isinstance(value, Prose):
        return text_of(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), text_of) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one, text_of) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one, text_of) for one in value]
    if isinstance(value, (frozenset, set)):
        return sorted((plain(one, text_of) for one in value), key=str)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return as_number(value)
    if isinstance(value, UUID):
        return str(value)
    return value
