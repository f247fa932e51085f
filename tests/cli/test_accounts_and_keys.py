"""`ctg account` and `ctg key`: rights given at the command line, secrets never shown nor typed as arguments."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from domain.frameworks import OpenFrameworkConvention
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import Program

SIREN = "200066926"
PASSWORD = "quatre-mots-assez-longs"
WHO = ("--name", "Camille Exemple", "--email", "camille@exemple.fr")


@pytest.fixture
def instance(ctg: Program) -> Program:
    """The program on a store with one territory."""
    ctg.done("migrate")
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        command = RegisterTerritory(
            stream_id=territory_stream(SIREN),
            siren=Code(SIREN),
            name=PublicName("CA Grand Auch"),
            legal_form=Code("CA"),
            department=Code("32"),
            communes=(Commune(Code("32013"), None, PublicName("Auch"), 22_000),),
        )
        house.steering.execute(command, house.operator())
    return ctg


def lines(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_an_account_from_its_opening_to_its_closing(instance: Program) -> None:
    opening = ("account", "create", "Camille", *WHO, "--role", "PILOT", "--territory", SIREN)
    opened_now = instance.in_a_process(*opening, typed=f"{PASSWORD}\n")
    assert opened_now.returncode == 0, opened_now.stderr
    instance.done("account", "role", "camille", "--role", "COMMITTEE_MEMBER", "--territory", SIREN)
    ((login, name, state, roles),) = lines(instance.done("account", "list"))
    assert (login, name, state) == ("camille", "Camille Exemple", "ouvert")
    assert len(roles.split(", ")) == 2
    with opened(Settings(database_url=instance.settings["database_url"])) as house:
        now = house.clock.now()
        account = house.accounts.verify("camille", PASSWORD, now)
        assert account is not None
        assert {one.role for one in house.roles_of(account.person_id, now.date())} == {"PILOT", "COMMITTEE_MEMBER"}

        instance.done("account", "disable", "camille")
        assert house.accounts.verify("camille", PASSWORD, now) is None
        instance.done("account", "enable", "camille")
        instance.done("account", "password", "camille", typed="encore-plus-de-mots\n")
        assert house.accounts.verify("camille", PASSWORD, now) is None
        assert house.accounts.verify("camille", "encore-plus-de-mots", now) is not None


CANNOT_BE = {
    "place without role": ((*WHO, "--territory", SIREN), PASSWORD, "--role"),
    "partner without role": ((*WHO, "--partner", str(uuid4())), PASSWORD, "--role"),
    "name too long": (("--name", "C" * 151, "--email", "camille@exemple.fr"), PASSWORD, "150"),
    "password too short": (WHO, "court", "12"),
    "no password": (WHO, "", "entrée standard"),
    "address": (("--name", "Camille", "--email", "camille"), PASSWORD, "adresse"),
    "role without place": ((*WHO, "--role", "PILOT"), PASSWORD, "--territory"),
    "unknown role": ((*WHO, "--role", "KING", "--territory", SIREN), PASSWORD, "COOPERATION_OFFICER"),
    "unknown territory": ((*WHO, "--role", "PILOT", "--territory", "243200417"), PASSWORD, "import territories"),
    "siren": ((*WHO, "--role", "PILOT", "--territory", "123456789"), PASSWORD, "SIREN"),
    "framework": ((*WHO, "--role", "AUDITOR", "--framework", str(uuid4())), PASSWORD, "convention-cadre"),
}


@pytest.mark.slow
def test_an_account_that_cannot_be_leaves_nobody_behind(instance: Program) -> None:
    for case, (arguments, typed, remedy) in CANNOT_BE.items():
        ended = instance("account", "create", "camille", *arguments, typed=typed)
        assert ended.returncode == 2, (case, ended.stderr)
        assert remedy in ended.stderr, case
        assert PASSWORD not in ended.stderr
    assert instance.done("account", "list") == ""
    with opened(Settings(database_url=instance.settings["database_url"])) as house:
        assert len(house.steering.read_events(0, 10)) == 3  # the methods and the territory


def test_the_first_administrator_is_given_a_link_until_there_is_one(instance: Program) -> None:
    for _ in range(2):
        assert "/premier-administrateur/" in instance.done("account", "first-link")
    instance.done("account", "create", "camille", *WHO, "--administrator", typed=PASSWORD)
    instance.done("account", "disable", "camille")
    ended = instance("account", "first-link")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "ctg account create" in ended.stderr


def test_a_taken_login_and_an_unknown_one(instance: Program) -> None:
    instance.done("account", "create", "camille", *WHO, "--administrator", typed=PASSWORD)
    for arguments in (("create", "CAMILLE", *WHO), ("disable", "dominique"), ("password", "dominique")):
        ended = instance("account", *arguments, typed=PASSWORD)
        assert ended.returncode == 2
        assert re.search("(?i)camille|dominique", ended.stderr)


@pytest.mark.parametrize("role", ["PARTNER_REPRESENTATIVE", "PARTNER_EXECUTIVE"])
def test_a_key_that_could_write_nothing_is_not_issued(instance: Program, role: str) -> None:
    ended = instance("key", "issue", "Suivi", "--role", role, "--territory", SIREN)
    assert ended.returncode == 2
    assert "--partner" in ended.stderr
    assert role in ended.stderr
    assert instance.done("key", "list") == ""


def test_a_key_is_shown_once_and_can_be_refused(instance: Program) -> None:
    said = instance.done("key", "issue", "Suivi", "--role", "AUDITOR", "--territory", SIREN, "--days", "30")
    token = said.splitlines()[-1]
    assert re.fullmatch(r"ctg_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", token)
    prefix = token.split("_")[1]
    ((listed, label, *_),) = lines(instance.done("key", "list"))
    assert (listed, label) == (prefix, "Suivi")
    with opened(Settings(database_url=instance.settings["database_url"])) as house:
        now = house.clock.now()
        key = house.api_keys.authenticate(token, now)
        assert key is not None
        assert key.territory_id == territory_stream(SIREN)
        assert (key.expires_at - now).days in (29, 30)
        instance.done("key", "revoke", prefix)
        assert house.api_keys.authenticate(token, now) is None
    assert "révoquée" in instance.done("key", "list")
    unknown = instance("key", "revoke", "zzzzzzzzzz")
    assert unknown.returncode == 2
    assert token not in unknown.stderr


@pytest.mark.slow
def test_a_login_is_a_word_that_can_be_typed(instance: Program) -> None:
    for login in ("deux mots", " ", "c" * 101):
        ended = instance("account", "create", login, *WHO, typed=PASSWORD)
        assert ended.returncode == 2, login
        assert "sans espace" in ended.stderr
    assert instance.done("account", "list") == ""


def test_a_role_that_is_held_is_not_recorded_again(instance: Program) -> None:
    instance.done("account", "create", "camille", *WHO, typed=PASSWORD)
    one = ("account", "role", "camille", "--role", "PILOT", "--territory", SIREN)
    assert "Rôle donné" in instance.done(*one)
    assert "tient déjà ce rôle" in instance.done(*one)
    assert "Rôle donné" in instance.done(*one[:4], "CO_PILOT", *one[5:])
    with opened(Settings(database_url=instance.settings["database_url"])) as house:
        assert len(house.steering.read_events(0, 10)) == 5  # the methods, the territory and two roles


@pytest.mark.slow
def test_an_unknown_framework_is_answered_with_those_there_are(instance: Program) -> None:
    instance.done("account", "create", "camille", *WHO, typed=PASSWORD)
    framework_id = deterministic_id("test", "framework")
    with opened(Settings(database_url=instance.settings["database_url"])) as house:
        command = OpenFrameworkConvention(
            stream_id=framework_id,
            name=PublicName("Convention-cadre du Gers"),
            department=Code("32"),
            signatories=(),
            profile_name=Code("cnaf-2020"),
            profile_version=1,
            effective_from=date(2023, 1, 1),
            effective_to=date(2027, 12, 31),
        )
        house.steering.execute(command, house.operator())
    give = ("account", "role", "camille", "--role", "FRAMEWORK_PILOT", "--framework")
    ended = instance(*give, "?")
    assert ended.returncode == 2
    assert f"{framework_id} (Convention-cadre du Gers)" in ended.stderr
    for said in ("Rôle donné", "tient déjà"):
        assert said in instance.done(*give, str(framework_id))


@pytest.mark.slow
def test_a_key_that_cannot_be(instance: Program) -> None:
    framework_role = instance("key", "issue", "Suivi", "--role", "FRAMEWORK_PILOT", "--territory", SIREN)
    assert framework_role.returncode == 2
    assert "avec --framework" in framework_role.stderr
    for label in ("", "deux\nlignes", "l" * 101):
        ended = instance("key", "issue", label, "--role", "AUDITOR", "--instance")
        assert ended.returncode == 2
        assert "une ligne" in ended.stderr
    assert instance.done("key", "list") == ""


# --- roles that end or pass -------------------------------------------------------------------------------------------

ROLE = ("--role", "PILOT", "--territory", SIREN)


def roles_listed(instance: Program) -> dict[str, str]:
    """The roles of each account, as they are listed."""
    return {login: roles for login, _, _, roles in lines(instance.done("account", "list"))}


def test_a_role_passes_to_somebody_else_then_ends(instance: Program) -> None:
    for login in ("camille", "dominique"):
        who = ("--name", login.title(), "--email", f"{login}@exemple.fr")
        instance.done("account", "create", login, *who, typed=f"{PASSWORD}\n")
    instance.done("account", "role", "camille", *ROLE)
    instance.done("role", "hand-over", "camille", "dominique", *ROLE)
    assert roles_listed(instance) == {"camille": "", "dominique": "pilote"}
    instance.done("role", "end", "dominique", *ROLE)
    assert roles_listed(instance) == {"camille": "", "dominique": ""}
    again = instance("role", "end", "dominique", *ROLE)
    assert (again.returncode, "dominique" in again.stderr, "PILOT" in again.stderr) == (2, True, True)
    nobody = instance("role", "hand-over", "camille", "sacha", *ROLE)
    assert (nobody.returncode, "sacha" in nobody.stderr) == (2, True)
