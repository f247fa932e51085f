"""The themed waves of a diagnosis: planned, moved, closed."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.data_asked import current_case, home_of, of_current
from api.pages.acts.diagnosis_content import START_DIAGNOSIS, diagnosis_choices
from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named
from api.pages.forms.places import TERRITORY
from api.pages.forms.record import Form
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.waving import CloseDiagnosisWave, MoveDiagnosisWave, PlanDiagnosisWave
from projections.which_waves_were_planned import CLOSED, WaveTold, waves


def _open(case: TerritoryCase) -> tuple[WaveTold, ...]:
    current = current_case(case)
    if current is None:
        return ()
    return tuple(one for one in waves(current.dossier, case.ask.today) if one.state != CLOSED)


def _waves(case: TerritoryCase) -> Choices:
    """Those that are not closed, by their themes and days."""
    texts = case.ask.texts
    return named(
        (
            one.wave_id,
            f"{texts.join([texts.theme(each.theme) for each in one.promised])}, {texts.long_date(one.starts_on)}",
        )
        for one in _open(case)
    )


def _days(case: TerritoryCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The days of the wave that the link names."""
    found = next((one for one in _open(case) if one.wave_id == given.get("wave_id")), None)
    return {"starts_on": found.starts_on.isoformat(), "ends_on": found.ends_on.isoformat()} if found is not None else {}


def _convention(case: TerritoryCase) -> dict[str, str | None]:
    return {"convention_id": home_of(case)["convention_id"]}


PLAN_DIAGNOSIS_WAVE: Form[TerritoryCase] = Form(
    command=PlanDiagnosisWave,
    place=TERRITORY,
    sections=("waves",),
    first=("diagnosis_id",),
    creates=("wave_id",),
    choices={"diagnosis_id": diagnosis_choices, "themes": of_current(ConventionCase.themes)},
    needs={"diagnosis_id": START_DIAGNOSIS},
    hidden=_convention,
    stream_at=diagnosis_stream,
    example_fills=("starts_on", "ends_on"),
)

MOVE_DIAGNOSIS_WAVE: Form[TerritoryCase] = Form(
    command=MoveDiagnosisWave,
    place=TERRITORY,
    sections=("waves",),
    rank=1,
    own_motive=True,
    refills=_days,
    choices={"wave_id": _waves},
    needs={"wave_id": PLAN_DIAGNOSIS_WAVE},
    stream_at=diagnosis_stream,
)

CLOSE_DIAGNOSIS_WAVE: Form[TerritoryCase] = Form(
    command=CloseDiagnosisWave,
    place=TERRITORY,
    sections=("waves",),
    rank=2,
    choices={"wave_id": _waves},
    needs={"wave_id": PLAN_DIAGNOSIS_WAVE},
    stream_at=diagnosis_stream,
)

FORMS = (PLAN_DIAGNOSIS_WAVE, MOVE_DIAGNOSIS_WAVE, CLOSE_DIAGNOSIS_WAVE)
