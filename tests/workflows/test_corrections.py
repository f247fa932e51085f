"""Mistakes mended: what was recorded wrongly counts no more, whatever was decided on it since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from domain.assignments import AssignTerritoryRole
from domain.convention.counting import Signing
from domain.convention.crossing import ForumsHeld
from domain.convention.forums import ForumHeld, RecordForum
from domain.convention.opening import OpenConvention
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import PrioritiesChosen
from domain.convention.signing import RecordSignature
from domain.convention.state import COVERS
from domain.corrections import AnnulEvent, ConfirmCorrection, LapseCorrection, RefuseCorrection
from domain.kernel import Actor, Correcting, Event, Refused, RoleHeld
from domain.perimeters import PerimeterRegister, register_stream
from domain.roles import PILOT
from domain.steering import PLAN_VALIDATED
from domain.values import Attendance, InvalidValue, Prose
from projections.engine import Moment
from tests.plans import completed
from tests.properties.test_any_sequence_of_commands import (
    BODY,
    CAF,
    CLOSE,
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
from tests.workflows.together import Process, convention_of, of, opened, stand_alike
from workflows.acting_by_itself import ENGINE_ACTOR
from workflows.reading import Reader

WHY = Prose("Une erreur de saisie.")
VALIDATED = ValidateActionPlan(
    stream_id=CONVENTION_ID,
    sheets=SHEETS[:1],
    text_sha256=TEXTS[0],
    decided_in=DECIDED[PLAN_VALIDATED],
    occurred_on=date(2024, 11, 20),
    **completed(date(2024, 11, 20)),
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


def test_a_closing_by_mistake_is_annulled_and_reserves_the_perimeter_again(engine: Engine) -> None:
    process = opened(engine, CLOSE)
    register = process.load(register_stream("32"))
    assert isinstance(register, PerimeterRegister)
    assert not register.reservations, "given up, it freed its communes"
    annul(process, last(process, "convention-closed"))
    register = process.load(register_stream("32"))
    assert isinstance(register, PerimeterRegister)
    assert set(register.reservations) == {CONVENTION_ID}, "no other convention may take them"
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


# --- a second person --------------------------------------------------------------------------------------------------

ALICE, BRUNO = (Actor(UUID(int=one), (RoleHeld(PILOT, TERRITORY, recorded_in=TERRITORY),)) for one in (1, 2))


@pytest.fixture
def process(engine: Engine) -> Process:
    """A convention with a pilot and a co-pilot's stand-in, who may confirm each other's corrections."""
    return opened(
        engine,
        *(
            AssignTerritoryRole(stream_id=TERRITORY, role=PILOT, person_id=one.actor_id, occurred_on=date(2024, 1, 1))
            for one in (ALICE, BRUNO)
        ),
        *READY,
    )


def propose(process: Process) -> UUID:
    """Alice says that the forum counted other people."""
    forum = READY[1]
    assert isinstance(forum, RecordForum)
    right = replace(forum, attendance_by_expertise=Attendance(3, 2, 14))
    wrong = next(one for one in of(process, CONVENTION_ID) if isinstance(one, ForumHeld))
    answer = process.act(right, actor=ALICE, corrects=Correcting(id_of(wrong)), reason=WHY)
    assert answer.events[0].topic == "ctg.correction.correction-proposed"
    return answer.events[0].event_id


def came(process: Process) -> tuple[int, int, int]:
    (held,) = ForumsHeld.of(convention_of(process)).held.values()
    return held.attendance


def test_a_proposal_changes_nothing_until_another_person_confirms_it(process: Process) -> None:
    proposal_id = propose(process)
    assert came(process) == (3, 2, 5)
    confirm = ConfirmCorrection(stream_id=CONVENTION_ID, proposal_id=proposal_id)
    with pytest.raises(Refused) as refused:
        process.act(confirm, actor=ALICE)
    assert [one.CODE for one in refused.value.broken] == ["second-person-required"]
    process.act(confirm, actor=BRUNO)
    assert came(process) == (3, 2, 14)
    with pytest.raises(Refused) as refused:
        process.act(confirm, actor=BRUNO)
    assert [one.CODE for one in refused.value.broken] == ["proposal-closed"]
    stand_alike(process)


def test_a_refused_proposal_leaves_things_as_they_were(process: Process) -> None:
    proposal_id = propose(process)
    with pytest.raises(Refused) as pending:
        propose(process)
    assert [one.CODE for one in pending.value.broken] == ["correction-pending"]
    process.act(RefuseCorrection(stream_id=CONVENTION_ID, proposal_id=proposal_id), actor=BRUNO, reason=WHY)
    assert came(process) == (3, 2, 5)
    propose(process)
    stand_alike(process)


def test_what_nobody_confirms_lapses(process: Process) -> None:
    proposal_id = propose(process)
    later = TODAY + timedelta(days=31)
    confirm = ConfirmCorrection(stream_id=CONVENTION_ID, proposal_id=proposal_id)
    with pytest.raises(Refused) as refused:
        process.act(confirm, actor=BRUNO, today=later)
    assert [one.CODE for one in refused.value.broken] == ["proposal-closed"]
    lapse = LapseCorrection(stream_id=CONVENTION_ID, proposal_id=proposal_id)
    assert not process.act(lapse, actor=ENGINE_ACTOR).events, "it may still be confirmed"
    assert [one.topic for one in process.act(lapse, actor=ENGINE_ACTOR, today=later).events] == [
        "ctg.correction.correction-lapsed"
    ]
    assert not process.act(lapse, actor=ENGINE_ACTOR, today=later).events
    assert came(process) == (3, 2, 5)


def test_who_is_alone_mends_at_once_and_is_told(engine: Engine) -> None:
    process = opened(engine, *READY)
    forum = READY[1]
    assert isinstance(forum, RecordForum)
    right = replace(forum, attendance_by_expertise=Attendance(1, 1, 1))
    answer = process.act(right, corrects=Correcting(id_of(last(process, "forum-held"))), reason=WHY)
    assert [one.CODE for one in answer.notices] == ["second-person-required"]
    assert came(process) == (1, 1, 1)


def test_a_correction_says_why(engine: Engine) -> None:
    process = opened(engine, *READY)
    with pytest.raises(InvalidValue) as invalid:
        process.act(AnnulEvent(stream_id=CONVENTION_ID, target_id=id_of(last(process, "forum-held"))))
    assert (invalid.value.code, invalid.value.parameters["field"]) == ("text-required", "reason")


def test_a_meeting_annulled_takes_with_it_what_was_decided_there(engine: Engine) -> None:
    process = opened(engine, *READY)
    (held,) = [one for one in of(process, BODY) if one.TOPIC == "ctg.steering-body.steering-meeting-held"]
    with pytest.raises(Refused) as refused:
        annul(process, held)
    falling = refused.value.broken[0].parameters["events"]
    assert id_of(last(process, "priority-chosen")) in falling
    annul(process, held, *falling)
    assert not PrioritiesChosen.of(convention_of(process)).ranks
    stand_alike(process)


def test_what_was_known_on_a_past_day_is_still_told_as_it_was_known(engine: Engine) -> None:
    process = opened(engine, *READY)
    later = datetime(2027, 7, 2, 9, tzinfo=UTC)
    forum = READY[1]
    assert isinstance(forum, RecordForum)
    right = replace(forum, attendance_by_expertise=Attendance(3, 2, 14), occurred_on=date(2024, 6, 6))
    corrects = Correcting(id_of(last(process, "forum-held")), (id_of(last(process, "priority-chosen")),))
    process.act(right, corrects=corrects, reason=WHY, now=later, today=later.date())
    dossier = Reader(engine).dossier(CONVENTION_ID)
    assert dossier is not None
    before = dossier.as_of(Moment(recorded_by=datetime(2027, 7, 1, tzinfo=UTC)))
    happened = dossier.as_of(Moment(occurred_by=date(2024, 6, 30)))
    assert before is not None and happened is not None
    for then, day in ((dossier, 6), (before, 5), (happened, 6)):
        (held,) = ForumsHeld.of(then.convention).held.values()
        assert held.held_on == date(2024, 6, day)
        assert [one.occurred_on for _, one in then.facts(ForumHeld)] == [date(2024, 6, day)]
    assert vars(dossier.convention)["parts"] == vars(convention_of(process))["parts"]


def test_what_was_named_by_mistake_stays_about_the_convention(engine: Engine) -> None:
    """A summary is replaced by one that knows more: what it counts may not shrink, or lists keep what was mistaken."""
    process = opened(engine, *READY)
    opening = next(one for one in surroundings() if isinstance(one, OpenConvention))
    reader = Reader(engine)
    before = reader.dossier(CONVENTION_ID)
    assert before is not None
    fewer = replace(opening, signatories=opening.signatories[:1], occurred_on=OPENED)
    corrects = Correcting(id_of(of(process, CONVENTION_ID)[0]))
    with pytest.raises(Refused) as refused:
        process.act(fewer, corrects=corrects, reason=WHY)
    falling = next(one.parameters["events"] for one in refused.value.broken if one.CODE == "dependent-events")
    process.act(fewer, corrects=replace(corrects, cascade=falling), reason=WHY)
    after = reader.dossier(CONVENTION_ID)
    assert after is not None
    assert set(after.convention.signatories) == {CAF}
    assert before.streams.keys() <= after.streams.keys()
    assert after.basis > before.basis
