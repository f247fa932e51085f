"""Where every test must run (`make test-all`), a skipped one fails, unless its reason says that it cannot apply."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

IN_A_TEST = "import pytest\ndef test_it():\n    pytest.skip({reason!r})\n"
IN_A_MODULE = "import pytest\npytest.skip({reason!r}, allow_module_level=True)\n"
BY_A_MARK = "import pytest\n@pytest.mark.skipif(True, reason={reason!r})\ndef test_it():\n    pass\n"


def run(folder: Path, source: str, *, require_all: bool) -> str:
    """Run one module under the house's conftest, and answer the last line of the report."""
    module = folder / "test_skipping.py"
    module.write_text(source, encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", folder, "-p", "tests.conftest", module],
        cwd=ROOT,
        env={"PATH": os.defpath, **({"CTG_REQUIRE_ALL": "1"} if require_all else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("source", "verdict"), [(IN_A_TEST, "1 failed"), (IN_A_MODULE, "1 error"), (BY_A_MARK, "1 error")]
)
def test_a_skip_fails_where_every_test_must_run(tmp_path: Path, source: str, verdict: str) -> None:
    assert verdict in run(tmp_path, source.format(reason="PostgreSQL is not installed"), require_all=True)


@pytest.mark.parametrize("source", [IN_A_TEST, IN_A_MODULE, BY_A_MARK])
def test_a_case_that_cannot_apply_may_be_skipped(tmp_path: Path, source: str) -> None:
    assert "1 skipped" in run(tmp_path, source.format(reason="cannot apply: SQLite has no TRUNCATE"), require_all=True)


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    assert "1 skipped" in run(tmp_path, IN_A_TEST.format(reason="PostgreSQL is not installed"), require_all=False)
