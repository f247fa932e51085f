"""Prototypes of actions: planned, tested, given up."""

from __future__ import annotations

from api.pages.acts.sheets import DRAFT_ACTION_SHEET
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form, Narrowed
from domain.action_sheets.prototyping import VERDICTS, GiveUpPrototype, PlanPrototype, RecordPrototypeTest
from projections.which_prototypes_were_tested import GIVEN_UP, prototypes


def _of(case: ConventionCase, sheet_id: str) -> Choices:
    """The prototypes of a sheet that may be tested, those that wait first."""
    found = [
        one
        for one in prototypes(case.dossier, case.ask.today)
        if str(one.sheet_id) == sheet_id and one.state != GIVEN_UP
    ]
    case.ask.open(tuple(found))
    return named((one.prototype_id, case.said(one.what)) for one in found)


PLAN_PROTOTYPE: Form[ConventionCase] = Form(
    command=PlanPrototype,
    place=CONVENTION,
    sections=("plan",),
    rank=3,
    creates=("prototype_id",),
    first=("stream_id", "what"),
    short=("what", "place"),
    choices={"stream_id": ConventionCase.live_sheets},
    needs={"stream_id": DRAFT_ACTION_SHEET},
    example_fills=("starts_on", "ends_on"),
    example={"what": "Une halte-garderie ouverte le samedi", "place": "La salle des fêtes"},
)

RECORD_PROTOTYPE_TEST: Form[ConventionCase] = Form(
    command=RecordPrototypeTest,
    place=CONVENTION,
    sections=("plan",),
    rank=3,
    later=("starts_on", "cost_cents"),
    fixed={"verdict": words("prototype-verdict", VERDICTS)},
    choices={"stream_id": ConventionCase.live_sheets},
    narrowed={"prototype_id": Narrowed("stream_id", _of)},
    needs={"stream_id": DRAFT_ACTION_SHEET, "prototype_id": PLAN_PROTOTYPE},
    example={"verdict": "CHANGE", "usage": 12, "learned": "Les familles viennent si l’horaire suit celui du marché."},
)

GIVE_UP_PROTOTYPE: Form[ConventionCase] = Form(
    command=GiveUpPrototype,
    place=CONVENTION,
    sections=("plan",),
    rank=3,
    own_motive=True,
    choices={"stream_id": ConventionCase.live_sheets},
    narrowed={"prototype_id": Narrowed("stream_id", _of)},
    needs={"stream_id": DRAFT_ACTION_SHEET, "prototype_id": PLAN_PROTOTYPE},
)

FORMS = (PLAN_PROTOTYPE, RECORD_PROTOTYPE_TEST, GIVE_UP_PROTOTYPE)
