"""As of which day the first table of a convention taken over is told: that of its take-over, whose plan it is (R34)."""

from __future__ import annotations

from datetime import date

from domain.convention.texts import TextsAdopted
from projections.engine import Dossier


def first_day(dossier: Dossier) -> date | None:
    """The day that is proposed for the table of a convention taken over, as long as nothing of its plan is written;
    None for any other one, whose table is told as of today."""
    convention = dossier.convention
    written = bool(dossier.sheets) or TextsAdopted.of(convention).plan is not None
    return None if written else convention.taken_over_on
