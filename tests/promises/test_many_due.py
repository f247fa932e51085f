"""Everything due at once on workers that are killed, on both databases: nothing doubled, missed or early."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.promises.many_due import Ordeal, Torment, own_postgres

CONVENTIONS = 40
DEADLINES = 50

pytestmark = [pytest.mark.promises, pytest.mark.timeout(600)]


def test_two_thousand_due_at_once_are_said_once_by_workers_that_are_killed(tmp_path: Path) -> None:
    with closing(Ordeal(f"sqlite:///{tmp_path / 'ctg.db'}", tmp_path, CONVENTIONS, DEADLINES)) as ordeal:
        ordeal.live(Torment(workers=2, kills=10))
        ordeal.check()


@pytest.mark.postgres
def test_two_thousand_due_at_once_are_said_once_while_postgresql_comes_and_goes(tmp_path: Path) -> None:
    with own_postgres() as (url, restart), closing(Ordeal(url, tmp_path, CONVENTIONS, DEADLINES)) as ordeal:
        lived = ordeal.live(Torment(workers=3, kills=10, restarts=2), restart)
        ordeal.check()
    assert lived.restarted == 2
