"""Rules and refusals: what breaking a rule does, and the refusals that every aggregate may give."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any, ClassVar

from domain.values import Code


def kebab(name: str) -> str:
    """`ChoosePriority` gives `choose-priority`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


class Level(Enum):
    """What a broken rule does (domain.md 4.2b): refuse, refuse unless waived, record as irregular, tell."""

    HARD = "H"
    WAIVABLE = "W"
    IRREGULAR = "I"
    NOTICE = "N"


RULES: dict[str, type[BrokenRule]] = {}
"""Every way to break a rule, by the key of its text (several may belong to one rule id)."""


@dataclass(frozen=True)
class BrokenRule:
    """One rule of domain.md 4.3, broken: its fields are the parameters of its text in the catalogues.

    `FIELD` names the field of the command to mend, when there is one. `CODE` is the stable code given to programs;
    `TEXT_KEY` names its text, where one code has two (a date in the future, a date before the opening). `RULE` is
    empty for what no rule of the method says: an id that does not exist, or that is taken (domain.md 4.2b).
    """

    RULE: ClassVar[str]
    CODE: ClassVar[str]
    TEXT_KEY: ClassVar[str]
    LEVEL: ClassVar[Level]
    FIELD: ClassVar[str | None] = None
    CONTRADICTS: ClassVar[bool] = False
    """Whether what it refuses would contradict what is recorded (one fact said twice, a day before the one it follows):
    no circumstance eases it."""
    MENDED_BY: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.TEXT_KEY = kebab(cls.__name__)
        if "CODE" not in cls.__dict__:
            cls.CODE = cls.TEXT_KEY
        RULES[cls.TEXT_KEY] = cls

    @classmethod
    def allowed_levels(cls) -> tuple[Level, ...]:
        """The levels that a method profile may give it: a fact stays recorded, a decision stays weighed."""
        return {
            Level.HARD: (Level.HARD,),
            Level.WAIVABLE: (Level.WAIVABLE, Level.HARD),
            Level.IRREGULAR: (Level.IRREGULAR, Level.NOTICE),
            Level.NOTICE: (Level.NOTICE,),
        }[cls.LEVEL]

    @property
    def parameters(self) -> dict[str, Any]:
        """The values shown with the text."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @property
    def subject(self) -> str | None:
        """What a waiver of this rule may be limited to (a theme, a forum…); None when it has no part."""
        return None

    @property
    def mended_by(self) -> str | None:
        """The act that brings what is missing, by its name; None where no act of anybody's does."""
        return self.MENDED_BY

    @property
    def opens_on(self) -> date | None:
        """The day from which it is in the way no more, whatever anybody does; None where no day settles it."""
        return None


class Refused(Exception):
    """The command breaks rules; nothing was appended. All of them are given, not only the first."""

    def __init__(self, *broken: BrokenRule) -> None:
        super().__init__(", ".join(rule.CODE for rule in broken))
        self.broken = broken


@dataclass(frozen=True)
class NotEntitled(BrokenRule):
    """R33: a partner writes only what is its own; milestones only by pilot, co-pilot or cooperation officer."""

    RULE = "R33"
    LEVEL = Level.HARD
    command: str


@dataclass(frozen=True)
class NotForKeys(NotEntitled):
    """R33: what people do for one another is refused to other software: a key gives no role and ends none."""

    RULE = "R33"
    CODE = NotEntitled.CODE
    LEVEL = Level.HARD


@dataclass(frozen=True)
class VersionConflict(BrokenRule):
    """R31: the caller decided on a version of the stream that is no longer the last one."""

    RULE = "R31"
    LEVEL = Level.HARD
    expected: int
    actual: int


@dataclass(frozen=True)
class BadBusinessDate(BrokenRule):
    """R03: a fact cannot be dated in the future."""

    RULE = "R03"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    occurred_on: date
    today: date


@dataclass(frozen=True)
class DatedBeforeOpening(BrokenRule):
    """R03: a fact dated before the convention was opened is recorded as irregular, and has no effect."""

    RULE = "R03"
    CODE = "bad-business-date"
    LEVEL = Level.IRREGULAR
    FIELD = "occurred_on"
    occurred_on: date
    opened_on: date


@dataclass(frozen=True)
class DecidedBeforeOpening(BrokenRule):
    """R03: a decision, unlike a fact, is refused when it is dated before the convention was opened."""

    RULE = "R03"
    CODE = "bad-business-date"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    occurred_on: date
    opened_on: date


@dataclass(frozen=True)
class UnknownReference(BrokenRule):
    """domain.md 4.2b: a cited id that does not exist or does not fit is refused."""

    RULE = ""
    LEVEL = Level.HARD
    field: str
    reference: str


@dataclass(frozen=True)
class DatesDoNotFit(BrokenRule):
    """What the act cites is there, and is of a later day than the act: one of the two dates is mistaken."""

    RULE = ""
    LEVEL = Level.HARD
    field: str
    cited_on: date
    occurred_on: date


@dataclass(frozen=True)
class DoesNotFit(BrokenRule):
    """What the act cites is there, and is not what it may cite: `cause` says why."""

    RULE = ""
    LEVEL = Level.HARD
    field: str
    reference: str
    cause: Code


@dataclass(frozen=True)
class NothingToCite(BrokenRule):
    """The act cites what another one records (a meeting, an action sheet…), and none is recorded yet that fits.

    Whatever it would cite is refused as unknown.
    """

    RULE = ""
    CODE = "unknown-reference"
    LEVEL = Level.HARD
    field: str
    command: str

    @property
    def mended_by(self) -> str:
        return self.command


@dataclass(frozen=True)
class AlreadyExists(BrokenRule):
    """The id was already used to start a stream; a new thing needs a new id."""

    RULE = ""
    LEVEL = Level.HARD
    reference: str


@dataclass(frozen=True)
class EndsBeforeStart(BrokenRule):
    """A day that comes before the one it cannot precede."""

    RULE = ""
    LEVEL = Level.HARD
    field: str
    starts_on: date
    ends_on: date
