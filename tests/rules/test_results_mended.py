"""A mistake about an indicator is mended: what rested on it falls with it, and nothing speaks of it any more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.corrections import AnnulEvent
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.indicators.terms import Target
from domain.kernel import Correcting, Refused
from domain.mending import DependentEvents
from domain.values import Code, LocalId, Prose, deterministic_id
from projections.which_actions_are_not_measured import without_indicator
from projections.which_targets_are_reached import indicators
from tests.projections.story import Story

PLACES = deterministic_id("indicator", "places")


def define(story: Story, sheet_id: UUID) -> UUID:
    """An indicator that speaks of a sheet; the event that defined it."""
    answer = story.tell(
        DefineIndicator(
            stream_id=PLACES,
            convention_id=story.convention,
            home_territory_id=story.territory,
            title=Prose("Places d’accueil"),
            unit=Code("NUMBER"),
            counts_persons=True,
            kind=Code("RESULT"),
            direction=Code("UP"),
            owner_id=story.caf,
            frequency=Code("YEARLY"),
            targets=(Target(2030, Decimal(58)),),
            sheet_ids=(sheet_id,),
        )
    )
    return answer.events[0].event_id


def measure(story: Story, number: int, value: str, **more: object) -> UUID:
    """A value of the end of a year; its event."""
    said: dict[str, Any] = {"period_ends_on": date(2024, 12, 31), **more}
    corrects = said.pop("corrects", None)
    command = RecordMeasure(stream_id=PLACES, measure_id=LocalId(f"d{number}"), value=Decimal(value), **said)
    if corrects is None:
        return story.tell(command).events[0].event_id
    mended = story.tell(command, corrects=Correcting(corrects), reason=Prose("Une erreur de saisie."))
    return mended.events[0].event_id


def values(story: Story) -> list[tuple[Decimal | None, str]]:
    """What is said of it, and what became of each."""
    (one,) = indicators(story.dossier, story.today)
    return [(each.value, each.fate) for each in one.measures]


def annul(story: Story, target: UUID) -> None:
    """Say that an event was a mistake, and agree to all that falls with it."""
    command = AnnulEvent(stream_id=PLACES, target_id=target)
    try:
        story.tell(command, reason=Prose("Une erreur de saisie."))
    except Refused as refused:
        (rule,) = refused.broken
        assert isinstance(rule, DependentEvents)
        again = AnnulEvent(stream_id=PLACES, target_id=target, cascade=rule.events)
        story.tell(again, reason=Prose("Une erreur de saisie."))


@pytest.fixture
def planned(story: Story) -> tuple[Story, UUID]:
    """A plan with one sheet."""
    story.prioritised()
    return story, story.plan(date(2024, 9, 10))


def test_an_indicator_defined_by_mistake_measures_no_action_any_more(planned: tuple[Story, UUID]) -> None:
    story, sheet_id = planned
    defined = define(story, sheet_id)
    measure(story, 1, "30")
    assert without_indicator(story.dossier) == ()
    annul(story, defined)
    assert indicators(story.dossier, story.today) == ()
    assert without_indicator(story.dossier) == (sheet_id,)
    assert story.steering.load(PLACES) is None or story.steering.load(PLACES).is_annulled  # type: ignore[union-attr]


def test_a_value_recorded_by_mistake_falls_with_what_replaced_it(planned: tuple[Story, UUID]) -> None:
    story, sheet_id = planned
    define(story, sheet_id)
    first = measure(story, 1, "30")
    measure(story, 2, "31", revises=LocalId("d1"), motive=Prose("Une famille oubliée."))
    assert values(story) == [(Decimal(30), "REVISED"), (Decimal(31), "STANDS")]
    annul(story, first)
    assert values(story) == []
    measure(story, 1, "29")
    assert values(story) == [(Decimal(29), "STANDS")]


def test_a_value_is_said_again_otherwise_and_never_of_a_few(planned: tuple[Story, UUID]) -> None:
    story, sheet_id = planned
    define(story, sheet_id)
    first = measure(story, 1, "30")
    with pytest.raises(Refused):
        measure(story, 1, "7", corrects=first)
    measure(story, 1, "33", corrects=first)
    assert values(story) == [(Decimal(33), "STANDS")]
