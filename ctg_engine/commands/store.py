"""`ctg migrate`, `ctg rebuild`, `ctg backup`, `ctg restore`, `ctg doctor`: the store and its health."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ctg_engine import backup as backups
from ctg_engine import forgotten_list
from ctg_engine.archive import Manifest
from ctg_engine.bootstrap import prepare
from ctg_engine.commands.people import tell_traces
from ctg_engine.doctor import examine, shown_settings
from ctg_engine.faults import Failed
from ctg_engine.places import SETTING, at_store, store_exists
from ctg_engine.revocations import Revocations
from ctg_engine.settings import read_settings
from ctg_engine.speaking import Voice, keep_security_journal, open_house, tell_doubt, voice_of
from workflows import states
from workflows.security import Act, tell

SIGNS = {"ok": "✓", "warning": "!", "failed": "✗"}


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command()(migrate)
    program.command()(rebuild)
    program.command()(backup)
    program.command()(restore)
    program.command()(doctor)


def migrate(
    context: typer.Context,
    retire: Annotated[bool, typer.Option("--retire")] = False,
) -> None:
    """Bring the store to this release; with `--retire`, then drop what other releases answered lists from."""
    voice = voice_of(context)
    settings = read_settings()
    with at_store(settings):
        prepare(settings)
    voice.say("migrate.done")
    with open_house(settings, believed=False) as house:
        others = house.summaries.retire() if retire else house.summaries.others()
        if retire:
            states.forget_others(house.engine)
    if others:
        voice.say("migrate.retired" if retire else "migrate.others", names=", ".join(others))


def rebuild(context: typer.Context) -> None:
    """Make all that is kept to answer fast anew from the log, while it goes on answering."""
    with open_house(believed=False) as house:
        states.forget(house.engine)
        voice_of(context).count("rebuild.done", house.summaries.rebuild())


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Everything in one file, while the instance goes on."""
    settings = read_settings()
    if not store_exists(settings):
        raise Failed("error.no-store", path=str(settings.sqlite_path), named=SETTING)
    with at_store(settings):
        manifest = backups.back_up(settings, file, force=force)
    voice_of(context).count(
        "backup.done",
        manifest.contents.tables["events"],
        file=str(file),
        sha256=manifest.contents.log_sha256,
    )
    _tell_files(voice_of(context), manifest)


def _tell_files(voice: Voice, manifest: Manifest) -> None:
    """How many files kept as evidence a backup holds, and how many it could not have."""
    if manifest.files:
        voice.count("backup.files", len(manifest.files))
    if manifest.lost_files:
        voice.count("backup.lost-files", len(manifest.lost_files))


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    force: Annotated[bool, typer.Option("--force")] = False,
    forget_again: Annotated[Path | None, typer.Option("--forget-again", metavar="LIST")] = None,
) -> None:
    """Put a backup in the place of the store, and forget again what was forgotten since."""
    settings, voice = read_settings(), voice_of(context)
    forgotten = forgotten_list.read(forget_again) if forget_again is not None else []
    keep_security_journal(settings)
    with at_store(settings):
        restored = backups.restore(settings, file, force=force, forgotten=forgotten)
    manifest = restored.manifest
    voice.count(
        "restore.done",
        manifest.contents.tables["events"],
        made_at=manifest.made_at[:16].replace("T", " "),
        sha256=manifest.contents.log_sha256,
    )
    _tell_files(voice, manifest)
    if restored.forgotten_again:
        tell(Act.FORGOTTEN_AGAIN, forgotten=restored.forgotten_again)
        voice.count("person.forgotten-again", restored.forgotten_again)
    tell_traces(voice, restored.traces_left)
    if restored.aside is not None:
        voice.say("restore.set-aside", file=str(restored.aside))
    _tell_revoked(voice, restored.revoked)
    with open_house(settings, believed=False) as house:
        tell_doubt(voice, house)


def _tell_revoked(voice: Voice, revoked: Revocations | None) -> None:
    """What the restoration did to the ways in, and what is left to see to."""
    voice.line()
    voice.say("restore.sessions-closed")
    if revoked is None:
        tell(Act.BACKUP_RESTORED)
        voice.say("restore.not-compared")
        return
    found = {"keys": revoked.keys, "accounts": revoked.accounts, "passwords": revoked.passwords}
    tell(
        Act.BACKUP_RESTORED,
        keys=len(revoked.keys),
        accounts=len(revoked.accounts),
        passwords=len(revoked.passwords),
    )
    for name, several in found.items():
        if several:
            voice.count(f"restore.{name}", len(several))
        for one in several:
            voice.line(f"  {one.name}")
    if not any(found.values()):
        voice.say("restore.nothing-revoked")


def doctor(context: typer.Context, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The health of the instance; leaves with 1 when something fails."""
    voice = voice_of(context)
    settings = read_settings()
    findings = examine(settings)
    sentences = [voice.texts.t(f"cli.doctor.{one.check}.{one.key}", **one.parameters) for one in findings]
    failed = any(one.level == "failed" for one in findings)
    if json:
        told = [{**asdict(one), "text": said} for one, said in zip(findings, sentences, strict=True)]
        answer = {"healthy": not failed, "findings": told, "settings": shown_settings(settings)}
        voice.line(msgspec.json.format(msgspec.json.encode(answer)).decode())
    else:
        for one, said in zip(findings, sentences, strict=True):
            voice.line(f"{SIGNS[one.level]} {said}")
            if one.detail:
                voice.line("  " + voice.texts.t("cli.error.detail", detail=one.detail))
        voice.line()
        voice.say("doctor.settings")
        for name, value in shown_settings(settings).items():
            voice.line(f"  {name}={value}")
        voice.line()
        voice.say("doctor.unhealthy" if failed else "doctor.healthy")
    raise typer.Exit(1 if failed else 0)
