"""Who comes in: accounts, their sessions, the links that let somebody choose a password, the keys of tools."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, Uuid

from workflows.schema.base import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("person_id", Uuid, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_administrator", Boolean, nullable=False, default=False),
    Column("created_at", Text, nullable=False),
    Column("joined_at", Text),  # empty while the person is invited and has chosen no password
    Column("signed_in_at", Text),
    Column("password_changed_at", Text),  # sessions opened before are no more
    Column("seen_at", Text),  # the last activity, to the minute
    Column("seen_before", Text),  # the last one of the visit before: what moved since is news
    Column("disabled_at", Text),
    Column("failed_attempts", Integer, nullable=False, default=0),
    Column("locked_until", Text),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_hash", Text, primary_key=True),  # sha256 of the cookie: a stolen backup opens nothing
    Column("account_id", Uuid, ForeignKey("accounts.account_id"), nullable=False),
    Column("csrf_token", Text, nullable=False),
    Column("browser", Text, nullable=False),  # codes, never what the browser says of itself
    Column("system", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("last_seen_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Index("ix_sessions_account_id", "account_id"),
)

# What lets somebody choose a password once. What is kept of a link opens nothing: `secret_hash` is a sha256.
one_time_links = Table(
    "one_time_links",
    metadata,
    Column("selector", Text, primary_key=True),  # the part of the link that finds it
    Column("secret_hash", Text, nullable=False),
    Column("account_id", Uuid, ForeignKey("accounts.account_id")),  # none: of whoever opens the first one
    Column("purpose", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("wrong_attempts", Integer, nullable=False, default=0),
    Index("ix_one_time_links_account_id", "account_id"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Uuid, primary_key=True),
    Column("prefix", Text, nullable=False, unique=True),
    Column("secret_hash", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("partner_id", Uuid),
    Column("territory_id", Uuid),
    Column("framework_id", Uuid),
    Column("on_instance", Boolean, nullable=False),  # neither of both, on purpose
    Column("role", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("revoked_at", Text),
    Column("last_used_at", Text),
)
