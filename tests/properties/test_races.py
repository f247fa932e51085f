"""People who write at the same moment lose nothing and never sign twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest

from domain.convention.counting import ActionPlanSigned
from domain.convention.opening import RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.signing import RecordSignature, SignatureRecorded
from domain.kernel import Actor, Command, Context, Event, Refused, RoleHeld
from domain.roles import ADMINISTRATOR, PILOT
from domain.steering import PLAN_VALIDATED
from tests.plans import completed
from tests.properties.test_any_sequence_of_commands import (
    CAF,
    CONVENTION_ID,
    DECIDED,
    EPCI,
    OPENED,
    READY,
    SHEETS,
    TERRITORY,
    TEXTS,
    TODAY,
    surroundings,
)
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.migrating import migrate

WRITERS = 4
"""People at once; each writes several times."""


def context() -> Context:
    """Someone entitled to everything here, with a request of its own."""
    return Context(
        actor=Actor(uuid4(), (RoleHeld(ADMINISTRATOR), RoleHeld(PILOT, TERRITORY))),
        today=TODAY,
        now=datetime(2027, 6, 30, 9, tzinfo=UTC),
        idempotency_key=str(uuid4()),
    )


@pytest.fixture
def steering(tmp_path: Path) -> Iterator[Steering]:
    """A convention whose plan is validated, on a real database."""
    engine = create_database_engine(f"sqlite:///{tmp_path / 'ctg.db'}")
    migrate(engine)
    application = Steering(engine)
    plan = ValidateActionPlan(
        stream_id=CONVENTION_ID,
        sheets=SHEETS[:1],
        text_sha256=TEXTS[0],
        decided_in=DECIDED[PLAN_VALIDATED],
        occurred_on=TODAY,
        **completed(TODAY),
    )
    for command in (*surroundings(), *READY, plan):
        application.execute(command, context())
    yield application
    engine.dispose()


def at_once(steering: Steering, *commands: Callable[[], list[Command]]) -> list[bool]:
    """Each list of commands by a thread of its own, all starting together; whether each command was accepted."""
    start = Barrier(len(commands))

    def write(mine: list[Command]) -> list[bool]:
        start.wait()
        accepted = []
        for command in mine:
            try:
                steering.execute(command, context())
                accepted.append(True)
            except Refused:
                accepted.append(False)
        return accepted

    with ThreadPoolExecutor(len(commands)) as threads:
        return [one for answers in threads.map(write, [make() for make in commands]) for one in answers]


def of_convention(steering: Steering) -> list[Event]:
    """The facts of the convention, in the order of the log."""
    return [event for _, event in steering.read_events(0, 1_000) if event.originator_id == CONVENTION_ID]


def test_nothing_is_lost(steering: Steering) -> None:
    before = len(of_convention(steering))
    each = 5

    def engaging() -> list[Command]:
        return [RecordEngagement(stream_id=CONVENTION_ID, occurred_on=OPENED) for _ in range(each)]

    assert all(at_once(steering, *[engaging] * WRITERS))
    after = of_convention(steering)
    assert len(after) == before + WRITERS * each
    assert [event.originator_version for event in after] == list(range(1, len(after) + 1))


def signing(partner: object, day: date) -> Callable[[], list[Command]]:
    """One partner's signature."""
    return lambda: [
        RecordSignature(
            stream_id=CONVENTION_ID,
            partner_id=partner,  # type: ignore[arg-type]
            text_sha256=TEXTS[0],
            occurred_on=day,
        )
    ]


def test_the_plan_is_signed_once_when_the_last_two_sign_together(steering: Steering) -> None:
    assert all(at_once(steering, signing(CAF, TODAY), signing(EPCI, TODAY)))
    assert [type(event) for event in of_convention(steering)].count(ActionPlanSigned) == 1


def test_a_partner_signs_once_when_two_people_record_it(steering: Steering) -> None:
    answers = at_once(steering, *[signing(CAF, TODAY)] * WRITERS)
    assert sorted(answers) == [False] * (WRITERS - 1) + [True]
    assert [type(event) for event in of_convention(steering)].count(SignatureRecorded) == 1
