"""Which acts record what a row says: the ordinary ones of sheets, as any door sends them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias
from uuid import UUID

from domain.action_sheets.drafting import DraftActionSheet
from domain.kernel import Command
from domain.values import Prose
from workflows.tables.fields import ENDS, OWNER, PRIORITY, STARTS, TITLE
from workflows.tables.known import KnownPlan

Act: TypeAlias = Command

FIELDS_TAKEN: Final = (TITLE, PRIORITY, OWNER, STARTS, ENDS)
"""The fields that are compared with what is recorded, and that acts record."""


def acts_of_new(values: Mapping[str, Any], plan: KnownPlan, sheet_id: UUID) -> tuple[Act, ...]:
    """A sheet that is not recorded yet."""
    return (
        DraftActionSheet(
            stream_id=sheet_id,
            convention_id=plan.convention_id,
            home_territory_id=plan.territory_id,
            priority_id=plan.priority(values[PRIORITY]),
            title=Prose(values[TITLE]),
            owner_id=UUID(values[OWNER]),
            starts_on=values[STARTS],
            ends_on=values[ENDS],
        ),
    )
