"""What questions are asked of: events and the states they lead to, and nothing that is kept beside them."""

from projections.engine.dossier import About, Dossier, History, Steered, Surroundings, WholeFramework, about
from projections.engine.entries import Entry, Moment, Stream, stream_of
from projections.engine.facts import Facts, prose_tokens
from projections.engine.record_by_record import after_each, after_each_of_framework, as_recorded
from projections.engine.register import KINDS, Given, Register

__all__ = [
    "KINDS",
    "About",
    "Dossier",
    "Entry",
    "Facts",
    "Given",
    "History",
    "Moment",
    "Register",
    "Steered",
    "Stream",
    "Surroundings",
    "WholeFramework",
    "about",
    "after_each",
    "after_each_of_framework",
    "as_recorded",
    "prose_tokens",
    "stream_of",
]
