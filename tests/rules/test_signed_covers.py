"""What is signed, cover by cover: on which text, under which mandate, from which day (R13 to R16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from domain.convention.authorising import RecordMandate
from domain.convention.counting import ActionPlanSigned, ConventionSigned
from domain.convention.mandates import MandateDoesNotFit
from domain.convention.plan import ActionPlanValidated, ValidateActionPlan
from domain.convention.state import CONVENTION, COVERS, PLAN
from domain.convention.texts import SignaturesVoided
from domain.convention.withdrawing import WithdrawPriority
from domain.steering import PLAN_VALIDATED, PRIORITY_WITHDRAWN, Decision, DecisionReference, RecordMeeting
from domain.values import Code, LocalId, Prose
from tests.plans import completed
from tests.projections.story import OTHER_TEXT, TEXT, Story
from tests.rules.reading import facts, refused
from workflows.answers import Answer

ONLY_CONVENTION = (CONVENTION,)
ONLY_PLAN = (PLAN,)


def mandates(story: Story) -> None:
    """Both required signatories may sign everything from 9 October 2024 on."""
    story.mandate(story.caf, date(2024, 10, 1))
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9))


def marks(answer: Answer) -> list[str]:
    """The codes of the irregularities that a fact was recorded with."""
    return [mark.code for mark in answer.irregularities]


@pytest.mark.parametrize("plan_first", [True, False])
def test_the_plan_that_is_signed_is_the_one_whose_text_covers_the_plan(story: Story, *, plan_first: bool) -> None:
    story.prioritised()
    covers = (ONLY_PLAN, ONLY_CONVENTION) if plan_first else (ONLY_CONVENTION, ONLY_PLAN)
    story.plan(date(2024, 9, 10), covers=covers[0])
    story.plan(date(2024, 10, 1), covers=covers[1])
    mandates(story)
    for partner in (story.caf, story.epci):
        story.sign(partner, date(2024, 11, 18))
    adopted = {one.text_covers: one.plan_hash for one in facts(story, ActionPlanValidated)}
    assert len(set(adopted.values())) == 2
    (signed,) = facts(story, ActionPlanSigned)
    assert signed.plan_version == adopted[ONLY_PLAN]


def test_each_cover_is_signed_the_day_its_own_mandate_is_executory(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))
    story.mandate(story.caf, date(2024, 10, 1))
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9), covers=ONLY_CONVENTION)
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 12, 2), covers=ONLY_PLAN)
    story.sign(story.caf, date(2024, 11, 18))
    signed = story.sign(story.epci, date(2024, 11, 20))
    assert (marks(signed), [one.CODE for one in signed.notices]) == ([], ["counts-once-executory"])
    assert [one.occurred_on for one in facts(story, ConventionSigned)] == [date(2024, 11, 20)]
    assert [one.occurred_on for one in facts(story, ActionPlanSigned)] == [date(2024, 12, 2)]


def test_each_cover_is_signed_the_day_its_own_text_is_adopted(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10), covers=ONLY_CONVENTION)
    mandates(story)
    story.sign(story.caf, date(2024, 11, 18))
    assert marks(story.sign(story.epci, date(2024, 11, 20))) == ["text-mismatch"]
    assert facts(story, ActionPlanSigned) == []
    story.plan(date(2024, 12, 5), covers=ONLY_PLAN)
    assert [one.occurred_on for one in facts(story, ConventionSigned)] == [date(2024, 11, 20)]
    assert [one.occurred_on for one in facts(story, ActionPlanSigned)] == [date(2024, 12, 5)]


def test_the_last_signature_dates_what_everything_else_preceded(story: Story) -> None:
    story.until_signed()
    assert [one.occurred_on for one in facts(story, ConventionSigned)] == [date(2024, 11, 20)]
    assert [one.occurred_on for one in facts(story, ActionPlanSigned)] == [date(2024, 11, 20)]


def test_two_mandates_one_per_cover_authorise_one_signature_of_both(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))
    story.mandate(story.caf, date(2024, 10, 1), covers=ONLY_CONVENTION)
    assert marks(story.sign(story.caf, date(2024, 11, 18))) == ["mandate-missing"]
    story.mandate(story.caf, date(2024, 10, 1), covers=ONLY_PLAN)
    for cover in COVERS:
        story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9), covers=(cover,))
    assert marks(story.sign(story.epci, date(2024, 11, 20))) == []
    assert len(facts(story, ActionPlanSigned)) == 1


def test_a_mandate_authorises_what_it_is_about_and_no_more(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))
    for partner in (story.caf, story.epci):
        story.mandate(partner, date(2024, 10, 1), date(2024, 10, 9), covers=ONLY_CONVENTION)
        assert marks(story.sign(partner, date(2024, 11, 18))) == ["mandate-missing"]
    assert len(facts(story, ConventionSigned)) == 1
    assert facts(story, ActionPlanSigned) == []


def test_a_signature_that_covers_more_is_another_one(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))
    mandates(story)
    story.sign(story.caf, date(2024, 11, 18), covers=ONLY_CONVENTION)
    assert marks(story.sign(story.caf, date(2024, 11, 25))) == []
    for covers in (COVERS, ONLY_CONVENTION, ONLY_PLAN):
        again = partial(story.sign, story.caf, date(2024, 11, 26), covers=covers)
        assert refused(story, again) == [("R16", "already-signed")]


@pytest.mark.parametrize("name", ["cpam", "caf"])
def test_who_had_not_decided_does_not_fix_the_text_of_a_convention(story: Story, name: str) -> None:
    story.set_up()
    story.open()
    assert "mandate-missing" in marks(
        story.sign(getattr(story, name), date(2024, 9, 30), OTHER_TEXT, covers=ONLY_CONVENTION)
    )
    mandates(story)
    for partner in (story.caf, story.epci):
        assert marks(story.sign(partner, date(2024, 11, 18), TEXT, covers=ONLY_CONVENTION)) == []
    assert len(facts(story, ConventionSigned)) == 1


def test_an_optional_signatory_with_its_mandate_does_not_fix_it_either(story: Story) -> None:
    story.set_up()
    story.open()
    story.mandate(story.cpam, date(2024, 9, 2))
    story.sign(story.cpam, date(2024, 10, 1), OTHER_TEXT, covers=ONLY_CONVENTION)
    mandates(story)
    assert marks(story.sign(story.caf, date(2024, 11, 18), covers=ONLY_CONVENTION)) == []
    # The first required signatory did: whoever signs another text signs something else.
    assert marks(story.sign(story.epci, date(2024, 11, 20), OTHER_TEXT, covers=ONLY_CONVENTION)) == ["text-mismatch"]
    assert facts(story, ConventionSigned) == []


def test_a_new_text_does_not_void_the_signatures_given_without_a_word(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))
    mandates(story)
    story.sign(story.caf, date(2024, 11, 18))
    sheet = next(one.sheets[0].sheet_id for one in facts(story, ActionPlanValidated))
    again = ValidateActionPlan(
        stream_id=story.convention,
        sheets=(sheet,),
        text_sha256=OTHER_TEXT,
        decided_in=story.decision(PLAN_VALIDATED),
        occurred_on=date(2024, 11, 25),
        **completed(date(2024, 11, 25)),
    )
    voided = SignaturesVoided((story.caf,), COVERS)
    assert voided in story.steering.weigh(again, story.context(story.pilot)).notices, "before"
    assert voided in story.tell(again).notices, "after"
    same = replace(again, occurred_on=date(2024, 11, 26))
    assert SignaturesVoided.CODE not in {one.CODE for one in story.tell(same).notices}, "the same text voids nothing"


def test_a_priority_withdrawn_does_not_void_the_signatures_of_its_plan_without_a_word(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))
    mandates(story)
    story.sign(story.caf, date(2024, 11, 18))
    decision = Decision(LocalId("d1"), PRIORITY_WITHDRAWN, Prose("Retirée"))
    meeting = RecordMeeting(
        stream_id=story.body, meeting_id=LocalId("m2"), decisions=(decision,), occurred_on=date(2024, 11, 19)
    )
    story.tell(meeting)
    withdrawn = story.tell(
        WithdrawPriority(
            stream_id=story.convention,
            priority_id=LocalId("p1"),
            motive=Prose("Autrement"),
            decided_in=DecisionReference(story.body, LocalId("m2"), LocalId("d1")),
            occurred_on=date(2024, 11, 19),
        )
    )
    assert withdrawn.notices == (SignaturesVoided((story.caf,), ONLY_PLAN),)


def said(answer: Answer) -> list[str]:
    """What the author of an irregular fact is told, by the key of its text."""
    return [one.TEXT_KEY for one in answer.irregular]


def test_a_signature_is_not_told_that_a_mandate_is_missing_where_another_thing_is_wrong(story: Story) -> None:
    """« Le mandat manque », said of a mandate of another kind, of another day, about something else."""
    story.prioritised()
    story.plan(date(2024, 9, 10))
    unfit = RecordMandate(
        stream_id=story.convention, partner_id=story.epci, kind=Code("BOARD"), occurred_on=date(2024, 10, 1)
    )
    assert said(story.tell(unfit)) == ["mandate-does-not-fit"]
    signed = story.sign(story.epci, date(2024, 11, 18))
    assert (said(signed), marks(signed)) == (["mandate-does-not-fit"], ["mandate-does-not-fit"])
    assert signed.irregular == (MandateDoesNotFit(story.epci, Code("BOARD"), (Code("COMMUNITY_COUNCIL"),)),)
    story.mandate(story.caf, date(2024, 11, 20))
    assert said(story.sign(story.caf, date(2024, 11, 18))) == ["mandate-after-signature"]
    story.mandate(story.cpam, date(2024, 10, 1), covers=ONLY_CONVENTION)
    assert said(story.sign(story.cpam, date(2024, 11, 18))) == ["mandate-covers-less"]
