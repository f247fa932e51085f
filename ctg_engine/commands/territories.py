"""`ctg import territories`: public lists of EPCI and communes, read as they are, recorded all or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from ctg_engine.bootstrap import House
from ctg_engine.faults import BadInput, cannot_read
from ctg_engine.speaking import Voice, civil_day, open_house, voice_of
from domain.kernel import Command, Context, Origin
from domain.territories import ChangePerimeter, RegisterTerritory, Territory, territory_stream
from domain.values import Code, Evidence, Prose, PublicName, Sha256, deterministic_id
from workflows.territory_files import (
    Change,
    Difference,
    LineVerdict,
    TerritoryReading,
    compare,
    read_territory_files,
)
from workflows.texts import Texts


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    importing = typer.Typer(no_args_is_help=True)
    importing.callback()(_anything)
    importing.command("territories")(territories)
    program.add_typer(importing, name="import")


def _anything() -> None:
    """What can be imported."""


def territories(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE")],
    department: Annotated[list[str] | None, typer.Option(metavar="CODE")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    every_line: Annotated[bool, typer.Option("--every-line")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Register territories and change their perimeters as the files say."""
    voice = voice_of(context)
    occurred_on = civil_day(on, "--on") if on is not None else None
    contents = [(path.name, _bytes_of(path)) for path in files]
    if len({name for name, _ in contents}) < len(contents):
        raise BadInput("error.same-file-twice", files=", ".join(name for name, _ in contents))
    reading = read_territory_files(contents, department or None)
    _tell_verdicts(voice, reading, every_line=every_line)
    if reading.errors:
        voice.line()
        raise BadInput("import.refused")
    with open_house() as house:
        if occurred_on is not None and occurred_on > house.clock.today():
            raise BadInput("error.in-the-future", option="--on", value=occurred_on)
        known = _known_territories(house, reading)
        changes = compare(reading, known)
        _tell_changes(voice.texts, voice, changes)
        commands = [command for change in changes if (command := _command(change, known, occurred_on)) is not None]
        if commands and not dry_run:
            house.steering.execute_all(commands, _context(house, contents))
    kinds = Counter(change.kind for change in changes)
    voice.line()
    voice.say(
        "import.nothing-kept" if dry_run else "import.done",
        registered=kinds["register"],
        changed=kinds["change-perimeter"],
        unchanged=kinds["unchanged"],
    )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from None


def _known_territories(house: House, reading: TerritoryReading) -> dict[str, Territory]:
    """The registered territories among those read."""
    known = {}
    for read in reading.territories:
        territory = house.steering.load(territory_stream(read.siren))
        if isinstance(territory, Territory):
            known[read.siren] = territory
    return known


def _command(change: Change, known: dict[str, Territory], occurred_on: date | None) -> Command | None:
    read = change.territory
    stream_id: UUID = territory_stream(read.siren)
    if change.kind == "register":
        return RegisterTerritory(
            stream_id=stream_id,
            occurred_on=occurred_on,
            siren=Code(read.siren),
            name=PublicName(read.name),
            legal_form=Code(read.legal_form),
            department=Code(read.department),
            communes=change.communes,
        )
    if change.kind == "change-perimeter":
        return ChangePerimeter(
            stream_id=stream_id,
            occurred_on=occurred_on,
            name=known[read.siren].name,  # producers spell one name in several ways
            legal_form=Code(read.legal_form),
            communes=change.communes,
        )
    return None


def _context(house: House, contents: Sequence[tuple[str, bytes]]) -> Context:
    """The operator, with the files as evidence: their names and fingerprints."""
    evidence = []
    for name, data in contents:
        digest = hashlib.sha256(data).hexdigest()
        evidence.append(Evidence(deterministic_id("document", digest), Sha256(digest), Prose(name)))
    return replace(house.operator(), evidence=tuple(evidence), origin=Origin.IMPORT)


# --- what is said of the files --------------------------------------------------------------------------------------


def _tell_verdicts(voice: Voice, reading: TerritoryReading, *, every_line: bool) -> None:
    """What is wrong or worth knowing, line by line, and how many lines are neither; or every line, when asked for."""
    for verdict in reading.verdicts:
        if every_line or verdict.status in ("refused", "notice"):
            voice.line(_verdict_in_words(voice.texts, verdict))
    counts = Counter(verdict.status for verdict in reading.verdicts)
    voice.line()
    voice.line(
        voice.texts.t(
            "import.summary",
            accepted=counts["accepted"],
            ignored=counts["ignored"],
            refused=counts["refused"],
            notices=counts["notice"],
        )
    )
    if (counts["accepted"] or counts["ignored"]) and not every_line:
        voice.say("import.every-line")


def _verdict_in_words(texts: Texts, verdict: LineVerdict) -> str:
    text = texts.t(f"import.{verdict.code}", **verdict.parameters)
    line = texts.t("import.line", file=verdict.file, line=str(verdict.line), text=text)
    return line if verdict.status == "accepted" else f"{line} [{texts.t(f'import.status.{verdict.status}')}]"


def _tell_changes(texts: Texts, voice: Voice, changes: Sequence[Change]) -> None:
    voice.line()
    for change in changes:
        voice.line(
            texts.t(
                f"import.change.{change.kind}",
                name=change.territory.name,
                siren=change.territory.siren,
                communes=len(change.communes),
                added=len(change.added),
                removed=len(change.removed),
                differences=sum(one.matters for one in change.differences),
            )
        )
        for difference in change.differences:
            voice.line("  " + _difference_in_words(texts, difference))


def _difference_in_words(texts: Texts, difference: Difference) -> str:
    return texts.t(
        f"import.difference.{difference.field}",
        subject=difference.subject,
        read=difference.read,
        known=difference.known,
    )
