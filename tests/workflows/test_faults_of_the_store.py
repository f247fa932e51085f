"""Whatever method of the log fails, before it did its work or after, or is slow: nothing is lost, doubled or skipped.

Each method fails in its turn, whenever it is called next; whoever asked asks again, as a door or a job does.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine

from domain.convention.activating import ConventionActivated
from domain.convention.authorising import RecordMandate
from domain.convention.signing import RecordSignature, SignatureRecorded
from domain.kernel import Command, Context
from domain.values import Code
from tests.workflows.territory_life import DAY, TEXT, Life
from tests.workflows.test_feed import EVERYTHING, ReadsAll, feed_of
from tests.workflows.together import stand_alike
from workflows.application import Steering
from workflows.database import DatabaseUnavailable
from workflows.feed import Feed, Page
from workflows.reactions import Reactions

METHODS: Final = ("append", "load", "read", "ceiling", "placed", "at", "last_until", "last_position", "safe_position")
"""What deciding, the reactions and the feed ask of the log."""

BEFORE, AFTER, SLOW = "before", "after", "slow"
Answer = TypeVar("Answer")


class Fault:
    """Has a method of the log fail once: before it does its work, after it did, or late."""

    def __init__(self, life: Life, method: str, how: str) -> None:
        self._log, self._method, self._how = life.steering.log.log, method, how
        self._own: Callable[..., Any] = getattr(self._log, method)
        self.struck = False
        setattr(self._log, method, self._strike)

    def _strike(self, *given: Any, **named: Any) -> Any:
        if self.struck:
            return self._own(*given, **named)
        self.struck = True
        if self._how == BEFORE:
            raise DatabaseUnavailable("lost before")
        answer = self._own(*given, **named)
        if self._how == AFTER:
            raise DatabaseUnavailable("lost after")
        time.sleep(0.02)
        return answer

    def over(self) -> None:
        """The log is as it was."""
        delattr(self._log, self._method)


def again(ask: Callable[[], Answer]) -> Answer:
    """Ask until it is answered."""
    for _ in range(5):
        try:
            return ask()
        except DatabaseUnavailable:
            continue
    raise AssertionError("it never answers")


def sent(life: Life, command: Command) -> None:
    """Send a command as a door does: under one key, however often."""
    key = str(uuid4())
    context = Context(actor=life.pilot, today=life.clock.today(), now=life.clock.now(), idempotency_key=key)
    again(lambda: life.steering.execute(command, context))


def signed(life: Life, convention_id: UUID) -> None:
    """The one who must signs."""
    partner_id, today = life.partners["epci"], life.clock.today()
    council = Code("COMMUNITY_COUNCIL")
    sent(
        life,
        RecordMandate(
            stream_id=convention_id,
            partner_id=partner_id,
            kind=council,
            occurred_on=today - DAY,
            executory_on=today - DAY,
        ),
    )
    sent(life, RecordSignature(stream_id=convention_id, partner_id=partner_id, text_sha256=TEXT))


def turned(feed: Feed, cursor: str) -> tuple[Page, str]:
    """The page after a cursor, and the cursor after it."""
    page = feed.read(feed.position(cursor), 50, EVERYTHING, ReadsAll())
    return page, feed.cursor(page.position)


def test_each_promise_holds_at_each_fault(engine: Engine) -> None:
    life = Life(engine)
    points = [(method, how) for method in METHODS for how in (BEFORE, AFTER, SLOW)]
    conventions = life.engage_several(len(points), date(2024, 1, 8))
    life.on(date(2025, 1, 20))
    reactions = Reactions(life.steering, life.summaries, life.clock)
    again(reactions.follow)
    feed, seen = feed_of(life), list[UUID]()
    cursor, struck = feed.cursor(0), set()
    for (method, how), convention_id in zip(points, conventions, strict=True):
        life.steering = Steering(engine)  # which remembers nothing
        reactions, feed = Reactions(life.steering, life.summaries, life.clock), feed_of(life)
        fault = Fault(life, method, how)
        signed(life, convention_id)
        again(reactions.follow)
        more = True
        while more:
            page, cursor = again(partial(turned, feed, cursor))
            seen += [one.event.envelope.event_id for one in page.events]
            more = page.more
        fault.over()
        struck |= {method} if fault.struck else set()
    stand_alike(life.steering)
    events = list(life.events())
    for kind in (SignatureRecorded, ConventionActivated):
        assert Counter(one.originator_id for one in events if isinstance(one, kind)) == dict.fromkeys(conventions, 1)
    assert seen == [one.envelope.event_id for one in events], "the feed tells each once, in order"
    assert not reactions.stuck.all()
    # SQLite has one writer at a time, and no barrier.
    assert set(METHODS) - struck <= ({"safe_position"} if engine.dialect.name == "sqlite" else set())
