"""What became of what people said: each contribution with its outcome and its one next act, worst first.

One that nobody answered for the method's period is a silence (S08); one that was answered is whole once people were
told (S11). A period counts from the day on which the last of it was heard: what was said in a forum and typed months
later is not late the day it comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_period
from domain.convention.themes import named
from domain.kernel import Event
from domain.method import MethodProfile, Period
from domain.participation.answering import AnswerContribution, ContributionAnswered, RecordToldBack, ToldBack
from domain.participation.contributing import COLLEGES, ContributionRecorded
from domain.participation.participation import STAGES as MOMENTS
from domain.participation.participation import TerritoryParticipation
from domain.values import Code, LocalId, Prose, Theme
from projections.engine import Dossier

SILENT: Final = Code("SILENT")
WAITING: Final = Code("WAITING")
ANSWERED: Final = Code("ANSWERED")
TOLD: Final = Code("TOLD")
STATES: Final = (SILENT, WAITING, ANSWERED, TOLD)
"""Worst first: a contribution is in exactly one of them."""

SILENCES: Final = {WAITING: "LATEST_NEWS_OF_CONTRIBUTION", ANSWERED: "LATEST_NEWS_OF_ANSWER"}
"""What starts the deadline of a method that says after how long without news it is a silence."""


@dataclass(frozen=True)
class ContributionTold:
    """One contribution and what became of it by a day.

    `heard_on`: the day of the last news of it. `silent_on`: from when on it is a silence, None where the method watches
    none or people were told. `next_act`: the one act that brings it on, None once people were told.
    """

    contribution_id: LocalId
    event_id: UUID
    stream_id: UUID
    given_on: date
    college: Code
    channel: Code
    stage: Code
    theme: Theme
    text: Prose
    people: int | None
    forum_id: LocalId | None
    space_id: LocalId | None
    state: Code
    heard_on: date
    silent_on: date | None
    outcome: Code | None
    answered_on: date | None
    finding_id: LocalId | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    motive: Prose | None
    told_on: date | None
    told_to: Prose | None
    told_by: Code | None
    next_act: Code | None


@dataclass(frozen=True)
class Voices:
    """How many contributions came from one college at one stage."""

    college: Code
    stage: Code
    contributions: int


@dataclass(frozen=True)
class ContributionsTold:
    """What was said, worst first; `with_outcome` of them have one, `told` were told back."""

    contributions: tuple[ContributionTold, ...]
    with_outcome: int
    told: int
    voices: tuple[Voices, ...]


def silent_after(method: MethodProfile, trigger: str) -> Period | None:
    """After how long without news something is a silence, where the method says: reminded of or not, it is seen."""
    return next((one.offset for one in method.deadlines if one.trigger == trigger), None)


def heard_on(event: Event) -> date:
    """The day of a piece of news: it happened before it was heard of."""
    return max(event.occurred_on, event.recorded_on)


def contributions(dossier: Dossier, today: date) -> ContributionsTold:
    """What was said for a convention, and what became of it."""
    answers = {one.contribution_id: one for _, one in dossier.of(TerritoryParticipation, ContributionAnswered)}
    telling: dict[LocalId, ToldBack] = {}
    for _, told in dossier.of(TerritoryParticipation, ToldBack):
        telling |= dict.fromkeys(told.contribution_ids, told)
    silences = {state: silent_after(dossier.method, trigger) for state, trigger in SILENCES.items()}
    found = [
        _told(dossier, one, answers.get(one.contribution_id), telling.get(one.contribution_id), silences, today)
        for _, one in dossier.of(TerritoryParticipation, ContributionRecorded)
        if one.convention_id == dossier.convention_id
    ]
    found.sort(key=lambda one: (STATES.index(one.state), one.given_on))
    counted = Counter((one.college, one.stage) for one in found)
    return ContributionsTold(
        tuple(found),
        sum(one.outcome is not None for one in found),
        sum(one.state == TOLD for one in found),
        tuple(
            Voices(college, stage, counted[college, stage])
            for stage in MOMENTS
            for college in COLLEGES
            if counted[college, stage]
        ),
    )


def _told(
    dossier: Dossier,
    one: ContributionRecorded,
    answer: ContributionAnswered | None,
    told: ToldBack | None,
    silences: Mapping[Code, Period | None],
    today: date,
) -> ContributionTold:
    if answer is not None and told is not None and told.originator_version < answer.originator_version:
        told = None  # of an earlier answer
    state = WAITING if answer is None else ANSWERED if told is None else TOLD
    heard = heard_on(told or answer or one)
    silence = silences.get(state)
    silent_on = add_period(heard, silence, frozenset()) if silence is not None else None
    if state == WAITING and silent_on is not None and silent_on <= today:
        state = SILENT
    acts = {SILENT: AnswerContribution.NAME, WAITING: AnswerContribution.NAME, ANSWERED: RecordToldBack.NAME}
    return ContributionTold(
        contribution_id=one.contribution_id,
        event_id=one.envelope.event_id,
        stream_id=one.originator_id,
        given_on=one.occurred_on,
        college=one.college,
        channel=one.channel,
        stage=one.stage,
        theme=named(dossier.convention, one.theme),
        text=one.text,
        people=one.people,
        forum_id=one.forum_id,
        space_id=one.space_id,
        state=state,
        heard_on=heard,
        silent_on=silent_on,
        outcome=answer.became if answer is not None else None,
        answered_on=answer.occurred_on if answer is not None else None,
        finding_id=answer.finding_id if answer is not None else None,
        priority_id=answer.priority_id if answer is not None else None,
        sheet_id=answer.sheet_id if answer is not None else None,
        motive=answer.motive if answer is not None else None,
        told_on=told.occurred_on if told is not None else None,
        told_to=told.told_to if told is not None else None,
        told_by=told.told_by if told is not None else None,
        next_act=Code(acts[state]) if state in acts else None,
    )
