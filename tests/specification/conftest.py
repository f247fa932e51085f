"""The specification runs on a fresh installation per scenario, through the door asked for on the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pytest_bdd.steps import StepNamePrefix
from sqlalchemy import Engine

from domain.kernel import Actor, Context, RoleHeld
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import ADMINISTRATOR
from tests.specification import steps_acts, steps_setting, steps_verdicts
from tests.specification.doors import Door, ExecuteDoor
from tests.specification.world import World
from workflows.application import Steering
from workflows.database import create_database_engine, migrate
from workflows.methods.reader import read_profile

ROOT = Path(__file__).resolve().parents[2]
OUTCOMES = frozenset({"accepted", "refused", "irregular", "waived", "notice"})

# pytest-bdd finds steps in the module of a test and in its conftest.
for _module in (steps_setting, steps_acts, steps_verdicts):
    globals().update(
        {name: step for name, step in vars(_module).items() if name.startswith(StepNamePrefix.step_def.value)}
    )


def pytest_bdd_apply_tag(tag: str, function: Callable[..., Any]) -> bool:
    """Tags name rules and outcomes; they are no pytest marks."""
    return tag != "slow"


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
    """Tell the scenario what it is about."""
    request.getfixturevalue("world").tags = frozenset(scenario.tags | feature.tags)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
    """A tag promises an outcome of a rule: a step of the scenario must have asserted it."""
    world: World = request.getfixturevalue("world")
    assert world.judged or world.outcome.accepted, f"the last act was not accepted: {world.outcome}"
    promised = {(rule, outcome) for rule in world.rules() for outcome in world.tags & OUTCOMES}
    assert promised <= world.seen, f"promised by its tags but not asserted: {sorted(promised - world.seen)}"


@pytest.fixture(scope="session")
def installed_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `migrate` leaves it, with the method that comes with the engine; copied for each scenario."""
    path = tmp_path_factory.mktemp("installed") / "ctg.db"
    engine = create_database_engine(f"sqlite:///{path}")
    migrate(engine)
    install_method(engine)
    engine.dispose()
    return path


def install_method(engine: Engine) -> None:
    """Publish the method that comes with the engine."""
    profile = read_profile(ROOT / "workflows/methods/cnaf-2020.v1.yaml")
    Steering(engine).execute(
        PublishMethodProfile(stream_id=profile_stream(profile.name, profile.version), profile=profile),
        Context(
            actor=Actor(uuid4(), (RoleHeld(ADMINISTRATOR),)),
            today=date(2020, 1, 16),
            now=datetime(2020, 1, 16, 9, tzinfo=UTC),
        ),
    )


@pytest.fixture
def engine(request: pytest.FixtureRequest, store_kind: str, tmp_path: Path) -> Iterator[Engine]:
    """The store asked for, as a fresh installation."""
    if store_kind == "postgresql":
        engine = create_database_engine(request.getfixturevalue("migrated_postgres_url"))
        install_method(engine)
    else:
        path = tmp_path / "ctg.db"
        shutil.copy(request.getfixturevalue("installed_sqlite"), path)
        engine = create_database_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def door(engine: Engine, through: str) -> Door:
    """The door asked for."""
    assert through == "execute", "the specification goes through the application only, for now"
    return ExecuteDoor(Steering(engine))


@pytest.fixture
def world(door: Door) -> World:
    """The scenario's memory."""
    return World(door)
