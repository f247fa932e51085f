"""Indicators: defined, measured, answered, retired; what users say."""

from __future__ import annotations

from typing import Any, Final

from api.pages.forms.conventions import ConventionCase
from api.pages.forms.indicators import by_title, proposals_of, terms_now, values_of, with_proposals
from api.pages.forms.options import YES_NO, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form, Narrowed
from domain.indicators.defining import DefineIndicator, RedefineIndicator, RetireIndicator
from domain.indicators.measuring import ANSWERS, METHODS, AnswerMeasure, RecordMeasure
from domain.indicators.satisfaction import CHANNELS, RecordSatisfaction
from domain.indicators.terms import DIRECTIONS, FREQUENCIES, KINDS, PLACES, UNITS

SECTION: Final = ("results",)


def _here(case: ConventionCase) -> dict[str, str | None]:
    return {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    }


_TERMS: Final[dict[str, Any]] = {
    "later": (
        "baseline_total",
        "baseline_promised_by",
        "sheet_ids",
        "definition",
        "source",
        "comparisons",
        "alert_below",
        "alert_above",
    ),
    "rows": {"targets": 2, "comparisons": 1},
    "short": ("title", "unit_label", "source"),
    "fixed": {
        "unit": words("indicator-unit", UNITS),
        "kind": words("indicator-kind", KINDS),
        "direction": words("indicator-direction", DIRECTIONS),
        "frequency": words("indicator-frequency", FREQUENCIES),
        "comparisons.place": words("compared-with", PLACES),
    },
    "example": {
        "title": "Enfants accueillis en horaires décalés",
        "unit": "NUMBER",
        "counts_persons": True,
        "kind": "RESULT",
        "direction": "UP",
        "frequency": "YEARLY",
        "targets.year": 2028,
        "comparisons.place": "DEPARTMENT",
        "comparisons.year": 2026,
    },
}
"""What both forms that say the terms of an indicator have in common."""

DEFINE_INDICATOR = Form(
    command=DefineIndicator,
    place=CONVENTION,
    sections=SECTION,
    choices={
        "counts_persons": lambda case: YES_NO,
        "owner_id": ConventionCase.all_partners,
        "sheet_ids": ConventionCase.sheets,
    },
    hidden=_here,
    **_TERMS,
)

REDEFINE_INDICATOR = Form(
    command=RedefineIndicator,
    place=CONVENTION,
    sections=SECTION,
    rank=3,
    own_motive=True,
    choices={
        "stream_id": by_title,
        "counts_persons": lambda case: YES_NO,
        "owner_id": ConventionCase.all_partners,
        "sheet_ids": ConventionCase.sheets,
    },
    needs={"stream_id": DEFINE_INDICATOR},
    again=True,
    refills=terms_now,
    **_TERMS,
)

RETIRE_INDICATOR = Form(
    command=RetireIndicator,
    place=CONVENTION,
    sections=SECTION,
    rank=4,
    own_motive=True,
    choices={"stream_id": by_title},
    needs={"stream_id": DEFINE_INDICATOR},
)

RECORD_MEASURE = Form(
    command=RecordMeasure,
    place=CONVENTION,
    sections=SECTION,
    rank=1,
    own_motive=True,
    creates=("measure_id",),
    later=("total", "period_starts_on", "provided_by", "method", "sample_size", "revises", "motive"),
    fixed={"method": words("measure-method", METHODS)},
    choices={"stream_id": by_title, "provided_by": ConventionCase.all_partners},
    narrowed={"revises": Narrowed("stream_id", values_of)},
    needs={"stream_id": DEFINE_INDICATOR},
    example={"value": 48.5, "method": "COUNT"},
)

ANSWER_MEASURE = Form(
    command=AnswerMeasure,
    place=CONVENTION,
    sections=SECTION,
    rank=2,
    own_motive=True,
    fixed={"answer": words("measure-answer", ANSWERS)},
    choices={"stream_id": with_proposals},
    example={"answer": "ACCEPTED"},
    narrowed={"measure_id": Narrowed("stream_id", proposals_of)},
    needs={"stream_id": RECORD_MEASURE},
)

RECORD_SATISFACTION = Form(
    command=RecordSatisfaction,
    place=CONVENTION,
    sections=SECTION,
    rank=5,
    date_first=True,
    short=("question", "audience"),
    later=("asked", "sheet_ids", "note"),
    fixed={"channel": words("survey-channel", CHANNELS)},
    choices={"sheet_ids": ConventionCase.sheets},
    hidden=_here,
    example={"question": "Êtes-vous satisfait des horaires ?", "channel": "ONLINE", "answers": 24},
)

FORMS = (
    DEFINE_INDICATOR,
    RECORD_MEASURE,
    ANSWER_MEASURE,
    REDEFINE_INDICATOR,
    RETIRE_INDICATOR,
    RECORD_SATISFACTION,
)
