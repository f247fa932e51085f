"""`ctg profile migrate`: what another method would change for the conventions that follow one; then, on purpose, moving
them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import typer

from api.pages.methods.told import ChangesTold
from ctg_engine.bootstrap import House
from ctg_engine.faults import BadInput, Failed
from ctg_engine.speaking import Voice, known_id, open_house, voice_of
from domain.kernel import Refused
from domain.method import MethodProfile
from projections.engine import Register
from projections.what_another_method_changes import MethodsCompared
from workflows import changing_methods
from workflows.answers import Answer
from workflows.bulk import Outcome
from workflows.texts.rules import explain


def add_to(profile: typer.Typer) -> None:
    """Add the command to the group `ctg profile`."""
    profile.command("migrate")(migrate)


def migrate(
    context: typer.Context,
    former: Annotated[str, typer.Argument(metavar="NAME@VERSION")],
    to: Annotated[str, typer.Option("--to", metavar="NAME@VERSION")],
    convention: Annotated[list[str] | None, typer.Option("--convention", metavar="ID")] = None,
    apply: Annotated[bool, typer.Option("--apply")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT")] = None,
) -> None:
    """What another method would change for each convention that follows one, the worst first. With --apply, they
    move."""
    voice = voice_of(context)
    if apply and not (reason or "").strip():
        raise BadInput("error.migrate-without-reason")
    only = {known_id(one, "--convention") for one in convention} if convention else None
    with open_house(believed=apply) as house:
        register = house.reader.register()
        left, followed = (_published(register, one) for one in (former, to))
        if left == followed:
            raise BadInput("error.same-profile")
        found = changing_methods.preview(house.reader, left, followed, house.clock.today(), house.holidays, only=only)
        if only is not None and len(found.conventions) < len(only):
            raise BadInput("error.migrate-not-followed", name=former)
        _tell(voice, register, found)
        if apply:
            moving = [one.convention_id for one in found.conventions if not one.is_refused]
            _move(voice, house, moving, left, followed, reason or "")


def _tell(voice: Voice, register: Register, found: MethodsCompared) -> None:
    told = ChangesTold(voice.texts, register)
    for level in found.levels:
        voice.line(told.level(level))
    for one in found.conventions:
        voice.line(f"{register.name_of(one.territory_id)}\t{one.convention_id}")
        for sentence in told.sentences(one):
            voice.line(f"  {sentence}")
    voice.count("migrate.found", len(found.conventions), late=found.becoming_late)


def _move(
    voice: Voice, house: House, moving: Sequence[UUID], former: MethodProfile, new: MethodProfile, reason: str
) -> None:
    former_key, new_key = ((one.name, one.version) for one in (former, new))
    outcomes = changing_methods.move(
        house.steering, house.reader, moving, former_key, new_key, reason, house.operator()
    )
    register = house.reader.register()
    refused = [(one, came) for one, came in outcomes if not isinstance(came, Answer)]
    voice.count("migrate.moved", len(outcomes) - len(refused))
    for convention_id, came in refused:
        voice.line(f"{convention_id}\t{_why(voice, register, came)}")
    if refused:
        raise Failed("error.migrate-refused", count=str(len(refused)))


def _why(voice: Voice, register: Register, came: Outcome) -> str:
    broken = came.broken if isinstance(came, Refused) else ()
    return " ".join(explain(voice.texts, one, register.name_of).text for one in broken)


def _published(register: Register, named: str) -> MethodProfile:
    name, _, version = named.partition("@")
    found = [one for (known, number), one in register.methods.items() if (known, str(number)) == (name, version)]
    if not found:
        allowed = ", ".join(sorted(f"{one}@{number}" for one, number in register.methods))
        raise BadInput("error.unknown-profile", value=named, allowed=allowed)
    return found[0]
