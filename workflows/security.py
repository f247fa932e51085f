"""The security journal: who came in, who was refused, which right was given or ended. A logger, `ctg.security`.

A line holds ids of the store and codes of closed sets, never what somebody typed: no name, no login, no address of a
mail box. Whoever acts is known by the account of their session or the prefix of their key; the address of a machine,
which is personal data, is told only where the operator asked for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

LOGGER: Final = "ctg.security"

TOLD: Final = "security"
"""The attribute of a log record that holds the fields of a line."""

_logger = logging.getLogger(LOGGER)


class Act(StrEnum):
    """What was done, or tried."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    SESSIONS_CLOSED = "sessions-closed"
    ACCOUNT_LOCKED = "account-locked"
    ACCOUNT_CREATED = "account-created"
    ACCOUNT_DISABLED = "account-disabled"
    ACCOUNT_ENABLED = "account-enabled"
    ACCOUNT_UNLOCKED = "account-unlocked"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    LINK_MADE = "link-made"
    """A one-time link, to choose a password or to do one act."""
    LINK_PRESENTED = "link-presented"
    LINK_USED = "link-used"
    """An act done by its bearer; a password is `PASSWORD_CHOSEN`."""
    LINK_REVOKED = "link-revoked"
    CALENDAR_MADE = "calendar-made"
    CALENDAR_REVOKED = "calendar-revoked"
    PASSWORD_CHOSEN = "password-chosen"  # noqa: S105 - the name of an act
    """With a one-time link."""
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an act
    KEY_ISSUED = "key-issued"
    KEY_REVOKED = "key-revoked"
    KEY_PRESENTED = "key-presented"
    ROLE_GIVEN = "role-given"
    ROLE_CONFIRMED = "role-confirmed"
    ROLE_ENDED = "role-ended"
    ROLE_HANDED_OVER = "role-handed-over"
    ACCESS = "access"
    FORM = "form"
    BACKUP_RESTORED = "backup-restored"
    PERSON_CHANGED = "person-changed"
    PERSON_FORGOTTEN = "person-forgotten"
    TEXTS_FORGOTTEN = "texts-forgotten"
    CLOCK_ACCEPTED = "clock-accepted"
    """A clock far from where time had come is right, says the operator."""
    FILE_FORGOTTEN = "file-forgotten"
    FORGOTTEN_AGAIN = "forgotten-again"
    """What a backup of before had brought back."""


class Why(StrEnum):
    """Why something was refused."""

    UNKNOWN = "unknown"
    """Nobody's login, no key of ours."""
    WRONG = "wrong"
    """The password or the secret of another."""
    LOCKED = "locked"
    DISABLED = "disabled"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_ENTITLED = "not-entitled"
    """No role held allows it (R33): 403."""
    UNSEEN = "unseen"
    """Nothing that whoever asks may see, be it there or not: 404."""
    OTHER_SITE = "other-site"
    """A form that another site sent, or one without the token of the session."""
    NOT_LOOPBACK = "not-loopback"
    """The published password of a demonstration, from another machine."""
    WEAK = "weak"
    """A new password that is too short or too common."""


@dataclass
class Circumstances:
    """In what request something happens, and by whom as soon as that is known. Threads of one request share it."""

    request: str = field(default_factory=lambda: uuid4().hex)
    account_id: UUID | None = None
    key: str | None = None
    """The prefix of the key of a tool."""
    operator: bool = False
    """Whether a command of `ctg` does it."""
    address: str | None = None


_untold: ContextVar[bool] = ContextVar("ctg_security_untold", default=False)
_now: ContextVar[Circumstances | None] = ContextVar("ctg_security_circumstances", default=None)


@contextmanager
def circumstances(*, operator: bool = False, address: str | None = None) -> Iterator[Circumstances]:
    """A request, or a command of `ctg`, from its beginning to its end."""
    present = Circumstances(operator=operator, address=address)
    before = _now.set(present)
    try:
        yield present
    finally:
        _now.reset(before)


def known_by(*, account_id: UUID | None = None, key: str | None = None) -> None:
    """Whoever sent the present request is known by now."""
    present = _now.get()
    if present is not None:
        present.account_id, present.key = account_id, key


@contextmanager
def untold() -> Iterator[None]:
    """Nothing is told of what is invented meanwhile."""
    before = _untold.set(True)
    try:
        yield
    finally:
        _untold.reset(before)


def tell(
    act: Act,
    why: Why | None = None,
    *,
    account_id: UUID | None = None,
    key: str | None = None,
    **about: object,
) -> None:
    """Write a line: done, or with `why` refused. `account_id` and `key` are those that the act is about.

    `about` holds ids, codes and numbers that the engine knows by itself, nothing that was typed.
    """
    if _untold.get():
        return
    line: dict[str, object] = {
        "outcome": "done" if why is None else "refused",
        "why": why,
        "account": account_id,
        "key": key,
        **about,
        **_circumstances(),
    }
    told = {name: _plain(value) for name, value in line.items() if value is not None}
    _logger.log(logging.INFO if why is None else logging.WARNING, "%s", act.value, extra={TOLD: told})


def _circumstances() -> Mapping[str, object]:
    present = _now.get()
    if present is None:
        return {}
    return {
        "by_account": present.account_id,
        "by_key": present.key,
        "by": "operator" if present.operator else None,
        "address": present.address,
        "request": present.request,
    }


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int) else str(value)
