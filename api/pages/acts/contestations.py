"""Contestations: a recorded fact contested by a partner, what is answered, and what becomes of it.

Correcting or annulling the fact is done by the acts that mend any mistake: what mends it resolves what contests it.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from api.pages.forms.cases import Choices, RecordCase
from api.pages.forms.places import RECORD
from api.pages.forms.record import Form
from domain.contesting import AnswerContestation, ContestRecord, KeepContestedRecord, WithdrawContestation


def _contesting(case: RecordCase) -> Choices:
    """The partners for which whoever asks may contest there: their own, or any for whoever steers."""
    territory_id, framework_id = case.stream.territory_id, case.stream.whole_framework_id
    may = case.ask.visitor.may
    return tuple(
        one
        for one in case.partners()
        if may(ContestRecord.NAME, territory_id, UUID(one.value), framework_id=framework_id)
    )


def _only_one(case: RecordCase) -> Mapping[str, str]:
    own = _contesting(case)
    return {"partner_id": own[0].value} if len(own) == 1 else {}


CONTEST_RECORD = Form(
    command=ContestRecord,
    place=RECORD,
    sections=("facts",),
    carried=("target_id",),
    choices={"partner_id": _contesting},
    proposes=_only_one,
    dated=False,
    says_why=True,
)

ANSWER_CONTESTATION = Form(
    command=AnswerContestation,
    place=RECORD,
    sections=("contestations",),
    carried=("contestation_id",),
    dated=False,
    says_why=True,
)

KEEP_CONTESTED_RECORD = Form(
    command=KeepContestedRecord,
    place=RECORD,
    sections=("contestations",),
    rank=1,
    carried=("contestation_id",),
    dated=False,
    says_why=True,
)

WITHDRAW_CONTESTATION = Form(
    command=WithdrawContestation,
    place=RECORD,
    sections=("contestations",),
    rank=2,
    carried=("contestation_id",),
    dated=False,
)

FORMS = (CONTEST_RECORD, ANSWER_CONTESTATION, KEEP_CONTESTED_RECORD, WITHDRAW_CONTESTATION)
