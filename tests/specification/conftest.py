"""The specification runs on a fresh installation per scenario, through the door asked for on the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepNamePrefix
from sqlalchemy import make_url

from api.app import answer_from, create_app
from ctg_engine.bootstrap import opened, prepare
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from tests.client import Client
from tests.postgres import Server
from tests.specification import (
    steps_acts,
    steps_any_act,
    steps_arbitrations,
    steps_chain,
    steps_contestations,
    steps_corrections,
    steps_counsel,
    steps_decisions,
    steps_delegations,
    steps_diagnosis,
    steps_elections,
    steps_forums,
    steps_framework,
    steps_framework_bodies,
    steps_framework_means,
    steps_invitations,
    steps_lead_roles,
    steps_means,
    steps_meetings,
    steps_methods,
    steps_money,
    steps_owed,
    steps_participation,
    steps_partners,
    steps_prototypes,
    steps_results,
    steps_reviews,
    steps_roles,
    steps_setting,
    steps_sheets,
    steps_silencing,
    steps_spaces,
    steps_tables,
    steps_taking_over,
    steps_term,
    steps_themes,
    steps_time,
    steps_trainings,
    steps_verdicts,
    steps_waves,
)
from tests.specification.doors import Door, ExecuteDoor, HttpDoor
from tests.specification.world import World

INSTALLED = datetime(2020, 1, 16, 9, tzinfo=UTC)
OUTCOMES = frozenset({"accepted", "refused", "irregular", "waived", "notice"})

# pytest-bdd finds steps in the module of a test and in its conftest.
for _module in (
    steps_setting,
    steps_sheets,
    steps_silencing,
    steps_spaces,
    steps_acts,
    steps_arbitrations,
    steps_chain,
    steps_contestations,
    steps_any_act,
    steps_corrections,
    steps_counsel,
    steps_delegations,
    steps_diagnosis,
    steps_elections,
    steps_forums,
    steps_decisions,
    steps_framework,
    steps_framework_bodies,
    steps_framework_means,
    steps_means,
    steps_invitations,
    steps_lead_roles,
    steps_meetings,
    steps_methods,
    steps_money,
    steps_owed,
    steps_participation,
    steps_prototypes,
    steps_partners,
    steps_results,
    steps_reviews,
    steps_roles,
    steps_tables,
    steps_taking_over,
    steps_term,
    steps_themes,
    steps_time,
    steps_trainings,
    steps_verdicts,
    steps_waves,
):
    globals().update(
        {name: step for name, step in vars(_module).items() if name.startswith(StepNamePrefix.step_def.value)}
    )


_scenarios = vars(import_module("pytest_bdd.scenario"))
_every_definition = _scenarios["find_fixturedefs_for_step"]
_definitions: dict[tuple[str, str], list[Any]] = {}


def _definitions_of(step: Step, fixturemanager: Any, node: Any) -> Iterable[Any]:
    """The definitions of a step, looked for once among some hundreds: scenarios say the same things again and again,
    all of them in one module, and an eighth of their time went into looking."""
    asked = (step.type, step.name)
    if asked not in _definitions:
        _definitions[asked] = list(_every_definition(step, fixturemanager, node))
    return _definitions[asked]


_scenarios["find_fixturedefs_for_step"] = _definitions_of


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
    """A database as an operator has it at first, with the method that ships; copied for each scenario."""
    path = tmp_path_factory.mktemp("installed") / "ctg.db"
    prepare(settings_of(f"sqlite:///{path}"), SetClock(INSTALLED))
    return path


@pytest.fixture(scope="session")
def installed_postgres(postgres_server: Server) -> str:
    """The same in PostgreSQL: the name of a database, to be copied."""
    url = postgres_server.create_template()
    prepare(settings_of(url), SetClock(INSTALLED))
    return str(make_url(url).database)


def settings_of(database_url: str) -> Settings:
    """The settings of an installation that differs from the defaults in its database and its time only."""
    return Settings(database_url=database_url, clock_jump_days=3660)  # years pass in a scenario


@pytest.fixture
def database_url(request: pytest.FixtureRequest, store_kind: str, tmp_path: Path) -> str:
    """The store asked for, as a fresh installation."""
    if store_kind == "postgresql":
        databases: Callable[[str], str] = request.getfixturevalue("postgres_databases")
        return databases(request.getfixturevalue("installed_postgres"))
    path = tmp_path / "ctg.db"
    shutil.copy(request.getfixturevalue("installed_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def application(installed_sqlite: Path) -> FastAPI:
    """The application, made once for all scenarios: it answers from the house of each in its turn."""
    with opened(settings_of(f"sqlite:///{installed_sqlite}"), SetClock(INSTALLED)) as house:
        return create_app(house.services())


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop that answers."""
    with start_blocking_portal() as started:
        yield started


@pytest.fixture
def door(request: pytest.FixtureRequest, database_url: str, through: str) -> Iterator[Door]:
    """The door asked for."""
    clock = SetClock(INSTALLED)
    with opened(settings_of(database_url), clock) as house:
        if through == "http":
            application: FastAPI = request.getfixturevalue("application")
            answer_from(application, house.services())
            portal: BlockingPortal = request.getfixturevalue("portal")
            yield HttpDoor(house, clock, Client(application, portal, headers={"Accept-Language": "fr"}))
        else:
            yield ExecuteDoor(house, clock)


@pytest.fixture
def world(door: Door) -> World:
    """The scenario's memory."""
    return World(door)
