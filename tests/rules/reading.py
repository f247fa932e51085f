"""What the log holds after a story, and what a command that is not accepted leaves there: nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from domain.kernel import Event, Refused
from domain.values import InvalidValue
from tests.projections.story import Story

Kind = TypeVar("Kind", bound=Event)


def log(story: Story) -> list[Event]:
    """Every fact, in the order of the log."""
    return [event for _, event in story.steering.read_events(0, 10_000)]


def facts(story: Story, kind: type[Kind]) -> list[Kind]:
    """The facts of one kind, in the order of the log."""
    return [event for event in log(story) if isinstance(event, kind)]


def refused(story: Story, act: Callable[[], Any]) -> list[tuple[str, str]]:
    """The rule and code of all that the act breaks, once nothing was appended."""
    before = len(log(story))
    with pytest.raises(Refused) as caught:
        act()
    assert len(log(story)) == before
    return [(one.RULE, one.CODE) for one in caught.value.broken]


def malformed(story: Story, act: Callable[[], Any]) -> tuple[str, object]:
    """The code and the field of what is malformed, once nothing was appended."""
    before = len(log(story))
    with pytest.raises(InvalidValue) as caught:
        act()
    assert len(log(story)) == before
    return caught.value.code, caught.value.parameters.get("field")
