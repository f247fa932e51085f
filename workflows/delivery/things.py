"""What a letter is about, in one word, so that nobody is written to twice about one thing on one day."""

from __future__ import annotations

from domain.agenda import Occurrence


def thing(occurrence: Occurrence) -> str:
    """A deadline falling due, whatever its day: moved, it is the same thing."""
    return f"{occurrence.deadline}:{occurrence.subject_id.hex}:{occurrence.key}"
