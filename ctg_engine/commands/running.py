"""`ctg demo`, `ctg serve`, `ctg work`: the processes."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from ctg_engine import serving
from ctg_engine.commands.accounts import tell_first_link
from ctg_engine.contradictions import look_at_settings
from ctg_engine.demonstration import NAMED, Demonstration, Visit, demonstration_settings
from ctg_engine.logs import write_logs
from ctg_engine.places import at_store
from ctg_engine.settings import Settings, read_settings
from ctg_engine.speaking import Voice, open_house, tell_doubt, voice_of, whole_number

HOST_OF_DEMONSTRATION = "127.0.0.1"


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command()(demo)
    program.command()(serve)
    program.command()(work)


def demo(
    context: typer.Context,
    port: Annotated[str, typer.Option(metavar="PORT")] = "8000",
    fresh: Annotated[bool, typer.Option("--fresh")] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve")] = False,
    file: Annotated[Path, typer.Option(metavar="FILE")] = Path("var/demo.db"),
) -> None:
    """The demonstration: told when it is not, then served."""
    voice = voice_of(context)
    number = whole_number(port, "--port", 1, 65535)
    settings = demonstration_settings(file, HOST_OF_DEMONSTRATION, number)
    taken = None if no_serve else serving.listen(HOST_OF_DEMONSTRATION, number)
    try:
        with at_store(settings, NAMED), Demonstration(settings).reserved() as demonstration:
            if demonstration.must_be_told(fresh=fresh):
                voice.say("demo.telling")
                demonstration.tell()
            visit = demonstration.visit()
            if taken is None:
                _show(voice, visit, None)
                return
            with open_house(settings, NAMED, believed=False) as house:
                _show(voice, visit, settings.public_url)
                serving.serve(house, taken)
    finally:
        if taken is not None:
            taken.close()
    voice.say("stopped")


def _show(voice: Voice, visit: Visit, address: str | None) -> None:
    voice.line()
    voice.say("demo.invented", today=visit.today)
    voice.line()
    if address is not None:
        voice.say("demo.address", address=address)
    else:
        voice.say("demo.told", file=str(visit.file))
    voice.line()
    voice.say("demo.accounts", password=visit.password)
    width = max(len(account.login) for account in visit.accounts)
    for account in visit.accounts:
        voice.line(f"  {account.login:<{width}}  {account.explanation}")
    voice.line()
    voice.say("demo.key", token=visit.token)
    if address is not None:
        voice.line(f'  curl -H "Authorization: Bearer {visit.token}" {address}/api/v1/conventions')
        voice.line()
        voice.say("demo.stop")


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(metavar="HOST")] = None,
    port: Annotated[str | None, typer.Option(metavar="PORT")] = None,
) -> None:
    """Pages, interface and jobs in one process."""
    voice = voice_of(context)
    number = whole_number(port, "--port", 1, 65535) if port is not None else None
    write_logs(logging.INFO)
    settings = read_settings(host=host, port=number)
    with serving.listen(settings.host, settings.port, shared=settings.shared_port) as taken:
        with at_store(settings):
            serving.prepare_new_sqlite(settings)
        with open_house(settings, believed=False) as house:
            tell_doubt(voice, house)
            serving.refuse_elsewhere(house, taken)
            voice.say("serve.address", address=settings.public_url)
            _tell_contradictions(voice, settings)
            if not house.is_demonstration and house.watch.doubt(house.clock.now()) is None:
                tell_first_link(voice, house)
            serving.serve(house, taken)
    voice.say("stopped")


def _tell_contradictions(voice: Voice, settings: Settings) -> None:
    """Which settings contradict each other, to whoever starts the process."""
    for one in look_at_settings(settings):
        if one.level != "ok":
            voice.say(f"doctor.{one.check}.{one.key}", **one.parameters)


def work(context: typer.Context) -> None:
    """Jobs alone, beside other processes on the same store."""
    voice = voice_of(context)
    write_logs(logging.INFO)
    with open_house(believed=False) as house:
        tell_doubt(voice, house)
        voice.say("work.started")
        serving.work(house)
    voice.say("stopped")
