"""The forms by lines there are."""

from __future__ import annotations

from typing import Final

from api.pages.lines.funding import FUNDINGS
from api.pages.lines.mandates import MANDATES
from api.pages.lines.record import AnyLines
from api.pages.lines.reporting import REPORTS
from api.pages.lines.sheets import PRIORITIES, SHEETS
from api.pages.lines.signatures import CEREMONY

LINES_FORMS: Final[tuple[AnyLines, ...]] = (PRIORITIES, SHEETS, MANDATES, CEREMONY, FUNDINGS, REPORTS)
