"""What every plan of the tests says that is not what a test is about: indicators promised, themes left aside."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from domain.convention.complete_plans import ExcludedTheme
from domain.values import Code, Prose

MANDATORY: Final = ("EARLY_CHILDHOOD", "YOUTH", "PARENTING", "ACCESS_TO_RIGHTS", "SOCIAL_SUPPORT")
"""The themes that the shipped methods want."""


def completed(day: date) -> dict[str, Any]:
    """What a plan validated on a day says so that it is complete whatever its sheets are."""
    return {
        "indicators_promised_by": date(day.year + 1, 12, 31),
        "excluded_themes": tuple(ExcludedTheme(Code(one), Prose("Un autre contrat en traite.")) for one in MANDATORY),
    }


def left_aside() -> dict[str, list[str]]:
    """The same, as a form says it: the themes of the first method."""
    themes = {f"excluded_themes.{number}.theme": [one] for number, one in enumerate(MANDATORY[:3])}
    return themes | {f"excluded_themes.{number}.motive": ["Un autre contrat en traite."] for number in range(3)}
