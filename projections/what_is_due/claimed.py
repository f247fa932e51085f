"""What an operator is to send to its funders, by the dates that they gave (D20): each is one deadline, which moves."""

from __future__ import annotations

from domain.claims.calendar import Claims
from domain.claims.sending import ClaimSent
from domain.method import DeadlineRule
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start


@named(trigger="CLAIM_DATE", conditions=("CLAIM_SENT",))
def claims_to_send(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D20: each claim by its date, met once it is sent."""
    sent = {one.claim_id: one for _, one in dossier.of(Claims, ClaimSent)}
    found = []
    for claims in dossier.states(Claims):
        for one in claims.known.values():
            met = sent.get(one.claim_id) if one.sent_on is not None else None
            found.append(
                Start(
                    one.operator_id,
                    Code(one.claim_id),
                    one.due_on,
                    one.sent_on,
                    met.envelope.event_id if met is not None else None,
                    owner_id=one.operator_id,
                    claim=one,
                )
            )
    return found
