"""What waits for a person, and what is somebody else's to do."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from domain.values import Code
from projections.how_a_convention_does import known
from projections.who_does_what_next import work
from tests.projections.story import Story
from workflows.calendar import PublicHolidays


def whens(
    story: Story, day: date, partners: tuple[UUID, ...] = (), *, acts: bool = True
) -> set[tuple[str, str | None]]:
    """When each thing is to be done, and by which act."""

    def may(act: Code, partner_id: UUID | None) -> bool:
        return acts

    told = known(story.dossier, day, PublicHolidays().of(Code("32")))
    return {(one.when, one.awaited.act) for one in work(told, may, partners)}


def test_a_signature_is_waited_for_by_the_pilot_and_is_late_for_whoever_speaks_for_the_partner(story: Story) -> None:
    story.until_signed(last=False)
    late = date(2025, 6, 2)
    assert ("others", "record-signature") in whens(story, late)
    assert ("late", "record-signature") in whens(story, late, (story.epci,))
    assert ("others", "record-signature") in whens(story, late, (uuid4(),))


def test_what_one_may_not_do_is_somebody_elses_and_time_sorts_the_rest(story: Story) -> None:
    story.set_up()
    story.open()
    assert {when for when, _ in whens(story, date(2024, 1, 10))} == {"later"}
    assert {when for when, _ in whens(story, date(2024, 1, 10), acts=False)} == {"others"}
