"""A file looked at anew by whoever has it before them: judged, and weighed by the rules; nothing is recorded."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from api.pages.asking import Asking
from api.pages.tables.typed import ON, TableTyped
from domain.kernel import Context
from workflows.tables.cells import Workbook
from workflows.tables.importing import context_of, weigh
from workflows.tables.knowing import known_plan
from workflows.tables.known import KnownPlan
from workflows.tables.looking import Checked, look_at
from workflows.tables.of_before import first_day
from workflows.tables.remembering import remembered


def plan_of(ask: Asking, convention_id: UUID) -> KnownPlan:
    """The convention as tables are read against it."""
    return known_plan(ask.dossier(convention_id), lambda tokens: ask.services.vault.open_texts(tokens, ask.connection))


def check(ask: Asking, plan: KnownPlan, workbook: Workbook, typed: TableTyped) -> Checked:
    """Read a file as it was mapped. Raises `TableRefused`."""
    before = remembered(ask.services.engine, plan.territory_id)
    said = typed.said(ask.today)
    if not typed.one(ON):
        said = replace(said, on=first_day(ask.dossier(plan.convention_id)))
    found = look_at(workbook, plan, said, before)
    weigh(ask.services.steering, found.everything, import_context(ask.context, found), found.on)
    return found


def import_context(context: Context, checked: Checked) -> Context:
    """The circumstances of what this file says."""
    return context_of(context, checked.workbook)
