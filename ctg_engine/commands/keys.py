"""`ctg key`: what other software presents to the interface. A key is shown once, when it is issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from ctg_engine.bootstrap import House
from ctg_engine.commands.typed_roles import known_framework
from ctg_engine.faults import BadInput
from ctg_engine.speaking import Voice, known_id, open_house, voice_of, whole_number
from domain.partners import Partner
from domain.roles import FRAMEWORK_ROLES, PARTNER_ROLES, TERRITORY_ROLES
from domain.territories import Territory, territory_stream
from domain.values import parse_siren
from workflows.api_keys import LABEL_MAXIMUM, LONGEST_DAYS, ON_FRAMEWORK, ON_INSTANCE, ApiKey, UnusableKey


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    key = typer.Typer(no_args_is_help=True)
    key.callback()(_anything)
    key.command("issue")(issue)
    key.command("list")(list_keys)
    key.command("revoke")(revoke)
    program.add_typer(key, name="key")


def _anything() -> None:
    """Keys of other software."""


def issue(
    context: typer.Context,
    label: Annotated[str, typer.Argument(metavar="LABEL")],
    role: Annotated[str, typer.Option(metavar="ROLE")],
    territory: Annotated[str | None, typer.Option(metavar="SIREN")] = None,
    framework: Annotated[str | None, typer.Option(metavar="ID")] = None,
    instance: Annotated[bool, typer.Option("--instance")] = False,
    partner: Annotated[str | None, typer.Option(metavar="ID")] = None,
    days: Annotated[str, typer.Option(metavar="DAYS")] = "365",
) -> None:
    """Issue a key for one role, on one territory, on one framework, or on the whole instance."""
    voice = voice_of(context)
    if (territory is not None) + (framework is not None) + instance != 1:
        raise BadInput("error.key-where")
    if territory is not None and role in FRAMEWORK_ROLES and role not in TERRITORY_ROLES:
        raise BadInput("error.role-of-framework", role_code=role, allowed=", ".join(TERRITORY_ROLES))
    roles = ON_INSTANCE if instance else TERRITORY_ROLES if territory is not None else ON_FRAMEWORK
    if role not in roles:
        raise BadInput("error.not-a-choice", option="--role", value=role, allowed=", ".join(roles))
    if role in PARTNER_ROLES and partner is None:
        raise BadInput("error.role-needs-partner", role_code=role)
    lasts = timedelta(days=whole_number(days, "--days", 1, LONGEST_DAYS))
    with open_house() as house:
        territory_id = _territory(house, territory) if territory is not None else None
        framework_id = known_framework(house, framework) if framework is not None else None
        partner_id = _partner(house, partner) if partner is not None else None
        now = house.clock.now()
        try:
            issued = house.api_keys.issue(
                label,
                role,
                now + lasts,
                now,
                partner_id=partner_id,
                territory_id=territory_id,
                framework_id=framework_id,
                on_instance=instance,
            )
        except UnusableKey:
            raise BadInput("error.unusable-label", most=str(LABEL_MAXIMUM)) from None
        voice.say("key.issued", until=(now + lasts).date())
    voice.line(issued.token)


def list_keys(context: typer.Context) -> None:
    """Every key, the newest first."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        for key in house.api_keys.issued():
            state = "revoked" if key.revoked_at else "expired" if key.expires_at <= house.clock.now() else "valid"
            used = voice.texts.show(key.last_used_at) if key.last_used_at else voice.texts.t("cli.key.never-used")
            shown = (
                key.prefix,
                key.label or voice.texts.t("word.erased"),
                voice.texts.word("role", key.role),
                _place(house, key, voice),
                voice.texts.t(f"cli.key.{state}", until=key.expires_at.date()),
                used,
            )
            voice.line("\t".join(shown))


def revoke(context: typer.Context, prefix: Annotated[str, typer.Argument(metavar="PREFIX")]) -> None:
    """Refuse a key from now on."""
    with open_house(believed=False) as house:
        found = _key(house, prefix)
        house.api_keys.revoke(found.key_id, house.clock.now())
    voice_of(context).say("key.now-revoked", prefix=found.prefix)


def _place(house: House, key: ApiKey, voice: Voice) -> str:
    """Where a key opens: the name of a territory or of a framework, or the whole instance."""
    register = house.reader.register()
    if key.framework_id is not None:
        framework = register.frameworks.get(key.framework_id)
        return framework.name if framework is not None else str(key.framework_id)
    return (
        register.names.get(key.territory_id, str(key.territory_id))
        if key.territory_id
        else voice.texts.t("cli.key.on-instance")
    )


def _key(house: House, typed: str) -> ApiKey:
    """By its prefix, alone or as the beginning of the token."""
    prefix = typed.removeprefix("ctg_").partition("_")[0]
    for key in house.api_keys.issued():
        if key.prefix == prefix:
            return key
    raise BadInput("error.unknown-key")


def _territory(house: House, siren: str) -> UUID:
    stream_id = territory_stream(parse_siren(siren))
    if not isinstance(house.steering.load(stream_id), Territory):
        raise BadInput("error.unknown-territory", siren=siren)
    return stream_id


def _partner(house: House, partner: str) -> UUID:
    stream_id = known_id(partner, "--partner")
    if not isinstance(house.steering.load(stream_id), Partner):
        raise BadInput("error.unknown-partner", value=partner)
    return stream_id
