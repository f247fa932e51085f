"""The benchmarks still run: their figures are for whoever asks, on a machine with nothing else to do."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


pytestmark = pytest.mark.slow


def measured(benchmark: str, *options: str) -> str:
    """What a benchmark prints."""
    asked = [sys.executable, "-m", f"benchmarks.{benchmark}", *options]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_a_long_history_is_loaded_decided_on_and_rebuilt() -> None:
    said = measured("remembered", "--events", "60", "--conventions", "2", "--rounds", "1", "--rebuilds", "1")
    for line in ("load", "a command, warm", "a command, cold", "read and decode", "rebuild everything"):
        assert f"\n  {line}" in said


def test_pages_lists_and_the_sweep_are_measured() -> None:
    said = measured("reading", "--conventions", "5", "--rounds", "1", "--seconds", "0.05")
    for line in ("sweep, first", "département, 5 territories", "committee", "convention", "GET /conventions"):
        assert f"\n  {line}" in said


def test_plans_of_real_size_are_acted_on_validated_and_read() -> None:
    sizes = ("--sheets", "3", "--indicators", "2", "--pledges", "2", "--most", "3", "--reports", "2")
    said = measured("planned", "--conventions", "1", "--rounds", "1", "--seconds", "0.05", *sizes)
    for line in ("a command", "a summary made again", "a sweep", "warm", "cold", "board and quilt", "river", "money"):
        assert f"\n  {line}" in said


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_conventions_are_told_command_by_command(database: str) -> None:
    ways = ("raw", "append alone", "ours", "library")
    said = measured("lived", "--only", database, "--rounds", "1", "--seconds", "0.01", "--ways", *ways)
    assert [line[2:22].strip() for line in said.splitlines()[2:6]] == list(ways)


@pytest.mark.postgres
def test_several_write_while_the_log_is_read() -> None:
    said = measured("lived", "--only", "writers", "--rounds", "1", "--seconds", "0.01", "--writers", "2")
    assert "ours: the reader saw" in said
    assert "missed 0, misplaced 0" in said


@pytest.mark.postgres
def test_everything_due_at_once_is_swept_by_several_against_a_bare_loop() -> None:
    said = measured("due", "--conventions", "3", "--deadlines", "4", "--workers", "2", "--load-of-dbos", "0")
    assert [line.split(":")[0] for line in said.splitlines()[1:]] == [
        "  2 workers",
        "    bare loop, 1 at a time",
        "    bare loop, 4 at a time",
    ]


def test_a_peer_that_is_not_there_has_a_line_that_says_so(tmp_path: Path) -> None:
    options = (
        "--only",
        "sqlite",
        "--rounds",
        "1",
        "--seconds",
        "0.01",
        "--no-install",
        "--environments",
        str(tmp_path),
    )
    said = measured("lived", *options, "--ways", "raw", "DBOS")
    assert "DBOS                 not measured: not installed" in said
