"""What a cell says once it is read: sure, or asked with the readings that it may have, or refused with its reason.

Nothing is guessed in silence: where two readings are possible the person chooses, and only a reading that is alone
likely is ticked beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from domain.values import Code

T = TypeVar("T")

NONE: Final = "none"
"""The answer that leaves a field empty; what was written is kept by the file."""


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One way to read a cell. `answer`: how it is said in a form, the same for the same cell each time."""

    answer: str
    value: T | None
    is_likely: bool = False


@dataclass(frozen=True)
class Read(Generic[T]):
    """What a cell says.

    Sure: a `value`, or None where nothing is written. Asked: `doubt` says why, a code of `table-doubt`, and `choices`
    are its readings. Refused: `fault` says why, a code of `table-fault`.
    """

    value: T | None = None
    doubt: Code | None = None
    choices: tuple[Choice[T], ...] = ()
    fault: Code | None = None

    @property
    def is_sure(self) -> bool:
        """Whether nobody is asked."""
        return self.doubt is None and self.fault is None

    @property
    def likely(self) -> Choice[T] | None:
        """The reading to tick beforehand: the only one that is likely."""
        found = [one for one in self.choices if one.is_likely]
        return found[0] if len(found) == 1 else None

    def answered(self, answer: str) -> Choice[T] | None:
        """The reading that an answer names, None for none of these."""
        return next((one for one in self.choices if one.answer == answer), None)


def sure(value: T | None) -> Read[T]:
    """Read without a doubt."""
    return Read(value)


def asked(doubt: str, choices: Sequence[Choice[T]]) -> Read[T]:
    """To be said by the person; the field may always be left empty. Readings that are the same are one;
    where there is none, leaving it empty is what is likely."""
    kept: dict[str, Choice[T]] = {}
    for one in choices:
        known = kept.get(one.answer)
        if known is None or (one.is_likely and not known.is_likely):
            kept[one.answer] = one
    kept.setdefault(NONE, Choice(NONE, None, not kept))
    return Read(doubt=Code(doubt), choices=tuple(kept.values()))


def refused(fault: str) -> Read[T]:
    """What no person could read either."""
    return Read(fault=Code(fault))
