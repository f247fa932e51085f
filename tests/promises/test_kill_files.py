"""Killing those who give files: what was said to be kept is there, whole, and nothing torn bears a name."""

from pathlib import Path

import pytest

from tests.promises.kill_files import faults, looking_at, torment
from tests.unit.office_files import PDF
from workflows.files import COMMON
from workflows.instants import from_text
from workflows.migrating import migrate

pytestmark = [pytest.mark.promises, pytest.mark.timeout(600)]

NOW = from_text("2027-02-01T08:00:00.000000+00:00")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("migrated_postgres_url", marks=pytest.mark.postgres)])
def test_killing_who_gives_files_loses_and_tears_none(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'ctg.db'}" if kind == "sqlite" else str(request.getfixturevalue(kind))
    if kind == "sqlite":
        with looking_at(url, tmp_path) as files:
            migrate(files._engine)
    said, wrong = torment(url, tmp_path, kills=6, acknowledged=20)
    assert said >= 20
    assert wrong == []


def test_the_comparison_sees_what_is_broken(tmp_path: Path) -> None:
    """Otherwise an empty list would say nothing."""
    with looking_at(f"sqlite:///{tmp_path / 'ctg.db'}", tmp_path / "files") as files:
        migrate(files._engine)
        files.keep(PDF, "a.pdf", COMMON, NOW)
        assert faults(files, [PDF]) == []
        (name,) = files.folder.names()
        files.folder.place(name).write_bytes(b"torn")
        assert len(faults(files, [PDF, b"never given"])) == 4
