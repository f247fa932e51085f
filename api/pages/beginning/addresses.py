"""The addresses of the pages with which an instance begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from api.pages.beginning import commencer, partners, territories
from api.pages.people.tabs import PARTNERS_PAGE, TERRITORIES_PAGE
from api.pages.shell import BEGIN

ROUTES: Final[tuple[tuple[str, str, Callable[..., object]], ...]] = (
    ("GET", BEGIN, commencer.show),
    ("POST", BEGIN, commencer.take),
    ("GET", TERRITORIES_PAGE, territories.show),
    ("POST", TERRITORIES_PAGE, territories.act),
    ("GET", PARTNERS_PAGE, partners.show),
    ("POST", PARTNERS_PAGE, partners.act),
)
