"""A demonstration, whose passwords are published, is never open to other machines, whatever serves it."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime

import pytest

from api.nearness import is_loopback
from ctg_engine.bootstrap import DEMONSTRATION, opened
from ctg_engine.demo.cast import ACCOUNTS, DEMO_PASSWORD
from ctg_engine.settings import Settings
from tests.cli.conftest import Program, get, stop, wait_for_answer
from workflows.instance import remember

LOGIN = ACCOUNTS[0].login


@pytest.fixture
def demonstration(ctg: Program) -> Program:
    """The program on a store that is a demonstration, with the published password."""
    ctg.done("migrate")
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        remember(house.engine, **{DEMONSTRATION: "yes"})
        person_id = house.vault.register_person("Personne Inventée", "personne@exemple.invalid")
        house.accounts.create(LOGIN, person_id, DEMO_PASSWORD, datetime(2026, 1, 1, tzinfo=UTC))
    return ctg


def status_of_sign_in(port: int, **headers: str) -> int:
    sent = urllib.parse.urlencode({"identifier": LOGIN, "password": DEMO_PASSWORD, "next": "/healthz"}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/connexion", sent, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        (("--host", "0.0.0.0"), {}, "0.0.0.0"),  # noqa: S104
        ((), {"host": "::"}, "::"),
        ((), {"base_url": "https://ctg.exemple.fr"}, "ctg.exemple.fr"),
        ((), {"base_url": "http://192.168.1.7:8000"}, "192.168.1.7"),
    ],
)
def test_a_demonstration_is_not_served_where_others_could_reach_it(
    demonstration: Program, port: int, arguments: tuple[str, ...], settings: dict[str, str], named: str
) -> None:
    ended = demonstration("serve", *arguments, "--port", str(port), **settings)
    assert ended.returncode == 2, ended.stderr
    told = [line for line in ended.stderr.splitlines() if not line.startswith("{")]
    assert len(told) == 1, "one sentence"
    assert named in told[0]
    assert "127.0.0.1" in told[0]


def test_a_demonstration_behind_a_proxy_lets_nobody_in(demonstration: Program, port: int) -> None:
    """The engine cannot see where the proxy listens; what the proxy adds to a request says enough."""
    process = demonstration.start("serve", "--port", str(port), base_url=f"http://localhost:{port}")
    wait_for_answer(port, process)
    assert LOGIN in get(port, "/connexion")[1]
    for headers in (
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "ctg.exemple.fr"},
        {"Host": "[::1"},
    ):
        assert status_of_sign_in(port, **headers) in (400, 401), headers
        assert DEMO_PASSWORD not in get(port, "/connexion", **headers)[1], headers
    assert status_of_sign_in(port) == 200
    _, told = stop(process)
    assert told.count('"why": "not-loopback"') == 6


HERE = ("127.0.0.1", "127.0.1.1", "::1", "[::1]", "localhost", "LOCALHOST", "::ffff:127.0.0.1")
ELSEWHERE = ("", "0.0.0.0", "::", "192.168.1.7", "localhost.exemple.fr", "127.0.0.1.nip.io", "ctg")  # noqa: S104


@pytest.mark.parametrize("host", HERE)
def test_addresses_of_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_addresses_that_others_can_reach(host: str) -> None:
    assert not is_loopback(host)
