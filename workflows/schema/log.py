"""The log, the heads and the states of its streams, and what was answered or refused to whoever asked for an act."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, Table, Text, Uuid, text

from workflows.schema.base import metadata, partial_index

TOUCHED: Final = 0b11
"""Every bit of `streams.touched`: one for each version of the summaries that may be in use beside another."""

# `position` has gaps on PostgreSQL and is never shown: the public feed gives an opaque cursor. The columns after
# `state` are the journal's: where an event belongs, when and by whom, filled at the append and never changed. What is
# about no convention is found by its territory; what is about one, by the streams that their heads say are about it: an
# index that no question asks would be written with each event.
events = Table(
    "events",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("stream_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("state", Text, nullable=False),  # JSON, UTF-8, the envelope inside it; proofs hash these bytes
    Column("convention_id", Uuid),
    Column("territory_id", Uuid),
    Column("framework_id", Uuid),
    Column("occurred_on", Date),
    Column("actor_id", Uuid),
    Index("uq_events_stream_id_version", "stream_id", "version", unique=True),
    partial_index(
        "ix_events_territory_id_position",
        "convention_id IS NULL AND territory_id IS NOT NULL",
        "territory_id",
        "position",
    ),
    sqlite_autoincrement=True,
)

KINDS_OF_REGISTER: Final = ("framework", "method-profile", "partner", "perimeter-register", "territory")
OF_REGISTER: Final = f"kind IN {KINDS_OF_REGISTER}"
"""The streams of the register, which processes keep in memory and compare with their heads at each use."""

# The head of each stream, written by every append to it. `kind`: the aggregate's topic without "ctg.". `last_event_id`
# tells a history from another of the same length, which a restored backup may lead to. `fold_from`: no state of the
# stream folded before this version may be used. `touched`: set whole by an append, each bit cleared by who has made
# again what it says. `register_version`: the version, of a stream of the register only. No index is over `version`:
# where none of a row's indexed columns change, PostgreSQL writes none of its indexes anew.
streams = Table(
    "streams",
    metadata,
    Column("stream_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last_event_id", Uuid),
    Column("convention_id", Uuid),
    Column("territory_id", Uuid),
    Column("framework_id", Uuid),
    Column("fold_from", Integer, nullable=False, server_default=text("0")),
    Column("touched", Integer, nullable=False, server_default=text(str(TOUCHED))),
    Column("register_version", Integer),
    Index("ix_streams_convention_id", "convention_id"),
    Index("ix_streams_territory_id", "territory_id"),
    Index("ix_streams_kind_register_version", "kind", "register_version"),  # summed at each use of the register
    # An equality, which PostgreSQL expects of few rows: of an inequality it expects nearly all, and reads them all.
    partial_index("ix_streams_touched_1", "(touched & 1) = 1", "stream_id"),
    partial_index("ix_streams_touched_2", "(touched & 2) = 2", "stream_id"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 70},  # the new version of a row finds room beside the old one
)

# The folded state of a stream at a version, for the code that folds so (`fold`). Any of it may be thrown away.
states = Table(
    "states",
    metadata,
    Column("stream_id", Uuid, primary_key=True),
    Column("fold", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("last_event_id", Uuid),
    Column("state", Text, nullable=False),  # JSON
    sqlite_with_rowid=False,
)

# What was answered, to be said again to who sends the same request twice.
idempotency = Table(
    "idempotency",
    metadata,
    Column("key", LargeBinary, primary_key=True),  # 16 bytes of a hash of who sent it and of the key they gave
    Column("request_hash", LargeBinary, nullable=False),  # under a key of the vault: it is made of clear texts
    Column("answer", Text, nullable=False),
    Column("day", Date, nullable=False),
    sqlite_with_rowid=False,
)

# Refused commands: kept to help people, not facts, so not in the log. Which rules, not what was typed.
refusals = Table(
    "refusals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("recorded_at", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("actor_role", Text),
    Column("command", Text, nullable=False),
    Column("stream_id", Uuid),
    Column("territory_id", Uuid),
    Column("rules", Text, nullable=False),  # JSON: [{"rule", "code", "text_key"}]
    Index("ix_refusals_stream_id_recorded_at", "stream_id", "recorded_at"),
)
