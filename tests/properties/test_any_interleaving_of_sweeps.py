"""Whatever is recorded, mended and silenced between sweeps, what is said is what one who recomputes all would say.

The other one keeps nothing but what it said: on each day of a sweep, all is drawn from the whole log again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from domain.agenda import (
    MET_ELSEWHERE,
    MUTED,
    DeadlineMissed,
    Occurrence,
    ReminderEscalated,
    ReminderSent,
    agenda_stream,
)
from domain.calendar import add_days, is_working_day
from domain.corrections import AnnulEvent, ConfirmCorrection
from domain.kernel import (
    RECORDED_BY,
    Actor,
    Command,
    Context,
    Corrected,
    Correcting,
    CreatedEvent,
    Event,
    Refused,
    RoleHeld,
)
from domain.mending import DependentEvents, is_mendable
from domain.roles import CO_PILOT
from domain.silencing import SilenceDeadline
from domain.values import Evidence, Prose, deterministic_id
from projections.engine import Dossier
from projections.what_is_due import MISSED, sheet
from projections.what_is_due.term import TERM
from tests.workflows.territory_life import TEXT, Life
from tests.workflows.test_deadlines import engaged, planned, prioritised, signed
from workflows.database import create_database_engine
from workflows.instants import PARIS
from workflows.reading import Reader

DAY = timedelta(days=1)
WHY = Prose("Une erreur de saisie.")
PROOF = Evidence(deterministic_id("document", "proof"), TEXT, Prose("Procès-verbal"))
LATER = 60
"""Days before a last sweep, so that something is said in every example."""

STAGES = (engaged, prioritised, planned, signed)

Utterance = tuple[date, Occurrence, date, str]
"""On what day, about what, due when: `missed`, or which step."""


class Naive:
    """What should be said, by one who recomputes it all on each day."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.said: list[Utterance] = []
        self.severest: dict[tuple[Occurrence, date], int] = {}
        self.missed: set[tuple[Occurrence, date]] = set()
        self._drawn: tuple[int | None, Dossier | None] = None, None

    def look(self) -> None:
        """Say what is new today."""
        today, holidays = self.life.clock.today(), self.life.holidays
        dossier = self._drawn_anew()
        ends_on = dossier.convention.period.effective_to
        for line in sheet(dossier, today, holidays):
            falling = line.occurrence, line.due_on
            if line.due_on <= ends_on < today and dossier.method.deadline(line.id).trigger != TERM:
                continue
            if line.state == MISSED and falling not in self.missed:
                self.missed.add(falling)
                self.said.append((today, *falling, "missed"))
            if not line.is_open or (line.moves and not is_working_day(today, holidays)):
                continue
            reached = [(int(step.id.removeprefix(step.kind.value)), step.id) for step in line.steps if step.on <= today]
            severest = max((offset for offset, _ in reached), default=None)
            if severest is None or severest <= self.severest.get(falling, severest - 1):
                continue
            self.severest[falling] = severest
            self.said += [(today, *falling, name) for offset, name in reached if offset == severest]

    def _drawn_anew(self) -> Dossier:
        """The convention, by somebody who never read anything before; as it was where nothing was recorded since."""
        last = self.life.steering.log.max_notification_id()
        if last != self._drawn[0]:
            self._drawn = last, Reader(self.life.engine).dossier(self.life.convention_id)
        dossier = self._drawn[1]
        assert dossier is not None
        return dossier


def told(life: Life) -> list[Utterance]:
    """What the agenda says, each on the day on which it was recorded."""
    found: list[Utterance] = []
    for one in life.events():
        if one.originator_id != agenda_stream(life.convention_id):
            continue
        on = one.recorded_at.astimezone(PARIS).date()
        if isinstance(one, DeadlineMissed):
            assert one.occurred_on == add_days(one.due_on, 1), "however late the sweep that saw it"
            found.append((on, one.occurrence, one.due_on, "missed"))
        elif isinstance(one, ReminderSent | ReminderEscalated):
            kind = "reminder" if isinstance(one, ReminderSent) else "escalation"
            found.append((on, one.occurrence, one.due_on, f"{kind}{one.offset_days:+d}"))
    return found


# --- what people do ---------------------------------------------------------------------------------------------------


def record(life: Life, fact: str, days_ago: int) -> None:
    """Something is done, and recorded some days after."""
    if fact == "engagement":
        life.engage()
    elif fact == "diagnosis":
        life.share_diagnosis(life.clock.today() - days_ago * DAY)
    elif fact == "forum":
        life.hold_forum(str(uuid4()))
    elif fact == "priority":
        life.choose_priority()
    elif fact == "plan":
        life.validate_plan()
    elif fact == "review":
        held_on = life.clock.today() - days_ago * DAY
        life.review(held_on.year - 1, held_on)
    else:
        life.sign(fact)


def silence(life: Life, number: int, days: int | None) -> None:
    """One deadline of the sheet is muted, for some days or for good, or was met elsewhere today."""
    today = life.clock.today()
    dossier = life.reader.dossier(life.convention_id)
    assert dossier is not None
    lines = [one for one in sheet(dossier, today, life.holidays) if one.is_open]
    if not lines:
        return
    elsewhere = number % 3 == 0
    command = SilenceDeadline(
        stream_id=agenda_stream(life.convention_id),
        convention_id=life.convention_id,
        home_territory_id=life.territory_id,
        occurrence=lines[number % len(lines)].occurrence,
        silence=MET_ELSEWHERE if elsewhere else MUTED,
        decided_in=None if elsewhere else life.meet("REMINDERS_SUSPENDED"),
        until=None if days is None or elsewhere else today + days * DAY,
    )
    life.steering.execute(command, replace(context_of(life), evidence=(PROOF,)))


def mend(life: Life, number: int, later: int | None) -> None:
    """One fact is annulled, or said again some days later than it was said; whoever must confirms it."""
    streams: dict[UUID, list[Event]] = {}
    for one in life.events():
        if one.originator_id in (life.convention_id, agenda_stream(life.convention_id)):
            streams.setdefault(one.originator_id, []).append(one)
    counting = [one.event for some in streams.values() for one in Corrected(some).counting()]
    known = [one for one in counting if is_mendable(one) and not isinstance(one, CreatedEvent)]
    if not known:
        return
    target = known[number % len(known)]
    target_id, stream_id = target.envelope.event_id, target.originator_id
    caused = [one for one in streams[stream_id] if one.envelope.causation_id == target_id and not one.DERIVED]

    def asked(cascade: tuple[UUID, ...]) -> tuple[Command, Context]:
        if later is None:
            return AnnulEvent(stream_id=stream_id, target_id=target_id, cascade=cascade), context_of(life)
        say = RECORDED_BY[type(target)].again(target, caused)
        moved = min(target.occurred_on + later * DAY, life.clock.today())
        context = replace(context_of(life), corrects=Correcting(target_id, cascade))
        return replace(say, occurred_on=moved), context

    try:
        answer = life.steering.execute(*asked(()))
    except Refused as refused:
        falling = next((one.events for one in refused.broken if isinstance(one, DependentEvents)), None)
        if falling is None:
            raise
        answer = life.steering.execute(*asked(falling))
    proposed = next((one for one in answer.events if one.topic == "ctg.correction.correction-proposed"), None)
    if proposed is not None:
        other = Actor(uuid4(), (RoleHeld(CO_PILOT, life.territory_id),))
        confirm = ConfirmCorrection(stream_id=stream_id, proposal_id=proposed.event_id)
        life.steering.execute(confirm, replace(context_of(life), actor=other))
    event(f"mended {type(target).__name__}")


def context_of(life: Life) -> Context:
    return Context(actor=life.pilot, today=life.clock.today(), now=life.clock.now(), reason=WHY)


FACTS = ("engagement", "diagnosis", "forum", "priority", "plan", "review", "caf", "epci", "msa")
numbers = st.integers(0, 1_000)
acts = st.one_of(
    st.tuples(st.just("record"), st.sampled_from(FACTS), st.integers(0, 40)),
    st.tuples(st.just("silence"), numbers, st.one_of(st.none(), st.integers(0, 60))),
    st.tuples(st.just("mend"), numbers, st.one_of(st.none(), st.integers(-30, 30))),
    st.tuples(st.just("live"), st.integers(1, 40), st.sampled_from((1, 1, 2, 5))),
    st.tuples(st.just("stop"), st.integers(1, 200), st.just(0)),
)
DONE: dict[str, Callable[[Life, Any, Any], None]] = {"record": record, "silence": silence, "mend": mend}


@contextmanager
def life_on(store: Path) -> Iterator[Life]:
    """A territory on a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_database_engine(f"sqlite:///{shutil.copyfile(store, Path(folder) / 'ctg.db')}")
        try:
            yield Life(engine)
        finally:
            engine.dispose()


def live(store: Path, stage: int, sequence: list[tuple[str, Any, Any]]) -> None:
    """Do all that, with a sweep on some days; what the agenda says is what is to be said."""
    with life_on(store) as life:
        STAGES[stage](life)
        naive = Naive(life)

        def sweep() -> None:
            life.sweep()
            naive.look()

        for what, which, how in sequence:
            if what == "stop":
                life.on(life.clock.today() + which * DAY)
            elif what == "live":
                for number in range(which):
                    life.on(life.clock.today() + DAY)
                    if number % how == 0:
                        sweep()
            else:
                try:
                    DONE[what](life, which, how)
                except Refused as refused:
                    event(f"{what} refused: {refused.broken[0].CODE}")
        life.on(life.clock.today() + LATER * DAY)
        sweep()
        assert Counter(told(life)) == Counter(naive.said)
        for one in naive.said:
            event(one[-1])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(STAGES) - 1), st.lists(acts, min_size=4, max_size=12))
def test_any_interleaving_of_facts_and_sweeps_says_what_a_naive_model_would(
    migrated_sqlite: Path, stage: int, sequence: list[tuple[str, Any, Any]]
) -> None:
    live(migrated_sqlite, stage, sequence)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(STAGES) - 1), st.lists(acts, min_size=8, max_size=25))
def test_any_long_interleaving_of_facts_and_sweeps_says_what_a_naive_model_would(
    migrated_sqlite: Path, stage: int, sequence: list[tuple[str, Any, Any]]
) -> None:
    live(migrated_sqlite, stage, sequence)
