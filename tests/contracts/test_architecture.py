"""The house keeps its directions: who may import whom, who may read the clock and the environment.

import-linter holds the contracts (pyproject.toml). Each is proved to bite by planting one bad import in a copy of the
tree; what it cannot express (an exception for one file, the standard library only, calls) is read from the sources.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ctg_engine", "api", "workflows", "projections", "domain")

KNOW_THE_LIBRARY = {
    "domain/kernel/aggregates.py",
    "domain/kernel/events.py",
    "workflows/application.py",
    "workflows/store.py",
}
READS_THE_ENVIRONMENT = {"ctg_engine/settings.py"}
READS_THE_CLOCK = {"ctg_engine/clock.py"}

PLANTED = {
    "layers": {"projections/planted.py": "import workflows\n"},
    "pure-domain": {"domain/planted.py": "import sqlalchemy\n"},
    "no-library-above": {"projections/planted.py": "import eventsourcing.domain\n"},
    "conclusions-above": {"projections/engine/planted.py": "import projections.what_comes_next\n"},
    "plain-questions": {"projections/planted.py": "import sqlalchemy\n"},
    "no-web-below": {"workflows/planted.py": "import starlette.requests\n"},
    "no-cycles": {
        "domain/planted.py": "import domain.planted_too\n",
        "domain/planted_too.py": "import domain.planted\n",
    },
}
"""For each contract, by its id, the smallest change of the tree that breaks it."""


# --- the contracts of import-linter ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the five packages and of the contracts."""
    folder = tmp_path_factory.mktemp("copied")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def tree(copied: Path) -> Iterator[Path]:
    """The copy, from which what a test plants is taken away again."""
    yield copied
    for planted in copied.rglob("planted*.py"):
        planted.unlink()


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a tree, never on the installed checkout."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", *options],
        cwd=tree,
        env={"PATH": os.defpath, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept(tree: Path) -> None:
    answer = lint(tree)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_contract_has_its_planted_import() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert {contract["id"] for contract in contracts} == set(PLANTED)


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_a_planted_import_breaks_its_contract(tree: Path, contract: str) -> None:
    for path, source in PLANTED[contract].items():
        (tree / path).write_text(source, encoding="utf-8")
    answer = lint(tree, "--contract", contract)
    assert answer.returncode == 1
    assert "BROKEN" in answer.stdout
    assert "planted" in answer.stdout


# --- what only the syntax tree shows ----------------------------------------------------------------------------------


@cache
def told(tree: ast.AST) -> tuple[ast.AST, ...]:
    """The nodes of a source that a reader below looks at, walked through once."""
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom | ast.Attribute))


def modules_imported(tree: ast.AST) -> Iterator[str]:
    """Every module a source names in an import, at any depth of it."""
    for node in told(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def knows_the_library(tree: ast.AST) -> bool:
    """Whether a source imports the event-sourcing library."""
    return any(name.split(".")[0] == "eventsourcing" for name in modules_imported(tree))


def reads_the_environment(tree: ast.AST) -> bool:
    """Whether a source reaches the process's environment variables."""
    names = {"environ", "environb", "getenv", "getenvb"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names and ast.unparse(node.value) == "os")
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and any(a.name in names for a in node.names))
        for node in told(tree)
    )


def reads_the_clock(tree: ast.AST) -> bool:
    """Whether a source asks the machine what time or day it is. (Measuring a duration is not asking the time.)"""
    asked = {
        "datetime": {"now", "utcnow", "today"},
        "date": {"today"},
        "time": {"time", "time_ns", "localtime", "gmtime"},
    }
    for node in told(tree):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).rpartition(".")[2]
            if node.attr in asked.get(owner, ()):
                return True
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            return any(alias.name in asked["time"] for alias in node.names)
    return False


@cache
def sources() -> dict[str, ast.Module]:
    """The syntax tree of every module of the five packages, by its path."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


@pytest.mark.parametrize(
    ("sees", "only"),
    [
        (knows_the_library, KNOW_THE_LIBRARY),
        (reads_the_environment, READS_THE_ENVIRONMENT),
        (reads_the_clock, READS_THE_CLOCK),
    ],
)
def test_few_files_may(sees: Callable[[ast.AST], bool], only: set[str]) -> None:
    assert {path for path, tree in sources().items() if sees(tree)} <= only


@pytest.mark.parametrize(
    ("sees", "source"),
    [
        (knows_the_library, "def late():\n    from eventsourcing.utils import get_topic"),
        (knows_the_library, "import eventsourcing.domain as library"),
        (reads_the_environment, "import os\nname = os.environ['CTG_STORE']"),
        (reads_the_environment, "from os import getenv"),
        (reads_the_clock, "import datetime\nnow = datetime.datetime.now(datetime.UTC)"),
        (reads_the_clock, "from datetime import date\nread = date.today"),
        (reads_the_clock, "import time\nstarted = time.time()"),
        (reads_the_clock, "from time import time"),
    ],
)
def test_the_reader_sees_it(sees: Callable[[ast.AST], bool], source: str) -> None:
    assert sees(ast.parse(source))


@pytest.mark.parametrize("source", ["import time\nstarted = time.perf_counter()", "today = context.today"])
def test_a_duration_or_an_injected_day_is_no_clock(source: str) -> None:
    assert not reads_the_clock(ast.parse(source))


def test_the_domain_is_standard_library_only() -> None:
    foreign = {
        (path, name)
        for path, tree in sources().items()
        if path.startswith("domain/")
        for name in modules_imported(tree)
        if name.split(".")[0] not in sys.stdlib_module_names | {"domain"}
        and not (path.startswith("domain/kernel/") and name.split(".")[0] == "eventsourcing")
    }
    assert foreign == set()


# --- what is kept in the repository -----------------------------------------------------------------------------------

# Written in two halves, so that this file does not name what it forbids.
REGISTRY = re.compile(
    "|".join(re.escape(a + b) for a, b in [("pypi.", "org"), ("pythonhosted.", "org"), ("npmjs.", "org")])
)
ADDRESS_IN_LOCK = re.compile(r"://|\bfile:|^--(index|extra|find)", re.MULTILINE)


def tracked() -> list[Path]:
    """The files git keeps; those of an export without git are not checked."""
    if not (ROOT / ".git").exists():
        pytest.skip("cannot apply: this is an export, git knows nothing of it")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def test_no_package_registry_is_named() -> None:
    assert REGISTRY.search("https://files.python" + "hosted.org/packages")
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if REGISTRY.search(path.read_bytes().decode("utf-8", errors="replace"))
    ]
    assert naming == []


def test_locked_requirements_are_hashed_and_without_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not ADDRESS_IN_LOCK.search(text)
        entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
        assert entries
        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_nothing_of_others_is_vendored() -> None:
    vendored = [path.name for path in tracked() if re.search(r"(^uv\.lock|\.min\.(js|css))$", path.name)]
    assert vendored == []
