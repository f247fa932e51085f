"""`ctg reaction`: what the engine could not record by itself can be seen, and tried again."""

from datetime import UTC, datetime
from uuid import uuid4

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from domain.values import Code
from tests.cli.conftest import Program
from workflows.reactions.stuck import BROKEN, Stuck, StuckList

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_what_could_not_follow_is_seen_with_its_reason_and_tried_again(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    assert "Suites automatiques : aucune" in ctg("doctor").stdout
    stuck_id, convention_id = uuid4(), uuid4()
    with opened(Settings(database_url=f"sqlite:///{ctg.directory / 'ctg.db'}")) as house:
        StuckList(house.engine).put(
            Stuck(
                stuck_id=stuck_id,
                reaction=Code("entry-into-force"),
                convention_id=convention_id,
                cause_id=uuid4(),
                since=NOW,
                tried_at=NOW,
                attempts=1,
                basis=0,
                why=BROKEN,
                rules=(),
                detail="ValueError (x.py:3)",
            )
        )
    assert "ctg reaction list" in ctg("doctor").stdout
    told = ctg("reaction", "list").stdout.split("\t")
    assert told[:2] == [str(stuck_id), "entrée en vigueur de la convention"]
    assert "ValueError (x.py:3)" in told[3]
    tried = ctg("reaction", "retry", str(stuck_id))
    assert (tried.returncode, "Rien n’a pu" in tried.stdout) == (0, True)
