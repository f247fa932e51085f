"""Public lists of EPCI and communes (DGCL, Insee, BANATIC; CSV or workbook), read as published, without any effect.

`read_territory_files` turns bytes into facts and one verdict per line; `compare` says what differs from the
territories already registered, `check_age` and `check_others` what speaks against it. Sending the commands is the
caller's work, and only when no line is refused.
"""

from workflows.territory_files.against_register import check_age, check_others, valid_day
from workflows.territory_files.comparison import Change, ChangeKind, Difference, RegisteredTerritory, compare
from workflows.territory_files.facts import (
    CommuneFacts,
    LegalForm,
    LineVerdict,
    Status,
    TerritoryFacts,
    TerritoryReading,
)
from workflows.territory_files.reading import read_territory_files

__all__ = [
    "Change",
    "ChangeKind",
    "CommuneFacts",
    "Difference",
    "LegalForm",
    "LineVerdict",
    "RegisteredTerritory",
    "Status",
    "TerritoryFacts",
    "TerritoryReading",
    "check_age",
    "check_others",
    "compare",
    "read_territory_files",
    "valid_day",
]
