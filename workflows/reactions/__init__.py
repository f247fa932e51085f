"""Reactions: what follows by itself from what was recorded or from a day that came, sent as commands by the engine.

What follows is told by pure functions (`projections/what_follows`); here it is sent, exactly once whatever the number
of workers and wherever they are killed: the position in the log is moved only after a batch was gone through, and what
is sent twice is recorded once, by the key of its identity, by the guards of the append and by what is recorded already.
What cannot be recorded is kept on a list that people see, and holds up nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel import Refused
from domain.values import Clock, Code, deterministic_id
from projections import what_follows
from projections.engine import Dossier
from projections.what_follows import Following
from workflows.acting_by_itself import by_itself
from workflows.application import Steering
from workflows.clock_watch import ClockInDoubt
from workflows.codec import UnreadableEvent
from workflows.database import DatabaseUnavailable
from workflows.failing import where
from workflows.following import move, position
from workflows.instants import PARIS
from workflows.reactions.stuck import BROKEN, OVERTAKEN, REFUSED, UNREADABLE, Failure, Stuck, StuckList
from workflows.summaries import Summaries
from workflows.unavailable import Overtaken

NAME: Final = "reactions"
"""Under which it keeps its position in the table `tracking`."""

BATCH: Final = 500
"""Events gone through at once."""

RECENT: Final = 5_000
"""Where a store is followed for the first time, positions from the end: the sweep sees to all that is due anyway."""

_OF_CONVENTIONS: Final = ("ctg.convention.", "ctg.correction.")
"""What may bring something: reminders and registers do not. The stream of either may be a convention's own."""

_CHUNK: Final = 50  # dossiers in memory together

_logger = logging.getLogger(__name__)


class Reactions:
    """Sends what follows. Any number of them may be at work, in any number of processes."""

    def __init__(self, steering: Steering, summaries: Summaries, clock: Clock) -> None:
        self._steering = steering
        self._summaries = summaries
        self._clock = clock
        self.stuck = StuckList(steering.engine)
        self._reached: tuple[int, date] | None = None

    def follow(self) -> int:
        """Send what follows from what was recorded since the last time, and look again at what is stuck; how much was
        recorded.

        Raises `DatabaseUnavailable` and `ClockInDoubt`: the position then stays before what was not gone through.
        """
        asked = (self._steering.log.max_notification_id() or 0, self._clock.today())
        if asked == self._reached:
            return 0
        recorded = self._look_again()
        while True:
            before = position(self._steering.engine, NAME, self._beginning)
            rows = self._steering.log.read_log(before, BATCH)
            if not rows:
                break
            concerned = dict.fromkeys(stream for _, stream, _, topic, _ in rows if topic.startswith(_OF_CONVENTIONS))
            recorded += self._of(list(concerned))
            with self._steering.engine.begin() as connection:
                move(connection, NAME, before, rows[-1][0])
        if not recorded:
            self._reached = asked
        return recorded

    def of_day(self, dossier: Dossier) -> int:
        """Send what time has brought about one convention, but what was tried today in vain; how much was recorded."""
        if not self._due(dossier):
            return 0
        return self._send(dossier, self.stuck.of([dossier.convention_id]))

    def retry(self, stuck_ids: Collection[UUID] | None = None) -> int:
        """Try again, on purpose, what is stuck (None: all of it); how much was recorded."""
        wanted = [one for one in self.stuck.all() if stuck_ids is None or one.stuck_id in stuck_ids]
        return self._of(list(dict.fromkeys(one.convention_id for one in wanted)), anyway=True)

    def _beginning(self) -> int:
        return max(0, self._steering.log.safe_position() - RECENT)

    def _look_again(self) -> int:
        """Try what is stuck where something was recorded about its convention, or another day began."""
        waiting = self.stuck.all()
        return self._of(list(dict.fromkeys(one.convention_id for one in waiting))) if waiting else 0

    def _of(self, stream_ids: list[UUID], *, anyway: bool = False) -> int:
        """What follows about some conventions; streams of another kind are passed over."""
        recorded = 0
        for start in range(0, len(stream_ids), _CHUNK):
            chunk = stream_ids[start : start + _CHUNK]
            known, dossiers = self.stuck.of(chunk), self._summaries.dossiers(chunk)
            self.stuck.remove(each for each, one in known.items() if one.convention_id not in dossiers)
            for convention_id, dossier in dossiers.items():
                mine = {each: one for each, one in known.items() if one.convention_id == convention_id}
                if isinstance(dossier, Exception):
                    self._stick_whole(convention_id, dossier, mine, anyway=anyway)
                else:
                    recorded += self._send(dossier, mine, anyway=anyway)
        return recorded

    def _due(self, dossier: Dossier) -> tuple[Following, ...]:
        return what_follows.due(dossier, self._clock.today())

    def _send(self, dossier: Dossier, known: Mapping[UUID, Stuck], *, anyway: bool = False) -> int:
        """Send what is due about one convention; what is stuck of it and due no more leaves the list."""
        wanted = {one.identity: one for one in self._due(dossier)}
        done = set()
        for identity, one in wanted.items():
            waiting = known.get(identity)
            if waiting is not None and not anyway and self._in_vain(waiting, dossier.basis):
                continue
            failure = self._try(one)
            if failure is None:
                done.add(identity)
            elif self._is_still_due(one, dossier.convention_id):
                self._stick(dossier.convention_id, one, failure, dossier.basis)
        self.stuck.remove(each for each in known if each in done or each not in wanted)
        return len(done)

    def _try(self, one: Following) -> Failure | None:
        """Record what follows; why not, when it cannot be. Raises `DatabaseUnavailable` and `ClockInDoubt`."""
        try:
            context = by_itself(self._clock, one.cause, str(one.identity))
            answer = self._steering.execute(one.command, context)
        except Refused as refused:
            return Failure(why=REFUSED, rules=refused.broken)
        except Overtaken:
            return Failure(why=OVERTAKEN)
        except (DatabaseUnavailable, ClockInDoubt):
            raise
        except Exception as error:  # noqa: BLE001 - the others must not wait for it; told on the list
            return Failure(why=UNREADABLE if isinstance(error, UnreadableEvent) else BROKEN, detail=where(error))
        _logger.info("%s of %s: %d events", one.reaction, one.command.stream_id, len(answer.events))
        return None

    def _is_still_due(self, one: Following, convention_id: UUID) -> bool:
        """Whether nobody else recorded it meanwhile, or took its cause away."""
        now = self._summaries.dossiers([convention_id])[convention_id]
        return isinstance(now, Exception) or any(each.identity == one.identity for each in self._due(now))

    def _in_vain(self, waiting: Stuck, basis: int) -> bool:
        """Whether nothing was recorded about the convention, and no day began, since the last try."""
        tried_on = waiting.tried_at.astimezone(PARIS).date()
        return waiting.basis == basis and tried_on == self._clock.today()

    def _stick_whole(self, convention_id: UUID, error: Exception, known: Mapping[UUID, Stuck], *, anyway: bool) -> None:
        """Nobody can tell what follows about a convention; said once a day, for it is looked at again and again."""
        whole = known.get(deterministic_id("stuck", convention_id))
        if whole is None or anyway or not self._in_vain(whole, 0):
            why = UNREADABLE if isinstance(error, UnreadableEvent) else BROKEN
            self._stick(convention_id, None, Failure(why=why, detail=where(error)))

    def _stick(self, convention_id: UUID, one: Following | None, failure: Failure, basis: int = 0) -> None:
        now = self._clock.now()
        _logger.warning("stuck: %s of convention %s (%s)", one.reaction if one else "?", convention_id, failure.why)
        self.stuck.put(
            Stuck(
                stuck_id=one.identity if one is not None else deterministic_id("stuck", convention_id),
                reaction=Code(one.reaction) if one is not None else None,
                convention_id=convention_id,
                cause_id=one.cause.envelope.event_id if one is not None else None,
                since=now,
                tried_at=now,
                attempts=1,
                basis=basis,
                why=failure.why,
                rules=failure.rules,
                detail=failure.detail,
            )
        )
