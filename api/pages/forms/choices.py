"""Where acts are done, and what their forms offer on a territory, the framework and the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice, Phrase
from api.pages.forms.conventions import for_convention
from api.pages.forms.options import Options, named, words
from domain.method import HOLDER, MethodProfile
from domain.partners import PARTNER_KINDS
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES
from domain.steering import BODY_KINDS
from projections import what_the_committee_decided, where_conventions_stand, which_partners_and_places_are_known
from workflows.application import UnknownStream

CONSTITUTED_BY = ("COPIL",)


def partners(ask: Asking) -> tuple[Choice, ...]:
    """Every institution of the register."""
    known = which_partners_and_places_are_known.partners(ask.connection, None)
    return named((str(one.partner_id), one.name) for one in sorted(known, key=lambda one: one.name.casefold()))


def people(ask: Asking, territory_id: UUID | None = None) -> tuple[Choice, ...]:
    """Who may be given a role: everyone who has an account, for whoever reads every territory.

    A territory's own pilot is shown those who hold a role there or none yet: who acts elsewhere is not their business.
    """
    accounts = [one for one in ask.services.accounts.accounts() if one.disabled_at is None]
    if ask.visitor.territories is not None:
        accounts = [one for one in accounts if _known_here(ask, one.person_id, territory_id)]
    ask.meet(one.person_id for one in accounts)
    return named((str(one.person_id), ask.person(one.person_id) or one.login) for one in accounts)


def _known_here(ask: Asking, person_id: UUID, territory_id: UUID | None) -> bool:
    held = {role.territory_id for role in ask.services.roles_of(person_id, ask.today)}
    return not held or territory_id in held


def profiles(ask: Asking) -> tuple[MethodProfile, ...]:
    """The published methods."""
    return which_partners_and_places_are_known.profiles(ask.connection)


def for_territory(ask: Asking, territory_id: UUID, command: str) -> Options:
    """The choices of an act on a territory. Raises `UnknownStream`."""
    territory = which_partners_and_places_are_known.territory(ask.connection, territory_id)
    if territory is None:
        raise UnknownStream(str(territory_id))
    ask.visitor.look_at(territory_id)
    everyone = partners(ask)
    choices: dict[str, tuple[Choice, ...]] = {
        "partner_id": everyone,
        "signatories.partner_id": everyone,
        "holder_ids": everyone,
        "person_id": people(ask, territory_id),
        "role": words("role", TERRITORY_ROLES),
    }
    first: dict[str, str] = {}
    hidden: dict[str, str] = {}
    if command == "constitute-steering-body":
        bodies = what_the_committee_decided.bodies(ask.connection, territory_id)
        choices["mandated_by"] = named((str(one.body_id), one.name) for one in bodies if one.kind in CONSTITUTED_BY)
        hidden["home_territory_id"] = str(territory_id)
        choices["kind"] = words("body-kind", BODY_KINDS)
        first["kind"] = "COPIL"
    if command == "open-convention":
        methods = profiles(ask)
        hidden["home_territory_id"] = str(territory_id)
        choices["profile_name"] = tuple(Choice(one.name, Phrase(one.title_key)) for one in methods)
        choices["profile_version"] = named((str(one.version), str(one.version)) for one in methods)
        choices["themes"] = words("theme", methods[-1].themes) if methods else ()
        choices["framework_id"] = named(
            (str(one.framework_id), one.name) for one in which_partners_and_places_are_known.frameworks(ask.connection)
        )
        choices["communes"] = named((one.insee, one.name) for one in territory.communes)
        choices["successor_of"] = choices["sub_perimeter_of"] = _conventions(ask, territory_id)
        first = _opening(ask, territory.siren, methods)
        if len(choices["framework_id"]) == 1:
            first["framework_id"] = choices["framework_id"][0].value
    if command == "change-perimeter":
        first = {"name": territory.name, "legal_form": territory.legal_form}
        for number, commune in enumerate(territory.communes):
            first |= {
                f"communes.{number}.insee": commune.insee,
                f"communes.{number}.siren": commune.siren or "",
                f"communes.{number}.name": commune.name,
                f"communes.{number}.population": str(commune.population),
            }
    return Options(choices, first, hidden)


def _conventions(ask: Asking, territory_id: UUID) -> tuple[Choice, ...]:
    known = where_conventions_stand.conventions_of(ask.connection, (territory_id,), ask.today)
    return named(
        (str(one.convention_id), f"{one.period.effective_from.year}-{one.period.effective_to.year}")
        for one in known
        if one.convention_id is not None and one.period is not None
    )


def _opening(ask: Asking, siren: str, methods: tuple[MethodProfile, ...]) -> dict[str, str]:
    """What is proposed: next 1 January, the collectivity as holder, the signatories of the method (R15)."""
    known = which_partners_and_places_are_known.partners(ask.connection, None)
    holder = next((one for one in known if one.siren == siren), None)
    first = {"effective_from": date(ask.today.year + 1, 1, 1).isoformat()}
    if methods:
        first |= {"profile_name": methods[-1].name, "profile_version": str(methods[-1].version)}
    if holder is not None:
        first["holder_ids"] = str(holder.partner_id)
    expected = methods[-1].default_signatories if methods else ()
    number = 0
    for one in expected:
        partner = holder if one.kind == HOLDER else next((each for each in known if each.kind == one.kind), None)
        if partner is not None:
            first[f"signatories.{number}.partner_id"] = str(partner.partner_id)
            first |= {f"signatories.{number}.required": "true"} if one.required else {}
            number += 1
    return first


def for_framework(ask: Asking, framework_id: UUID, command: str) -> Options:
    """The choices of an act on the framework."""
    places = which_partners_and_places_are_known.territories(ask.connection, None)
    return Options(
        {
            "partner_id": partners(ask),
            "attached_territory_id": named((str(one.territory_id), one.name) for one in places),
            "person_id": people(ask),
            "role": words("role", FRAMEWORK_ROLES),
        }
    )


def for_instance(ask: Asking, nothing: UUID | None, command: str) -> Options:
    """The choices of an act on the register of the instance."""
    places = which_partners_and_places_are_known.territories(ask.connection, None)
    methods = profiles(ask)
    everyone = partners(ask)
    return Options(
        {
            "home_territory_id": named((str(one.territory_id), one.name) for one in places),
            "signatories": everyone,
            "kind": words("partner-kind", PARTNER_KINDS),
            "profile_name": tuple(Choice(one.name, Phrase(one.title_key)) for one in methods),
            "profile_version": named((str(one.version), str(one.version)) for one in methods),
        },
        {"profile_name": methods[-1].name, "profile_version": str(methods[-1].version)} if methods else {},
    )


PLACES: Mapping[str, Callable[[Asking, UUID, str], Options]] = {
    "conventions": for_convention,
    "territoires": for_territory,
    "cadre": for_framework,
}
"""Where acts are done, by the first word of their address."""

ACTS: Mapping[str, tuple[str, ...]] = {
    "conventions": (
        "record-engagement",
        "record-shared-diagnosis",
        "convene-forum",
        "record-forum",
        "record-meeting",
        "choose-priority",
        "draft-action-sheet",
        "validate-action-plan",
        "record-mandate",
        "record-signature",
        "activate-convention",
        "record-review",
        "grant-waiver",
    ),
    "territoires": ("open-convention", "constitute-steering-body", "assign-territory-role", "change-perimeter"),
    "cadre": ("sign-framework-convention", "attach-territory", "assign-framework-role"),
    "administration": (
        "register-partner",
        "register-territory",
        "open-framework-convention",
        "publish-method-profile",
    ),
}
"""Which acts have their form where."""
