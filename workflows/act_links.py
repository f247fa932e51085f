"""One act asked of somebody who does not come in: done once, by a link in a letter, in a role of theirs.

What was asked of whom, by whom, and what became of it is kept here for a while; the answer is a fact of the log. Like
the links that let people in (`links.py`), a link opens nothing before its letter leaves, is kept as a sha256, and is
dead after too many wrong secrets. Every instant is given by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, and_, insert, select, update

from domain.values import Code
from workflows.instants import from_text, to_text
from workflows.links import MOST_WRONG, drawn, parted
from workflows.schema import act_links
from workflows.security import Act, Why, tell
from workflows.tokens import is_secret

LASTING: Final = timedelta(days=30)
"""How long a link opens: a council sits every month or two, and whoever speaks for it may be away."""

_own: Final = act_links.c


class Question(StrEnum):
    """What may be asked by a link. The acts that answer it say so in their forms."""

    MANDATE = "mandate"
    """What a partner's own body decided about signing, and from when on it counts (R13)."""
    CORRECTION = "correction"
    """Whether somebody else's correction is right (R28)."""
    STATUS = "status"
    """How an action of the partner stands."""
    CLAIM = "claim"
    """Whether the partner sent what a funder awaits."""
    INVITATION = "invitation"
    """Whether whoever sits in a body comes to its meeting."""

    @property
    def is_of_one_thing(self) -> bool:
        """Whether it is asked of a proposal, an action, a claim or a seat, which its link names; else of the partner
        alone."""
        return self is not Question.MANDATE


class Ended(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    """Of no link, or with another secret."""
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"
    """Taken back by whoever asked, or its bearer speaks for nobody any more."""
    DEAD = "dead"
    """Presented wrongly too often."""
    SETTLED = "settled"
    """What it asks for is done."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of whom: on which stream, for which partner, about which proposal, action or claim."""

    question: Question
    person_id: UUID
    role: Code
    stream_id: UUID
    territory_id: UUID
    partner_id: UUID | None = None
    about_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ActLink:
    """A link, and what became of it. `asked_by` None: the reminders; `recorded_id`: the event that answered."""

    link_id: UUID
    asked: Asked
    asked_by: UUID | None
    asked_at: datetime
    sent_at: datetime | None
    expires_at: datetime | None
    opened_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None
    wrong_attempts: int
    recorded_id: UUID | None

    def ended(self, now: datetime) -> Ended | None:
        """Why it opens nothing, None for one that opens, or that is about to be sent."""
        if self.used_at is not None:
            return Ended.USED
        if self.revoked_at is not None:
            return Ended.REVOKED
        if self.wrong_attempts >= MOST_WRONG:
            return Ended.DEAD
        return Ended.EXPIRED if self.expires_at is not None and self.expires_at <= now else None


class ActLinks:
    """Keeps what was asked, makes and recognises the links, and says what became of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, connection: Connection, asked: Asked, by: UUID, now: datetime) -> UUID:
        """Keep that somebody asks, in the caller's transaction: the link is made when its letter leaves."""
        link_id = uuid4()
        connection.execute(insert(act_links).values(_row(link_id, asked, by, now)))
        return link_id

    def make(self, asked: Asked, now: datetime) -> str:
        """A new link's token for what a reminder asks; those made before go on until one of them is used."""
        return self._made(asked, None, now, now)

    def send(self, link: ActLink, now: datetime) -> str:
        """The token for what somebody asked. A letter that is written again brings another link."""
        token, selector, secret_hash = drawn()
        sent = {"selector": selector, "secret_hash": secret_hash, **_sent(now)}
        mine = and_(_own.link_id == link.link_id, _own.selector.is_(None))
        with self._engine.begin() as connection:
            first = connection.execute(update(act_links).where(mine).values(sent)).rowcount == 1
        if not first:
            return self._made(link.asked, link.asked_by, link.asked_at, now)
        tell(Act.LINK_MADE, purpose=link.asked.question, person=link.asked.person_id)
        return token

    def presented(self, token: str, now: datetime) -> ActLink | Ended:
        """The link of a token, or why it opens nothing: to whoever has its secret, and to nobody else."""
        selector, secret = parted(token)
        row = None
        if selector.isascii():
            with self._engine.connect() as connection:
                row = connection.execute(select(act_links).where(_own.selector == selector)).mappings().first()
        if row is None or row["secret_hash"] is None:
            return _refused(Ended.UNKNOWN, Why.UNKNOWN)
        if not is_secret(row["secret_hash"], secret):
            self._count_wrong(selector)
            return _refused(Ended.UNKNOWN, Why.WRONG, row)
        link = _link(row)
        ended = link.ended(now)
        if ended is None or ended is Ended.USED:
            return link
        return _refused(ended, Why.EXPIRED if ended is Ended.EXPIRED else Why.REVOKED, row)

    def opened(self, link: ActLink, now: datetime) -> None:
        """Its page was shown: by its bearer, or by a program that reads letters first. It spends nothing."""
        if link.opened_at is None:
            mine = and_(_own.link_id == link.link_id, _own.opened_at.is_(None))
            with self._engine.begin() as connection:
                connection.execute(update(act_links).where(mine).values(opened_at=to_text(now)))

    def used(self, connection: Connection, link: ActLink, recorded_id: UUID, now: datetime) -> None:
        """It was answered: neither it nor another link that asks the same of its bearer opens any more."""
        same = and_(*(_own[name].is_not_distinct_from(value) for name, value in asdict(link.asked).items()))
        done = {"used_at": to_text(now), "recorded_id": recorded_id}
        connection.execute(update(act_links).where(same, _waits()).values(done))
        tell(Act.LINK_USED, purpose=link.asked.question, person=link.asked.person_id)

    def revoke(self, link_id: UUID, now: datetime) -> bool:
        """Take a link back, with those that ask the same; False for one that had ended."""
        link = self.get(link_id)
        same = and_(*(_own[name].is_not_distinct_from(value) for name, value in asdict(link.asked).items()))
        with self._engine.begin() as connection:
            gone = connection.execute(update(act_links).where(same, _waits()).values(revoked_at=to_text(now))).rowcount
        if gone:
            tell(Act.LINK_REVOKED, purpose=link.asked.question, person=link.asked.person_id)
        return bool(gone)

    def get(self, link_id: UUID) -> ActLink:
        """One of them. Raises LookupError."""
        with self._engine.connect() as connection:
            row = connection.execute(select(act_links).where(_own.link_id == link_id)).mappings().first()
        if row is None:
            raise LookupError(f"nothing asked under {link_id}")
        return _link(row)

    def on(self, stream_id: UUID, question: Question, partner_id: UUID | None) -> list[ActLink]:
        """What was asked of those who speak for a partner about a stream, the latest first; of one person the last
        time only, or the time that was answered."""
        asked = select(act_links).where(
            _own.stream_id == stream_id,
            _own.question == question.value,
            _own.partner_id.is_not_distinct_from(partner_id),
        )
        with self._engine.connect() as connection:
            rows = connection.execute(asked.order_by(_own.asked_at.desc(), _own.link_id)).mappings().all()
        latest: dict[UUID, ActLink] = {}
        for link in map(_link, rows):
            latest.setdefault(link.asked.person_id, link)
        return list(latest.values())

    def _made(self, asked: Asked, by: UUID | None, asked_at: datetime, now: datetime) -> str:
        token, selector, secret_hash = drawn()
        row = _row(uuid4(), asked, by, asked_at)
        row |= {"selector": selector, "secret_hash": secret_hash, **_sent(now)}
        with self._engine.begin() as connection:
            connection.execute(insert(act_links).values(row))
        tell(Act.LINK_MADE, purpose=asked.question, person=asked.person_id)
        return token

    def _count_wrong(self, selector: str) -> None:
        with self._engine.begin() as connection:
            mine = _own.selector == selector
            connection.execute(update(act_links).where(mine).values(wrong_attempts=_own.wrong_attempts + 1))


def ended_before(limit: datetime) -> ColumnElement[bool]:
    """What was asked so long before that its link opens nothing, and was not opened since."""
    return _own.asked_at < to_text(limit - LASTING)


def _waits() -> ColumnElement[bool]:
    return and_(_own.used_at.is_(None), _own.revoked_at.is_(None))


def _row(link_id: UUID, asked: Asked, by: UUID | None, now: datetime) -> dict[str, Any]:
    return {
        "link_id": link_id,
        **asdict(asked),
        "asked_by": by,
        "asked_at": to_text(now),
        "wrong_attempts": 0,
    }


def _sent(now: datetime) -> Mapping[str, str]:
    return {"sent_at": to_text(now), "expires_at": to_text(now + LASTING)}


def _link(row: RowMapping) -> ActLink:
    asked = {one.name: row[one.name] for one in fields(Asked)}
    asked |= {"question": Question(row["question"]), "role": Code(row["role"])}
    instants = ("asked_at", "sent_at", "expires_at", "opened_at", "used_at", "revoked_at")
    return ActLink(
        link_id=row["link_id"],
        asked=Asked(**asked),
        asked_by=row["asked_by"],
        wrong_attempts=row["wrong_attempts"],
        recorded_id=row["recorded_id"],
        **{name: from_text(row[name]) if row[name] is not None else None for name in instants},  # type: ignore[arg-type]
    )


def _refused(ended: Ended, why: Why, row: RowMapping | None = None) -> Ended:
    person = {"person": row["person_id"], "purpose": row["question"]} if row is not None else {}
    tell(Act.LINK_PRESENTED, why, **person)
    return ended
