"""The shared diagnosis."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.convention.diagnosis import (
    CHANNELS,
    FINDING_KINDS,
    PARTICIPATION_KINDS,
    RecordSharedDiagnosis,
)
from projections.what_diagnoses_hold import diagnoses


def _published(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The findings of the last version of the diagnosis that the link names, under the names that they have there."""
    told = case.dossier.once(diagnoses)
    one = next((each for each in told.diagnoses if each.diagnosis_id == given.get("published")), None)
    if one is None or not one.versions:
        return {}
    case.ask.open(told)
    held = [each for each in told.findings if each.finding_id in one.versions[0].findings]
    said = {"recipients": " ".join(map(str, one.owners))}
    for number, finding in enumerate(held):
        said[f"findings.{number}.finding_id"] = finding.finding_id
        said[f"findings.{number}.theme"] = finding.theme
        said[f"findings.{number}.kind"] = finding.kind
        said[f"findings.{number}.statement"] = case.ask.said(finding.statement) or ""
    return said


RECORD_SHARED_DIAGNOSIS = Form(
    command=RecordSharedDiagnosis,
    place=CONVENTION,
    sections=("findings",),
    date_first=True,
    later=("recipients", "channel", "participation"),
    rows={"participation": 1},
    refills=_published,
    fixed={
        "findings.kind": words("finding-kind", FINDING_KINDS),
        "channel": words("channel", CHANNELS),
        "participation.kind": words("participation-kind", PARTICIPATION_KINDS),
    },
    choices={"findings.theme": ConventionCase.themes, "recipients": ConventionCase.near_partners},
    folded={"recipients": ConventionCase.far_partners},
    example={"findings.kind": "CONSTRAINT"},
)

FORMS = (RECORD_SHARED_DIAGNOSIS,)
