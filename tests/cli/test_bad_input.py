"""What was typed wrong is said with its remedy, in the language of the reader, and nothing is done."""

from __future__ import annotations

import pytest

from tests.cli.conftest import InThisProcess, Program

TYPED_WRONG = {
    "unknown command": (["serv"], "« serv »", "serve"),
    "unknown option": (["serve", "--prt", "8000"], "« --prt »", "--port"),
    "option without value": (["serve", "--port"], "« --port »", "valeur"),
    "missing argument": (["backup"], "FILE", "--help"),
    "too many arguments": (["migrate", "now"], "ctg migrate", "--help"),
    "port that is no number": (["serve", "--port", "http"], "« http »", "1 à 65535"),
    "port out of range": (["demo", "--port", "65536"], "« 65536 »", "1 à 65535"),
    "language": (["--lang", "de", "migrate"], "« de »", "fr, en"),
    "file that is not there": (["import", "territories", "absent.csv"], "absent.csv", ""),
    "date": (["import", "territories", "absent.csv", "--on", "1er mars"], "« 1er mars »", "2026-06-15"),
    "backup that is not there": (["restore", "absent.tar"], "absent.tar", ""),
    "role of a key": (["key", "issue", "outil", "--role", "KING"], "« KING »", "AUDITOR"),
    "duration of a key": (["key", "issue", "outil", "--role", "AUDITOR", "--days", "0"], "« 0 »", "1 à"),
}


@pytest.mark.parametrize("case", TYPED_WRONG)
def test_what_was_typed_wrong_is_named_with_its_remedy(here: InThisProcess, case: str) -> None:
    arguments, named, remedy = TYPED_WRONG[case]
    ended = here(*arguments)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert remedy in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    assert not (here.directory / "ctg.db").exists()


SET_WRONG = {
    "unknown setting": ({"prt": "8000"}, "CTG_PRT", "CTG_PORT"),
    "port": ({"port": "99999"}, "CTG_PORT", "65535"),
    "language": ({"language": "de"}, "CTG_LANGUAGE", "fr, en"),
    "boolean": ({"https": "perhaps"}, "CTG_HTTPS", "true"),
    "database": ({"database_url": "mysql://ctg:secret@base/ctg"}, "CTG_DATABASE_URL", "postgresql://"),
    "password in clear": ({"smtp_tls": "none", "smtp_user": "ctg"}, "CTG_SMTP_USER", "CTG_SMTP_TLS"),
    "sender": ({"mail_sender": "CTG Engine"}, "CTG_MAIL_SENDER", "ctg@"),
}


@pytest.mark.parametrize("case", SET_WRONG)
def test_what_was_set_wrong_is_named_with_its_remedy(here: InThisProcess, case: str) -> None:
    settings, named, remedy = SET_WRONG[case]
    ended = here("migrate", **settings)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert remedy in ended.stderr
    assert "secret" not in ended.stderr
    assert not (here.directory / "ctg.db").exists()


def test_english_on_demand(ctg: Program) -> None:
    asked = ctg("serve", "--lang", "en", "--port", "http")
    set_ = ctg("serve", "--port", "http", language="en")
    assert asked.stderr == set_.stderr
    assert "expected a whole number from 1 to 65535" in asked.stderr
    assert "Sert les pages" in ctg.done("--help")
    assert "Serves pages" in ctg.done("--help", language="en")


def test_help_is_given_whatever_the_settings(ctg: Program) -> None:
    assert "--department" in ctg.done("import", "territories", "--help", prt="8000")


def test_a_store_that_is_not_there_is_not_made_by_looking(here: InThisProcess) -> None:
    for arguments in (["rebuild"], ["account", "list"], ["key", "list"], ["work"], ["backup", "file.tar"]):
        ended = here(*arguments)
        assert ended.returncode == 1
        assert "ctg.db" in ended.stderr
        assert "ctg migrate" in ended.stderr
    assert list(here.directory.iterdir()) == []
