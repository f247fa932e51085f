"""Where forms by lines are offered: beside the acts of their section, once several lines are awaited."""

from __future__ import annotations

from api.pages.contexts import Act, Phrase
from api.pages.lines.record import AnyLines
from api.pages.lines.registry import LINES_FORMS
from api.pages.telling import Telling
from projections.how_a_convention_does import is_possible


def lines_offered(told: Telling, section: str) -> tuple[Act, ...]:
    """The links to the forms by lines of a section: of acts that the visitor may do there, and that are possible."""
    return tuple(
        Act(Phrase(f"page.{one.word}.link"), one.address(convention_id=told.convention_id))
        for one in LINES_FORMS
        if section in one.form.sections
        and one.form.place.key == "convention_id"
        and _may(told, one)
        and is_possible(told.known, one.form.name)
    )


def _may(told: Telling, one: AnyLines) -> bool:
    visitor = told.ask.visitor
    if one.own:
        return visitor.may_here(one.form.name, told.territory_id)
    return visitor.may(one.form.name, told.territory_id, visitor.partner_id)
