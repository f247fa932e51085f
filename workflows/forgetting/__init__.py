"""Forgetting a person, a text or a file: what is destroyed, where their traces are, and the list to forget again.

Nothing of the log changes. A person is an id that nobody opens any more; a text is a seal without its key. What is
kept of it names nobody: `listing.py`. What stays where a database keeps what it destroyed: `traces.py`.
"""

from workflows.forgetting.acts import Forgetting, PersonForgotten
from workflows.forgetting.finding import SaidText, find_texts, texts_of_event, tokens_under
from workflows.forgetting.listing import (
    FILE,
    PERSON,
    REASONS,
    TEXT,
    Forgotten,
    NotAList,
    add,
    from_lines,
    joined,
    listed,
    to_lines,
)
from workflows.forgetting.traces import clear_traces

__all__ = [
    "FILE",
    "PERSON",
    "REASONS",
    "TEXT",
    "Forgetting",
    "Forgotten",
    "NotAList",
    "PersonForgotten",
    "SaidText",
    "add",
    "clear_traces",
    "find_texts",
    "from_lines",
    "joined",
    "listed",
    "texts_of_event",
    "to_lines",
    "tokens_under",
]
