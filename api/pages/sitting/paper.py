"""The papers of a meeting: its invitation, the sheet that those who come sign, its minutes."""

from __future__ import annotations

from typing import Final

from api.pages.contexts.sitting import SittingPaper
from api.pages.sitting.addresses import SHEET
from api.pages.sitting.page import sitting_page
from api.pages.sitting.scene import Sitting

BLANK: Final = 6
"""Rows of the sheet for those who have no seat."""


def sitting_paper(sitting: Sitting) -> SittingPaper:
    """Everything a paper shows."""
    return SittingPaper(sitting.step, sitting_page(sitting), BLANK if sitting.step == SHEET else 0)
