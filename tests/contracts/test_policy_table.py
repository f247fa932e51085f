"""The policy table and the registry of commands speak of the same acts, and the method agrees with the table (R33)."""

from typing import Any
from uuid import uuid4

import pytest

import domain  # noqa: F401 - registers every command
from api.pages.acts import FORMS
from api.pages.forms.record import Form
from domain.convention.deciding import ConventionCommand
from domain.convention.forum_records import RecordSharedForumRecord
from domain.entitlement import entitled_role
from domain.kernel import COMMANDS, RoleHeld
from domain.policy import (
    ABANDON_ALONE,
    ASK_BY_LINK,
    CHANGE_METHOD,
    GIVE_PILOT,
    GIVE_VOICE,
    INVITE,
    KEEP_FILE,
    OPEN_ACROSS_TERRITORIES,
    READ_CONVENTION,
    Scope,
    permissions,
)
from domain.roles import (
    CAF_ADVISER,
    CO_PILOT,
    COOPERATION_OFFICER,
    FORUM_ANIMATOR,
    FRAMEWORK_ROLES,
    PARTNER_REPRESENTATIVE,
    PILOT,
    TERRITORY_ROLES,
)
from domain.values import Code
from workflows.methods.reader import shipped_profile
from workflows.texts import Texts

PROFILE = shipped_profile("cnaf-2020", 1)
MILESTONES = sorted(
    name for name, command in COMMANDS.items() if issubclass(command, ConventionCommand) and name != CHANGE_METHOD
)


def test_every_command_is_in_the_table() -> None:
    assert set(COMMANDS) - {permission.action for permission in permissions()} == set()


def test_the_table_names_no_unknown_act() -> None:
    others = {
        "read-",
        "manage-",
        ABANDON_ALONE,
        OPEN_ACROSS_TERRITORIES,
        GIVE_PILOT,
        GIVE_VOICE,
        KEEP_FILE,
        INVITE,
        ASK_BY_LINK,
    }
    unknown = {one.action for one in permissions() if one.action not in COMMANDS}
    assert {action for action in unknown if not action.startswith(tuple(others))} == set()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_link_lets_do_the_act_it_asks_and_no_other_for_its_partner_on_its_territory(form: Form[Any]) -> None:
    here, partner, role = uuid4(), uuid4(), PARTNER_REPRESENTATIVE
    if entitled_role(form.name, (RoleHeld(role, here, partner),), here, partner) is None:
        role = CAF_ADVISER
    held = RoleHeld(role, here, partner, by_link=frozenset({Code(form.name)}))
    allowed = {
        one.action for one in permissions() if entitled_role(one.action, (held,), here, partner, own=True) is not None
    }
    assert allowed == ({form.name, READ_CONVENTION} if form.by_link is not None else {READ_CONVENTION})
    assert entitled_role(form.name, (held,), uuid4(), partner) is None
    if role == PARTNER_REPRESENTATIVE:
        assert entitled_role(form.name, (held,), here, uuid4()) is None


@pytest.mark.parametrize("name", MILESTONES)
def test_milestones_are_recorded_by_whom_the_method_says(name: str) -> None:
    here = uuid4()
    recorders = {role for role in TERRITORY_ROLES if entitled_role(name, (RoleHeld(role, here),), here) is not None}
    more = {FORUM_ANIMATOR} if name == RecordSharedForumRecord.NAME else set()
    """What nothing rests on: whoever animated a forum gives back what was said there."""
    assert recorders == {PILOT, CO_PILOT, COOPERATION_OFFICER, *more}
    assert all(entitled_role(name, (RoleHeld(role, uuid4()),), here) is None for role in TERRITORY_ROLES)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_denied_by_default(name: str) -> None:
    assert entitled_role(name, ()) is None
    assert entitled_role(name, (RoleHeld(PROFILE.themes[0]),)) is None


@pytest.mark.parametrize(
    "name", ["record-mandate", "record-mandate-refusal", "record-mandate-withdrawal", "record-signature"]
)
def test_a_partner_acts_for_itself_only(name: str) -> None:
    here, own, other = uuid4(), uuid4(), uuid4()
    held = (RoleHeld(PARTNER_REPRESENTATIVE, here, own),)
    assert entitled_role(name, held, here, own) is not None
    assert entitled_role(name, held, here, other) is None
    assert entitled_role(name, held, uuid4(), own) is None


def test_every_role_of_the_table_has_a_name() -> None:
    roles = {role for permission in permissions() for role in permission.roles} | {*TERRITORY_ROLES, *FRAMEWORK_ROLES}
    assert [role for role in roles if not Texts("fr").has(f"role.{role}")] == []
    assert {permission.scope for permission in permissions()} == set(Scope)
