"""Settings that do not go together are told, with what follows and what to change."""

from __future__ import annotations

import json
import re
import signal

import pytest

from ctg_engine.contradictions import look_at_settings
from ctg_engine.notices import look_at_notices
from ctg_engine.settings import Settings
from tests.cli.conftest import Program, stop, wait_for_answer
from workflows.texts import Texts

CONTRADICTIONS = [
    ({"base_url": "https://ctg.exemple.fr"}, ["https-not-said"]),
    ({"base_url": "https://ctg.exemple.fr", "https": True}, []),
    ({"base_url": "http://ctg.exemple.fr", "https": True}, ["https-not-there"]),
    ({"base_url": "https://exemple.fr/ctg", "https": True}, ["path-in-address"]),
    ({"host": "0.0.0.0"}, ["in-clear", "no-address"]),  # noqa: S104 - told, not listened on
    ({"host": "192.0.2.1"}, ["in-clear"]),
    ({"smtp_host": "mail", "mail_sender": "ctg@exemple.fr"}, ["links-lead-here"]),
    ({"smtp_user": "ctg", "smtp_password": "secret"}, ["mail-account-without-server"]),
    ({"smtp_user": "ctg"}, ["mail-account-without-server", "half-a-mail-account"]),
    (
        {"smtp_host": "mail", "smtp_port": 465, "base_url": "https://a.fr", "https": True, "mail_sender": "a@b.fr"},
        ["mail-port"],
    ),
    ({"smtp_host": "mail", "base_url": "https://a.fr", "https": True}, ["local-sender"]),
    ({"forgotten_list": "var/list"}, ["list-beside-store"]),
    ({}, []),
]


@pytest.mark.parametrize(("given", "keys"), CONTRADICTIONS)
def test_what_does_not_go_together_is_told_in_both_languages(given: dict[str, object], keys: list[str]) -> None:
    found = list(look_at_settings(Settings(**given)))  # type: ignore[arg-type]
    assert [one.key for one in found] == (keys or ["ok"])
    for one in found:
        said = {Texts(language).t(f"cli.doctor.settings.{one.key}", **one.parameters) for language in ("fr", "en")}
        assert len(said) == 2
        assert all("{" not in each and "secret" not in each for each in said)


TOLD = {
    "operator": "Département du Gers",
    "publisher": "Camille Exemple",
    "hosting": "Hébergeur Exemple",
    "help_contact": "aide@exemple.fr",
    "privacy_contact": "dpo@exemple.fr",
}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, []),
        ({"base_url": "http://127.0.0.1:9"}, []),
        ({"base_url": "https://ctg.exemple.fr"}, sorted(TOLD)),
        ({"host": "192.0.2.1"}, sorted(TOLD)),
        ({"base_url": "https://ctg.exemple.fr", **TOLD}, []),
        ({"base_url": "https://ctg.exemple.fr", **TOLD, "hosting": " "}, ["hosting"]),
    ],
)
def test_who_answers_for_an_instance_that_others_reach_is_asked_for(given: dict[str, str], missing: list[str]) -> None:
    (found,) = look_at_notices(Settings(**given))  # type: ignore[arg-type]
    assert found.level == ("warning" if missing else "ok")
    assert sorted(re.findall(r"CTG_(\w+)", found.parameters.get("names", ""))) == [one.upper() for one in missing]
    for language in ("fr", "en"):
        assert "{" not in Texts(language).t(f"cli.doctor.notices.{found.key}", **found.parameters)


def test_https_that_is_half_said_is_told_at_start_and_by_the_doctor(ctg: Program, port: int) -> None:
    ctg.settings |= {"base_url": "https://ctg.exemple.fr", "port": str(port)}
    ctg.done("migrate")
    told = json.loads(ctg("doctor", "--json").stdout)["findings"]
    assert [(one["level"], one["key"]) for one in told if one["check"] == "settings"] == [("warning", "https-not-said")]
    process = ctg.start("serve")
    wait_for_answer(port, process)
    said, _ = stop(process, signal.SIGTERM)
    assert "CTG_HTTPS=true" in said


def test_the_list_of_what_was_forgotten_is_never_written_over_the_store(ctg: Program) -> None:
    ctg.done("migrate")
    ended = ctg("person", "list", forgotten_list=str(ctg.directory / "ctg.db"))
    assert ended.returncode == 2
    assert "CTG_FORGOTTEN_LIST" in ended.stderr
    assert "pas la base" in ended.stderr
