"""`ctg import territories`: public lists of EPCI and communes, read as they are, recorded all or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ctg_engine.bootstrap import House
from ctg_engine.commands import table
from ctg_engine.commands.territory_words import tell_changes, tell_verdicts, verdict_in_words
from ctg_engine.faults import BadInput, cannot_read
from ctg_engine.speaking import Voice, civil_day, open_house, voice_of
from domain.kernel import Command, Context, Origin, Refused
from domain.values import Evidence, InvalidValue, Prose, Sha256, deterministic_id
from workflows.territory_files import (
    Change,
    LineVerdict,
    TerritoryReading,
    check_age,
    check_others,
    compare,
    read_territory_files,
    valid_day,
)
from workflows.territory_files.commands import command_of
from workflows.texts import Texts
from workflows.texts.rules import explain, explain_invalid


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    importing = typer.Typer(no_args_is_help=True)
    importing.callback()(_anything)
    importing.command("territories")(territories)
    table.register(importing)
    program.add_typer(importing, name="import")


def _anything() -> None:
    """What can be imported."""


def territories(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE")],
    department: Annotated[list[str] | None, typer.Option(metavar="CODE")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    names: Annotated[bool, typer.Option("--names")] = False,
    every_line: Annotated[bool, typer.Option("--every-line")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Register territories and change their perimeters as the files say."""
    voice = voice_of(context)
    typed_day = civil_day(on, "--on") if on is not None else None
    contents = [(path.name, _bytes_of(path)) for path in files]
    if len({name for name, _ in contents}) < len(contents):
        raise BadInput("error.same-file-twice", files=", ".join(name for name, _ in contents))
    with open_house() as house:
        if typed_day is not None and typed_day > house.clock.today():
            raise BadInput("error.in-the-future", option="--on", value=typed_day)
        known = {str(one.siren): one for one in house.reader.register().territories.values()}
        reading = read_territory_files(contents, department or None, known)
        valid_on, against = valid_day(reading, typed_day, house.clock.today())
        verdicts = [*reading.verdicts, *against]
        changes: list[Change] = []
        if not reading.errors:
            changes = compare(reading, known, valid_on, every_name=names)
            verdicts += check_others(reading, known)
        if valid_on is not None:
            verdicts += check_age(reading, changes, known, valid_on)
        refused = any(verdict.status == "refused" for verdict in verdicts)
        tell_verdicts(voice, verdicts, every_line=every_line)
        run = _Run(house, reading, changes, valid_on, _context(house, contents))
        refusals = run.weighed(voice) if dry_run or refused else run.recorded(voice)
        for line in refusals:
            voice.line(line)
        if refused or refusals:
            voice.line()
            raise BadInput("import.refused")
        tell_changes(voice, changes, every_line=every_line)
    kinds = Counter(change.kind for change in changes)
    voice.line()
    voice.say(
        "import.nothing-kept" if dry_run else "import.done",
        registered=kinds["register"],
        changed=kinds["change-perimeter"],
        unchanged=kinds["unchanged"],
    )


@dataclass(frozen=True)
class _Run:
    """The commands of one import, and where the files say what each of them records."""

    house: House
    reading: TerritoryReading
    changes: Sequence[Change]
    valid_on: date | None
    context: Context

    def recorded(self, voice: Voice) -> list[str]:
        """Record all of it, or nothing and say all that refuses."""
        commands = [command for _, command in self._commands()]
        try:
            if commands:
                self.house.steering.execute_all(commands, self.context)
        except (Refused, InvalidValue):
            if refusals := self.weighed(voice):
                return refusals
            raise  # what refused a moment ago does not any more
        return []

    def weighed(self, voice: Voice) -> list[str]:
        """All that would refuse, each with its file and line; nothing is recorded."""
        return [line for change, command in self._commands() for line in self._refusals(voice.texts, change, command)]

    def _commands(self) -> Iterator[tuple[Change, Command]]:
        for change in self.changes:
            command = command_of(change, self.valid_on)
            if command is not None:
                yield change, command

    def _refusals(self, texts: Texts, change: Change, command: Command) -> Iterator[str]:
        try:
            said = [explain(texts, rule, str) for rule in self.house.steering.weigh(command, self.context).refused]
        except InvalidValue as error:
            said = [explain_invalid(texts, error, str)]
        at = self.reading.spoken_of.get(change.territory.siren, self.reading.heading)
        for one in said:
            text = f"{change.territory.name} ({change.territory.siren}) : {one.text} {one.remedy}"
            verdict = LineVerdict(at.file, at.line, "refused", "by-a-rule", {"text": text})
            yield verdict_in_words(texts, verdict)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from None


def _context(house: House, contents: Sequence[tuple[str, bytes]]) -> Context:
    """The operator, with the files as evidence: their names and fingerprints."""
    evidence = []
    for name, data in contents:
        digest = hashlib.sha256(data).hexdigest()
        evidence.append(Evidence(deterministic_id("document", digest), Sha256(digest), Prose(name)))
    return replace(house.operator(), evidence=tuple(evidence), origin=Origin.IMPORT)
