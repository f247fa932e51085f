"""`ctg clock`: says that the machine's clock is right, where it is far from where time had come."""

from __future__ import annotations

from typing import Annotated

import typer

from ctg_engine.faults import BadInput
from ctg_engine.settings import read_settings
from ctg_engine.speaking import civil_day, open_house, voice_of
from workflows.security import Act, tell


def register(program: typer.Typer) -> None:
    """Add the command to the program."""
    clock = typer.Typer(no_args_is_help=True)
    clock.callback()(_anything)
    clock.command("accept")(accept)
    program.add_typer(clock, name="clock")


def _anything() -> None:
    """The clock of the machine."""


def accept(context: typer.Context, day: Annotated[str, typer.Argument(metavar="DAY")]) -> None:
    """Say that it is this day: the clock is believed, and the jobs go on.

    The day is typed, so that nothing that runs by itself accepts any.
    """
    voice, typed = voice_of(context), civil_day(day, "DAY")
    with open_house(read_settings(), believed=False) as house:
        now, today = house.clock.now(), house.clock.today()
        if typed != today:
            raise BadInput("error.not-today", typed=typed.isoformat(), today=today.isoformat())
        gap = house.watch.accept(now)
        tell(Act.CLOCK_ACCEPTED, before=gap.reached.isoformat() if gap else "", now=now.isoformat())
        if gap is not None and now < gap.reached:
            house.summaries.rebuild()  # those that were made for later days would stay
    voice.say("clock.accepted", today=today.isoformat())
