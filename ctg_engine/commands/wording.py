"""`ctg text`: the free texts of the register: found by the words they say, shown by their event, forgotten."""

from __future__ import annotations

from typing import Annotated

import typer

from ctg_engine.bootstrap import House
from ctg_engine.commands.people import Reason, Sure, require_reason, require_sure, settle, shown, tell_list, tell_traces
from ctg_engine.faults import BadInput
from ctg_engine.speaking import known_id, open_house, voice_of
from workflows.forgetting import SaidText, find_texts, texts_of_event
from workflows.security import Act, tell

EventId = Annotated[str, typer.Argument(metavar="EVENT")]


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    text = typer.Typer(no_args_is_help=True)
    text.callback()(_anything)
    text.command("find")(find)
    text.command("list")(list_texts)
    text.command("forget")(forget)
    program.add_typer(text, name="text")


def _anything() -> None:
    """Free texts of the register."""


def find(context: typer.Context, words: Annotated[list[str], typer.Argument(metavar="WORDS")]) -> None:
    """The texts that say one of these words, whatever their accents and capitals."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        for said, text in find_texts(house.engine, house.vault, words):
            voice.line(shown(said, text))


def list_texts(context: typer.Context, event: EventId) -> None:
    """The texts of an event, by their fields."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        said = _texts(house, event)
        opened = house.vault.open_texts(one.token for one in said)
    for one in said:
        voice.line(shown(one, opened[one.token] or voice.texts.t("word.erased")))


def forget(
    context: typer.Context,
    event: EventId,
    reason: Reason,
    field: Annotated[list[str] | None, typer.Option("--field", metavar="FIELD")] = None,
    yes: Sure = False,
) -> None:
    """Forget for ever the texts of an event, or those of some of its fields."""
    voice = voice_of(context)
    require_reason(reason)
    with open_house() as house:
        said = _texts(house, event)
        fields = [one.field for one in said]
        for wanted in field or ():
            if wanted not in fields:
                raise BadInput("error.unknown-field", value=wanted, known=", ".join(fields))
        chosen = [one for one in said if field is None or one.field in field]
        opened = house.vault.open_texts(one.token for one in chosen)
        for one in chosen:
            voice.line(shown(one, opened[one.token] or voice.texts.t("word.erased")))
        require_sure(voice, yes=yes)
        gone = house.forgetting.texts((one.token for one in chosen), reason, house.clock.today())
        left = settle(house)
        tell(Act.TEXTS_FORGOTTEN, recorded=said[0].event_id, reason=reason, texts=gone)
        voice.count("text.forgotten", gone)
        tell_traces(voice, left)
        tell_list(voice, house)


def _texts(house: House, event: str) -> list[SaidText]:
    """Raises `BadInput` for an event that does not exist, or says nothing in free text."""
    said = texts_of_event(house.engine, known_id(event, "EVENT"))
    if not said:
        raise BadInput("error.unknown-event" if said is None else "error.event-without-text", value=event)
    return said
