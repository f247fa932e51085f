"""Where every test must run (`make test-all`), a skipped one fails, unless its reason says that it cannot apply."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

IN_A_TEST = "import pytest\ndef test_it():\n    pytest.skip({reason!r})\n"
IN_A_MODULE = "import pytest\npytest.skip({reason!r}, allow_module_level=True)\n"
BY_A_MARK = "import pytest\n@pytest.mark.skipif(True, reason={reason!r})\ndef test_it():\n    pass\n"


def run(folder: Path, *sources: str, require_all: bool) -> str:
    """Run modules under the house's conftest, and answer the last line of the report."""
    for number, source in enumerate(sources):
        (folder / f"test_skipping_{number}.py").write_text(source, encoding="utf-8")
    options = ("--rootdir", folder, "-p", "tests.conftest", "--continue-on-collection-errors")
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, *options, folder],
        cwd=ROOT,
        env={"PATH": os.defpath, **({"CTG_REQUIRE_ALL": "1"} if require_all else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.splitlines()[-1]


def test_a_skip_fails_where_every_test_must_run(tmp_path: Path) -> None:
    sources = (one.format(reason="PostgreSQL is not installed") for one in (IN_A_TEST, IN_A_MODULE, BY_A_MARK))
    assert run(tmp_path, *sources, require_all=True).startswith("1 failed, 2 errors")


def test_a_case_that_cannot_apply_may_be_skipped(tmp_path: Path) -> None:
    allowed = "cannot apply: SQLite has no TRUNCATE"
    sources = (one.format(reason=allowed) for one in (IN_A_TEST, IN_A_MODULE, BY_A_MARK))
    assert "3 skipped" in run(tmp_path, *sources, require_all=True)


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    assert "1 skipped" in run(tmp_path, IN_A_TEST.format(reason="PostgreSQL is not installed"), require_all=False)
