"""Two releases at work together on one store: nothing that either recorded is lost, and both read the same.

The short form is a test. The long form: `python -m tests.promises.two_releases URL --seconds 600`, on an empty store.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.ours.crowd import fill
from ctg_engine.bootstrap import opened, prepare
from ctg_engine.settings import Settings
from domain.convention.forums import ForumHeld
from workflows.database import create_database_engine

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "projections", "workflows", "api", "ctg_engine", "tests", "benchmarks")
CONVENTIONS = 6


def release(directory: Path, change: str) -> Path:
    """The sources as of another release: what is folded and what is summed up are made by other code, marked so."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, directory / package, ignore=shutil.ignore_patterns("__pycache__"))
    for changed in ("domain/convention/forums.py", "workflows/summaries/making.py"):
        with (directory / changed).open("a", encoding="utf-8") as source:
            source.write(f"\n# {change}\n")
    return directory


class Running:
    """One process of a release."""

    def __init__(self, sources: Path, url: str, seconds: float, conventions: list[str]) -> None:
        command = [sys.executable, "-m", "tests.promises.one_release", url, str(seconds), *conventions]
        self._process = subprocess.Popen(
            command, cwd=sources, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def told(self) -> dict[str, Any]:
        """The next thing it tells."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(self._process.communicate()[1])
        answer: dict[str, Any] = json.loads(line)
        return answer

    def go_on(self) -> None:
        """Everybody has stopped writing."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """It ends by itself; what has not is ended."""
        self._process.kill()
        self._process.communicate()


def live_together(url: str, directory: Path, seconds: float) -> int:
    """Let two processes of each release work on an empty store for so long; how much they recorded.

    Raises AssertionError when something was lost, doubled or read otherwise.
    """
    settings = Settings(database_url=url)
    prepare(settings)
    with opened(settings) as house:
        conventions = [str(one) for one in fill(house, CONVENTIONS, 3)]
    later = release(directory / "later", "the next release")
    running = [Running(sources, url, seconds, conventions) for sources in (ROOT, later, ROOT, later)]
    try:
        worked = [one.told() for one in running]
        for one in running:
            one.go_on()
        read = [one.told()["read"] for one in running]
    finally:
        for one in running:
            one.end()
    assert len({one["fold"] for one in worked}) == len({one["summaries"] for one in worked}) == 2, "two releases"
    recorded = Counter(forum for one in worked for _, forum in one["recorded"])
    assert min(len(one["recorded"]) for one in worked) > 0
    assert forums_in_the_log(url) == recorded
    assert read[0] == read[1] == read[2] == read[3]
    return recorded.total()


def forums_in_the_log(url: str) -> Counter[str]:
    """Every forum, and how often it was recorded."""
    engine = create_database_engine(url)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT state FROM events WHERE topic = '{ForumHeld.TOPIC}'")
        found = Counter(str(json.loads(state)["forum_id"]) for (state,) in rows)
    engine.dispose()
    return found


def main() -> None:
    """The long form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=600)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        recorded = live_together(asked.url, Path(directory), asked.seconds)
    sys.stdout.write(f"{recorded} facts recorded by two releases: none lost, none doubled, all read alike\n")


if __name__ == "__main__":
    main()
