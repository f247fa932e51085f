"""The form of what a command carries, whatever the door it came through: codes are codes, names are names.

What the log says in clear it says for ever, so that nothing that could name a person may pass for a code (R32).
"""

from __future__ import annotations

import dataclasses
import types
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from domain.kernel import Command
from domain.method import MethodProfile
from domain.values import (
    CODE_PATTERN,
    LOCAL_ID_PATTERN,
    SHA256_PATTERN,
    Code,
    InvalidValue,
    LocalId,
    PublicName,
    Sha256,
)

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
"""Days outside these are mistakes of typing (0026 for 2026), not history: the first conventions are of 2015."""

LARGEST_NUMBER: Final = 2**31 - 1
"""What a column of both databases holds."""

LARGEST_DECIMAL: Final = 10**10
SMALLEST_PART: Final = Decimal("0.0001")
"""A value with more before or after its point is no measure of a territory; these are exact as numbers of JSON too."""

NAME_LENGTH: Final = 200
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

Check = Callable[[Any, str], None]


def check_form(command: Command) -> None:
    """Refuse a command that carries a malformed code, id, name, day or number. Raises `InvalidValue`."""
    kind: Any = type(command)
    for name, check in _checks(kind):
        check(getattr(command, name), name)


def _code(value: str, field: str) -> None:
    if not CODE_PATTERN.fullmatch(value):
        raise InvalidValue("code", field=field, value=value[:NAME_LENGTH])


def _local_id(value: str, field: str) -> None:
    if not LOCAL_ID_PATTERN.fullmatch(value):
        raise InvalidValue("local-id", field=field, value=value[:NAME_LENGTH])


def _sha256(value: str, field: str) -> None:
    if not SHA256_PATTERN.fullmatch(value):
        raise InvalidValue("sha256", field=field, value=value[:NAME_LENGTH])


def _name(value: str, field: str) -> None:
    if not value.strip():
        raise InvalidValue("text-required", field=field)
    if len(value) > NAME_LENGTH or any(unicodedata.category(sign) in _UNSEEN for sign in value):
        raise InvalidValue("name", field=field, limit=NAME_LENGTH)


def _day(value: date, field: str) -> None:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise InvalidValue("day", field=field, value=value, first=FIRST_DAY, last=LAST_DAY)


def _number(value: int, field: str) -> None:
    if abs(value) > LARGEST_NUMBER:
        raise InvalidValue("number", field=field, limit=LARGEST_NUMBER)


def _decimal(value: Decimal, field: str) -> None:
    if not value.is_finite() or abs(value) > LARGEST_DECIMAL or value != value.quantize(SMALLEST_PART):
        raise InvalidValue("decimal", field=field, limit=LARGEST_DECIMAL)


_OF_TYPE: Final[dict[Any, Check]] = {
    Code: _code,
    LocalId: _local_id,
    Sha256: _sha256,
    PublicName: _name,
    date: _day,
    int: _number,
    Decimal: _decimal,
}


@cache
def _checks(kind: Any) -> tuple[tuple[str, Check], ...]:
    """The fields of a dataclass that have a form to keep, and what checks each."""
    hints = get_type_hints(kind)
    found = ((field.name, _check_of(hints[field.name])) for field in dataclasses.fields(kind))
    return tuple((name, check) for name, check in found if check is not None)


def _check_of(hint: Any) -> Check | None:
    if hint in _OF_TYPE:
        return _OF_TYPE[hint]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint is not MethodProfile:
        return _check_parts if _checks(hint) else None  # a method is checked by the reader of its file
    if get_origin(hint) in (Union, types.UnionType):
        some = [check for one in get_args(hint) if (check := _check_of(one)) is not None]
        return _optional(some[0]) if some else None
    if get_origin(hint) is tuple:
        inner = [_check_of(one) for one in get_args(hint) if one is not Ellipsis]
        return _each(inner) if any(inner) else None
    return None


def _check_parts(value: Any, field: str) -> None:
    kind: Any = type(value)
    for name, check in _checks(kind):
        check(getattr(value, name), f"{field}.{name}")


def _optional(check: Check) -> Check:
    return lambda value, field: None if value is None else check(value, field)


def _each(checks: Sequence[Check | None]) -> Check:
    """Of a list (one check for all of it) or of a fixed row (one for each place)."""

    def check_all(values: tuple[Any, ...], field: str) -> None:
        for check, value in _paired(checks, values):
            if check is not None:
                check(value, field)

    return check_all


def _paired(checks: Sequence[Check | None], values: tuple[Any, ...]) -> Iterator[tuple[Check | None, Any]]:
    for place, value in enumerate(values):
        yield checks[place if len(checks) > 1 else 0], value
