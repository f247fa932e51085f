"""The money of sheets: what they need, who brings what, what was paid."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.sheets import DRAFT_ACTION_SHEET
from api.pages.forms import amounts
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form, Narrowed
from domain.action_sheets.funding import EstimateBudget, Funding, FundingLine, PledgeFunding
from domain.action_sheets.paying import RecordPayment, ReviseFunding
from domain.action_sheets.state import ActionSheet
from domain.convention.supported_places import RecordSupportedPlaces
from domain.money import CERTAINTIES
from domain.values import LocalId

_CERTAINTY = {"certainty": words("money-certainty", CERTAINTIES)}


def _sheet(case: ConventionCase, sheet_id: str) -> ActionSheet | None:
    return next((one for one in case.dossier.sheets if str(one.id) == sheet_id), None)


def _lines(case: ConventionCase, sheet_id: str) -> Choices:
    """The lines of money of a sheet, by whose they are."""
    sheet, texts = _sheet(case, sheet_id), case.ask.texts
    lines = Funding.of(sheet).lines if sheet is not None else {}
    return named(
        (
            line_id,
            texts.t(
                "page.money.line",
                partner=case.ask.name(one.partner_id),
                year=str(one.year),
                cents=one.amount_cents,
                certainty=one.certainty,
            ),
        )
        for line_id, one in lines.items()
    )


def _budget(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The need of the sheet that the link names, which is said again whole."""
    sheet = _sheet(case, given.get("stream_id", ""))
    said = {}
    for number, one in enumerate(Funding.of(sheet).budget if sheet is not None else ()):
        said[f"budget.{number}.year"] = str(one.year)
        said[f"budget.{number}.amount_cents"] = amounts.typed(one.amount_cents)
    return said


def _line_of(case: ConventionCase, given: Mapping[str, str]) -> FundingLine | None:
    sheet = _sheet(case, given.get("stream_id", ""))
    lines = Funding.of(sheet).lines if sheet is not None else {}
    return lines.get(LocalId(given.get("line_id", "")))


def _line(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """What the line that the link names says."""
    line = _line_of(case, given)
    if line is None:
        return {}
    amount = amounts.typed(line.amount_cents)
    return {"year": str(line.year), "amount_cents": amount, "certainty": line.certainty}


def _open(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """What is still to come of the line that the link names."""
    line = _line_of(case, given)
    return {"amount_cents": amounts.typed(line.open_cents)} if line is not None and line.open_cents else {}


ESTIMATE_BUDGET = Form(
    command=EstimateBudget,
    place=CONVENTION,
    sections=("money",),
    rank=2,
    again=True,
    refills=_budget,
    choices={"stream_id": ConventionCase.live_sheets},
    needs={"stream_id": DRAFT_ACTION_SHEET},
)

PLEDGE_FUNDING = Form(
    command=PledgeFunding,
    place=CONVENTION,
    sections=("money",),
    creates=("line_id",),
    short=("label",),
    fixed=_CERTAINTY,
    choices={"stream_id": ConventionCase.live_sheets, "partner_id": ConventionCase.all_partners},
    needs={"stream_id": DRAFT_ACTION_SHEET},
    example={"certainty": "PROMISED"},
)

REVISE_FUNDING = Form(
    command=ReviseFunding,
    place=CONVENTION,
    sections=("money",),
    rank=1,
    own_motive=True,
    refills=_line,
    fixed=_CERTAINTY,
    choices={"stream_id": ConventionCase.sheets},
    narrowed={"line_id": Narrowed("stream_id", _lines)},
    needs={"stream_id": DRAFT_ACTION_SHEET, "line_id": PLEDGE_FUNDING},
    example={"certainty": "FIRM"},
)

RECORD_PAYMENT = Form(
    command=RecordPayment,
    place=CONVENTION,
    sections=("money",),
    rank=1,
    date_first=True,
    short=("label",),
    refills=_open,
    choices={"stream_id": ConventionCase.sheets},
    narrowed={"line_id": Narrowed("stream_id", _lines)},
    needs={"stream_id": DRAFT_ACTION_SHEET, "line_id": PLEDGE_FUNDING},
)


def _place_kinds(case: ConventionCase) -> Choices:
    """The kinds of places for which the method says an amount."""
    return words("place-kind", (one.place_kind for one in case.profile.bonuses))


RECORD_SUPPORTED_PLACES = Form(
    command=RecordSupportedPlaces,
    place=CONVENTION,
    sections=("money",),
    rank=3,
    choices={"partner_id": ConventionCase.all_partners, "place_kind": _place_kinds},
    example={"place_kind": "CRECHE_PLACE"},
)

FORMS = (PLEDGE_FUNDING, RECORD_PAYMENT, REVISE_FUNDING, ESTIMATE_BUDGET, RECORD_SUPPORTED_PLACES)
