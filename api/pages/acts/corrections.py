"""Mistakes: a record annulled, a proposal to correct a milestone confirmed or refused.

Correcting has no form of its own: it is the form of the act itself, filled with what was said.
"""

from __future__ import annotations

from api.pages.forms.places import RECORD
from api.pages.forms.record import Form
from domain.corrections import AnnulEvent, ConfirmCorrection, RefuseCorrection
from workflows.act_links import Question

ANNUL_EVENT = Form(
    command=AnnulEvent,
    place=RECORD,
    sections=("mistakes",),
    carried=("target_id", "cascade"),
    dated=False,
    says_why=True,
)

CONFIRM_CORRECTION = Form(
    command=ConfirmCorrection,
    place=RECORD,
    sections=("proposals",),
    carried=("proposal_id", "cascade"),
    dated=False,
    by_link=Question.CORRECTION,
)

REFUSE_CORRECTION = Form(
    command=RefuseCorrection,
    place=RECORD,
    sections=("proposals",),
    rank=1,
    carried=("proposal_id",),
    dated=False,
    says_why=True,
    by_link=Question.CORRECTION,
)

FORMS = (ANNUL_EVENT, CONFIRM_CORRECTION, REFUSE_CORRECTION)
