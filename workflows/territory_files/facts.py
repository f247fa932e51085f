"""What an import of territories finds: facts, and a verdict for each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

LegalForm = Literal["CC", "CA", "CU", "METRO", "MET69"]
"""Communauté de communes, d'agglomération, urbaine, métropole, métropole de Lyon (codes of the DGCL)."""

LEGAL_FORMS: tuple[LegalForm, ...] = get_args(LegalForm)

Status = Literal["accepted", "ignored", "refused", "notice"]
"""`ignored`: understood and left out. `refused`: nothing of the import may be applied. `notice`: a remark
on a line that is otherwise accepted."""


@dataclass(frozen=True)
class CommuneFacts:
    """A member commune. Populations are inhabitants: municipal (each person once) and total (with those
    counted apart, hence twice in the country); None where no file gives them."""

    insee: str
    siren: str | None
    name: str
    population_municipal: int | None
    population_total: int | None


@dataclass(frozen=True)
class TerritoryFacts:
    """An EPCI with own taxation: `siren` is its only key, `department` that of its seat, `communes` its whole
    perimeter in the order of INSEE codes, also those of other departments. The seat is uncertain where no file says it:
    it is then the département of most of its communes."""

    siren: str
    name: str
    legal_form: LegalForm
    department: str
    communes: tuple[CommuneFacts, ...]
    population_municipal: int | None
    population_total: int | None
    seat_is_certain: bool = True


@dataclass(frozen=True)
class LineVerdict:
    """What became of a line (`line` counts from 1, as a text editor does; a heading is a line).

    `code` is stable; the catalogue's text `import.<code>` is filled with `parameters`.
    """

    file: str
    line: int
    status: Status
    code: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    file: str
    line: int


@dataclass(frozen=True)
class Membership:
    """Which EPCI a commune is in, and the line that says so."""

    siren: str
    at: Place


@dataclass(frozen=True)
class TerritoryReading:
    """The territories found, in the order of their SIREN, and every verdict in the order of files and lines.

    When `errors` is not empty, `territories` holds what could be understood and must not be applied.
    `memberships` are by INSEE code and `spoken_of` by SIREN, of all that the files speak of, out of scope too; `years`:
    the 1 January that the files say they are about, with where each says it.
    """

    territories: tuple[TerritoryFacts, ...]
    verdicts: tuple[LineVerdict, ...]
    memberships: Mapping[str, Membership] = field(default_factory=dict)
    spoken_of: Mapping[str, Place] = field(default_factory=dict)
    years: Mapping[int, Place] = field(default_factory=dict)
    heading: Place = Place("", 1)

    @property
    def errors(self) -> tuple[LineVerdict, ...]:
        """The refused lines: all or nothing, one of them stops the import."""
        return tuple(verdict for verdict in self.verdicts if verdict.status == "refused")

    @property
    def notices(self) -> tuple[LineVerdict, ...]:
        """Remarks that stop nothing."""
        return tuple(verdict for verdict in self.verdicts if verdict.status == "notice")
