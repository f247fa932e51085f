"""A golden sample that was kept once is kept for ever, byte for byte: what the log says is never edited.

`tests/samples/pinned.sha256` lists each sample with its fingerprint, a line each, sorted by name. It only grows. To add
the sample of a new event, or of a new version of one:

    python -m tests.samples.make --new

writes the file that is missing and adds its line. Never change or remove a line: a sample that reads differently is a
new version of its event (`class_version`, with an upcaster), which has a file and a line of its own.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from domain.kernel import EVENTS
from tests.samples.make import FOLDER, fingerprint, path_of, pin, pinned, write_missing

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^-[0-9a-f]{64}  ", re.MULTILINE)
"""A line of the list that a change took away."""


def test_every_sample_is_the_one_that_was_pinned() -> None:
    assert pinned() == {path.name: fingerprint(path) for path in FOLDER.glob("*.json")}


def test_the_list_is_sorted_a_line_for_each() -> None:
    lines = (FOLDER / "pinned.sha256").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{digest}  {name}" for name, digest in sorted(pinned().items())]
    assert {path_of(event).name for event in EVENTS.values()} <= set(pinned())


def test_no_line_was_ever_taken_away() -> None:
    """Neither in the history of the list nor in what is not committed yet."""
    if not (ROOT / ".git").exists():
        pytest.skip("cannot apply: this is an export, git knows nothing of it")
    for asked in (("log", "--format="), ("diff", "HEAD")):
        command = [
            "git",
            *asked,
            "--patch",
            "--unified=0",
            "--no-ext-diff",
            "--no-color",
            "--",
            str(FOLDER / "pinned.sha256"),
        ]
        changes = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert LINE.findall(changes) == []


def test_what_is_pinned_is_not_pinned_again(tmp_path: Path) -> None:
    """A changed file keeps the fingerprint it had; a new one gets a line."""
    (tmp_path / "a.v1.json").write_text("{}\n", encoding="utf-8")
    pin(tmp_path)
    first = pinned(tmp_path)
    (tmp_path / "a.v1.json").write_text("[]\n", encoding="utf-8")
    (tmp_path / "a.v2.json").write_text("{}\n", encoding="utf-8")
    pin(tmp_path)
    assert set(pinned(tmp_path)) == {"a.v1.json", "a.v2.json"}
    assert pinned(tmp_path)["a.v1.json"] == first["a.v1.json"]
    assert write_missing() == []
