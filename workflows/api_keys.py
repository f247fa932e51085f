"""Keys other software presents: `ctg_<prefix>_<secret>`, scoped, expiring, revocable.

The prefix names the key in lists and logs; the 256-bit secret is kept as SHA-256 only and shown once. A key acts in one
role, for one partner where the role speaks for one, on one territory, on one framework with the territories it follows,
or on the whole instance when it says so; what the role may do is the policy's business.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, RowMapping, insert, or_, select, update

from domain.roles import ADMINISTRATOR, AUDITOR, FRAMEWORK_ROLES, TERRITORY_ROLES
from workflows.database import DatabaseUnavailable, writing_at_once
from workflows.instants import from_text, to_text
from workflows.schema import api_keys as keys_table
from workflows.security import Act, Why, tell
from workflows.tokens import is_secret, kept_of

_SCHEME = "ctg"
_PREFIX_LETTERS = string.ascii_lowercase + string.digits
_PREFIX_LENGTH = 10

LABEL_MAXIMUM = 100
"""Characters."""

LONGEST_DAYS: Final = 3660
"""How long a key may last."""

ON_FRAMEWORK: Final = tuple(dict.fromkeys((*FRAMEWORK_ROLES, *TERRITORY_ROLES)))
"""A tool may hold a role of territories on all those that a framework follows."""

ON_INSTANCE: Final = (AUDITOR, ADMINISTRATOR)
"""The roles of a tool that reach every territory: it reads everything, or it keeps the register."""

# A call should not cost a write: the last use is kept to the minute.
_USE_PRECISION = timedelta(minutes=1)


class UnusableKey(ValueError):
    """A key needs a label on one line, of at most LABEL_MAXIMUM characters, a role, one place and an end to come."""


class UnknownKey(LookupError):
    """No key has this id."""


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key as administrators and the access policy see it, without its secret."""

    key_id: UUID
    prefix: str
    label: str
    """What it is for; empty where it named someone who is forgotten."""
    partner_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None
    on_instance: bool
    """On no territory and no framework, but everywhere, as it says itself."""
    role: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    """To the minute."""


@dataclass(frozen=True, kw_only=True)
class IssuedKey:
    """What the partner is given; the token cannot be shown again."""

    key_id: UUID
    token: str = field(repr=False)


class ApiKeys:
    """Issues, recognises and revokes keys."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def issue(
        self,
        label: str,
        role: str,
        expires_at: datetime,
        now: datetime,
        *,
        partner_id: UUID | None = None,
        territory_id: UUID | None = None,
        framework_id: UUID | None = None,
        on_instance: bool = False,
    ) -> IssuedKey:
        """Create a key for one place: a territory, a framework, or the instance.

        Raises UnusableKey without a label of one line, without a role, without one place, or when it already expired.
        """
        named = bool(label.strip()) and label.isprintable() and len(label) <= LABEL_MAXIMUM
        places = (territory_id is not None) + (framework_id is not None) + on_instance
        if not named or not role or places != 1 or expires_at <= now:
            raise UnusableKey
        key_id, secret = uuid4(), secrets.token_urlsafe(32)
        prefix = "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(_PREFIX_LENGTH))
        row = {
            "key_id": key_id,
            "prefix": prefix,
            "secret_hash": kept_of(secret),
            "label": label.strip(),
            "partner_id": partner_id,
            "territory_id": territory_id,
            "framework_id": framework_id,
            "on_instance": on_instance,
            "role": role,
            "created_at": to_text(now),
            "expires_at": to_text(expires_at),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(keys_table).values(row))
        tell(
            Act.KEY_ISSUED,
            key=prefix,
            role=role,
            territory=territory_id,
            framework=framework_id,
            instance=on_instance or None,
            partner=partner_id,
        )
        return IssuedKey(key_id=key_id, token=f"{_SCHEME}_{prefix}_{secret}")

    def authenticate(self, token: str, now: datetime) -> ApiKey | None:
        """The key of this token; None when it is malformed, unknown, expired or revoked."""
        scheme, _, rest = token.partition("_")
        prefix, _, secret = rest.partition("_")
        if scheme != _SCHEME or not (prefix.isascii() and prefix.isalnum()):
            tell(Act.KEY_PRESENTED, Why.UNKNOWN)
            return None
        with self._engine.connect() as connection:
            row = connection.execute(select(keys_table).where(keys_table.c.prefix == prefix)).mappings().first()
        if row is None:
            tell(Act.KEY_PRESENTED, Why.UNKNOWN)
            return None
        key = _key(row)
        why = _why_refused(key, row["secret_hash"], secret, now)
        if why is not None:
            tell(Act.KEY_PRESENTED, why, key=key.prefix)
            return None
        if key.last_used_at is None or now - key.last_used_at >= _USE_PRECISION:
            self._use(key.key_id, now)
        return key

    def revoke(self, key_id: UUID, now: datetime) -> None:
        """Refuse the key from now on; the first revocation's instant is kept. Raises UnknownKey."""
        mine = keys_table.c.key_id == key_id
        with self._engine.begin() as connection:
            prefix = connection.execute(select(keys_table.c.prefix).where(mine)).scalar()
            if prefix is None:
                raise UnknownKey(str(key_id))
            connection.execute(
                update(keys_table).where(mine, keys_table.c.revoked_at.is_(None)).values(revoked_at=to_text(now))
            )
        tell(Act.KEY_REVOKED, key=prefix)

    def issued(self, partner_id: UUID | None = None) -> list[ApiKey]:
        """Every key, or one partner's, the newest first; expired and revoked ones too."""
        wanted = select(keys_table).order_by(keys_table.c.created_at.desc(), keys_table.c.prefix)
        if partner_id is not None:
            wanted = wanted.where(keys_table.c.partner_id == partner_id)
        with self._engine.connect() as connection:
            return [_key(row) for row in connection.execute(wanted).mappings()]

    def known(self, key_ids: Collection[UUID], connection: Connection) -> dict[UUID, ApiKey]:
        """Those of these ids that are keys, whether they are still accepted or not."""
        if not key_ids:
            return {}
        wanted = select(keys_table).where(keys_table.c.key_id.in_(list(key_ids)))
        return {row["key_id"]: _key(row) for row in connection.execute(wanted).mappings()}

    @staticmethod
    def forget_names(connection: Connection, names: Collection[str]) -> int:
        """Blank the labels that say one of these names, in the transaction that forgets them; how many there were."""
        said = [name.casefold() for name in names if name]
        labels = connection.execute(select(keys_table.c.key_id, keys_table.c.label)).all()
        naming = [key_id for key_id, label in labels if any(name in label.casefold() for name in said)]
        for key_id in naming:
            connection.execute(update(keys_table).where(keys_table.c.key_id == key_id).values(label=""))
        return len(naming)

    def _use(self, key_id: UUID, now: datetime) -> None:
        older = or_(keys_table.c.last_used_at.is_(None), keys_table.c.last_used_at < to_text(now))
        # An answer is worth more than the minute at which it was asked for: it does not wait for another writer.
        with suppress(DatabaseUnavailable), writing_at_once(self._engine) as connection:
            connection.execute(
                update(keys_table).where(keys_table.c.key_id == key_id, older).values(last_used_at=to_text(now))
            )


def _why_refused(key: ApiKey, secret_hash: str, secret: str, now: datetime) -> Why | None:
    if not is_secret(secret_hash, secret):
        return Why.WRONG
    if key.revoked_at is not None:
        return Why.REVOKED
    return Why.EXPIRED if key.expires_at <= now else None


def _key(row: RowMapping) -> ApiKey:
    return ApiKey(
        key_id=row["key_id"],
        prefix=row["prefix"],
        label=row["label"],
        partner_id=row["partner_id"],
        territory_id=row["territory_id"],
        framework_id=row["framework_id"],
        on_instance=row["on_instance"],
        role=row["role"],
        created_at=from_text(row["created_at"]),
        expires_at=from_text(row["expires_at"]),
        revoked_at=None if row["revoked_at"] is None else from_text(row["revoked_at"]),
        last_used_at=None if row["last_used_at"] is None else from_text(row["last_used_at"]),
    )
