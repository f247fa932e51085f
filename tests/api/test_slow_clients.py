"""Whoever is slow, or goes away, keeps nobody else waiting, and is no fault of ours."""

from __future__ import annotations

import logging
import socket
import struct

import pytest

from ctg_engine.patience import Patience
from domain import roles
from tests.api.listening import Listening, answer, is_closed, listening, request
from tests.api.routes import API
from tests.api.scene import Scene

HURRIED = Patience(seconds=1, connections=400)
FORUM = f"{API}/conventions/{{}}/record-forum"


def begun(scene: Scene, server: Listening, announced: int = 100_000) -> socket.socket:
    """A request with all it needs but most of its body."""
    client = server.connect()
    whole = request(
        "POST",
        FORUM.format(scene.here.convention),
        "x",
        {"Authorization": f"Bearer {scene.keys[roles.PILOT]}", "Idempotency-Key": "k"},
    )
    client.sendall(whole.replace(b"Content-Length: 3", f"Content-Length: {announced}".encode()))
    return client


def test_whoever_does_not_say_all_of_a_request_is_left(scene: Scene) -> None:
    with listening(scene.app, HURRIED) as server:
        silent, half = server.connect(), server.connect()
        half.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ")
        body = begun(scene, server)
        for client in (silent, half, body):
            assert is_closed(client)
        assert server.ask("GET", "/healthz")[0] == 200


def test_a_request_that_drips_is_left_too(scene: Scene) -> None:
    with listening(scene.app, HURRIED) as server:
        client = server.connect()
        client.settimeout(0.02)
        client.sendall(b"GET /healthz HTTP/1.1\r\nX-Long: ")
        said = None
        while said is None:
            try:
                client.sendall(b"x")
                said = client.recv(1)
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                said = b""
        assert said == b""


def test_whoever_does_not_read_the_answer_is_left(scene: Scene) -> None:
    with listening(scene.app, HURRIED) as server:
        client = server.connect()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = b"GET /static/ctg.css HTTP/1.1\r\nHost: a\r\n\r\n"
        ended = False
        while not ended:  # until the server writes no more, and then reads no more
            try:
                client.sendall(asked * 100)
            except (BrokenPipeError, ConnectionResetError):
                ended = True
        assert server.ask("GET", "/healthz")[0] == 200


@pytest.mark.slow
def test_a_client_that_keeps_its_pace_is_served_however_long_it_takes(scene: Scene) -> None:
    with listening(scene.app, Patience(seconds=4, connections=400)) as server:
        client = begun(scene, server, announced=40_000)
        for _ in range(39):
            client.sendall(b" " * 1000)
            client.settimeout(0.2)
            with pytest.raises(TimeoutError):
                client.recv(1)
        client.settimeout(None)
        client.sendall(b" " * 1000)
        assert answer(client)[0] == 400


def test_when_there_are_too_many_the_one_that_says_nothing_gives_way(scene: Scene) -> None:
    with listening(scene.app, Patience(seconds=120, connections=10)) as server:
        silent = [server.connect() for _ in range(10)]
        for _ in range(20):
            assert server.ask("GET", "/healthz")[0] == 200
        assert is_closed(silent[0])


@pytest.mark.parametrize("in_anger", [False, True])
def test_a_client_that_hangs_up_is_no_fault_of_ours(
    scene: Scene, caplog: pytest.LogCaptureFixture, in_anger: bool
) -> None:
    """In the middle of a body, of a form with a file, and of an answer."""
    account = scene.house.accounts.find("pilot")
    assert account is not None
    session = scene.house.sessions.open(account.account_id, scene.clock.now())
    form = request("POST", f"/conventions/{scene.here.convention}/actes/record-forum", "x", {})
    typed = {
        b"Content-Type: application/json": b"Content-Type: multipart/form-data; boundary=b",
        b"Content-Length: 3": f"Content-Length: 100000\r\nCookie: ctg_session={session.token}".encode(),
        b'"x"': b'--b\r\nContent-Disposition: form-data; name="reason"\r\n\r\nParce',
    }
    for said, instead in typed.items():
        assert said in form
        form = form.replace(said, instead)
    before = scene.event_count()
    with caplog.at_level(logging.WARNING), listening(scene.app) as server:
        reading = server.connect()
        reading.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reading.sendall(b"GET /static/ctg.css HTTP/1.1\r\nHost: a\r\n\r\n" * 20)
        posting = server.connect()
        posting.sendall(form)
        for client in (reading, posting, begun(scene, server)):
            if in_anger:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        assert server.ask("GET", "/healthz")[0] == 200
    assert [one.getMessage() for one in caplog.records if one.name != "ctg.security"] == []
    assert [one for one in caplog.records if one.exc_info] == []
    assert scene.event_count() == before
