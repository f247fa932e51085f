"""Where one meeting is prepared, held, written down and followed, and where its papers are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

PREPARE: Final = "preparer"
HOLD: Final = "tenir"
MINUTES: Final = "compte-rendu"
FOLLOW: Final = "suites"
STEPS: Final = (PREPARE, HOLD, MINUTES, FOLLOW)

INVITATION: Final = "convocation"
SHEET: Final = "emargement"
RECORD: Final = "proces-verbal"
PAPERS: Final = (INVITATION, SHEET, RECORD)

ATTEND: Final = "presences"
DECIDE: Final = "decisions"

BODY: Final = "instance"
"""Of several bodies that meet together, which one holds it here."""
VIEW: Final = "vue"
PROJECTOR: Final = "projecteur"
POINT: Final = "point"


def meeting_at(
    meetings: str, meeting_id: str, step: str = "", asked: Mapping[str, str] | None = None, body_id: UUID | None = None
) -> str:
    """One meeting, by the address of the page of meetings; `body_id` where several bodies hold it together."""
    address = f"{meetings}/{meeting_id}/{step}".rstrip("/")
    query = {**({BODY: str(body_id)} if body_id is not None else {}), **(asked or {})}
    return f"{address}?{urlencode(query)}" if query else address
