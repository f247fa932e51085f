"""PostgreSQL servers for the tests: a throw-away one per run, shared by the workers of the run.

It does not wait for the disk: only a power cut would tell, which no test makes, and each database that is made and
dropped would cost most of a second. What is measured, and what is stopped and started, asks for its durability.

CTG_TEST_POSTGRES, the address of a server where databases may be created, is used instead when it is set.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from workflows.database import create_database_engine
from workflows.migrating import migrate

GIVEN_SERVER = os.environ.get("CTG_TEST_POSTGRES")
_NOT_INSTALLED = (
    "PostgreSQL is not installed: `apt-get install postgresql`, or set CTG_TEST_POSTGRES to the address of a server"
)
_OWNER = "ctg"  # as in production: owns the databases, is no superuser


def server_programs() -> Path | None:
    """The directory of the newest PostgreSQL server installed, None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def start_server(programs: Path, *, durable: bool = True) -> URL:
    """Start a private server; it stops and disappears when this process (or run) does."""
    home = Path(tempfile.mkdtemp(prefix="ctg-pg-"))  # short: a socket's path has at most 107 characters
    as_user = _as_user()
    if as_user:
        account = pwd.getpwnam("postgres")
        os.chown(home, account.pw_uid, account.pw_gid)
    data = home / "data"
    trusted = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
    _run_quietly(home, *as_user, programs / "initdb", "-D", data, *trusted)
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c max_connections=200"
    if not durable:
        (data / "postgresql.auto.conf").write_text("fsync = 'off'\n", encoding="utf-8")  # `durable` turns it on
    _run_quietly(home, *as_user, programs / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-o", options, "start")
    _stop_with(_run_process(), [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], home)
    server = URL.create("postgresql", username="postgres", database="postgres", query={"host": str(home)})
    with _administrator(server) as connection:
        connection.execute(f"CREATE ROLE {_OWNER} LOGIN CREATEDB")
    return server.set(username=_OWNER)


def restart_server(url: URL) -> None:
    """Stop a private server without warning, as a power cut would, and start it again."""
    programs, home = server_programs(), Path(str(url.query["host"]))
    assert programs is not None, "it was started here"
    where = ("-D", home / "data", "-l", home / "log")
    _run_quietly(home, *_as_user(), programs / "pg_ctl", *where, "-m", "immediate", "-w", "restart")


@contextmanager
def alone(address: str) -> Iterator[None]:
    """Nobody else changes meanwhile whether a database's server waits for its disk."""
    home = str(make_url(address).query["host"])
    with (Path(home) / "durability-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def durable(address: str) -> Iterator[None]:
    """A database's server waits for its disk meanwhile, as an operator's does."""
    url = make_url(address)
    if GIVEN_SERVER is not None or url.get_backend_name() != "postgresql":
        yield
        return
    with alone(address), _administrator(url.set(username="postgres")) as owner:
        _wait_for_disk(owner, "on")
        try:
            yield
        finally:
            _wait_for_disk(owner, "off")


def _wait_for_disk(owner: psycopg.Connection, value: str) -> None:
    owner.execute(f"ALTER SYSTEM SET fsync = {value}")
    owner.execute("SELECT pg_reload_conf()")
    while owner.execute("SHOW fsync").fetchone() != (value,):
        time.sleep(0.01)


def _as_user() -> list[str]:
    """How the server's programs are run: it refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]


def _run_quietly(directory: Path, *command: str | Path) -> None:
    subprocess.run(command, check=True, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _run_process() -> int:
    """The process the server lives with: the one that shares the tests out, when there are workers."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _stop_with(process: int, stop: list[str], home: Path) -> None:
    """Leave a watcher that stops the server when the process ends, however it ends."""
    watch = 'while kill -0 "$1" 2>/dev/null; do sleep 0.5; done; home=$2; shift 2; "$@"; rm -rf "$home"'
    subprocess.run(
        ["setsid", "-f", "sh", "-c", watch, "watch-server", str(process), str(home), *stop],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _administrator(server: URL) -> psycopg.Connection:
    return psycopg.connect(server.render_as_string(hide_password=False), autocommit=True)


class Server:
    """A PostgreSQL server on which each test has databases of its own."""

    def __init__(self, url: URL, template: str) -> None:
        self.url = url
        self.template = template
        self._created: list[str] = []

    def create_database(self, template: str = "template1") -> str:
        """The address of a new database, a copy of `template`."""
        name = f"ctg_{uuid.uuid4().hex}"
        with _administrator(self.url) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._created.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def create_template(self) -> str:
        """The address of a migrated database that stays until the run ends: others are made after it."""
        address = self.create_database(self.template)
        self._created.clear()
        return address

    def drop_databases(self) -> None:
        """Drop what was created here, whoever is still connected.

        Not WITH (FORCE): it refuses to end an autovacuum worker, which no role but a superuser owns, while a plain
        DROP DATABASE sends such a worker away by itself and waits for it.
        """
        with _administrator(self.url) as connection:
            for name in self._created:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = %s AND backend_type = 'client backend'",
                    (name,),
                )
                connection.execute(f"DROP DATABASE {name}")
        self._created.clear()


def prepare_server(directory: Path, *, durable: bool = True) -> Server | None:
    """The server of this run and its migrated template, made by the first who asks; None when there can be none.

    `directory` is shared by the workers of the run.
    """
    programs = server_programs()
    if GIVEN_SERVER is None and programs is None:
        return None
    address = directory / "postgres-address"
    with (directory / "postgres-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            given = make_url(GIVEN_SERVER) if GIVEN_SERVER is not None else None
            url = given or start_server(programs or Path(), durable=durable)
            template = f"ctg_template_{uuid.uuid4().hex}"
            with _administrator(url) as connection:
                connection.execute(f"CREATE DATABASE {template}")
            engine = create_database_engine(url.set(database=template).render_as_string(hide_password=False))
            migrate(engine)
            engine.dispose()
            address.write_text(f"{template}\n{url.render_as_string(hide_password=False)}")
    template, _, url_text = address.read_text().partition("\n")
    return Server(make_url(url_text), template)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The PostgreSQL server of this run; the test is skipped, saying why, where there can be none."""
    root = tmp_path_factory.getbasetemp()
    server = prepare_server(root.parent if "PYTEST_XDIST_WORKER" in os.environ else root, durable=False)
    if server is None:
        pytest.skip(_NOT_INSTALLED)
    return server


@pytest.fixture
def postgres_databases(postgres_server: Server) -> Iterator[Callable[[str], str]]:
    """Makes new databases from a template; they are dropped after the test."""
    yield postgres_server.create_database
    postgres_server.drop_databases()


@pytest.fixture
def postgres_url(postgres_databases: Callable[[str], str]) -> str:
    """The address of a new empty PostgreSQL database."""
    return postgres_databases("template1")


@pytest.fixture
def migrated_postgres_url(postgres_databases: Callable[[str], str], postgres_server: Server) -> str:
    """The address of a new PostgreSQL database, already migrated."""
    return postgres_databases(postgres_server.template)
