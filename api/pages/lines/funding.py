"""Lines of money, several at once: what one partner brings to several sheets, or several partners to one."""

from __future__ import annotations

from api.pages.acts.funding import PLEDGE_FUNDING
from api.pages.lines.rows import Rows, by_rows

FUNDINGS = by_rows(
    Rows(
        word="funded",
        form=PLEDGE_FUNDING,
        common=("partner_id", "year", "certainty", "occurred_on"),
        more=("evidence", "reason"),
        columns=("stream_id", "amount_cents", "partner_id", "year", "certainty"),
    )
)
