"""What was typed wrong is said with its remedy, in the language of the reader, and nothing is done."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from ctg_engine.settings import Settings
from tests.cli.conftest import Program

TYPED_WRONG = {
    "unknown command": (["serv"], "« serv »", "serve"),
    "unknown option": (["serve", "--prt", "8000"], "« --prt »", "--port"),
    "option without value": (["serve", "--port"], "« --port »", "valeur"),
    "missing argument": (["backup"], "FICHIER", "--help"),
    "too many arguments": (["migrate", "now"], "« now »", "ctg migrate --help"),
    "language without value": (["migrate", "--lang"], "« --lang »", "valeur"),
    "host of another machine": (["serve", "--host", "192.0.2.1", "--port", "8834"], "« 192.0.2.1 »", "--host"),
    "port that is no number": (["serve", "--port", "http"], "« http »", "1 à 65535"),
    "port out of range": (["demo", "--port", "65536"], "« 65536 »", "1 à 65535"),
    "language": (["--lang", "de", "migrate"], "« de »", "fr, en"),
    "file that is not there": (["import", "territories", "absent.csv"], "absent.csv", ""),
    "date": (["import", "territories", "absent.csv", "--on", "1er mars"], "« 1er mars »", "2026-06-15"),
    "backup that is not there": (["restore", "absent.tar"], "absent.tar", ""),
    "role of a key": (["key", "issue", "outil", "--role", "KING", "--instance"], "« KING »", "AUDITOR"),
    "key that opens no place": (["key", "issue", "outil", "--role", "AUDITOR"], "--instance", "--framework"),
    "duration of a key": (["key", "issue", "outil", "--role", "AUDITOR", "--instance", "--days", "0"], "« 0 »", "1 à"),
}


@pytest.mark.parametrize("case", TYPED_WRONG)
def test_what_was_typed_wrong_is_named_with_its_remedy(ctg: Program, case: str) -> None:
    arguments, named, remedy = TYPED_WRONG[case]
    ended = ctg(*arguments)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert remedy in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    assert not (ctg.directory / "ctg.db").exists()


SET_WRONG = {
    "unknown setting": ({"prt": "8000"}, "CTG_PRT", "CTG_PORT"),
    "port": ({"port": "99999"}, "CTG_PORT", "65535"),
    "language": ({"language": "de"}, "CTG_LANGUAGE", "fr, en"),
    "boolean": ({"https": "perhaps"}, "CTG_HTTPS", "true"),
    "database": ({"database_url": "mysql://ctg:secret@base/ctg"}, "CTG_DATABASE_URL", "postgresql://"),
    "hours of no day": ({"mail_hours": "18-8"}, "CTG_MAIL_HOURS", "8-18"),
    "hours in words": ({"mail_hours": "le matin"}, "CTG_MAIL_HOURS", "8-18"),
    "password in clear": ({"smtp_tls": "none", "smtp_user": "ctg"}, "CTG_SMTP_USER", "CTG_SMTP_TLS"),
    "host": ({"host": ""}, "CTG_HOST", "127.0.0.1"),
    "public address": ({"base_url": "nimporte quoi"}, "CTG_BASE_URL", "https://"),
    "public address without host": ({"base_url": "https://"}, "CTG_BASE_URL", "https://"),
    "public address with a port too high": ({"base_url": "https://ctg.exemple.fr:99999"}, "CTG_BASE_URL", "https://"),
    "setting that resembles none": ({"foo": "x"}, "CTG_FOO", "exploitant.md"),
    "sender": ({"mail_sender": "CTG Engine"}, "CTG_MAIL_SENDER", "ctg@"),
}


@pytest.mark.parametrize("case", SET_WRONG)
def test_what_was_set_wrong_is_named_with_its_remedy(ctg: Program, case: str) -> None:
    settings, named, remedy = SET_WRONG[case]
    ended = ctg("migrate", **settings)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert remedy in ended.stderr
    assert "secret" not in ended.stderr
    assert not (ctg.directory / "ctg.db").exists()


@pytest.mark.slow
def test_english_on_demand(ctg: Program) -> None:
    asked = ctg("serve", "--lang", "en", "--port", "http")
    set_ = ctg("serve", "--port", "http", language="en")
    assert asked.stderr == set_.stderr
    assert "expected a whole number from 1 to 65535" in asked.stderr
    assert "Sert les pages" in ctg.done("--help")
    assert "Serves pages" in ctg.done("--help", language="en")


def test_help_is_given_whatever_the_settings(ctg: Program) -> None:
    assert "--department" in ctg.done("import", "territories", "--help", prt="8000")


def test_a_store_that_is_not_there_is_not_made_by_looking(ctg: Program) -> None:
    for arguments in (["account", "list"], ["key", "list"], ["work"], ["backup", "file.tar"]):
        ended = ctg(*arguments)
        assert ended.returncode == 1
        assert "ctg.db" in ended.stderr
        assert "ctg migrate" in ended.stderr
    assert list(ctg.directory.iterdir()) == []


def test_an_address_of_the_sixth_protocol_has_its_brackets() -> None:
    assert Settings(host="::1", port=8000).public_url == "http://[::1]:8000"
    assert Settings(base_url="https://ctg.exemple.fr/").public_url == "https://ctg.exemple.fr"


COMMANDS = ("", "demo", "serve", "doctor", "import", "import territories", "account create", "key issue")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_speaks_the_language_of_the_reader_and_cuts_nothing(ctg: Program, command: str) -> None:
    french = ctg(*command.split(), "--help")
    assert french.returncode == 0
    assert ctg(*command.split(), "-h").stdout == french.stdout
    english_words = ("Usage:", "Options:", "Commands:", "Arguments:", "Show this", "default:", "required", "...", "{")
    assert [word for word in english_words if word in french.stdout] == []
    assert "Options :" in french.stdout
    english = ctg(*command.split(), "--help", "--lang", "en").stdout
    assert "Options:" in english
    assert [word for word in ("Options :", "obligatoire", "FICHIER", "…  ") if word in english] == []


def test_the_release_is_told(ctg: Program) -> None:
    told = ctg("--version")
    assert (told.returncode, told.stdout) == (0, version("ctg-engine") + "\n")
    assert version("ctg-engine") in ctg("doctor").stdout
