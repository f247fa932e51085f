"""What is said of a table by tool, and what it is answered: columns, rows with their verdicts, questions."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.errors import Problem
from workflows.tables.importing import MOST_ROWS
from workflows.tables.inspecting import MOST_COLUMNS

_MOST: Final = MOST_ROWS * 20
"""Answers that come with one request."""

Words = Annotated[str, Field(max_length=200)]


class TableSaid(BaseModel):
    """What is said of a table. `columns`: by their letters, what they become, empty for one that is left out;
    `answers` by the key of a question; `days`: those typed where the answer is `other`."""

    model_config = ConfigDict(extra="forbid")

    sheet: Words = Field(default="", examples=["Actions"])
    columns: dict[str, Words] = Field(default_factory=dict, max_length=MOST_COLUMNS, examples=[{"B": "title"}])
    answers: dict[str, Words] = Field(default_factory=dict, max_length=_MOST, examples=[{"E3": "2026-06-30"}])
    days: dict[str, Words] = Field(default_factory=dict, max_length=_MOST, examples=[{"E4": "2026-09-01"}])
    occurred_on: date | None = Field(default=None, examples=["2026-03-20"])
    leave_out: bool = False
    dry_run: bool = True


class TableColumn(BaseModel):
    """A column: what it becomes, and why that is proposed."""

    column: str = Field(examples=["B"])
    head: str = Field(examples=["Intitulé"])
    field: str = Field(examples=["title"])
    certainty: str = Field(examples=["sure"])


class TableRow(BaseModel):
    """A row: what becomes of it, which fields change, the keys of what is asked, why it is refused."""

    sheet: str = Field(examples=["Actions"])
    row: int = Field(examples=[3])
    title: str = Field(examples=["Relais itinérant"])
    verdict: Literal["new", "changed", "unchanged", "asked", "refused"]
    changes: list[str] = Field(default_factory=list, examples=[["ends_on"]])
    asked: list[str] = Field(default_factory=list, examples=[["E3"]])
    reasons: list[str] = Field(default_factory=list)
    notices: list[Problem] = Field(default_factory=list)


class TableQuestion(BaseModel):
    """What is asked, once for all the rows that it concerns. `picks`: the id of any partner, or of any priority, is an
    answer too; `types_day`: so is `other`, with a day in `days`."""

    key: str = Field(examples=["E3"])
    field: str = Field(examples=["ends_on"])
    said: str | None = Field(examples=["mi-2026"])
    text: str = Field(examples=["Quelle fin retenir ? C’est à peu près."])
    rows: list[int] = Field(examples=[[3]])
    answers: list[str] = Field(examples=[["2026-06-30", "none"]])
    likely: str = Field(examples=["2026-06-30"])
    picks: Literal["", "partner", "priority"] = ""
    types_day: bool = False


class TableAnswer(BaseModel):
    """A table as it is understood; `recorded`: whether its rows were."""

    sha256: str = Field(examples=["9f86d081" * 8])
    sheet: str = Field(examples=["Actions"])
    sheets: list[str]
    recorded: bool
    replayed: bool = False
    new: int
    changed: int
    unchanged: int
    asked: int
    refused: int
    columns: list[TableColumn]
    questions: list[TableQuestion]
    rows: list[TableRow]


EXAMPLE: Final[dict[str, Any]] = {
    "sha256": "9f86d081" * 8,
    "sheet": "Actions",
    "sheets": ["Actions"],
    "recorded": False,
    "replayed": False,
    "new": 0,
    "changed": 0,
    "unchanged": 0,
    "asked": 1,
    "refused": 0,
    "columns": [{"column": "B", "head": "Intitulé", "field": "title", "certainty": "sure"}],
    "questions": [
        {
            "key": "E3",
            "field": "ends_on",
            "said": "mi-2026",
            "text": "Quelle fin retenir ? C’est à peu près.",
            "rows": [3],
            "answers": ["2026-06-30", "none"],
            "likely": "",
            "picks": "",
            "types_day": True,
        }
    ],
    "rows": [
        {
            "sheet": "Actions",
            "row": 3,
            "title": "Relais itinérant",
            "verdict": "asked",
            "changes": [],
            "asked": ["E3"],
            "reasons": [],
            "notices": [],
        }
    ],
}
"""An answer in its shape."""
