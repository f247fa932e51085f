"""`ctg reaction`: what the engine could not record by itself and why, and trying it again."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from ctg_engine.bootstrap import House
from ctg_engine.speaking import Voice, known_id, open_house, voice_of
from workflows.reactions.stuck import Stuck
from workflows.texts.rules import explain


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    reaction = typer.Typer(no_args_is_help=True)
    reaction.callback()(_anything)
    reaction.command("list")(list_stuck)
    reaction.command("retry")(retry)
    program.add_typer(reaction, name="reaction")


def _anything() -> None:
    """What follows by itself."""


def list_stuck(context: typer.Context) -> None:
    """What could not be recorded, the oldest first: its id, what, about which territory, why, since when."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        stuck = house.reactions().stuck.all()
        with house.engine.connect() as connection:
            heads = house.reader.journal.heads(connection, {one.convention_id for one in stuck})
        homes = {one.stream_id: one.territory_id for one in heads}
        for one in stuck:
            what = voice.texts.t(f"reaction.{one.reaction or 'unknown'}")
            home = homes.get(one.convention_id) or one.convention_id
            place = house.reader.register().name_of(home)
            voice.line(
                "\t".join((str(one.stuck_id), what, place, _why(voice, house, one), voice.texts.show(one.since)))
            )


def retry(context: typer.Context, stuck: Annotated[list[str] | None, typer.Argument(metavar="ID")] = None) -> None:
    """Try again all of it, or some of it."""
    chosen: set[UUID] | None = {known_id(one, "ID") for one in stuck} if stuck else None
    with open_house() as house:
        recorded = house.reactions().retry(chosen)
    if recorded:
        voice_of(context).count("reaction.retried", recorded)
    else:
        voice_of(context).say("reaction.nothing")


def _why(voice: Voice, house: House, one: Stuck) -> str:
    """Why, in words; where the program failed, also where."""
    if one.rules:
        return " ".join(explain(voice.texts, rule, house.reader.register().name_of).text for rule in one.rules)
    return " ".join(filter(None, (voice.texts.t(f"stuck.why.{one.why}"), one.detail)))
