"""What the processes keep of their own work: how far each came, who does what, what could not be recorded."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, Table, Text, Uuid

from workflows.schema.base import metadata

# Facts about the instance itself (is it a demonstration? since when?), never about conventions.
instance = Table(
    "instance",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# How far a process manager has read a log, moved in the transaction of the events it appends.
tracking = Table(
    "tracking",
    metadata,
    Column("application_name", Text, primary_key=True),
    Column("notification_id", BigInteger, nullable=False),
)

# What a territory said of the columns and the words of its tables (`workflows/tables/remembering.py`); `said` is a
# fingerprint, for words may name a person.
column_mappings = Table(
    "column_mappings",
    metadata,
    Column("said", Text, primary_key=True),
    Column("territory_id", Uuid, nullable=False),
    Column("meaning", Text, nullable=False),
    Column("used_at", Text, nullable=False),
    Index("ix_column_mappings_territory_id", "territory_id"),
    sqlite_with_rowid=False,
)

# Who of several workers does what one of them need do (`workflows/leases.py`): nothing is lost with it. Seconds of the
# database's clock, whatever time it is said to be for what is decided.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Uuid, nullable=False),
    Column("until", Float, nullable=False),
    Column("done_at", Float),
)

# The processes that do the jobs, and how each fares (`workflows/workers.py`). `job`: what it has been at for longest,
# since when, and until when that is no longer than it should be.
workers = Table(
    "workers",
    metadata,
    Column("worker_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("release", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("beat_at", Text, nullable=False),
    Column("job", Text),
    Column("job_since", Text),
    Column("job_until", Text),
    Column("failing", Text, nullable=False),  # JSON: each job that fails, and how often in a row
    Column("skew", Float, nullable=False),  # seconds by which its machine's clock is ahead of the database's
)

# Reactions that could not be recorded, until they are or are meant no more. `reaction` is empty where nobody could tell
# what follows: an event of the convention cannot be read. `basis`: the state of the convention's streams at the last
# try, in vain until it moves.
stuck_reactions = Table(
    "stuck_reactions",
    metadata,
    Column("stuck_id", Uuid, primary_key=True),
    Column("reaction", Text, nullable=False),
    Column("convention_id", Uuid, nullable=False),
    Column("cause_id", Uuid),  # the event that it follows from
    Column("since", Text, nullable=False),
    Column("tried_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("basis", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("rules", Text, nullable=False),  # JSON: [[text key, parameters]]
    Column("detail", Text, nullable=False),  # the kind of an error and its place, never its message
    Index("ix_stuck_reactions_convention_id", "convention_id"),
)
