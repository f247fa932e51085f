"""A demonstration served by a real process on a copy of a told store: what a browser visits."""

from __future__ import annotations

import fcntl
import http
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.pages.addresses import PATHS
from ctg_engine.demo.cast import DEMO_PASSWORD
from ctg_engine.demo.references import CAF, convention_of, partner_of

STARTS_WITHIN = 240.0
"""Seconds that a server may take to answer on a slow and busy machine; one that stopped is told at once."""

CTG = (str(Path(sys.executable).with_name("ctg")),)

VAL_DE_GERS = convention_of("valdegers")
BASTIDES_DE_LOMAGNE = convention_of("bastides-de-lomagne")
SHOWN = {
    "valdegers": "/t/200072320",
    "bastides-de-lomagne": "/t/200034726",
    "grand-auch": "/t/200066926",
    "saves": "/t/243200599",
    "lomagne-gersoise": "/t/243200391",
    "artagnan": "/t/243200607",
}
"""Territories in phases that differ: signing, forums, in force, preparation, in force without plan, late."""

THE_CAF = f"/partenaires/{partner_of(CAF)}"
"""The page of a partner on all territories; the same follows a territory's address for that one."""

PAGES = tuple(PATHS.values())
"""What follows for each page of a territory."""

LOCAL_PILOT = "pilote.valdegers"
FRAMEWORK_PILOT = "pilote.departement"
COMMITTEE_MEMBER = "comite.valdegers"
ADMINISTRATOR = "administrateur"


@dataclass(frozen=True)
class Site:
    """Where a demonstration is served."""

    url: str

    def at(self, path: str) -> str:
        """A page of the site."""
        return self.url + path


def told_once(folder: Path) -> Path:
    """A told store in `folder`, told by whichever process comes first."""
    file = folder / "told.db"
    with (folder / "told.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            beside = folder / "telling" / "told.db"
            subprocess.run([*CTG, "demo", "--no-serve", "--file", str(beside)], check=True, capture_output=True)
            shutil.copy(beside.with_name("told.db.key"), folder / "told.db.key")
            shutil.copytree(beside.with_name("told.db.files"), folder / "told.db.files")
            beside.replace(file)
    return file


@contextmanager
def served(told: Path, folder: Path) -> Iterator[Site]:
    """A server of its own on a copy of a told store, stopped at the end."""
    file = folder / "demo.db"
    shutil.copy(told, file)
    shutil.copy(told.with_name("told.db.key"), folder / "demo.db.key")
    shutil.copytree(told.with_name("told.db.files"), folder / "demo.db.files")
    with _serving(folder, ["demo", "--file", str(file)]) as site:
        yield site


@contextmanager
def served_empty(folder: Path) -> Iterator[tuple[Site, str]]:
    """A server on a store that knows nobody, and the page of the link that it told its operator."""
    env = {**os.environ, "CTG_DATABASE_URL": f"sqlite:///{folder / 'empty.db'}"}
    with _serving(folder, ["serve"], env) as site:
        told = re.search(r"/premier-administrateur/[a-z0-9-]+", (folder / "server.log").read_text())
        assert told is not None
        yield site, told[0]


@contextmanager
def _serving(folder: Path, words: list[str], env: dict[str, str] | None = None) -> Iterator[Site]:
    """A server, stopped at the end."""
    port = _free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*CTG, *words, "--port", str(port)], stdout=output, stderr=subprocess.STDOUT, env=env
        )
        try:
            _wait(port, process, log)
            yield Site(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, f"the server stopped:\n{log.read_text(errors='replace')}"
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            asked.request("GET", "/readyz")
            if asked.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass  # not yet
        finally:
            asked.close()
        time.sleep(0.1)
    raise AssertionError(f"no answer within {STARTS_WITHIN:.0f} s:\n{log.read_text(errors='replace')}")


PASSWORD = DEMO_PASSWORD
