"""Weighing says what would come of an act, and changes nothing: neither the log, nor the memory, nor the refusals."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select

from domain.convention.activating import ActivateConvention
from domain.convention.opening import RecordEngagement
from domain.kernel import Refused
from tests.properties.test_any_sequence_of_commands import CONVENTION_ID, OPENED, READY
from tests.workflows.test_sealing import VALIDATION
from tests.workflows.together import circumstances, convention_of, opened
from workflows.schema import metadata


def everything(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_weighing_records_nothing(engine: Engine) -> None:
    process = opened(engine, *READY)
    before, state = everything(engine), vars(convention_of(process))
    remembered = process.memory.take(CONVENTION_ID)
    assert remembered is not None
    process.memory.put([remembered])
    version = remembered.version
    for command in (RecordEngagement(stream_id=CONVENTION_ID, occurred_on=OPENED), VALIDATION):
        assert process.weigh(command, circumstances()).allowed
    refused = process.weigh(ActivateConvention(stream_id=CONVENTION_ID), circumstances())
    assert not refused.allowed
    assert everything(engine) == before
    assert vars(convention_of(process)) == state
    assert (remembered.version, remembered.pending_events) == (version, [])


def test_what_weighing_says_is_what_comes(engine: Engine) -> None:
    process = opened(engine)
    for command in READY:
        told = process.weigh(command, circumstances())
        answer = process.act(command)
        assert told.allowed
        assert (told.notices, told.waived, told.irregularities) == (
            answer.notices,
            answer.waived,
            answer.irregularities,
        )
    activation = ActivateConvention(stream_id=CONVENTION_ID)
    told = process.weigh(activation, circumstances())
    with pytest.raises(Refused) as refused:
        process.act(activation)
    assert told.refused == refused.value.broken
