"""What `execute` answers, whatever happens to the pages meanwhile, and to those who ask twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ctg_engine.bootstrap import House, make_store, opened
from ctg_engine.doctor import examine
from ctg_engine.settings import Settings
from domain.frameworks import OpenFrameworkConvention
from domain.kernel import Actor, Context, Refused, RoleHeld
from domain.partners import RegisterPartner
from domain.roles import ADMINISTRATOR
from domain.values import Code, PublicName
from workflows.log import AppendedRow


@pytest.fixture
def context(now: datetime) -> Context:
    """An administrator who may have to ask twice."""
    actor = Actor(uuid4(), (RoleHeld(ADMINISTRATOR),))
    return Context(actor=actor, today=now.date(), now=now, idempotency_key="twice")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A whole instance, as a process of it has it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'ctg.db'}"
    else:
        url = str(request.getfixturevalue("migrated_postgres_url"))
    settings = Settings(database_url=url)
    make_store(settings)
    with opened(settings) as house:
        yield house


def register() -> RegisterPartner:
    return RegisterPartner(stream_id=uuid4(), kind=Code("ASSOCIATION"), name=PublicName("Maison des familles"))


def test_what_is_recorded_is_answered_so_when_no_page_can_show_it(house: House, context: Context) -> None:
    """An event of a later release stops the letters: that is told to the operator, not to who records a fact."""
    house.steering.log.log.append([AppendedRow(uuid4(), 1, "ctg.later.release", "{}")])
    command = register()
    answer = house.steering.execute(command, context)
    assert not answer.replayed
    assert house.steering.execute(command, context).replayed
    ready = TestClient(create_app(house.services())).get("/readyz")
    assert ready.status_code == 503
    assert "ctg.later.release (" in ready.json()["failing"]["log"]
    told = [one for one in examine(house.settings) if one.check == "log" and one.level == "failed"]
    assert [one.key for one in told] == ["unreadable"]
    assert "ctg.later.release" in told[0].parameters["error"]


def test_an_id_that_something_else_has_is_taken(house: House, context: Context) -> None:
    """And it is said as it is of a thing of the same kind."""
    command = register()
    house.steering.execute(command, context)
    other = OpenFrameworkConvention(
        stream_id=command.stream_id,
        department=Code("32"),
        name=PublicName("Gers"),
        signatories=(command.stream_id,),
        profile_name=Code("cnaf-2020"),
        profile_version=1,
        effective_from=date(2024, 1, 1),
        effective_to=date(2028, 12, 31),
    )
    told = []
    for one in (replace(command), other):
        with pytest.raises(Refused) as refused:
            house.steering.execute(one, replace(context, idempotency_key=None))
        told.append([(rule.RULE, rule.CODE, rule.parameters) for rule in refused.value.broken])
    assert told[0] == told[1]
