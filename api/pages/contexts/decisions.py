"""The contract of ``decisions.html``, and of a decision wherever it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.counsel import CounselShown
from api.pages.contexts.pieces import Act, Choice, EvidenceShown, Phrase
from api.pages.contexts.weighing import WeighedShown
from api.pages.pictures import BarPicture


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision and what became of it: ``shape`` and ``stands`` say how it stands, ``charge`` who sees to it and by
    when, ``why`` how it ended in words; ``age`` is as long beside the oldest that waits, ``act`` brings it on and
    ``others`` may be done of it too; ``votes``, those that somebody counted, ``people`` who are asked of it, and
    ``weighed`` what there was to choose from, where somebody said it; ``why_href`` the note that explains it."""

    text: str | None
    meeting: Phrase
    href: str
    anchor: str
    state: str
    shape: str
    stands: Phrase
    charge: Phrase | None = None
    proof: str | None = None
    why: str | None = None
    evidence: tuple[EvidenceShown, ...] = ()
    age: BarPicture | None = None
    act: Act | None = None
    others: tuple[Act, ...] = ()
    meeting_href: str = ""
    votes: tuple[Phrase, ...] = ()
    people: str | None = None
    weighed: WeighedShown | None = None
    why_href: str = ""


@dataclass(frozen=True, slots=True)
class KeptShown:
    """« 7 décisions sur 11 sont tenues », and what the others are, each counted; ``taken`` of them stand in a strip."""

    said: Phrase
    others: tuple[Phrase, ...]
    kept: int
    taken: int


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """The decisions that stand in the same way; ``folded`` where nothing is to be done of them."""

    title: Phrase
    lines: tuple[DecisionShown, ...]
    folded: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """A list of a filter: its name in the address, its label, its choices."""

    name: str
    label: Phrase
    every: Phrase
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """``decisions.html``: what was decided, and what became of it?"""

    territory: str
    answer: tuple[Phrase, ...]
    above: Act
    here: str
    kept: KeptShown | None
    groups: tuple[DecisionGroup, ...] = ()
    filters: tuple[DecisionFilter, ...] = ()
    filtered: bool = False
    acts: tuple[Act, ...] = ()
    counsel: CounselShown | None = None
