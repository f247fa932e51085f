"""A release and the next one work on one store while it is replaced process by process."""

from pathlib import Path

import pytest

from tests.promises.two_releases import live_together

SECONDS = 5.0

pytestmark = [pytest.mark.promises, pytest.mark.timeout(900)]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_two_releases_at_work_on_one_store_lose_nothing_and_read_the_same(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else f"sqlite:///{tmp_path / 'ctg.db'}"
    assert live_together(url, tmp_path, SECONDS) > 0
