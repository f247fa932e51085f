"""What a typical convention follows beside its milestones: an action, an indicator, what a partner pledged, claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.state import DONE, RUNNING
from domain.claims.calendar import ClaimDate, StateClaimDates, claims_stream
from domain.claims.sending import RecordClaimSent
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.pledges.keeping import RecordDelivery
from domain.pledges.pledging import PledgeResource
from domain.values import Code, LocalId, Prose
from projections.what_is_due import Deadline
from projections.what_is_due.actions import END
from workflows.typical.setting import EPCI, Setting

_SAID: Final = Prose("-")
_SOON: Final = timedelta(days=90)
"""After the plan is written, what is pledged for its beginning is there, and its funder asks for a forecast."""

Act = Callable[[Deadline], None]


def plan_beside(setting: Setting, sheet_id: UUID) -> None:
    """What is written down with the plan: an indicator of its action, a pledge for the beginning, the claims of the
    first year."""
    operator, funder = setting.partners[EPCI], next(iter(setting.signatories))
    soon, convention_id, territory_id = setting.day + _SOON, setting.convention_id, setting.territory_id
    setting.record(
        DefineIndicator(
            stream_id=uuid4(),
            convention_id=convention_id,
            home_territory_id=territory_id,
            title=_SAID,
            unit=Code("NUMBER"),
            counts_persons=False,
            kind=Code("RESULT"),
            direction=Code("UP"),
            owner_id=operator,
            frequency=Code("YEARLY"),
            sheet_ids=(sheet_id,),
        )
    )
    setting.record(
        PledgeResource(
            stream_id=uuid4(),
            convention_id=convention_id,
            home_territory_id=territory_id,
            partner_id=funder,
            kind=Code("DATA"),
            certainty=Code("FIRM"),
            what=_SAID,
            due_on=soon,
        )
    )
    if funder != operator:
        dates = (ClaimDate(Code("FORECAST"), soon), ClaimDate(Code("ACCOUNTS"), date(soon.year + 1, 3, 31)))
        setting.record(
            StateClaimDates(
                stream_id=claims_stream(setting.convention_id),
                convention_id=convention_id,
                home_territory_id=territory_id,
                funder_id=funder,
                operator_id=operator,
                year=soon.year,
                dates=dates,
            )
        )


def _report(setting: Setting) -> Act:
    def act(deadline: Deadline) -> None:
        status = DONE if deadline.occurrence.key.startswith(END) else RUNNING
        for one in deadline.things:
            setting.record(ReportActionStatus(stream_id=one.thing_id, status=status))

    return act


def _measure(setting: Setting) -> Act:
    def act(deadline: Deadline) -> None:
        for one in deadline.things:
            setting.record(
                RecordMeasure(
                    stream_id=one.thing_id,
                    measure_id=LocalId(str(uuid4())),
                    value=Decimal(1),
                    period_starts_on=date(deadline.trigger_on.year, 1, 1),
                    period_ends_on=deadline.trigger_on,
                    method=Code("COUNT"),
                )
            )

    return act


def _deliver(setting: Setting) -> Act:
    def act(deadline: Deadline) -> None:
        assert deadline.owner_id is not None
        for one in deadline.things:
            setting.record(RecordDelivery(stream_id=one.thing_id, partner_id=deadline.owner_id, whole=True))

    return act


def _send(setting: Setting) -> Act:
    def act(deadline: Deadline) -> None:
        for one in deadline.things:
            assert one.claim is not None
            setting.record(RecordClaimSent(stream_id=one.thing_id, claim_id=one.claim.claim_id))

    return act


FOLLOWED: Final[Mapping[str, Callable[[Setting], Act]]] = {
    "ACTION_STATUS_OF_DAY": _report,
    "ACTION_STATUS_OF_QUARTER": _report,
    "INDICATOR_MEASURED": _measure,
    "RESOURCE_DELIVERED": _deliver,
    "CLAIM_SENT": _send,
}
"""The act that each of these conditions waits for."""
