"""What our own exports hide in a workbook, so that it is known again: of which convention, as of when, cell by cell.

A cell is known by a fingerprint of what it said: whether a person changed it, or the register since, or both, can be
told without keeping anything of the export here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from workflows.tables.cells import tidied
from workflows.tables.known import KnownPlan
from workflows.tables.refusals import NEWER_FORMAT, OTHER_CONVENTION, OTHER_TERRITORY, TableRefused
from workflows.tables.words import head_words
from workflows.texts import LANGUAGES

FORMAT: Final = 3
PLAN: Final = "plan"
FUNDING_LINES: Final = "funding"
INDICATORS: Final = "indicators"
"""What the sheets of an export are."""

_FORMAT, _TERRITORY, _NAME, _CONVENTION = "format", "territory", "territory-name", "convention"
_CURSOR, _LANGUAGE = "cursor", "language"
_HEAD, _CELL, _SHEET = "head:", "cell:", "sheet:"


def fingerprint_of(said: str) -> str:
    """What is kept of the words of a cell."""
    return hashlib.sha256(str(tidied(said)).strip().encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Identity:
    """The hidden sheet of an export; an empty one for any other file."""

    said: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def made(
        cls,
        plan: KnownPlan,
        territory_name: str,
        cursor: str,
        language: str,
        heads: Mapping[str, str],
        cells: Mapping[tuple[str, str], str],
        kinds: Mapping[str, str],
    ) -> Identity:
        """That of an export: `heads`: what each means, `cells` as they are shown, `kinds`: what each sheet is."""
        return cls(
            {
                _FORMAT: str(FORMAT),
                _TERRITORY: str(plan.territory_id),
                _NAME: territory_name,
                _CONVENTION: str(plan.convention_id),
                _CURSOR: cursor,
                _LANGUAGE: language,
                **{f"{_HEAD}{head_words(head)}": code for head, code in heads.items()},
                **{f"{_SHEET}{name}": kind for name, kind in kinds.items()},
                **{f"{_CELL}{sheet}:{code}": fingerprint_of(text) for (sheet, code), text in cells.items()},
            }
        )

    def require_from(self, plan: KnownPlan) -> None:
        """Raise `TableRefused` for the export of another territory, another convention, or a later format."""
        if not self.said:
            return
        if not self.said.get(_FORMAT, "").isdecimal() or int(self.said[_FORMAT]) > FORMAT:
            raise TableRefused(NEWER_FORMAT)
        if self.said.get(_TERRITORY) != str(plan.territory_id):
            raise TableRefused(OTHER_TERRITORY, territory=self.said.get(_NAME, ""))
        if self.said.get(_CONVENTION) != str(plan.convention_id):
            raise TableRefused(OTHER_CONVENTION)

    def only_of(self, keys: Collection[str]) -> Identity:
        """The same for some of its rows: of the others nothing is known any more."""
        return Identity(
            {
                name: said
                for name, said in self.said.items()
                if not name.startswith(_CELL) or name.removeprefix(_CELL).partition(":")[0] in keys
            }
        )

    def kind_of(self, sheet: str) -> str:
        """What a sheet of the export is, empty for one of another file."""
        return self.said.get(f"{_SHEET}{sheet}", "")

    def field_of(self, head: str) -> str | None:
        """What a column of this head is."""
        return self.said.get(f"{_HEAD}{head_words(head)}")

    def base_of(self, sheet: object, code: str) -> str | None:
        """The fingerprint of what a cell said when it was exported, None for one that was not."""
        return self.said.get(f"{_CELL}{sheet}:{code}")

    @property
    def language(self) -> str:
        """In which language it was written, French unless it says another."""
        said = self.said.get(_LANGUAGE, "")
        return said if said in LANGUAGES else LANGUAGES[0]

    @property
    def sheets(self) -> frozenset[str]:
        """The sheets that were exported."""
        return frozenset(one.removeprefix(_CELL).partition(":")[0] for one in self.said if one.startswith(_CELL))
