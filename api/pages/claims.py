"""The calendar of claims on the page of money: what is to be sent to whom, by when, and what was sent."""

from __future__ import annotations

from typing import Final

from api.pages.acts.claims import RECORD_CLAIM_SENT, STATE_CLAIM_DATES
from api.pages.contexts import Delay, Phrase, Status
from api.pages.contexts.money import ClaimRow
from api.pages.view import View
from projections.which_claims_are_due import LATE, SENT, ClaimTold, claims

STATUS: Final[dict[str, Status]] = {LATE: "late", SENT: "done"}


def claim_rows(view: View) -> tuple[ClaimRow, ...]:
    """Every claim, the late ones first."""
    return tuple(_row(view, one) for one in view.dossier.once(claims, view.ask.today))


def _row(view: View, one: ClaimTold) -> ClaimRow:
    told, name, texts = view.told, view.ask.name, view.ask.texts
    what = {"claim": one.claim, "year": str(one.year), "funder": name(one.funder_id)}
    act = None
    if one.state != SENT:
        act = told.act(RECORD_CLAIM_SENT.name, one.operator_id, claim_id=one.claim_id)
    moving = told.act(STATE_CLAIM_DATES.name, one.funder_id, claim_id=one.claim_id) if one.state != SENT else None
    return ClaimRow(
        what=Phrase("page.claims.one", what),
        operator=name(one.operator_id),
        operator_href=view.home.partner(one.operator_id),
        due_on=one.due_on,
        status=STATUS.get(one.state, "not-started"),
        state=_state(one),
        moved=Phrase("page.claims.moved", {"days": texts.join(map(texts.long_date, one.moved_from))})
        if one.moved_from
        else None,
        act=act,
        moving=moving,
    )


def _state(one: ClaimTold) -> Phrase:
    if one.sent_on is not None:
        if one.days_late:
            return Phrase("page.claims.sent-late", {"on": one.sent_on, "delay": Delay(one.days_late)})
        return Phrase("page.claims.sent", {"on": one.sent_on})
    return (
        Phrase("page.claims.late", {"delay": Delay(one.days_late)}) if one.days_late else Phrase("page.claims.awaited")
    )
