"""What every test shares: the doors it goes through, the store it runs on, a clean environment, and no silent skip."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

pytest_plugins = ["tests.postgres", "tests.stores"]

REQUIRE_ALL = os.environ.get("CTG_REQUIRE_ALL") == "1"
"""Set by `make test-all`: there a skipped test is a failed one."""

CANNOT_APPLY = "cannot apply:"
"""A skip whose reason begins so is allowed everywhere: the case has no meaning here, and the reason says why."""


gc.disable()  # until all tests are found: see pytest_collection

MEMORY = Path("/dev/shm")  # noqa: S108 - a root for pytest's own directories, not a file
ROOM = 4 << 30
"""Bytes that must be free there: the stores of a run take some hundreds of megabytes at most."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Have the directories of tests in memory where there is room: each of the tens of thousands of commits of a run
    waits for the disk as an operator's does, which only a power cut would tell."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare how the specification is run: through which door, on which store."""
    group = parser.getgroup("ctg", "CTG Engine")
    group.addoption(
        "--through",
        choices=("execute", "http"),
        default="execute",
        help="door the specification goes through: the application itself (default) or its HTTP API",
    )
    group.addoption(
        "--store",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="database the specification runs on (default: sqlite)",
    )
    group.addoption(
        "--screenshots",
        action="store_true",
        help="write the pictures of the README into docs/images (default: into a temporary directory)",
    )


@pytest.fixture(scope="session")
def through(request: pytest.FixtureRequest) -> str:
    """The door asked for on the command line: `execute` or `http`."""
    return str(request.config.getoption("--through"))


@pytest.fixture(scope="session")
def store_kind(request: pytest.FixtureRequest) -> str:
    """The database asked for on the command line: `sqlite` or `postgresql`."""
    return str(request.config.getoption("--store"))


@pytest.fixture(scope="session", autouse=True)
def _environment_without_settings() -> Iterator[None]:
    """Hide the developer's own CTG_… settings: a test says everything it depends on."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CTG_")]:
            patch.delenv(name)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What stays to the end (sources, tests) is not looked at by each collection of garbage: a twentieth of a run.

    Nor is it looked at while it is made: next to nothing of it goes away.
    """
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where every test must run."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail") and _may_not_skip(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but every test must run here: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    if REQUIRE_ALL and report.skipped and _may_not_skip(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, but every test must run here: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: object) -> str:
    """The sentence given with a skip."""
    return str(longrepr[2] if isinstance(longrepr, tuple) else longrepr).removeprefix("Skipped: ")


def _may_not_skip(longrepr: object) -> bool:
    return not _reason(longrepr).startswith(CANNOT_APPLY)
