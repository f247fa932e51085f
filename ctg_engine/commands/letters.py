"""`ctg letter`: the letters that have not left and why, and sending again those given up. Nobody is named."""

from __future__ import annotations

from typing import Annotated

import typer

from ctg_engine.faults import BadInput
from ctg_engine.speaking import known_id, open_house, voice_of
from workflows.delivery.causes import cause
from workflows.delivery.letters import REASONS
from workflows.delivery.outbox import STATES, NotDead, dead_letters, kept, retry_dead


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    letter = typer.Typer(no_args_is_help=True)
    letter.callback()(_anything)
    letter.command("list")(list_letters)
    letter.command("resend")(resend)
    program.add_typer(letter, name="letter")


def _anything() -> None:
    """Letters that have not left."""


def list_letters(
    context: typer.Context,
    state: Annotated[str, typer.Option(metavar="|".join(STATES))] = STATES[0],
) -> None:
    """The letters that have not left: given up, the worst first; withdrawn before they left, or waiting, the latest."""
    voice = voice_of(context)
    chosen = next((one for one in STATES if one == state), None)
    if chosen is None:
        raise BadInput("error.not-a-choice", option="--state", value=state, allowed=", ".join(STATES))
    with open_house(believed=False) as house:
        for one in dead_letters(house.engine) if chosen == "given-up" else kept(house.engine, chosen):
            kind = voice.texts.t(f"cli.letter.kind.{one.kind}")
            if one.why in REASONS:
                why = voice.texts.t(f"cli.letter.why.{one.why}")
            else:
                why = cause(voice.texts, one.why) if one.why else ""
            voice.line("\t".join((str(one.message_id), kind, why, voice.texts.show(one.since))))


def resend(context: typer.Context, letter: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Give a letter all its attempts again."""
    message_id = known_id(letter, "ID")
    with open_house() as house:
        try:
            retry_dead(house.engine, message_id, house.clock.now())
        except NotDead:
            raise BadInput("error.unknown-letter", value=letter) from None
    voice_of(context).say("letter.waiting", letter=letter)
