"""« Rien ne correspond », of what is there: where the dates do not fit, that is what is said, with both of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from domain.action_sheets.drafting import DraftActionSheet
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.forums import CancelForum, ConveneForum
from domain.convention.priorities import ChoosePriority
from domain.convention.saying_no import RecordMandateWithdrawal
from domain.convention.withdrawing import WithdrawPriority
from domain.kernel import BrokenRule, Command, Refused
from domain.steering import PRIORITY_CHOSEN, PRIORITY_WITHDRAWN, Decision, DecisionReference, RecordMeeting
from domain.values import Code, LocalId, Prose
from tests.projections.story import PARENTING, Story
from workflows.texts import Texts
from workflows.texts.rules import explain


def broken(act: Callable[[], object]) -> list[BrokenRule]:
    """The rules that refuse an act."""
    with pytest.raises(Refused) as caught:
        act()
    return list(caught.value.broken)


def told(rules: list[BrokenRule]) -> list[str]:
    """What is said of them, in French."""
    return [explain(Texts("fr"), one, str).text for one in rules]


def priority(story: Story, day: date, **said: object) -> Command:
    """A priority on parenting, chosen in the first meeting."""
    fields = {"findings": (LocalId("f1"),), "decided_in": story.decision(PRIORITY_CHOSEN), **said}
    return ChoosePriority(
        stream_id=story.convention,
        priority_id=LocalId("p9"),
        title=Prose("Une place pour chacun"),
        themes=(PARENTING,),
        occurred_on=day,
        **fields,  # type: ignore[arg-type]
    )


def withdrawal(story: Story, day: date) -> Command:
    """The withdrawal of the first priority, decided on 2 January 2024."""
    decision = Decision(LocalId("d1"), PRIORITY_WITHDRAWN, Prose("Retirée"))
    story.tell(
        RecordMeeting(
            stream_id=story.body, meeting_id=LocalId("m7"), decisions=(decision,), occurred_on=date(2024, 1, 2)
        )
    )
    return WithdrawPriority(
        stream_id=story.convention,
        priority_id=LocalId("p1"),
        motive=Prose("Autrement"),
        decided_in=DecisionReference(story.body, LocalId("m7"), LocalId("d1")),
        occurred_on=day,
    )


def test_what_came_after_is_not_said_to_be_unknown(story: Story) -> None:
    story.until_signed(last=False)
    tell = story.tell
    story.meet("m9", date(2026, 3, 11))
    review = broken(lambda: story.review(2025, date(2026, 3, 10), "m9"))
    assert told(review) == ["« Réunion » : ce qui est cité date du 11 mars 2026, après cet acte, daté du 10 mars 2026."]

    late = DecisionReference(story.body, LocalId("m9"), LocalId("d1"))
    (rule,) = broken(lambda: tell(priority(story, date(2026, 3, 10), decided_in=late)))
    assert told([rule]) == [
        "« Décision du comité » : ce qui est cité date du 11 mars 2026, après cet acte, daté du 10 mars 2026."
    ]
    early_choice = {one.TEXT_KEY for one in broken(lambda: tell(priority(story, date(2024, 5, 13))))}
    assert "priority-before-diagnosis" in early_choice
    (crossed,) = broken(lambda: tell(priority(story, date(2024, 6, 3))))
    assert told([crossed]) == [
        "Le thème « parentalité » a été croisé le 4 juin 2024, après le choix, daté du 3 juin 2024."
    ]
    cited = broken(lambda: tell(priority(story, date(2024, 6, 3), forums=(LocalId("fo1"),))))
    assert "dates-do-not-fit" in {one.CODE for one in cited}
    (early,) = broken(lambda: tell(withdrawal(story, date(2024, 7, 1))))
    assert (early.CODE, early.parameters["cited_on"]) == ("dates-do-not-fit", date(2024, 7, 2))


def test_a_finding_of_a_later_diagnosis_is_not_said_to_be_in_none(story: Story) -> None:
    story.until_signed(last=False)
    finding = Finding(LocalId("f9"), PARENTING, Code("CONSTRAINT"), Prose("Les horaires ne conviennent pas"))
    again = RecordSharedDiagnosis(stream_id=story.convention, findings=(finding,), occurred_on=date(2025, 2, 3))
    story.tell(again)
    (rule,) = broken(lambda: story.tell(priority(story, date(2024, 7, 3), findings=(LocalId("f9"),))))
    assert (rule.TEXT_KEY, rule.CODE) == ("findings-shared-later", "finding-not-in-diagnosis")


def test_a_mandate_is_not_withdrawn_before_it_was_given(story: Story) -> None:
    story.until_signed(last=False)

    def withdraw(partner_id: object, day: date) -> list[BrokenRule]:
        return broken(
            lambda: story.tell(
                RecordMandateWithdrawal(
                    stream_id=story.convention,
                    partner_id=partner_id,  # type: ignore[arg-type]
                    covers=(Code("PLAN"),),
                    motive=Prose("Autrement"),
                    occurred_on=day,
                )
            )
        )

    (early,) = withdraw(story.caf, date(2024, 9, 30))
    assert (early.TEXT_KEY, early.parameters["adopted_on"]) == ("withdrawn-before-adoption", date(2024, 10, 1))
    (none,) = withdraw(story.cpam, date(2024, 11, 1))
    assert told([none]) == ["« Ce qui est signé » : aucun mandat n’est donné à ce partenaire pour le signer."]
    (stranger,) = withdraw(uuid4(), date(2024, 11, 1))
    assert told([stranger]) == ["« Partenaire » : ce partenaire n’est pas dans la liste des signataires."]


def test_a_forum_is_not_cancelled_before_it_was_announced(story: Story) -> None:
    story.set_up()
    story.open()
    story.tell(
        ConveneForum(
            stream_id=story.convention,
            forum_id=LocalId("fo9"),
            themes=(PARENTING,),
            planned_on=date(2024, 7, 2),
            occurred_on=date(2024, 6, 12),
        )
    )
    cancel = CancelForum(
        stream_id=story.convention, forum_id=LocalId("fo9"), motive=Prose("Grève"), occurred_on=date(2024, 6, 11)
    )
    (rule,) = broken(lambda: story.tell(cancel))
    assert rule.parameters == {
        "field": "forum_id",
        "cited_on": date(2024, 6, 12),
        "occurred_on": date(2024, 6, 11),
    }


def test_a_forum_before_the_diagnosis_is_told_with_both_days(story: Story) -> None:
    story.set_up()
    story.open()
    before = story.forum("fo1", date(2024, 5, 13))
    story.diagnose(date(2024, 5, 14))
    after = story.forum("fo2", date(2024, 5, 13))
    assert [[one.TEXT_KEY for one in answer.irregular] for answer in (before, after)] == [
        ["forum-before-diagnosis"],
        ["forum-before-sharing"],
    ]
    assert [mark.code for mark in after.irregularities] == ["forum-before-diagnosis"]


def test_a_sheet_older_than_its_priority_and_a_plan_older_than_its_sheets_are_told(story: Story) -> None:
    story.until_signed(last=False)

    def sheet(priority_id: str, day: date) -> Command:
        return DraftActionSheet(
            stream_id=uuid4(),
            convention_id=story.convention,
            home_territory_id=story.territory,
            priority_id=LocalId(priority_id),
            title=Prose("Navette"),
            owner_id=story.caf,
            starts_on=date(2025, 1, 1),
            ends_on=date(2025, 12, 31),
            occurred_on=day,
        )

    early = story.tell(sheet("p1", date(2024, 7, 1))).notices
    assert told(list(early)) == [
        "La fiche est datée du 1er juillet 2024, avant le choix de sa priorité, le 2 juillet 2024."
    ]
    assert story.tell(sheet("p1", date(2024, 7, 2))).notices == ()
    story.tell(withdrawal(story, date(2024, 7, 2)))
    (withdrawn,) = broken(lambda: story.tell(sheet("p1", date(2024, 8, 1))))
    assert told([withdrawn]) == ["« Priorité » : cette priorité a été retirée."]
