"""Data asked of partners for the diagnosis: asked, promised, received, refused, used again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from api.pages.conventions import current_of
from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.conventions import ConventionCase, of_convention
from api.pages.forms.options import named, short, words
from api.pages.forms.places import TERRITORY
from api.pages.forms.record import Form
from domain.diagnosis.answering import PromiseData, RecordDataReceived, RefuseData, ReuseData
from domain.diagnosis.asking import DATA_FORMS, AskForData
from domain.diagnosis.content import diagnosis_stream
from projections.which_data_were_asked import RECEIVED, DataTold, data_asked


def current_case(case: TerritoryCase) -> ConventionCase | None:
    """The convention that stands for the territory: its themes and partners are the ones meant."""
    convention_id = current_of(case.ask, case.territory.territory_id)
    return of_convention(case.ask, convention_id) if convention_id is not None else None


def of_current(choices: Callable[[ConventionCase], Choices]) -> Callable[[TerritoryCase], Choices]:
    """A list of the convention that stands for the territory; nothing to choose where none does."""

    def listed(case: TerritoryCase) -> Choices:
        found = current_case(case)
        return choices(found) if found is not None else ()

    return listed


def home_of(case: TerritoryCase) -> dict[str, str | None]:
    """The territory and the convention that stands for it, as the fields of an act say them."""
    convention_id = current_of(case.ask, case.territory.territory_id)
    said = str(convention_id) if convention_id is not None else None
    return {"home_territory_id": str(case.territory.territory_id), "convention_id": said}


def _listed(case: TerritoryCase, keep: Callable[[DataTold], bool]) -> Choices:
    ask = case.ask
    found = [one for one in data_asked(ask.surroundings(case.territory.territory_id), ask.today) if keep(one)]
    ask.open(found)
    return _named(case, found)


def _named(case: TerritoryCase, found: Iterable[DataTold]) -> Choices:
    ask = case.ask
    return named((one.data_id, f"{ask.name(one.partner_id)} : {short(ask.said(one.what), ask.texts)}") for one in found)


def _awaited(case: TerritoryCase) -> Choices:
    return _listed(case, lambda one: one.is_awaited)


def _not_received(case: TerritoryCase) -> Choices:
    return _listed(case, lambda one: one.state != RECEIVED)


def _received(case: TerritoryCase) -> Choices:
    return _listed(case, lambda one: one.state == RECEIVED)


ASK_FOR_DATA: Form[TerritoryCase] = Form(
    command=AskForData,
    place=TERRITORY,
    sections=("data",),
    later=("beyond",),
    short=("what",),
    creates=("data_id",),
    fixed={"data_form": words("data-form", DATA_FORMS)},
    choices={"partner_id": of_current(ConventionCase.near_partners), "theme": of_current(ConventionCase.themes)},
    folded={"partner_id": of_current(ConventionCase.far_partners)},
    hidden=home_of,
    stream_at=diagnosis_stream,
    example={"data_form": "TABLE", "first_year": 2022, "last_year": 2024, "what": "Places d’accueil par commune"},
)

RECORD_DATA_RECEIVED: Form[TerritoryCase] = Form(
    command=RecordDataReceived,
    place=TERRITORY,
    sections=("data",),
    rank=1,
    choices={"data_id": _not_received},
    needs={"data_id": ASK_FOR_DATA},
    stream_at=diagnosis_stream,
    example={"smallest_count": 12},
)

PROMISE_DATA: Form[TerritoryCase] = Form(
    command=PromiseData,
    place=TERRITORY,
    sections=("data",),
    rank=2,
    choices={"data_id": _awaited},
    needs={"data_id": ASK_FOR_DATA},
    stream_at=diagnosis_stream,
)

REFUSE_DATA: Form[TerritoryCase] = Form(
    command=RefuseData,
    place=TERRITORY,
    sections=("data",),
    rank=3,
    own_motive=True,
    choices={"data_id": _awaited},
    needs={"data_id": ASK_FOR_DATA},
    stream_at=diagnosis_stream,
)

REUSE_DATA: Form[TerritoryCase] = Form(
    command=ReuseData,
    place=TERRITORY,
    sections=("data",),
    rank=4,
    short=("purpose",),
    choices={"data_id": _received},
    needs={"data_id": RECORD_DATA_RECEIVED},
    stream_at=diagnosis_stream,
    example={"purpose": "L’analyse des besoins sociaux de la commune"},
)

FORMS = (ASK_FOR_DATA, RECORD_DATA_RECEIVED, PROMISE_DATA, REFUSE_DATA, REUSE_DATA)
"""What each does is told in its line."""
