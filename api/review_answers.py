# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The review to come over the API: what it would say on a day, and what it would lack to be complete."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request

from api.access import policy, services_of
from api.reading import Asker, ConventionId, about_convention, opened, reading
from api.schemas import Day
from domain.convention.reviewed import ANNUAL
from domain.policy import READ_CONVENTION
from domain.values import Code, InvalidValue
from projections.what_a_review_would_say import KINDS, to_come


@policy(READ_CONVENTION)
def review_to_come(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    kind: Annotated[str, Query(max_length=20, description="La nature du bilan : ANNUAL, MID_TERM ou FINAL")] = ANNUAL,
    on: Annotated[Day | None, Query(description="Le jour où il serait tenu ; aujourd’hui sans cela")] = None,
) -> Any:
    """What the review awaited first would say on a day; null where there is none of its kind."""
    if kind not in KINDS:
        raise InvalidValue("unknown-code", field="kind", value=kind, allowed=KINDS)
    dossier = about_convention(request, visitor, convention_id)
    day: date = on or services_of(request).clock.today()
    answer = to_come(dossier, day, Code(kind))
    with reading(request) as connection:
        return opened(request, connection, answer)
