"""`ctg letter`: the letters given up, and sending them again. Nobody's name or address is shown."""

from __future__ import annotations

from typing import Annotated

import typer

from ctg_engine.faults import BadInput
from ctg_engine.speaking import known_id, open_house, voice_of
from workflows.delivery.outbox import NotDead, dead_letters, retry_dead


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    letter = typer.Typer(no_args_is_help=True)
    letter.callback()(_anything)
    letter.command("list")(list_letters)
    letter.command("resend")(resend)
    program.add_typer(letter, name="letter")


def _anything() -> None:
    """Letters given up."""


def list_letters(context: typer.Context) -> None:
    """Every letter given up, the latest first."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        for one in dead_letters(house.engine):
            kind = voice.texts.t(f"cli.letter.kind.{one.kind}")
            voice.line("\t".join((str(one.message_id), kind, one.error, voice.texts.show(one.dead_at))))


def resend(context: typer.Context, letter: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Give a letter all its attempts again."""
    message_id = known_id(letter, "ID")
    with open_house() as house:
        try:
            retry_dead(house.engine, message_id, house.clock.now())
        except NotDead:
            raise BadInput("error.unknown-letter", value=letter) from None
    voice_of(context).say("letter.waiting", letter=letter)
