"""`ctg role`: roles that end or pass to somebody else, at once; `ctg account role` gives one."""

from __future__ import annotations

from typing import Annotated

import typer

from ctg_engine.commands.accounts import Framework, Login, Partner, Role, Siren
from ctg_engine.commands.typed_roles import TypedRole, known_account
from ctg_engine.speaking import open_house, voice_of


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    role = typer.Typer(no_args_is_help=True)
    role.callback()(_anything)
    role.command("end")(end)
    role.command("hand-over")(hand_over)
    program.add_typer(role, name="role")


def _anything() -> None:
    """Roles that are held."""


def end(
    context: typer.Context,
    login: Login,
    role: Role,
    territory: Siren = None,
    framework: Framework = None,
    partner: Partner = None,
) -> None:
    """End a role of somebody, at once."""
    with open_house() as house:
        typed = TypedRole(house, role, territory, framework, partner)
        house.steering.execute(typed.ending(login, known_account(house, login).person_id), house.operator())
    voice_of(context).say("role.ended", login=login)


def hand_over(
    context: typer.Context,
    login: Login,
    successor: Annotated[str, typer.Argument(metavar="LOGIN")],
    role: Role,
    territory: Siren = None,
    framework: Framework = None,
    partner: Partner = None,
) -> None:
    """Pass a role of somebody to somebody else, at once and for as long as it was given."""
    with open_house() as house:
        typed = TypedRole(house, role, territory, framework, partner)
        receiver = known_account(house, successor).person_id
        command = typed.handing_over(login, known_account(house, login).person_id, receiver)
        house.steering.execute(command, house.operator())
    voice_of(context).say("role.handed-over", login=login, successor=successor)
