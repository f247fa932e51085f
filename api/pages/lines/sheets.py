"""Action sheets and priorities, several at once."""

from __future__ import annotations

from api.pages.acts.priorities import CHOOSE_PRIORITY
from api.pages.acts.sheets import DRAFT_ACTION_SHEET
from api.pages.lines.rows import Rows, by_rows

SHEETS = by_rows(
    Rows(
        word="drafted",
        form=DRAFT_ACTION_SHEET,
        common=("owner_id", "starts_on", "ends_on", "occurred_on"),
        more=("evidence", "reason"),
        columns=("title", "priority_id", "owner_id", "starts_on", "ends_on"),
    )
)

PRIORITIES = by_rows(
    Rows(
        word="chosen",
        form=CHOOSE_PRIORITY,
        common=("decided_in", "occurred_on"),
        more=("evidence", "reason"),
        columns=("title", "themes"),
        folded=("findings", "rank"),
        one_of=("themes",),
    )
)
"""Those that one meeting chose."""
