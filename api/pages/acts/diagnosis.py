"""The shared diagnosis."""

from __future__ import annotations

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

RECORD_SHARED_DIAGNOSIS = Form(
    command=RecordSharedDiagnosis,
    place=CONVENTION,
    sections=("findings",),
    date_first=True,
    later=("recipients", "channel", "participation"),
    rows={"participation": 1},
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
