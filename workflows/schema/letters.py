"""What is written to people: letters and digests, the acts they are asked for by a link, the calendars they follow."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, Uuid

from workflows.schema.base import metadata, partial_index

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
    partial_index(
        "ix_outbox_next_try_at", "sent_at IS NULL AND dead_at IS NULL AND withdrawn_at IS NULL", "next_try_at"
    ),
    Index("ix_outbox_about_id", "about_id"),
    Index("ix_outbox_person_id", "person_id"),
    # What became of a territory's letters last, asked each time one of its pages is (`Journal.seen_of_territory`).
    Index("ix_outbox_territory_id", "territory_id", "sent_at", "withdrawn_at"),
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
