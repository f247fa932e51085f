"""What each signatory still has to decide and to prove, once it took back a part of what it had decided (D09, D10)."""

from datetime import date
from uuid import UUID

from domain.convention.saying_no import RecordMandateWithdrawal
from domain.convention.state import CONVENTION, PLAN
from domain.values import Code, Prose
from projections.what_is_due import sheet
from tests.projections.story import Story
from workflows.calendar import PublicHolidays

ONLY_CONVENTION = (CONVENTION,)
ONLY_PLAN = (PLAN,)
SITTING, TAKEN_BACK, LATER = date(2024, 10, 2), date(2024, 10, 16), date(2024, 11, 6)


def _planned(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))


def _take_back(story: Story, partner_id: UUID, covers: tuple[Code, ...]) -> None:
    story.tell(
        RecordMandateWithdrawal(
            stream_id=story.convention,
            partner_id=partner_id,
            covers=covers,
            motive=Prose("Le plan coûte trop"),
            occurred_on=TAKEN_BACK,
        )
    )


def _of(story: Story, deadline: str, partner_id: UUID) -> list[tuple[date, date | None, str]]:
    lines = sheet(story.dossier, date(2024, 11, 10), PublicHolidays())
    return [
        (one.trigger_on, one.met_on, str(one.state))
        for one in lines
        if (one.id, one.partner_id) == (deadline, partner_id)
    ]


def test_a_partner_that_took_back_its_decision_on_the_plan_alone_is_not_said_to_have_decided(story: Story) -> None:
    _planned(story)
    story.mandate(story.caf, SITTING)
    assert _of(story, "D09", story.caf) == [(date(2024, 9, 10), SITTING, "MET")]
    _take_back(story, story.caf, ONLY_PLAN)
    assert _of(story, "D09", story.caf) == [(date(2024, 9, 10), None, "ANSWERED")]
    story.mandate(story.caf, LATER, covers=ONLY_PLAN)
    assert _of(story, "D09", story.caf) == [(date(2024, 9, 10), LATER, "MET")], "its two decisions together say it"


def test_the_day_of_a_new_decision_is_asked_for_although_the_one_taken_back_had_its_own(story: Story) -> None:
    _planned(story)
    story.mandate(story.epci, SITTING, date(2024, 10, 9))
    _take_back(story, story.epci, ONLY_PLAN)
    story.mandate(story.epci, LATER, covers=ONLY_PLAN)
    assert _of(story, "D10", story.epci) == [(SITTING, date(2024, 10, 9), "MET"), (LATER, None, "PLANNED")]


def test_what_was_taken_back_needs_no_proof_where_the_rest_of_the_sitting_has_its_own(story: Story) -> None:
    _planned(story)
    story.mandate(story.epci, SITTING)
    _take_back(story, story.epci, ONLY_PLAN)
    assert _of(story, "D10", story.epci) == [(SITTING, None, "MISSED")], "the convention still waits for it"
    story.mandate(story.epci, SITTING, date(2024, 10, 9), covers=ONLY_CONVENTION)
    assert _of(story, "D10", story.epci) == [(SITTING, date(2024, 10, 9), "MET")]
