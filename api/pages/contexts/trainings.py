"""What pages show of trainings, form-actions and colloquiums."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Act, Phrase, Status


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """One of them: when, what, then where, by whom, for whom; who came and what is kept of it, or why it is off.
    ``title`` and ``why`` are None where they were erased."""

    anchor: str
    kind: str
    title: str | None
    status: Status
    state: str
    when: Phrase
    about: tuple[Phrase, ...]
    why: str | None
    came: Phrase | None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingsShown:
    """Those of a framework: to come or to be told (``ahead``), then those that are over. ``no_colloquium``: the year in
    which none is planned or was held."""

    ahead: tuple[TrainingLine, ...]
    over: tuple[TrainingLine, ...]
    no_colloquium: int | None
    acts: tuple[Act, ...] = ()
