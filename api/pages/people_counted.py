"""How many people came, of each college, as pages say it."""

from __future__ import annotations

from api.pages.contexts import Phrase
from domain.values import Attendance


def counted_people(came: Attendance) -> tuple[Phrase, ...]:
    """« 14 habitants, deux professionnels »: residents first; a college of which nobody came is left out."""
    colleges = {"usage": came.usage, "technical": came.technical, "political": came.political}
    return tuple(Phrase(f"page.people.{name}", {}, count) for name, count in colleges.items() if count)
