"""Conventions enter into force once each, whatever workers are killed meanwhile, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.promises.kill_reactions import CONVENTIONS, EFFECTIVE, in_force, settle, torment
from workflows.database import create_database_engine
from workflows.reactions import Reactions

KILLS = 25

pytestmark = [pytest.mark.promises, pytest.mark.timeout(400)]


def test_each_convention_enters_into_force_once(migrated_url: str, tmp_path: Path) -> None:
    engine: Engine = create_database_engine(migrated_url)
    life, conventions = settle(engine)
    torment(migrated_url, tmp_path / "day", life, conventions, KILLS)
    assert in_force(life) == {(one, EFFECTIVE): 1 for one in conventions}
    assert len(in_force(life)) == CONVENTIONS
    reactions = Reactions(life.steering, life.summaries, life.clock)
    reactions.follow()
    assert not reactions.stuck.all()
    assert sum(in_force(life).values()) == CONVENTIONS
    engine.dispose()
