"""What pages show of what is recommended and of what explains."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.participation import TraceShown
from api.pages.contexts.pieces import Act, EvidenceShown, Phrase, Status


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """One recommendation: by whom and to whom, what it rests on; ``stands`` and ``why`` say what became of it, ``act``
    brings it on."""

    anchor: str
    text: str | None
    kind: str
    given: Phrase
    state: str
    status: Status
    rests: tuple[TraceShown, ...]
    why: tuple[str, ...]
    decided: TraceShown | None
    evidence: tuple[EvidenceShown, ...]
    href: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note: what was asked, by which text, what it became here, what was adapted and why; what it explains."""

    anchor: str
    title: str | None
    source: str
    said: tuple[Phrase, ...]
    by: Phrase
    explains: tuple[TraceShown, ...]
    evidence: tuple[EvidenceShown, ...]
    href: str


@dataclass(frozen=True, slots=True)
class CounselShown:
    """Both lists, each with its acts; ``recommends`` is false where nothing is recommended to a whole framework."""

    recommended: tuple[RecommendationLine, ...]
    explained: tuple[NoteLine, ...]
    acts: tuple[Act, ...] = ()
    note_acts: tuple[Act, ...] = ()
    recommends: bool = True
