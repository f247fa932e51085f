"""`ctg account`: who may sign in, and the roles that the operator gives them. A password is never an argument."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ctg_engine.bootstrap import House
from ctg_engine.commands.typed_roles import TypedRole, known_account
from ctg_engine.faults import BadInput, Failed
from ctg_engine.speaking import Voice, open_house, voice_of
from domain.collation import alphabetical
from workflows.founding import FOUNDING
from workflows.links import LASTING, Purpose
from workflows.logins import LOGIN_MAXIMUM, LoginTaken, UnusableLogin
from workflows.passwords import PASSWORD_MAXIMUM, PASSWORD_MINIMUM, WeakPassword
from workflows.people import NAME_MAXIMUM
from workflows.texts import LANGUAGES

Login = Annotated[str, typer.Argument(metavar="LOGIN")]
Role = Annotated[str, typer.Option(metavar="ROLE")]
Siren = Annotated[str | None, typer.Option(metavar="SIREN")]
Framework = Annotated[str | None, typer.Option(metavar="ID")]
Partner = Annotated[str | None, typer.Option(metavar="ID")]


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    account = typer.Typer(no_args_is_help=True)
    account.callback()(_anything)
    account.command("create")(create)
    account.command("first-link")(first_link)
    account.command("list")(list_accounts)
    account.command("role")(role)
    account.command("disable")(disable)
    account.command("enable")(enable)
    account.command("password")(password)
    program.add_typer(account, name="account")


def _anything() -> None:
    """Accounts of people."""


def create(
    context: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option(metavar="NAME")],
    email: Annotated[str, typer.Option(metavar="ADDRESS")],
    language: Annotated[str, typer.Option(metavar="fr|en")] = "fr",
    administrator: Annotated[bool, typer.Option("--administrator")] = False,
    role: Annotated[str | None, typer.Option(metavar="ROLE")] = None,
    territory: Siren = None,
    framework: Framework = None,
    partner: Partner = None,
) -> None:
    """Open an account for somebody new, with a first role if one is given."""
    voice = voice_of(context)
    if language not in LANGUAGES:
        raise BadInput("error.not-a-choice", option="--language", value=language, allowed=", ".join(LANGUAGES))
    for option, value in (("--territory", territory), ("--framework", framework), ("--partner", partner)):
        if role is None and value is not None:
            raise BadInput("error.role-missing", option=option)
    with open_house() as house:
        # Everything that can be refused is looked at before anything is kept.
        given = TypedRole(house, role, territory, framework, partner) if role is not None else None
        if house.accounts.find(login) is not None:
            raise BadInput("error.login-taken", login=login)
        secret = _typed_password(voice)
        now = house.clock.now()
        try:
            person_id = house.vault.register_person(name, email, language)
        except ValueError:
            raise BadInput("error.unusable-person", most=str(NAME_MAXIMUM)) from None
        try:
            house.accounts.create(login, person_id, secret, now, is_administrator=administrator)
        except (LoginTaken, UnusableLogin, WeakPassword) as error:
            house.vault.forget_person(person_id)
            raise _refusal(error, login) from None
        if given is not None:
            house.steering.execute(given.command(person_id), house.operator())
    voice.say("account.created", login=login)


def first_link(context: typer.Context) -> None:
    """A link for the first administrator, once, while nobody administers the instance."""
    with open_house() as house:
        if not tell_first_link(voice_of(context), house):
            raise Failed("error.has-administrator")


def tell_first_link(voice: Voice, house: House) -> bool:
    """Say by which link the first administrator comes in; whether there is one to say."""
    now = house.clock.now()
    token = house.founding.link(now)
    if token is not None:
        address = f"{house.settings.public_url}{FOUNDING}/{token}"
        voice.say("account.first-link", address=address, until=now + LASTING[Purpose.FOUND])
    return token is not None


def list_accounts(context: typer.Context, ids: Annotated[bool, typer.Option("--ids")] = False) -> None:
    """Every account, by login; with `--ids`, what the security journal calls it."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        accounts = house.accounts.accounts()
        roles = {one.account_id: house.roles_of(one.person_id, house.clock.today()) for one in accounts}
        people = house.vault.people(one.person_id for one in accounts)
    for one in accounts:
        person = people.get(one.person_id)
        held = sorted({voice.texts.word("role", each.role) for each in roles[one.account_id]}, key=alphabetical)
        if one.is_administrator:
            held.insert(0, voice.texts.word("role", "ADMINISTRATOR"))
        state = "disabled" if one.disabled_at is not None else "enabled"
        name = person.name if person else voice.texts.t("cli.account.forgotten")
        shown = [one.login, name, voice.texts.t(f"cli.account.{state}"), ", ".join(held)]
        if ids:
            shown.insert(0, str(one.account_id))
        voice.line("\t".join(shown))


def role(
    context: typer.Context,
    login: Login,
    role: Role,
    territory: Siren = None,
    framework: Framework = None,
    partner: Partner = None,
) -> None:
    """Give somebody one more role, from today on; nothing is recorded of a role that is held already."""
    with open_house() as house:
        given = TypedRole(house, role, territory, framework, partner)
        person_id = known_account(house, login).person_id
        held = given.is_held_by(person_id)
        if not held:
            house.steering.execute(given.command(person_id), house.operator())
    voice_of(context).say("account.role-held" if held else "account.role-given", login=login)


def disable(context: typer.Context, login: Login) -> None:
    """Let nobody in by an account any more."""
    with open_house(believed=False) as house:
        house.accounts.disable(known_account(house, login).account_id, house.clock.now())
    voice_of(context).say("account.now-disabled", login=login)


def enable(context: typer.Context, login: Login) -> None:
    """Let somebody in again."""
    with open_house() as house:
        house.accounts.enable(known_account(house, login).account_id)
    voice_of(context).say("account.now-enabled", login=login)


def password(context: typer.Context, login: Login) -> None:
    """Set a new password and close the sessions."""
    voice = voice_of(context)
    with open_house() as house:
        account = known_account(house, login)
        try:
            house.accounts.change_password(account.account_id, _typed_password(voice), house.clock.now())
        except WeakPassword as error:
            raise _refusal(error, login) from None
    voice.say("account.password-changed", login=login)


def _typed_password(voice: Voice) -> str:
    """Typed twice without being shown, or the one line of standard input."""
    if not sys.stdin.isatty():
        secret = sys.stdin.readline().rstrip("\r\n")
        if not secret:
            raise BadInput("error.no-password")
        return secret
    secret = typer.prompt(voice.texts.t("cli.account.type-password"), hide_input=True, err=True)
    again = typer.prompt(voice.texts.t("cli.account.type-again"), hide_input=True, err=True)
    if secret != again:
        raise BadInput("error.passwords-differ")
    return str(secret)


def _refusal(error: Exception, login: str) -> Exception:
    match error:
        case LoginTaken():
            return Failed("error.login-taken", login=login)
        case UnusableLogin():
            return BadInput("error.unusable-login", most=str(LOGIN_MAXIMUM))
        case WeakPassword():
            bounds = {"least": str(PASSWORD_MINIMUM), "most": str(PASSWORD_MAXIMUM)}
            return BadInput(f"error.weak-password.{error.weakness}", **bounds)
        case _:
            return error
