"""`ctg file`: the files kept as evidence, erased one by one; the facts that cite them keep their fingerprints."""

from __future__ import annotations

from typing import Annotated

import typer

from ctg_engine.commands.people import Reason, Sure, require_reason, require_sure, settle, tell_list, tell_traces
from ctg_engine.faults import BadInput
from ctg_engine.speaking import open_house, voice_of
from workflows.files import NoSuchFile
from workflows.security import Act, tell


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    file = typer.Typer(no_args_is_help=True)
    file.callback()(_anything)
    file.command("forget")(forget)
    program.add_typer(file, name="file")


def _anything() -> None:
    """Files kept as evidence."""


def forget(
    context: typer.Context,
    fingerprint: Annotated[str, typer.Argument(metavar="SHA256")],
    reason: Reason,
    yes: Sure = False,
) -> None:
    """Erase for ever what a file says; the facts that cite it keep its fingerprint."""
    voice = voice_of(context)
    require_reason(reason)
    with open_house() as house:
        require_sure(voice, yes=yes)
        try:
            house.forgetting.file(fingerprint.strip().lower(), reason, house.clock.today())
        except NoSuchFile:
            raise BadInput("error.unknown-file", value=fingerprint) from None
        left = settle(house)
        tell(Act.FILE_FORGOTTEN, reason=reason)
        voice.say("file.forgotten")
        tell_traces(voice, left)
        tell_list(voice, house)
