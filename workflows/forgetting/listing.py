"""What was forgotten, without a name: which subject or text, why, on what day, and the fingerprint of its key.

A backup made before brings the keys back; by this list they are destroyed again. As a file it is one JSON object per
line, so that an operator can keep it apart from the backups, read it, and join two of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from workflows.database import inserting
from workflows.schema import forgotten

PERSON: Final = "PERSON"
TEXT: Final = "TEXT"
FILE: Final = "FILE"

REASONS: Final = ("REQUEST", "END_OF_RETENTION", "MISTAKE", "AUTHORITY")
"""Why something is forgotten: a closed list, for a reason in words would say the name again."""

_PART: Final = re.compile(r"[0-9a-f]{24}")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")


class NotAList(ValueError):
    """A line of a file is not one of a list of what was forgotten; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """One person, one file, or one text: `part` is the nonce of its seal, in hexadecimal; empty for the others."""

    subject_id: UUID
    part: str = ""
    kind: str
    reason: str
    day: date
    fingerprint: str

    def __post_init__(self) -> None:
        is_whole = self.kind in (PERSON, FILE) and not self.part
        is_part = self.kind == TEXT and bool(_PART.fullmatch(self.part))
        if not (is_whole or is_part) or self.reason not in REASONS or not _FINGERPRINT.fullmatch(self.fingerprint):
            raise ValueError("not something that was forgotten")


def fingerprint(key: bytes) -> str:
    """What tells a destroyed key from another, and nothing of what it was."""
    return hashlib.sha256(key).hexdigest()


def listed(connection: Connection) -> list[Forgotten]:
    """All that was forgotten, the oldest first."""
    rows = connection.execute(select(forgotten).order_by(forgotten.c.day, forgotten.c.subject_id, forgotten.c.part))
    return [Forgotten(**row) for row in rows.mappings()]


def add(connection: Connection, several: Iterable[Forgotten]) -> None:
    """Write what was forgotten, in the transaction that forgets it; what is written already stays as it is."""
    rows: list[Mapping[str, Any]] = [vars(one) for one in several]
    if rows:
        connection.execute(inserting(connection, forgotten).on_conflict_do_nothing(), rows)


def to_lines(several: Iterable[Forgotten]) -> str:
    """The list as a file."""
    told = ({**vars(one), "subject_id": str(one.subject_id), "day": one.day.isoformat()} for one in several)
    return "".join(f"{json.dumps(one)}\n" for one in told)


def from_lines(text: str) -> list[Forgotten]:
    """The list of a file. Raises NotAList."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            ids = {"subject_id": UUID(said["subject_id"]), "day": date.fromisoformat(said["day"])}
            found.append(Forgotten(**{**said, **ids}))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise NotAList(number) from None
    return found


def joined(*lists: Iterable[Forgotten]) -> list[Forgotten]:
    """Several lists as one; where two tell of the same, the first is right."""
    found: dict[tuple[UUID, str], Forgotten] = {}
    for several in lists:
        for one in several:
            found.setdefault((one.subject_id, one.part), one)
    return sorted(found.values(), key=lambda one: (one.day, one.subject_id, one.part))
