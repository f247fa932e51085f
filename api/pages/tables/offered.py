"""Where a table is offered: beside the acts of the plan, once a priority carries sheets."""

from __future__ import annotations

from api.pages.addresses import PLAN
from api.pages.contexts import Act, Phrase
from api.pages.telling import Telling
from domain.action_sheets.drafting import DraftActionSheet
from projections.how_a_convention_does import is_possible

TABLE = "/tableau"


def table_offered(told: Telling) -> tuple[Act, ...]:
    """The link to the page that takes a table over, for whoever may write sheets now."""
    visitor = told.ask.visitor
    may = visitor.may(DraftActionSheet.NAME, told.territory_id, visitor.partner_id)
    if not may or not is_possible(told.known, DraftActionSheet.NAME):
        return ()
    return (Act(Phrase("page.table.take"), told.home.page(PLAN) + TABLE),)
