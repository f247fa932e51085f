"""The signatories whose lines a visitor is shown."""

from __future__ import annotations

from api.pages.forms.conventions import ConventionCase
from api.pages.lines.record import Asked
from projections.which_signatures_are_missing import SignatoryState


def whose_act(asked: Asked[ConventionCase], act: str) -> tuple[SignatoryState, ...]:
    """The signatories of whom the visitor may record an act."""
    sheet, territory_id = asked.case.signatures, asked.case.standing.territory_id
    may = asked.ask.visitor.may
    return tuple(
        one for one in (sheet.signatories if sheet is not None else ()) if may(act, territory_id, one.partner_id)
    )
