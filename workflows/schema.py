"""The tables that cannot be derived from the log, the log itself, and what is kept beside each stream of it.

One MetaData, migrated by Alembic (`workflows/migrations`), the same on SQLite and PostgreSQL.
Summaries are not here: they are made again, never migrated (`workflows/summaries`).
Instants are ISO 8601 text in UTC with microseconds, so that both databases sort and compare them alike.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _partial(name: str, condition: str, *columns: str) -> Index:
    """An index over the rows that meet a condition; a query uses it when it states the condition too."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


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
    _partial(
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
    _partial("ix_streams_touched_1", "(touched & 1) = 1", "stream_id"),
    _partial("ix_streams_touched_2", "(touched & 2) = 2", "stream_id"),
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

# The vault. One key per subject: a person, or the prose of one event. Destroying the row forgets the text; where only
# some texts of an event are forgotten, the row keeps what opens the others (`workflows/seals.py`).
vault_keys = Table(
    "vault_keys",
    metadata,
    Column("subject_id", Uuid, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

people = Table(
    "people",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # AES-GCM of JSON {name, email, phone, language}
)

# What was forgotten, without a name: to be forgotten again where an older backup brings it back. `part`: which text of
# its subject, by the nonce of its seal; empty for a person. `fingerprint`: sha256 of the key that was destroyed.
forgotten = Table(
    "forgotten",
    metadata,
    Column("subject_id", Uuid, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("fingerprint", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Files kept as evidence (`workflows/files.py`). `sha256`: of what a file says, as facts cite it; `stored`: of its
# sealed bytes, under which name the folder has them, empty once it was erased; `is_cited`: some fact was seen to cite
# it.
files = Table(
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("key_id", Uuid, nullable=False, unique=True),
    Column("stored", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("given_at", Text, nullable=False),
    Column("is_cited", Boolean, nullable=False, server_default=false()),
    Column("erased_on", Date),
)

# Where a file belongs: a territory, a framework, or nothing in particular; whoever may read there may open it.
file_places = Table(
    "file_places",
    metadata,
    Column("place_id", Uuid, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("sealed_name", LargeBinary, nullable=False),  # under the key of the file
    Index("ix_file_places_sha256", "sha256"),
    sqlite_with_rowid=False,
)

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

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", Uuid, primary_key=True),  # uuid5 of what is said and to whom: queued twice, sent once
    Column("person_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about_id", Uuid, nullable=False),  # the event it tells of; the words are made when it is sent
    Column("within_id", Uuid, nullable=False),  # the stream of that event
    Column("territory_id", Uuid),
    Column("queued_at", Text, nullable=False),
    Column("next_try_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("sent_as", Uuid),  # the letter under whose id it leaves, with others to the same person
    Column("last_error", Text),
    Column("may_have_arrived", Boolean, nullable=False, default=False),  # ever: a server said nothing, a worker died
    Column("sent_at", Text),
    Column("dead_at", Text),
    Column("withdrawn_at", Text),
    Column("withdrawn_for", Text),
    # Only what is still to be sent: the sent ones pile up, and would be walked through at every round.
    Index(
        "ix_outbox_next_try_at",
        "next_try_at",
        sqlite_where=text("sent_at IS NULL AND dead_at IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=text("sent_at IS NULL AND dead_at IS NULL AND withdrawn_at IS NULL"),
    ),
    Index("ix_outbox_about_id", "about_id"),
    Index("ix_outbox_person_id", "person_id"),
)

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

# How often somebody wants a digest, and how far the last one went. `rhythm` is empty while they chose none; `position`:
# up to which place of the log they were told; `slot`: the morning for which they were last looked at.
digest_readers = Table(
    "digest_readers",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("rhythm", Text),
    Column("position", BigInteger, nullable=False),
    Column("slot", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What each digest tells: the places of the log after one and up to another, and what it `listed` (JSON, codes only).
digests = Table(
    "digests",
    metadata,
    Column("message_id", Uuid, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("after_position", BigInteger, nullable=False),
    Column("until_position", BigInteger, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("listed", Text, nullable=False),
    Index("ix_digests_person_id_made_at", "person_id", "made_at"),
    sqlite_with_rowid=False,
)

# The addresses in digests that end them by one press. A copy of the table ends none: `secret_hash` is a sha256.
digest_stops = Table(
    "digest_stops",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("made_at", Text, nullable=False),
    sqlite_with_rowid=False,
)

# One act that somebody is asked for, who does it by a one-time link without coming in: who asked, when it was sent,
# opened, used. A link has its secret from the moment its letter leaves; what is kept of it opens nothing.
act_links = Table(
    "act_links",
    metadata,
    Column("link_id", Uuid, primary_key=True),
    Column("selector", Text, unique=True),
    Column("secret_hash", Text),
    Column("question", Text, nullable=False),  # what is asked: the acts that answer it say so in their forms
    Column("person_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),  # the role of theirs in which they answer
    Column("stream_id", Uuid, nullable=False),
    Column("territory_id", Uuid, nullable=False),
    Column("partner_id", Uuid),
    Column("about_id", Uuid),  # the proposal to confirm or refuse
    Column("asked_by", Uuid),  # none: the reminders
    Column("asked_at", Text, nullable=False),
    Column("sent_at", Text),
    Column("expires_at", Text),
    Column("opened_at", Text),
    Column("used_at", Text),
    Column("revoked_at", Text),
    Column("wrong_attempts", Integer, nullable=False, default=0),
    Column("recorded_id", Uuid),  # the event that answered
    Index("ix_act_links_stream_id", "stream_id"),
)

# The secret addresses under which calendar programs read what is due. `secret_hash` is none once a backup was restored:
# what was taken back since would open again.
calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("feed_id", Uuid, primary_key=True),
    Column("secret_hash", Text, unique=True),
    Column("person_id", Uuid, nullable=False),
    Column("convention_id", Uuid),  # none: all that the person is in charge of
    Column("made_at", Text, nullable=False),
    Column("read_at", Text),
    Column("revoked_at", Text),
    Index("ix_calendar_feeds_person_id", "person_id"),
)
