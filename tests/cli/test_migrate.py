"""`ctg migrate` and `ctg doctor`."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from ctg_engine.bootstrap import SHIPPED_PROFILES, opened
from ctg_engine.settings import Settings
from domain.profiles import MethodProfilePublished
from tests.cli.conftest import Program
from tests.postgres import GIVEN_SERVER, alone, durable


@pytest.mark.slow
def test_several_at_once_make_one_store(anywhere: Program) -> None:
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: anywhere.in_a_process("migrate"), range(4)))
    assert [one.returncode for one in ended] == [0, 0, 0, 0], ended
    assert len({one.stdout for one in ended}) == 1
    with opened(Settings(database_url=anywhere.settings["database_url"])) as house:
        events = [event for _, event in house.steering.read_events(0, 100)]
    assert [type(event) for event in events] == [MethodProfilePublished] * len(SHIPPED_PROFILES)


def test_the_doctor_knows_a_well_store_from_an_old_one(anywhere: Program) -> None:
    before = anywhere("doctor")
    assert before.returncode == 1
    assert "ctg migrate" in before.stdout
    anywhere.done("migrate")
    with durable(anywhere.settings["database_url"]):
        after = anywhere("doctor", "--json", smtp_password="hunter2-hunter2")
    assert after.returncode == 0, after.stdout
    told = json.loads(after.stdout)
    assert told["healthy"] is True
    levels = {one["check"]: one["level"] for one in told["findings"]}
    assert levels["guards"] == levels["durability"] == levels["migrations"] == levels["log"] == "ok"
    assert levels["mail"] == levels["jobs"] == "warning"  # no server is set, no job ever ran
    assert set(told["settings"]) == {f"CTG_{name.upper()}" for name in Settings.model_fields}
    assert "hunter2" not in after.stdout


@pytest.mark.postgres
def test_a_server_that_does_not_wait_for_its_disk_is_told(ctg: Program, migrated_postgres_url: str) -> None:
    if GIVEN_SERVER is not None:
        pytest.skip("cannot apply: a server given by CTG_TEST_POSTGRES waits for its disk")
    with alone(migrated_postgres_url):
        ended = ctg("doctor", "--json", database_url=migrated_postgres_url)
    assert ended.returncode == 1
    told = [one for one in json.loads(ended.stdout)["findings"] if one["check"] == "durability"]
    assert [(one["level"], one["key"]) for one in told] == [("failed", "low")]


def test_the_doctor_sees_a_mail_server_that_does_not_answer(ctg: Program, port: int) -> None:
    ctg.done("migrate")
    ended = ctg("doctor", smtp_host="127.0.0.1", smtp_port=str(port))
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}" in ended.stdout


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_newer_store_is_left_alone(ctg: Program, command: str, port: int) -> None:
    ctg.done("migrate")
    with opened(Settings(database_url=ctg.settings["database_url"])) as house, house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ended = ctg(command, *(["--port", str(port)] if command == "serve" else []))
    assert ended.returncode == 1
    assert "9999" in ended.stderr
    assert "Traceback" not in ended.stderr
