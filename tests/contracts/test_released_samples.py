"""A golden sample that was released is kept for ever, byte for byte: what the log says is never edited.

The releases are git's own tags: each holds the samples that it wrote. A sample that reads differently is a new version
of its event (`class_version`, with an upcaster), which has a file of its own. Before the first release, delete the
sample to have it made again.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.samples.make import FOLDER

ROOT = Path(__file__).resolve().parents[2]


def git(tree: Path, *asked: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *asked]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True).stdout


def changed(folder: Path, tree: Path) -> set[str]:
    """The samples that some release of this tree holds and that are lost, or differ, today."""
    present = {path.name: git(tree, "hash-object", "--no-filters", str(path)).strip() for path in folder.glob("*.json")}
    found = set()
    for tag in git(tree, "tag", "--list").split():
        for line in git(tree, "ls-tree", tag, f"{folder.relative_to(tree)}/").splitlines():
            kind, _, path = line.partition("\t")
            name = Path(path).name
            if name.endswith(".json") and present.get(name) != kind.split()[2]:
                found.add(name)
    return found


def test_every_released_sample_is_as_it_was() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("cannot apply: this is an export, git knows nothing of it")
    assert changed(FOLDER, ROOT) == set()


def test_a_released_sample_that_changed_or_was_lost_is_seen(tmp_path: Path) -> None:
    """From the first release on, and not before."""
    folder = tmp_path / "samples"
    folder.mkdir()
    git(tmp_path, "init", "--quiet")
    for said, tag in (("{}", None), ("[]", "v1")):
        (folder / "a.v1.json").write_text(said, encoding="utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "--quiet", "-m", "samples")
        if tag is not None:
            git(tmp_path, "tag", tag)
        assert changed(folder, tmp_path) == set()
    (folder / "b.v1.json").write_text("{}", encoding="utf-8")
    assert changed(folder, tmp_path) == set()
    (folder / "a.v1.json").write_text("{}", encoding="utf-8")
    assert changed(folder, tmp_path) == {"a.v1.json"}
    (folder / "a.v1.json").unlink()
    assert changed(folder, tmp_path) == {"a.v1.json"}
