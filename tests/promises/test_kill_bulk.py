"""Whoever sends many commands dies between two of them: sent again, each is recorded once and answered as it was."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.properties.test_any_sequence_of_commands import BODY
from tests.workflows.together import circumstances, meeting, of, opened
from workflows.answers import Answer
from workflows.application import Steering
from workflows.bulk import Line, keys_of, one_by_one, together, under
from workflows.database import create_database_engine
from workflows.migrating import migrate

pytestmark = [pytest.mark.promises, pytest.mark.timeout(300)]

DYING = """
import os, signal, sys
from tests.promises.test_kill_bulk import lines
from workflows.application import Steering
from workflows.bulk import one_by_one, together
from workflows.database import create_database_engine

class Dying(Steering):
    left = int(sys.argv[3])
    def append(self, *given):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        super().append(*given)
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

{"one": one_by_one, "all": together}[sys.argv[2]](Dying(create_database_engine(sys.argv[1])), lines())
"""
COUNT = 4


def lines() -> list[Line]:
    """Four meetings of a committee."""
    given = [Line(meeting(f"m{20 + number}"), circumstances()) for number in range(COUNT)]
    return [under(one, key) for one, key in zip(given, keys_of("the whole", COUNT), strict=True)]


@pytest.mark.parametrize(("way", "appends", "recorded"), [("one", 0, 0), ("one", 2, 2), ("all", 0, 0)])
def test_what_was_recorded_is_answered_again_and_the_rest_recorded(
    tmp_path: Path, way: str, appends: int, recorded: int
) -> None:
    url = f"sqlite:///{tmp_path / 'ctg.db'}"
    engine: Engine = create_database_engine(url)
    migrate(engine)
    told = len(of(opened(engine), BODY))
    died = subprocess.run([sys.executable, "-c", DYING, url, way, str(appends)], check=False)
    assert died.returncode == -9
    steering = Steering(engine)
    each = 2  # a meeting and its decision
    assert len(of(steering, BODY)) == told + each * recorded
    for again in (False, True):
        answers = (one_by_one if way == "one" else together)(steering, lines())
        assert all(isinstance(one, Answer) for one in answers)
        replayed = [isinstance(one, Answer) and one.replayed for one in answers]
        assert replayed == [again or number < recorded for number in range(COUNT)]
        assert len(of(steering, BODY)) == told + each * COUNT
    engine.dispose()
