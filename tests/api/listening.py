"""The real web server on a real port, and clients that speak to it byte by byte."""

from __future__ import annotations

import http.client
import json
import select
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from ctg_engine.patience import Patience
from ctg_engine.serving import listen, web_server

LONG = 120.0
"""Seconds after which a test gives up on an answer: no machine is that slow."""

UNHURRIED = Patience(seconds=LONG, connections=400)


@dataclass
class Listening:
    """A server that answers on a port."""

    port: int
    opened: list[socket.socket] = field(default_factory=list)

    def connect(self) -> socket.socket:
        """A connection, on which nothing is said yet."""
        client = socket.create_connection(("127.0.0.1", self.port), LONG)
        self.opened.append(client)
        return client

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> socket.socket:
        """A connection on which a request was sent, whole."""
        client = self.connect()
        client.sendall(request(method, path, body, headers))
        return client

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        """The answer to a request."""
        return answer(self.send(method, path, body, **headers))


def request(method: str, path: str, body: Any, headers: Mapping[str, str]) -> bytes:
    """A request as bytes; a body is sent as JSON."""
    said = json.dumps(body).encode() if body is not None else b""
    more = {"Host": "127.0.0.1", "Connection": "close"} | {name.replace("_", "-"): one for name, one in headers.items()}
    if body is not None:
        more |= {"Content-Type": "application/json", "Content-Length": str(len(said))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {one}" for name, one in more.items()), "", ""]
    return "\r\n".join(lines).encode() + said


def answer(client: socket.socket) -> tuple[int, bytes]:
    """What comes back on a connection: status and body."""
    with http.client.HTTPResponse(client) as said:
        said.begin()
        return said.status, said.read()


def is_closed(client: socket.socket) -> bool:
    """Wait for the server to close a connection; whether it did, having said nothing."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def answered(clients: list[socket.socket]) -> list[socket.socket]:
    """Those to whom something was said by now."""
    return select.select(clients, [], [], 0)[0]


@contextmanager
def listening(app: FastAPI, patience: Patience = UNHURRIED) -> Iterator[Listening]:
    """The application behind its web server, until the end."""
    server = web_server(app, patience)
    with listen("127.0.0.1", 0) as taken:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        thread.start()
        here = Listening(taken.getsockname()[1])
        try:
            here.ask("GET", "/healthz")
            yield here
        finally:
            for one in here.opened:
                one.close()
            server.should_exit = True
            thread.join()
