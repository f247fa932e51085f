"""Small values shared by every aggregate: identifiers, codes, prose, evidence, periods.

Every text of an event is one of three kinds (a contract test lists them): an *id*, a *code*
(closed vocabularies and the official names of public registers), or *prose* (free text, sealed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NewType, Protocol
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0c2a53-7a0d-5c0e-9b55-5f1d3a2c7e10")
"""Root of every deterministic id of the engine; never changed, ids are stored for ever."""

Code = NewType("Code", str)
"""A word of a closed or profile-defined vocabulary (theme, kind, rule id), never shown raw to people."""

PublicName = NewType("PublicName", str)
"""The official name of an institution or a territory in a public register, or that of a theme. Never a person's."""

LocalId = NewType("LocalId", str)
"""An id unique inside its stream (finding, forum, priority, meeting, decision), of the form of `LOCAL_ID_PATTERN`."""

Sha256 = NewType("Sha256", str)
"""Sixty-four lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as it is told: its code, with the name that the committee gave it where it is a convention's own."""

    code: Code
    name: PublicName | None = None


class Clock(Protocol):
    """The one source of time; a parameter everywhere, so that five years can pass in seconds."""

    def now(self) -> datetime:
        """The instant, UTC."""

    def today(self) -> date:
        """The civil day in Europe/Paris."""


def deterministic_id(*parts: object) -> UUID:
    """The same parts give the same id on every machine (uuid5 under `NAMESPACE`)."""
    return uuid5(NAMESPACE, ":".join(str(part) for part in parts))


def local_id(*parts: object) -> LocalId:
    """The id, inside a stream, of what these parts say: the same each time."""
    return LocalId(str(deterministic_id("local", *parts)))


class Prose:
    """Free text, where a person may be named (design.md, idea 8).

    In a command it holds clear `text`. The codec seals it under a key kept in the vault; read back from
    the log it holds only the sealed `token`, which the question opens when it answers.
    """

    __slots__ = ("text", "token")

    def __init__(self, text: str | None = None, *, token: str | None = None) -> None:
        if (text is None) == (token is None):
            raise ValueError("prose is either clear text or a sealed token")
        self.text = text
        self.token = token

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Prose) and (self.text, self.token) == (other.text, other.token)

    def __hash__(self) -> int:
        return hash((self.text, self.token))

    def __repr__(self) -> str:
        return "Prose(…)"  # a log line must never show what was written

    def __bool__(self) -> bool:
        return self.token is not None or bool(self.text and self.text.strip())


class InvalidValue(ValueError):
    """A value that is malformed whatever the state: the door answers 400 (or exit code 2) naming the field.

    `code` is stable and kebab-case; `parameters` fill the text of the catalogue `invalid.<code>`.
    """

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


SHA256_PATTERN = re.compile(r"[0-9a-f]{64}")
CODE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
LOCAL_ID_PATTERN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]{1,2}[0-9]{1,3}")
"""A UUID, or a letter or two and a number (`d1`): the log says it in clear for ever, and nobody can be named in it."""


@dataclass(frozen=True)
class Evidence:
    """A document that proves a fact: its sha256 is in the log, its bytes are kept elsewhere."""

    document_id: UUID
    sha256: Sha256
    title: Prose

    def __post_init__(self) -> None:
        if not SHA256_PATTERN.fullmatch(self.sha256):
            raise InvalidValue("sha256", value=self.sha256)


def luhn_is_valid(digits: str) -> bool:
    """The check of SIREN and SIRET numbers (Insee): every second digit from the right is doubled."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def parse_siren(text: str) -> Code:
    """Nine digits that pass Luhn; spaces are forgiven. Raises `InvalidValue("siren")`."""
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{9}", digits) or not luhn_is_valid(digits):
        raise InvalidValue("siren", value=text)
    return Code(digits)


INSEE_PATTERN = re.compile(r"^(?:[0-9]{2}|2[AB])[0-9]{3}$")


def parse_insee(text: str) -> Code:
    """The five-character code of a commune (2A and 2B for Corsica). Raises `InvalidValue("insee")`."""
    if not INSEE_PATTERN.fullmatch(text):
        raise InvalidValue("insee", value=text)
    return Code(text)


DEPARTMENT_PATTERN = re.compile(r"[0-9]{2,3}|2[AB]")


def require_department(code: str) -> None:
    """The number of a département, as in the codes of its communes. Raises `InvalidValue("code")`."""
    if not DEPARTMENT_PATTERN.fullmatch(code):
        raise InvalidValue("code", field="department", value=code)


def department_of(insee: str) -> Code:
    """The département of a commune: two characters, three overseas (97x, 98x)."""
    return Code(insee[:3] if insee.startswith(("97", "98")) else insee[:2])


class Expertise(Enum):
    """The three expertises that a forum crosses (framework of the Gers, S2)."""

    TECHNICAL = "TECHNICAL"
    POLITICAL = "POLITICAL"
    USAGE = "USAGE"

    __hash__ = object.__hash__  # members are single, and counted by the thousand


class AnalysisSide(Enum):
    """The two sides on which each expertise looks: what is offered, what is needed."""

    OFFER = "OFFER"
    DEMAND = "DEMAND"

    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the six cells of the forum grid."""

    expertise: Expertise
    side: AnalysisSide


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many people of each expertise attended: counts only, nobody is named (R32)."""

    technical: int
    political: int
    usage: int

    def __post_init__(self) -> None:
        if self.technical >= 0 and self.political >= 0 and self.usage >= 0:
            return
        for name in ("technical", "political", "usage"):
            if getattr(self, name) < 0:
                raise InvalidValue("negative-count", field=name)

    def of(self, expertise: Expertise) -> int:
        """The count of one expertise."""
        if expertise is Expertise.TECHNICAL:
            return self.technical
        return self.political if expertise is Expertise.POLITICAL else self.usage


@dataclass(frozen=True)
class ValidityPeriod:
    """From a day to a day, both included."""

    effective_from: date
    effective_to: date

    def overlaps(self, other: ValidityPeriod) -> bool:
        """Whether the two periods share at least one day."""
        return self.effective_from <= other.effective_to and other.effective_from <= self.effective_to
