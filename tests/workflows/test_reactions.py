"""What follows by itself is recorded once, on its day, by the engine; what cannot be is told, and holds up nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from domain.convention.activating import ActivateConvention, ConventionActivated
from domain.convention.counting import ConventionSigned
from domain.convention.expiring import ConventionExpired
from domain.convention.opening import EngagementConfirmed
from domain.convention.signing import RecordSignature, SignatureRecorded
from domain.corrections import AnnulEvent, ConfirmCorrection
from domain.kernel import Actor, Context, Correcting, CorrectionProposed, Event, Origin, Refused, RoleHeld
from domain.roles import CO_PILOT, ENGINE
from domain.values import Code, Prose
from projections import what_follows
from projections.engine import Dossier
from projections.what_follows import Following
from tests.workflows.territory_life import Life
from workflows.acting_by_itself import ENGINE_ACTOR
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.log import AppendedRow
from workflows.reactions import Reactions
from workflows.reactions.stuck import REFUSED, UNREADABLE
from workflows.reading import Reader
from workflows.summaries import Summaries

EFFECTIVE = date(2025, 1, 1)
SIGNED_BEFORE = date(2024, 12, 2)
SIGNED_AFTER = date(2025, 1, 20)
WHY = Prose("Une erreur de saisie.")


@pytest.fixture
def sqlite(migrated_sqlite_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_sqlite_url)
    yield made
    made.dispose()


@dataclass
class Watched:
    """A life, and who sends what follows in it."""

    life: Life
    reactions: Reactions

    def follow(self) -> int:
        return self.reactions.follow()

    def recorded(self, kind: type[Event]) -> list[Event]:
        return [one for one in self.life.events() if isinstance(one, kind)]

    def in_force(self) -> list[Event]:
        """The entries into force that count."""
        dossier = self.life.reader.dossier(self.life.convention_id)
        assert dossier is not None
        return [event for _, event in dossier.facts(ConventionActivated)]

    def annul(self, event: Event) -> None:
        """Say that an event was a mistake, and see what falls with it."""
        command = AnnulEvent(stream_id=event.originator_id, target_id=event.envelope.event_id)
        self._mend(command, None)

    def correct(self, event: Event, command: RecordSignature) -> None:
        """Say an event again, otherwise."""
        self._mend(command, event.envelope.event_id)

    def _mend(self, command: AnnulEvent | RecordSignature, target_id: UUID | None) -> None:
        life, cascade = self.life, ()
        for _ in range(2):
            if isinstance(command, AnnulEvent):
                command, corrects = replace(command, cascade=cascade), None
            else:
                assert target_id is not None
                corrects = Correcting(target_id, cascade)
            context = Context(
                actor=life.pilot, today=life.clock.today(), now=life.clock.now(), reason=WHY, corrects=corrects
            )
            try:
                answer = life.steering.execute(command, context)
            except Refused as refused:
                (rule,) = refused.broken
                cascade = rule.parameters["events"]
                continue
            proposal = next((one for one in answer.events if one.topic == CorrectionProposed.TOPIC), None)
            if proposal is not None:
                second = Actor(uuid4(), (RoleHeld(CO_PILOT, life.territory_id),))
                life.act(ConfirmCorrection(stream_id=command.stream_id, proposal_id=proposal.event_id), second)
            return
        raise AssertionError("it stays refused")


def watched(engine: Engine) -> Watched:
    """Engaged in January 2024, to take effect on 1 January 2025."""
    life = Life(engine).on(date(2024, 1, 10))
    life.open(EFFECTIVE)
    life.engage()
    return Watched(life, Reactions(life.steering, life.summaries, life.clock))


def test_what_was_signed_before_is_in_force_on_its_effective_date_by_the_sweep(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_BEFORE).sign("caf", "epci")
    assert it.follow() == 0
    it.life.live_until(date(2024, 12, 31))
    assert not it.in_force()
    assert it.life.sweep().next_on == EFFECTIVE, "the scheduler is to wake on that day"
    it.life.live_until(date(2025, 1, 2))
    (event,) = it.in_force()
    assert event.occurred_on == EFFECTIVE
    envelope = event.envelope
    (signed,) = it.recorded(ConventionSigned)
    assert (envelope.actor_id, envelope.actor_role, envelope.origin) == (
        ENGINE_ACTOR.actor_id,
        ENGINE,
        Origin.REACTION,
    )
    assert (envelope.causation_id, envelope.correlation_id) == (
        signed.envelope.event_id,
        signed.envelope.correlation_id,
    )


def test_what_is_signed_after_is_in_force_at_once(engine: Engine) -> None:
    it = watched(engine)
    it.life.on(SIGNED_AFTER).sign("caf")
    assert it.follow() == 0
    it.life.sign("epci")
    assert it.follow() == 1
    assert [one.occurred_on for one in it.in_force()] == [SIGNED_AFTER]
    assert it.follow() == 0


def test_after_days_without_the_engine_it_is_dated_on_the_day_it_took_effect(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_BEFORE).sign("caf", "epci")
    it.life.on(date(2025, 2, 3)).sweep()
    assert [one.occurred_on for one in it.in_force()] == [EFFECTIVE]


def test_many_workers_put_a_convention_in_force_once(engine: Engine) -> None:
    it = watched(engine)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    together = threading.Barrier(4)

    def work(_: int) -> int:
        steering = Steering(engine)
        summaries = Summaries(engine, Reader(engine), it.life.clock, it.life.holidays)
        reactions = Reactions(steering, summaries, it.life.clock)
        together.wait()
        return reactions.follow()

    with ThreadPoolExecutor(4) as crew:
        list(crew.map(work, range(4)))
    assert len(it.recorded(ConventionActivated)) == 1
    assert not it.reactions.stuck.all()


def test_what_somebody_recorded_first_is_not_recorded_again(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    it.life.act(ActivateConvention(stream_id=it.life.convention_id, occurred_on=SIGNED_AFTER))
    assert it.follow() == 0
    assert not it.reactions.stuck.all()


def test_it_falls_with_the_signature_and_comes_again_with_another(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    it.follow()
    it.annul(it.recorded(SignatureRecorded)[-1])
    assert not it.in_force()
    assert it.follow() == 0
    it.life.on(date(2025, 1, 27)).sign("epci")
    assert it.follow() == 1
    assert [one.occurred_on for one in it.in_force()] == [date(2025, 1, 27)]


def test_a_corrected_day_of_signature_moves_the_entry_into_force(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    it.follow()
    signature = it.recorded(SignatureRecorded)[-1]
    assert isinstance(signature, SignatureRecorded)
    it.life.on(date(2025, 1, 24))
    again = RecordSignature.again(signature)
    it.correct(signature, replace(again, occurred_on=date(2025, 1, 23)))
    assert it.follow() == 1
    assert [one.occurred_on for one in it.in_force()] == [date(2025, 1, 23)]


def test_what_somebody_annulled_for_itself_is_left_to_people(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    it.follow()
    it.annul(it.in_force()[0])
    assert it.follow() == 0
    it.life.sweep()
    assert not it.in_force()
    assert not it.reactions.stuck.all()


# --- what is stuck ----------------------------------------------------------------------------------------------------


def in_force_once_engaged(dossier: Dossier, today: date) -> Iterator[Following]:
    """A reaction that asks for more than the rules allow."""
    for _, event in dossier.facts(EngagementConfirmed):
        if not list(dossier.facts(ConventionActivated)):
            command = ActivateConvention(stream_id=dossier.convention_id)
            yield Following(Code("too-early"), command, event, event.occurred_on)


@pytest.fixture
def hasty(sqlite: Engine, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Where such a reaction is at work, on two conventions."""
    monkeypatch.setattr(what_follows, "REACTIONS", {Code("too-early"): in_force_once_engaged})
    it = watched(sqlite)
    it.life.on(SIGNED_AFTER)
    return it


def test_a_refused_reaction_is_listed_with_its_rule_and_leaves_once_the_cause_is_mended(hasty: Watched) -> None:
    hasty.life.sweep()
    assert hasty.follow() == 0
    (stuck,) = hasty.reactions.stuck.all()
    assert (stuck.reaction, stuck.why, stuck.convention_id) == (Code("too-early"), REFUSED, hasty.life.convention_id)
    assert [one.CODE for one in stuck.rules] == ["required-signature-missing"]
    assert stuck.cause_id == hasty.recorded(EngagementConfirmed)[0].envelope.event_id
    hasty.life.sweep()
    hasty.follow()
    (same,) = hasty.reactions.stuck.all()
    assert same.attempts == stuck.attempts, "nothing was recorded about it since"
    hasty.life.sign("caf")
    hasty.follow()
    (again,) = hasty.reactions.stuck.all()
    assert (again.attempts, again.since) == (stuck.attempts + 1, stuck.since)
    hasty.life.sign("epci")
    assert hasty.follow() == 1
    assert not hasty.reactions.stuck.all()


def test_a_stuck_reaction_is_tried_on_purpose_and_on_another_day(hasty: Watched) -> None:
    hasty.follow()
    (stuck,) = hasty.reactions.stuck.all()
    assert hasty.reactions.retry({uuid4()}) == 0
    assert [one.attempts for one in hasty.reactions.stuck.all()] == [1]
    assert hasty.reactions.retry({stuck.stuck_id}) == 0
    hasty.life.on(date(2025, 1, 21))
    hasty.follow()
    assert [one.attempts for one in hasty.reactions.stuck.all()] == [3]


def test_one_that_cannot_be_read_holds_up_no_other(engine: Engine) -> None:
    it = watched(engine)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    other = it.life.engage_several(1, SIGNED_AFTER)[0]
    later = AppendedRow(other, 3, "ctg.convention.of-a-later-release", "{}", event_id=uuid4(), convention_id=other)
    it.life.steering.log.log.append([later])
    assert it.follow() == 1
    assert len(it.in_force()) == 1
    (stuck,) = it.reactions.stuck.all()
    assert (stuck.convention_id, stuck.why, stuck.reaction) == (other, UNREADABLE, None)
    assert "UnreadableEvent" in stuck.detail


def test_the_end_of_a_term_is_recorded_once_the_day_after(sqlite: Engine) -> None:
    it = watched(sqlite)
    it.life.on(SIGNED_AFTER).sign("caf", "epci")
    it.life.on(date(2025, 1, 27)).sweep()
    dossier = it.life.reader.dossier(it.life.convention_id)
    assert dossier is not None
    last = dossier.convention.period.effective_to
    it.life.on(last).sweep()
    assert not it.recorded(ConventionExpired)
    for day in (1, 2, 3):
        it.life.on(last + timedelta(days=day)).sweep()
    (event,) = it.recorded(ConventionExpired)
    assert event.occurred_on == last + timedelta(days=1)
    assert event.envelope.origin is Origin.REACTION
    assert not it.reactions.stuck.all()
