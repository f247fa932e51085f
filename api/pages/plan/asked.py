"""What the address of a plan asks: in which order, which sheets only, seen how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from domain.values import Code
from projections.whether_sheets_move import DONE, LAID_ASIDE, LATE, NOT_STARTED, ON_TIME, UNKNOWN, WATCH

BY_PRIORITY: Final = ""
BY_OWNER: Final = "porteur"
BY_STATE: Final = "etat"
BY_END: Final = "echeance"
ORDERS: Final = {BY_PRIORITY: "priority", BY_OWNER: "owner", BY_STATE: "state", BY_END: "end"}
"""How addresses name what the sheets are put under, and how its words do."""

STATES: Final[Mapping[str, Code]] = {
    "en-retard": LATE,
    "a-surveiller": WATCH,
    "a-l-heure": ON_TIME,
    "pas-commencees": NOT_STARTED,
    "inconnues": UNKNOWN,
    "faites": DONE,
    "ecartees": LAID_ASIDE,
}
SLUGS: Final = {code: slug for slug, code in STATES.items()}

TABLE: Final = "tableau"


@dataclass(frozen=True)
class Asked:
    """What means nothing is the ordinary."""

    order: str = BY_PRIORITY
    state: str = ""
    view: str = ""

    @property
    def only(self) -> Code | None:
        """How the sheets that are asked for stand."""
        return STATES.get(self.state)

    def address(self, page: str, **changed: str) -> str:
        """The same on a page, some of it otherwise."""
        other = replace(self, **changed)
        pairs = {"par": other.order, "etat": other.state, "vue": other.view}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{page}?{query}" if query else page


def asked_in(query: Mapping[str, str]) -> Asked:
    """What an address asks."""
    order, state, view = query.get("par", ""), query.get("etat", ""), query.get("vue", "")
    return Asked(order if order in ORDERS else "", state if state in STATES else "", view if view == TABLE else "")
