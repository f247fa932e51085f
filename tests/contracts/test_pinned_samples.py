"""A golden sample that was released is kept for ever, byte for byte: what the log says is never edited.

`tests/samples/pinned.sha256` lists each sample with its fingerprint, a line each, sorted by name. To add the sample of
a new event, or of a new version of one:

    python -m tests.samples.make --new

writes the file that is missing and adds its line. From the first released tag on, never change or remove a line: a
sample that reads differently is a new version of its event (`class_version`, with an upcaster), which has a file and a
line of its own. Before it, delete the sample and its line to have it made again.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from domain.kernel import EVENTS
from tests.samples.make import FOLDER, fingerprint, path_of, pin, pinned, write_missing

ROOT = Path(__file__).resolve().parents[2]
LIST = "pinned.sha256"


def test_every_sample_is_the_one_that_was_pinned() -> None:
    assert pinned() == {path.name: fingerprint(path) for path in FOLDER.glob("*.json")}


def test_the_list_is_sorted_a_line_for_each() -> None:
    lines = (FOLDER / "pinned.sha256").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{digest}  {name}" for name, digest in sorted(pinned().items())]
    assert {path_of(event).name for event in EVENTS.values()} <= set(pinned())


def lost(folder: Path, tree: Path) -> set[str]:
    """The lines of the list, as any release of this tree kept it, that it does not hold any more."""
    listed = f"{folder.relative_to(tree)}/{LIST}"
    kept: set[str] = set()
    for tag in git(tree, "tag", "--list").split():
        if git(tree, "ls-tree", "--name-only", tag, listed):
            kept |= set(git(tree, "show", f"{tag}:{listed}").splitlines())
    return kept - set((folder / LIST).read_text(encoding="utf-8").splitlines())


def git(tree: Path, *asked: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *asked]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True).stdout


def test_no_released_sample_was_taken_away() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("cannot apply: this is an export, git knows nothing of it")
    assert lost(FOLDER, ROOT) == set()


def test_a_released_sample_that_changed_is_seen(tmp_path: Path) -> None:
    """From the first release on, and not before."""
    list_ = tmp_path / "samples" / LIST
    list_.parent.mkdir()
    git(tmp_path, "init", "--quiet")
    for lines, tag in (("0 a\n", None), ("1 a\n", "v1"), ("1 a\n2 b\n", "v2")):
        list_.write_text(lines, encoding="utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "--quiet", "-m", "samples")
        if tag is not None:
            git(tmp_path, "tag", tag)
        assert lost(list_.parent, tmp_path) == set()
    list_.write_text("1 a\n3 b\n", encoding="utf-8")
    assert lost(list_.parent, tmp_path) == {"2 b"}


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
