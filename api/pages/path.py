"""The path of a convention as lines: its milestones, with what is missing and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from api.pages.contexts import MilestoneLine, Missing, Status
from api.pages.view import View
from projections.milestones_on_the_path import (
    CONVENTION_SIGNED,
    EXTENSION,
    FORUMS,
    PLAN_SIGNED,
    PRIORITIES,
    OnPath,
)
from projections.which_milestones_are_reached import path
from workflows.instants import PARIS

SECTIONS = {
    FORUMS: "forums",
    PRIORITIES: "priorities",
    CONVENTION_SIGNED: "signatures",
    PLAN_SIGNED: "signatures",
    EXTENSION: "signatures",
}
"""The section that shows what reached a milestone, when that is not one fact."""


def milestone_lines(view: View) -> tuple[MilestoneLine, ...]:
    """Every milestone of the path, in the order of the method."""
    return tuple(_line(view, one) for one in path(view.told.known, view.basis))


def status_in(lines: Iterable[MilestoneLine], code: str) -> Status:
    """The status of one milestone, as every picture, tile and list of the page says it."""
    return next(line.status for line in lines if line.code == code)


def _line(view: View, one: OnPath) -> MilestoneLine:
    told = view.told
    href = told.home.section(SECTIONS[one.code]) if one.begun and one.code in SECTIONS else None
    if one.event_id is not None:
        href = told.trail(one.event_id)
    return MilestoneLine(
        one.code,
        told.say(one.label),
        one.status,
        one.happened_on,
        _recorded_on(one),
        one.due_on,
        told.said(one.facts),
        view.ask.documents(one.evidence),
        tuple(Missing(told.say(each.what), told.who(each.expected)) for each in one.missing),
        told.rules(one.reasons),
        href,
        one.event_id in view.contested,
    )


def _recorded_on(one: OnPath) -> date | None:
    """The day it was recorded, where that is another than the day it happened."""
    recorded = one.recorded_at.astimezone(PARIS).date() if one.recorded_at is not None else None
    return recorded if recorded != one.happened_on else None
