"""Which actions have no indicator? What nobody measures cannot be said to have changed anything."""

from __future__ import annotations

from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.state import ABANDONED
from domain.convention.earlier import MEASURES, is_unknown
from domain.indicators.indicator import Indicator
from projections.engine import Dossier
from projections.what_the_plan_rests_on import basis


def without_indicator(dossier: Dossier) -> tuple[UUID, ...]:
    """The live action sheets, not given up, that no running indicator speaks of, in the order in which they were
    written; not those of before a take-over (R34) of which nobody knows whether one does."""
    convention = dossier.convention
    asked = {one.id for one in dossier.sheets if not is_unknown(convention, MEASURES, one.drafted_on)}
    return tuple(one for one in of_no_indicator(dossier) if one in asked)


def unknown(dossier: Dossier) -> tuple[UUID, ...]:
    """Those of before a take-over of which nobody knows whether some indicator speaks of them."""
    asked = without_indicator(dossier)
    return tuple(one for one in of_no_indicator(dossier) if one not in asked)


def of_no_indicator(dossier: Dossier) -> tuple[UUID, ...]:
    """All of them."""
    measured = {
        sheet_id for one in dossier.states(Indicator) if one.retired_on is None for sheet_id in one.terms.sheet_ids
    }
    given_up = {one.id for one in dossier.sheets if Progress.of(one).status == ABANDONED}
    live = (one.sheet_id for one in dossier.once(basis).sheets if one.is_live)
    return tuple(one for one in live if one not in measured | given_up)
