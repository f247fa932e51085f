"""The content of the diagnosis: diagnoses started, findings with what shows them, versions published."""

from __future__ import annotations

from api.pages.acts.data_asked import current_case, home_of, of_current
from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, short, words
from api.pages.forms.places import TERRITORY
from api.pages.forms.record import Form
from domain.action_sheets.describing import LIFE_STAGES
from domain.convention.diagnosis import FINDING_KINDS
from domain.convention.themes import named as theme_named
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.finding import NATURES, AttachEvidence, RecordFinding
from domain.diagnosis.publishing import PublishDiagnosisVersion, StartDiagnosis
from domain.indicators.measuring import METHODS
from projections.what_diagnoses_hold import DiagnosesTold, diagnoses


def told_there(case: TerritoryCase) -> DiagnosesTold:
    """The diagnoses and findings of the territory, their texts opened."""
    found = diagnoses(case.ask.surroundings(case.territory.territory_id))
    case.ask.open(found)
    return found


def _findings(case: TerritoryCase) -> Choices:
    ask, current = case.ask, current_case(case)
    if current is None:
        return ()
    convention = current.dossier.convention
    return named(
        (
            one.finding_id,
            f"{ask.texts.theme(theme_named(convention, one.theme))} : {short(ask.said(one.statement), ask.texts)}",
        )
        for one in told_there(case).findings
    )


def diagnosis_choices(case: TerritoryCase) -> Choices:
    """The diagnoses of the territory by their titles."""
    ask = case.ask
    return named((one.diagnosis_id, short(ask.said(one.title), ask.texts)) for one in told_there(case).diagnoses)


def _every_finding(case: TerritoryCase) -> dict[str, str]:
    """All of them, where nothing is said yet."""
    return {"findings": " ".join(one.finding_id for one in told_there(case).findings)}


_SHOWN = {"nature": words("nature", NATURES), "method": words("measure-method", METHODS)}
_BROUGHT = of_current(ConventionCase.near_partners)
_BROUGHT_FROM_AFAR = of_current(ConventionCase.far_partners)

START_DIAGNOSIS: Form[TerritoryCase] = Form(
    command=StartDiagnosis,
    place=TERRITORY,
    sections=("versions",),
    short=("title",),
    creates=("diagnosis_id",),
    choices={"owners": _BROUGHT},
    folded={"owners": _BROUGHT_FROM_AFAR},
    hidden=lambda case: {"home_territory_id": str(case.territory.territory_id)},
    stream_at=diagnosis_stream,
    example={"title": "Analyse des besoins sociaux"},
)

RECORD_FINDING: Form[TerritoryCase] = Form(
    command=RecordFinding,
    place=TERRITORY,
    sections=("versions",),
    rank=1,
    first=("statement", "theme", "kind", "contributor_id"),
    later=("method", "sample_size", "life_stages", "communes"),
    short=("source",),
    creates=("finding_id",),
    fixed={
        "kind": words("finding-kind", FINDING_KINDS),
        "life_stages": words("life-stage", LIFE_STAGES),
        **_SHOWN,
    },
    choices={
        "theme": of_current(ConventionCase.themes),
        "contributor_id": _BROUGHT,
        "communes": TerritoryCase.communes,
    },
    folded={"contributor_id": _BROUGHT_FROM_AFAR},
    hidden=home_of,
    stream_at=diagnosis_stream,
    example={"kind": "CONSTRAINT", "nature": "QUANTITATIVE", "year": 2023, "source": "Recensement de la population"},
)

ATTACH_EVIDENCE: Form[TerritoryCase] = Form(
    command=AttachEvidence,
    place=TERRITORY,
    sections=("versions",),
    rank=2,
    later=("method", "sample_size"),
    short=("source",),
    fixed=_SHOWN,
    choices={"finding_id": _findings, "contributor_id": _BROUGHT},
    folded={"contributor_id": _BROUGHT_FROM_AFAR},
    needs={"finding_id": RECORD_FINDING},
    stream_at=diagnosis_stream,
    example={"nature": "QUALITATIVE", "year": 2023, "source": "Entretiens avec les familles"},
)

PUBLISH_DIAGNOSIS_VERSION: Form[TerritoryCase] = Form(
    command=PublishDiagnosisVersion,
    place=TERRITORY,
    sections=("versions",),
    rank=3,
    choices={"diagnosis_id": diagnosis_choices, "findings": _findings},
    proposes=_every_finding,
    needs={"diagnosis_id": START_DIAGNOSIS, "findings": RECORD_FINDING},
    stream_at=diagnosis_stream,
)

FORMS = (START_DIAGNOSIS, RECORD_FINDING, ATTACH_EVIDENCE, PUBLISH_DIAGNOSIS_VERSION)
