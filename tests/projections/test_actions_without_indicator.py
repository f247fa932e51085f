"""Two pages say how many actions nobody measures: they count the same ones."""

from __future__ import annotations

from datetime import date

from domain.action_sheets.following import AbandonAction
from domain.values import Prose
from projections.how_the_chain_holds import NO_INDICATOR, chain
from projections.which_actions_are_not_measured import without_indicator
from tests.projections.story import Story

TODAY = date(2026, 6, 1)


def test_an_action_that_was_given_up_waits_for_no_indicator_on_any_page(story: Story) -> None:
    story.until_signed()
    assert _both(story) == (1, 1)
    story.tell(AbandonAction(stream_id=story.sheet, motive=Prose("Le porteur renonce."), occurred_on=TODAY))
    assert _both(story) == (0, 0)


def _both(story: Story) -> tuple[int, int]:
    broken = [one for one in chain(story.dossier, TODAY).broken if one.link == NO_INDICATOR]
    return len(without_indicator(story.dossier)), len(broken)
