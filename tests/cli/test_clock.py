"""`ctg` on a clock that is far from where time had come: said with what to do, and accepted on purpose."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from tests.cli.conftest import Program
from workflows.clock_watch import CLOCK_REACHED
from workflows.database import create_database_engine
from workflows.instance import instance_facts, remember
from workflows.instants import PARIS, to_text


def jobs_ran(ctg: Program, ago: timedelta) -> None:
    """The last sign of the jobs is that old."""
    engine = create_database_engine(f"sqlite:///{ctg.directory / 'ctg.db'}")
    remember(engine, **{CLOCK_REACHED: to_text(datetime.now(UTC) - ago)})
    engine.dispose()


def reached(path: Path) -> str:
    engine = create_engine(f"sqlite:///{path}")
    found = instance_facts(engine)[CLOCK_REACHED]
    engine.dispose()
    return found


def clock_in_doctor(ctg: Program) -> list[tuple[str, str]]:
    findings: list[dict[str, Any]] = json.loads(ctg("doctor", "--json").stdout)["findings"]
    return [(one["level"], one["key"]) for one in findings if one["check"] == "clock" and one["key"] != "ok"]


def today() -> str:
    return datetime.now(PARIS).date().isoformat()


def test_a_first_start_needs_nobody_to_accept_its_day(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    assert ctg("key", "issue", "Outil", "--role", "AUDITOR", "--instance").returncode == 0
    assert clock_in_doctor(ctg) == []


def test_an_instance_that_stood_still_for_three_months_goes_on_once_the_operator_has_said_the_day(
    ctg: Program,
) -> None:
    assert ctg("migrate").returncode == 0
    jobs_ran(ctg, timedelta(days=92))
    assert clock_in_doctor(ctg) == [("failed", "ahead")]
    refused = ctg("key", "issue", "Outil", "--role", "AUDITOR", "--instance")
    assert refused.returncode == 1
    assert f"ctg clock accept {today()}" in refused.stderr
    assert ctg("key", "list").stdout == "", "nothing was written, and lists are still read"

    wrong = ctg("clock", "accept", "2026-01-01")
    assert wrong.returncode == 2
    assert today() in wrong.stderr
    accepted = ctg("clock", "accept", today())
    assert accepted.returncode == 0, accepted.stderr
    (line,) = [json.loads(one) for one in accepted.stderr.splitlines() if "clock-accepted" in one]
    assert (line["by"], line["outcome"]) == ("operator", "done")
    assert clock_in_doctor(ctg) == []
    assert ctg("key", "issue", "Outil", "--role", "AUDITOR", "--instance").returncode == 0


def test_doctor_tells_of_a_clock_that_went_back(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    jobs_ran(ctg, timedelta(days=-5))
    assert clock_in_doctor(ctg) == [("warning", "went-back")]
    assert ctg("key", "issue", "Outil", "--role", "AUDITOR", "--instance").returncode == 0
    jobs_ran(ctg, timedelta(days=-400))
    assert clock_in_doctor(ctg) == [("failed", "back")]
    assert ctg("clock", "accept", today()).returncode == 0
    assert clock_in_doctor(ctg) == []


def test_how_far_the_clock_may_jump_is_a_setting(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    jobs_ran(ctg, timedelta(days=92))
    issue = ("key", "issue", "Outil", "--role", "AUDITOR", "--instance")
    assert ctg(*issue, clock_jump_days="100").returncode == 0
    assert ctg(*issue).returncode == 1
    bad = ctg(*issue, clock_jump_days="0")
    assert bad.returncode == 2
    assert "CTG_CLOCK_JUMP_DAYS" in bad.stderr


def test_an_old_backup_says_how_to_go_on_where_nothing_was_and_goes_on_by_itself_over_what_it_replaces(
    ctg: Program,
) -> None:
    assert ctg("migrate").returncode == 0
    jobs_ran(ctg, timedelta(days=92))
    assert ctg("backup", "old.ctg").returncode == 0
    jobs_ran(ctg, timedelta(minutes=1))
    over = ctg("restore", "old.ctg", "--force")
    assert over.returncode == 0, over.stderr
    assert "ctg clock accept" not in over.stdout
    assert clock_in_doctor(ctg) == []
    elsewhere = ctg("restore", "old.ctg", database_url=f"sqlite:///{ctg.directory / 'new.db'}")
    assert elsewhere.returncode == 0, elsewhere.stderr
    assert f"ctg clock accept {today()}" in elsewhere.stdout
