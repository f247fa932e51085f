"""A letter is weighed again when it leaves: what was annulled meanwhile is expected of nobody any more (R29)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from uuid import UUID

from projections import what_is_due
from workflows.reading import Reader

_OF_DEADLINES = ("reminder", "escalation")
_PAGE = "/conventions/"


def is_still_meant(
    reader: Reader, kind: str, parameters: Mapping[str, str], today: date, holidays: Container[date]
) -> bool:
    """Whether what a letter tells of stands: its convention and, where mistakes were mended, the deadline itself."""
    path = parameters["path"]
    if kind not in _OF_DEADLINES or not path.startswith(_PAGE):
        return True
    dossier = reader.dossier(UUID(path.removeprefix(_PAGE)))
    if dossier is None:
        return True
    if dossier.convention.is_annulled:
        return False
    if dossier.streams[dossier.convention_id].corrected is None:
        return True
    said = (parameters["deadline"], parameters["due_on"])
    return any((one.id, one.due_on.isoformat()) == said for one in what_is_due.sheet(dossier, today, holidays))
