"""The command that records what a reading changes to one territory."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Command
from domain.territories import ChangePerimeter, RegisterTerritory, territory_stream
from domain.values import Code, PublicName
from workflows.territory_files.comparison import Change


def command_of(change: Change, valid_on: date | None) -> Command | None:
    """What is recorded of a change; None where nothing changes."""
    read = change.territory
    stream_id: UUID = territory_stream(read.siren)
    if change.kind == "register":
        return RegisterTerritory(
            stream_id=stream_id,
            occurred_on=valid_on,
            siren=Code(read.siren),
            name=PublicName(read.name),
            legal_form=Code(read.legal_form),
            department=Code(read.department),
            communes=change.communes,
        )
    if change.kind == "change-perimeter":
        return ChangePerimeter(
            stream_id=stream_id,
            occurred_on=valid_on,
            name=PublicName(change.name),
            legal_form=Code(read.legal_form),
            communes=change.communes,
        )
    return None
