"""Where the decisions of a territory are listed: beside the page of its committee."""

from __future__ import annotations

from typing import Final

from api.pages.addresses import COMMITTEE, PATHS, Home

DECISIONS: Final = f"{PATHS[COMMITTEE]}/decisions"


def decisions_of(home: Home) -> str:
    """Every decision, and what became of it."""
    return f"{home.today}{DECISIONS}"
