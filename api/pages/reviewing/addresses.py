"""Where one review is read: among the pages of its territory, and where everybody may read it once it is public."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from api.pages.addresses import Home

PUBLIC_REVIEWS: Final = "/bilans-publies"
"""Under which address reviews that were published to the public are read without an account."""


def paper_of(home: Home, review_id: UUID) -> str:
    """A review on one page."""
    return f"{home.reviews}/{review_id}"


def public_paper_of(convention_id: UUID, review_id: UUID) -> str:
    """The same for everybody, without the sentences of anybody."""
    return f"{PUBLIC_REVIEWS}/{convention_id}/{review_id}"
