"""Mistakes mended: what was recorded wrongly counts no more, whatever was decided on it since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from domain.convention.counting import Signing
from domain.convention.crossing import ForumsHeld
from domain.convention.forums import RecordForum
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import PrioritiesChosen
from domain.convention.signing import RecordSignature
from domain.convention.state import COVERS
from domain.corrections import AnnulEvent
from domain.kernel import Correcting, Event, Refused
from domain.perimeters import PerimeterRegister, register_stream
from domain.steering import PLAN_VALIDATED
from domain.values import Attendance, Prose
from tests.properties.test_any_sequence_of_commands import CAF, CONVENTION_ID, DECIDED, EPCI, READY, SHEETS, TEXTS
from tests.workflows.together import Process, convention_of, of, opened, stand_alike

WHY = Prose("Une erreur de saisie.")
VALIDATED = ValidateActionPlan(
    stream_id=CONVENTION_ID,
    sheets=SHEETS[:1],
    text_sha256=TEXTS[0],
    decided_in=DECIDED[PLAN_VALIDATED],
    occurred_on=date(2024, 11, 20),
)


def signature(partner_id: UUID) -> RecordSignature:
    return RecordSignature(
        stream_id=CONVENTION_ID,
        partner_id=partner_id,
        covers=COVERS,
        text_sha256=TEXTS[0],
        occurred_on=date(2024, 12, 20),
    )


def last(process: Process, topic: str) -> Event:
    return [one for one in of(process, CONVENTION_ID) if f"ctg.convention.{topic}" == one.TOPIC][-1]


def id_of(event: Event) -> UUID:
    return event.envelope.event_id


def annul(process: Process, event: Event, *cascade: UUID) -> Any:
    return process.act(AnnulEvent(stream_id=event.originator_id, target_id=id_of(event), cascade=cascade), reason=WHY)


def test_a_forum_recorded_by_mistake_is_annulled_with_the_priority_it_led_to(engine: Engine) -> None:
    process = opened(engine, *READY)
    forum = last(process, "forum-held")
    with pytest.raises(Refused) as refused:
        annul(process, forum)
    (rule,) = refused.value.broken
    assert rule.CODE == "dependent-events"
    falling = rule.parameters["events"]
    assert id_of(last(process, "priority-chosen")) in falling
    assert len(falling) == 2, "the priority and its action sheet"
    annul(process, forum, *falling)
    convention = convention_of(process)
    assert not ForumsHeld.of(convention).held
    assert not PrioritiesChosen.of(convention).ranks
    assert process.load(SHEETS[0]).is_annulled  # type: ignore[union-attr]
    stand_alike(process)
    process.act(READY[1])
    process.act(READY[2])
    process.act(READY[3])
    assert not process.load(SHEETS[0]).is_annulled  # type: ignore[union-attr]
    stand_alike(process)
    stand_alike(Process(engine))


def test_the_last_signature_annulled_takes_the_signed_plan_with_it_and_brings_it_again(engine: Engine) -> None:
    process = opened(engine, *READY, VALIDATED, signature(CAF), signature(EPCI))
    assert len(Signing.of(convention_of(process)).signed_on) == 2
    wrong = last(process, "signature-recorded")
    with pytest.raises(Refused) as refused:
        annul(process, wrong)
    falling = refused.value.broken[0].parameters["events"]
    assert set(falling) == {id_of(last(process, "convention-signed")), id_of(last(process, "action-plan-signed"))}
    annul(process, wrong, *falling)
    assert not Signing.of(convention_of(process)).signed_on
    process.act(replace(signature(EPCI), occurred_on=date(2024, 12, 23)))
    assert set(Signing.of(convention_of(process)).signed_on.values()) == {date(2024, 12, 23)}
    stand_alike(process)


def test_a_count_typed_wrongly_is_corrected_in_its_place(engine: Engine) -> None:
    process = opened(engine, *READY)
    forum = READY[1]
    assert isinstance(forum, RecordForum)
    wrong = last(process, "forum-held")
    right = replace(forum, attendance_by_expertise=Attendance(3, 2, 14))
    answer = process.act(right, corrects=Correcting(id_of(wrong)), reason=WHY)
    assert [one.topic for one in answer.events] == ["ctg.correction.event-corrected", "ctg.convention.forum-held"]
    (held,) = ForumsHeld.of(convention_of(process)).held.values()
    assert held.attendance == (3, 2, 14)
    stand_alike(process)


def test_an_opening_by_mistake_is_annulled_and_frees_its_perimeter(engine: Engine) -> None:
    process = opened(engine, *READY)
    opening = of(process, CONVENTION_ID)[0]
    with pytest.raises(Refused) as refused:
        annul(process, opening)
    annul(process, opening, *refused.value.broken[0].parameters["events"])
    assert convention_of(process).is_annulled
    register = process.load(register_stream("32"))
    assert isinstance(register, PerimeterRegister) and not register.reservations
    stand_alike(process)
