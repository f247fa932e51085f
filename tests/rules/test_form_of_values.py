"""What a command carries has the form of its kind, whatever the door: a code is no sentence, a name can be read (R32).

Whoever types it is told which field, at any depth; nothing is recorded.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from domain.convention.authorising import RecordMandate
from domain.convention.diagnosis import Finding, Participation, RecordSharedDiagnosis
from domain.convention.forums import ConveneForum, RecordForum
from domain.convention.opening import RecordEngagement
from domain.convention.priorities import ChoosePriority
from domain.kernel import Command
from domain.partners import RegisterPartner
from domain.steering import Decision, DecisionReference, RecordMeeting
from domain.territories import ChangePerimeter, Commune, RegisterTerritory, territory_stream
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId, Prose, PublicName
from tests.projections.story import PARENTING, Story
from tests.rules.reading import malformed

SENTENCE = Code("Mme Martin veut")
SPACED = LocalId("la priorité 1")
TOO_MANY = 2**31


def finding(story: Story, name: LocalId = LocalId("f1"), theme: Code = PARENTING) -> Command:
    """A shared diagnosis of one finding."""
    one = Finding(name, theme, Code("CONSTRAINT"), Prose("Peu de lieux"))
    return RecordSharedDiagnosis(stream_id=story.convention, findings=(one,))


def heard(story: Story, count: int) -> Command:
    """A shared diagnosis on which so many people were heard."""
    one = Finding(LocalId("f1"), PARENTING, Code("CONSTRAINT"), Prose("Peu de lieux"))
    survey = Participation(Code("SURVEY"), count)
    return RecordSharedDiagnosis(stream_id=story.convention, findings=(one,), participation=(survey,))


def priority(story: Story, name: LocalId = LocalId("p1"), meeting: LocalId = LocalId("m1")) -> Command:
    """A choice founded on a meeting."""
    return ChoosePriority(
        stream_id=story.convention,
        priority_id=name,
        title=Prose("Soutenir les parents"),
        themes=(PARENTING,),
        findings=(LocalId("f1"),),
        decided_in=DecisionReference(story.body, meeting, LocalId("d1")),
    )


def mandate(story: Story, kind: Code = Code("BOARD"), day: date | None = None) -> Command:
    """A partner's decision."""
    return RecordMandate(stream_id=story.convention, partner_id=story.caf, kind=kind, executory_on=day, occurred_on=day)


def forum(story: Story, usage: int) -> Command:
    """A forum with so many users."""
    return RecordForum(
        stream_id=story.convention,
        forum_id=LocalId("fo1"),
        themes=(PARENTING,),
        attendance_by_expertise=Attendance(1, 1, usage),
    )


def convened(story: Story, planned_on: date) -> Command:
    """A forum announced for a day."""
    return ConveneForum(stream_id=story.convention, forum_id=LocalId("fo1"), themes=(PARENTING,), planned_on=planned_on)


def partner(story: Story, name: str) -> Command:
    """An institution of the register."""
    return RegisterPartner(stream_id=uuid.uuid4(), kind=Code("MSA"), name=PublicName(name))


def perimeter(story: Story, commune: str, population: int = 9499, form: str = "CC") -> Command:
    """The territory, of one commune."""
    return ChangePerimeter(
        stream_id=story.territory,
        name=PublicName("Gascogne Toulousaine"),
        legal_form=Code(form),
        communes=(Commune(Code("32160"), None, PublicName(commune), population),),
    )


def registered(story: Story, department: str) -> Command:
    """Another territory, of one commune."""
    siren = Code("243200409")
    return RegisterTerritory(
        stream_id=territory_stream(siren),
        siren=siren,
        name=PublicName("CC Val de Gers"),
        legal_form=Code("CC"),
        department=Code(department),
        communes=(Commune(Code("32242"), None, PublicName("Masseube"), 1_500),),
    )


def meeting(story: Story, attendance: int = 8, decision: LocalId = LocalId("d1")) -> RecordMeeting:
    """A meeting where one thing is decided."""
    taken = Decision(decision, Code("OTHER"), Prose("Approuvé"))
    return RecordMeeting(stream_id=story.body, meeting_id=LocalId("m2"), attendance=attendance, decisions=(taken,))


MALFORMED: list[tuple[Callable[[Story], Command], str, str]] = [
    (partial(mandate, kind=SENTENCE), "code", "kind"),
    (partial(mandate, kind=Code("")), "code", "kind"),
    (partial(mandate, kind=Code("A" * 65)), "code", "kind"),
    (partial(finding, theme=SENTENCE), "code", "findings.theme"),
    (partial(priority, name=SPACED), "local-id", "priority_id"),
    (partial(finding, name=SPACED), "local-id", "findings.finding_id"),
    (partial(priority, meeting=SPACED), "local-id", "decided_in.meeting_id"),
    (partial(meeting, decision=LocalId("d\n1")), "local-id", "decisions.decision_id"),
    (partial(partner, name="MSA\x00 Midi"), "name", "name"),
    (partial(partner, name="MSA\u200b Midi"), "name", "name"),
    (partial(partner, name="MSA\nMidi"), "name", "name"),
    (partial(partner, name="MSA \u202eidiM"), "name", "name"),
    (partial(partner, name="M" * 201), "name", "name"),
    (partial(perimeter, commune="L'Isle\u200d-Jourdain"), "name", "communes.name"),
    (partial(perimeter, commune="  "), "text-required", "communes.name"),
    (partial(perimeter, commune="L'Isle-Jourdain", form="Martin"), "unknown-code", "legal_form"),
    (partial(registered, department="Gers"), "code", "department"),
    (partial(mandate, day=date(1999, 12, 31)), "day", "occurred_on"),
    (partial(mandate, day=date(26, 11, 27)), "day", "occurred_on"),
    (partial(convened, planned_on=date(2100, 1, 1)), "day", "planned_on"),
    (partial(meeting, attendance=100_000), "number", "attendance"),
    (partial(meeting, attendance=0), "nobody-decided", "attendance"),
    (partial(meeting, attendance=TOO_MANY), "number", "attendance"),
    (partial(forum, usage=TOO_MANY), "number", "attendance_by_expertise.usage"),
    (partial(heard, count=TOO_MANY), "number", "participation.count"),
    (partial(perimeter, commune="L'Isle-Jourdain", population=TOO_MANY), "number", "communes.population"),
]


@pytest.mark.parametrize(("made", "code", "field"), MALFORMED)
def test_the_field_at_fault_is_named_and_nothing_is_recorded(
    story: Story, made: Callable[[Story], Command], code: str, field: str
) -> None:
    story.set_up()
    story.open()
    assert malformed(story, lambda: story.tell(made(story), story.administrator)) == (code, field)
    assert malformed(story, lambda: story.tell(made(story))) == (code, field)


def test_what_is_just_within_is_taken(story: Story) -> None:
    story.set_up()
    story.open()
    story.tell(meeting(story, attendance=5_000))
    story.tell(convened(story, date(2099, 12, 31)))
    story.tell(partner(story, "M" * 200), story.administrator)
    story.tell(partner(story, "Communauté d’agglomération « Œuvre » – n° 2"), story.administrator)


def test_nobody_looks_at_a_side_without_being_there(story: Story) -> None:
    def held() -> None:
        RecordForum(
            stream_id=story.convention,
            forum_id=LocalId("fo1"),
            themes=(PARENTING,),
            attendance_by_expertise=Attendance(9, 4, 0),
            cells_covered=(Cell(Expertise.TECHNICAL, AnalysisSide.OFFER), Cell(Expertise.USAGE, AnalysisSide.DEMAND)),
        )

    assert malformed(story, held) == ("cell-without-people", "cells_covered")


def test_what_is_recorded_twice_is_told(story: Story) -> None:
    """A meeting of the same body and day, an engagement confirmed again: both happen, and both are often mistakes."""
    story.set_up()
    story.open()
    first = story.tell(meeting(story))
    second = story.tell(replace(meeting(story), meeting_id=LocalId("m3")))
    assert [one.CODE for one in first.notices] == []
    assert [one.CODE for one in second.notices] == ["meeting-of-that-day"]
    letter = RecordEngagement(stream_id=story.convention)
    assert [one.CODE for one in story.tell(letter).notices] == []
    assert [one.CODE for one in story.tell(letter).notices] == ["already-engaged"]
