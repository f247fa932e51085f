"""The role that an act is done in is asked of the stream that records it, and that stream may not move meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.convention.opening import RecordEngagement
from domain.endings import EndTerritoryRole
from domain.entitlement import entitled_role, visible_territories
from domain.frameworks import AttachTerritory, FrameworkConvention, OpenFrameworkConvention, SignFrameworkConvention
from domain.kernel import Actor, Command, Context, Refused, RoleHeld
from domain.policy import permissions
from domain.roles import (
    AUDITOR,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    PARTNER_REPRESENTATIVE,
    PILOT,
    TERRITORY_ROLES,
)
from domain.territories import Territory
from domain.values import Code, PublicName
from tests.properties.test_any_sequence_of_commands import CAF, CONVENTION_ID, EPCI, OPENED, TERRITORY, TODAY
from tests.workflows.together import Process, circumstances, opened, overtaken_by, stand_alike
from workflows.application import UnknownStream

ENGAGEMENT = RecordEngagement(stream_id=CONVENTION_ID, occurred_on=OPENED)
ANNE = UUID(int=77)
HERE = RoleHeld(PILOT, TERRITORY, recorded_in=TERRITORY)


def given(until: date | None = None) -> Command:
    return AssignTerritoryRole(stream_id=TERRITORY, role=PILOT, person_id=ANNE, occurred_on=OPENED, ends_on=until)


def ended(process: Process) -> Command:
    """What ends the role of Anne, which was given last."""
    territory = process.load(TERRITORY)
    assert isinstance(territory, Territory)
    return EndTerritoryRole(stream_id=TERRITORY, assignment_id=territory.assignments[-1].assignment_id)


def as_anne(*roles: RoleHeld, **more: Any) -> Context:
    return circumstances(actor=Actor(ANNE, roles or (HERE,)), **more)


def refusal(process: Process, context: Context, command: Command = ENGAGEMENT) -> list[str]:
    with pytest.raises(Refused) as refused:
        process.execute(command, context)
    return [one.CODE for one in refused.value.broken]


def test_a_role_that_its_stream_does_not_hold_is_none(engine: Engine) -> None:
    """Whatever the door believed: it looked a moment ago, or at what was not up to date."""
    process = opened(engine)
    assert refusal(process, as_anne()) == ["not-entitled"]
    process.act(given())
    assert process.execute(ENGAGEMENT, as_anne()).version == 2
    assert refusal(process, as_anne(replace(HERE, partner_id=CAF))) == ["not-entitled"]
    assert refusal(process, as_anne(replace(HERE, recorded_in=uuid4()))) == ["not-entitled"]


@pytest.mark.parametrize("warm", [True, False])
def test_a_role_ended_in_one_process_is_ended_in_the_other(engine: Engine, *, warm: bool) -> None:
    process = opened(engine, given())
    other = Process(engine)
    if warm:
        assert process.execute(ENGAGEMENT, as_anne()).version == 2
    other.act(ended(other))
    assert refusal(process, as_anne()) == ["not-entitled"]
    stand_alike(process)


def test_a_role_that_ends_while_it_is_used_does_nothing(engine: Engine) -> None:
    """Between the decision and its append: the append sees that the stream of the role has moved."""
    process = opened(engine, given())
    process.execute(ENGAGEMENT, as_anne())
    with overtaken_by(process, Process(engine), ended(process)) as times:
        assert refusal(process, as_anne()) == ["not-entitled"]
    assert times == [1]


def test_another_role_of_the_person_does_as_well(engine: Engine) -> None:
    process = opened(engine, given(until=TODAY - timedelta(days=1)))
    assert refusal(process, as_anne()) == ["not-entitled"]
    process.act(AssignTerritoryRole(stream_id=TERRITORY, role=Code("CO_PILOT"), person_id=ANNE, occurred_on=OPENED))
    assert process.execute(ENGAGEMENT, as_anne(HERE, replace(HERE, role=Code("CO_PILOT")))).version == 2


def test_nobody_acts_for_a_partner_whose_role_is_over(engine: Engine) -> None:
    process = opened(engine, given())
    speaker = RoleHeld(PARTNER_REPRESENTATIVE, TERRITORY, CAF, recorded_in=TERRITORY)
    assert refusal(process, as_anne(HERE, speaker, on_behalf_of=CAF)) == ["not-entitled"]
    process.act(
        AssignTerritoryRole(
            stream_id=TERRITORY, role=PARTNER_REPRESENTATIVE, person_id=ANNE, partner_id=CAF, occurred_on=OPENED
        )
    )
    assert process.execute(ENGAGEMENT, as_anne(HERE, speaker, on_behalf_of=CAF)).version == 2


# --- roles on a framework ---------------------------------------------------------------------------------------------


def framework(number: int) -> UUID:
    return UUID(int=1000 + number)


def frameworks() -> list[Command]:
    """Two frameworks with Anne as their pilot; the first follows the territory."""
    opening = OpenFrameworkConvention(
        stream_id=framework(1),
        name=PublicName("CTG du Gers"),
        department=Code("32"),
        signatories=(CAF, EPCI),
        profile_name=Code("cnaf-2020"),
        profile_version=1,
        effective_from=date(2023, 1, 1),
        effective_to=date(2027, 12, 31),
    )
    both = (framework(1), framework(2))
    return [
        *(replace(opening, stream_id=one) for one in both),
        AttachTerritory(stream_id=framework(1), attached_territory_id=TERRITORY),
        *(AssignFrameworkRole(stream_id=one, role=FRAMEWORK_PILOT, person_id=ANNE, occurred_on=OPENED) for one in both),
    ]


def on_framework(number: int, *follows: UUID) -> RoleHeld:
    place = framework(number)
    return RoleHeld(FRAMEWORK_PILOT, framework_id=place, recorded_in=place, follows=frozenset(follows))


def test_a_role_on_a_framework_reaches_its_own_territories_only(engine: Engine) -> None:
    process = opened(engine, *frameworks())
    roles = AssignTerritoryRole(stream_id=TERRITORY, role=PILOT, person_id=uuid4(), occurred_on=OPENED)
    with pytest.raises(UnknownStream):
        process.execute(roles, as_anne(on_framework(2)))
    assert refusal(process, as_anne(on_framework(2, TERRITORY)), roles) == ["not-entitled"], "as its stream says"
    assert process.execute(roles, as_anne(on_framework(1, TERRITORY))).events
    stand_alike(process)


def test_a_role_on_a_framework_does_nothing_on_another(engine: Engine) -> None:
    process = opened(engine, *frameworks())
    sign = SignFrameworkConvention(stream_id=framework(1), partner_id=CAF)
    with pytest.raises(UnknownStream):
        process.execute(sign, as_anne(on_framework(2, TERRITORY)))
    assert refusal(process, as_anne(replace(on_framework(1), recorded_in=framework(2))), sign) == ["not-entitled"]
    process.execute(sign, as_anne(on_framework(1, TERRITORY)))
    found = process.load(framework(1))
    assert isinstance(found, FrameworkConvention)
    assert set(found.signed_on) == {CAF}


def test_what_a_role_on_a_framework_lets_see_is_what_it_reaches() -> None:
    here, there = uuid4(), uuid4()
    role = on_framework(1, here)
    assert visible_territories((role,)) == frozenset({here})
    assert entitled_role("open-convention", (role,), here) == FRAMEWORK_PILOT
    assert entitled_role("open-convention", (role,), there) is None
    assert entitled_role("assign-framework-role", (role,), framework_id=framework(1)) == FRAMEWORK_PILOT
    assert entitled_role("assign-framework-role", (role,), framework_id=framework(2)) is None


@pytest.mark.parametrize("role", [*TERRITORY_ROLES, FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT])
def test_a_role_held_nowhere_reaches_nothing(role: Code) -> None:
    """Only the administrator, the engine and an auditor may be of the whole instance."""
    nowhere = (RoleHeld(role),)
    assert visible_territories(nowhere) == (None if role == AUDITOR else frozenset())
    allowed = {one.action for one in permissions() if entitled_role(one.action, nowhere, TERRITORY) is not None}
    assert all(one.startswith("read-") for one in allowed)
    assert bool(allowed) is (role == AUDITOR)
