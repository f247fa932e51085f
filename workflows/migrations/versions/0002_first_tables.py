"""The first tables, and the guards that make the log immutable.

The tables are written out here, apart from `workflows/schema`, because a released migration never changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the guards."""
    _create_tables()
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRES_GUARDS if is_postgres else _SQLITE_GUARDS:
        op.execute(statement)
    for table, column in _UNSAMPLED if is_postgres else ():
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


# An event is neither changed nor deleted, whoever asks. INSERT OR REPLACE deletes without asking the triggers of
# DELETE, so the insertion itself is guarded too.
_SQLITE_GUARDS = (
    """
    CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are immutable: UPDATE is refused'); END
    """,
    """
    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are immutable: DELETE is refused'); END
    """,
    """
    CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE stream_id = NEW.stream_id AND version = NEW.version)
        OR EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: events.stream_id, events.version'); END
    """,
)

# ALWAYS: a session that plays a replica is refused too. The owner loses the rights, so that a role he gives his own
# rights to has none; the triggers are the guard, for a superuser has every right.
_POSTGRES_GUARDS = (
    """
    CREATE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'events are immutable: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege'; END $$
    """,
    """
    CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change()
    """,
    "ALTER TABLE events ENABLE ALWAYS TRIGGER events_refuse_change",
    "REVOKE UPDATE, DELETE, TRUNCATE ON events FROM PUBLIC, CURRENT_USER",
)


# PostgreSQL keeps samples of every column in its statistics, and what was sampled there once it was destroyed here.
_UNSAMPLED = (
    ("vault_keys", "key"),
    ("people", "sealed"),
    ("accounts", "login"),
    ("accounts", "password_hash"),
    ("api_keys", "label"),
    ("file_places", "sealed_name"),
    ("idempotency", "key"),
    ("idempotency", "request_hash"),
)


def _create_tables() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.Text(), nullable=True),
        sa.Column("signed_in_at", sa.Text(), nullable=True),
        sa.Column("password_changed_at", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.Text(), nullable=True),
        sa.Column("seen_before", sa.Text(), nullable=True),
        sa.Column("disabled_at", sa.Text(), nullable=True),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("framework_id", sa.Uuid(), nullable=True),
        sa.Column("on_instance", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("last_used_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_keys_prefix")),
    )
    op.create_table(
        "events",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("convention_id", sa.Uuid(), nullable=True),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("framework_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_events_stream_id_version", "events", ["stream_id", "version"], unique=True)
    of_territory = "convention_id IS NULL AND territory_id IS NOT NULL"
    _partial_index("ix_events_territory_id_position", "events", ["territory_id", "position"], of_territory)
    op.create_table(
        "streams",
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_event_id", sa.Uuid(), nullable=True),
        sa.Column("convention_id", sa.Uuid(), nullable=True),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("framework_id", sa.Uuid(), nullable=True),
        sa.Column("fold_from", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("touched", sa.Integer(), server_default=sa.text("3"), nullable=False),
        sa.Column("register_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_streams")),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    for columns in (["convention_id"], ["territory_id"], ["kind", "register_version"]):
        op.create_index(f"ix_streams_{'_'.join(columns)}", "streams", columns, unique=False)
    for bit in (1, 2):
        _partial_index(f"ix_streams_touched_{bit}", "streams", ["stream_id"], f"(touched & {bit}) = {bit}")
    op.create_table(
        "states",
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("fold", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_event_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream_id", "fold", name=op.f("pk_states")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "instance",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_instance")),
    )
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("within_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("queued_at", sa.Text(), nullable=False),
        sa.Column("next_try_at", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_as", sa.Uuid(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("may_have_arrived", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("dead_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_for", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_next_try_at",
        "outbox",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND dead_at IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND dead_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_index("ix_outbox_about_id", "outbox", ["about_id"], unique=False)
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"], unique=False)
    op.create_index("ix_outbox_territory_id", "outbox", ["territory_id", "sent_at", "withdrawn_at"], unique=False)
    op.create_table(
        "people",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_people")),
    )
    op.create_table(
        "refusals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("actor_role", sa.Text(), nullable=True),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=True),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    op.create_index("ix_refusals_stream_id_recorded_at", "refusals", ["stream_id", "recorded_at"], unique=False)
    op.create_table(
        "tracking",
        sa.Column("application_name", sa.Text(), nullable=False),
        sa.Column("notification_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("application_name", name=op.f("pk_tracking")),
    )
    op.create_table(
        "vault_keys",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_vault_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forgotten",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "part", name=op.f("pk_forgotten")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("stored", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("given_at", sa.Text(), nullable=False),
        sa.Column("is_cited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_files")),
        sa.UniqueConstraint("key_id", name=op.f("uq_files_key_id")),
    )
    op.create_table(
        "file_places",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place_id", "sha256", name=op.f("pk_file_places")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_file_places_sha256", "file_places", ["sha256"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("session_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("csrf_token", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("last_seen_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_sessions_account_id")),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"], unique=False)
    op.create_table(
        "one_time_links",
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("wrong_attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_one_time_links_account_id")),
        sa.PrimaryKeyConstraint("selector", name=op.f("pk_one_time_links")),
    )
    op.create_index("ix_one_time_links_account_id", "one_time_links", ["account_id"], unique=False)
    _create_tables_of_workers()
    _create_tables_of_reactions()
    _create_tables_of_digests()


def _create_tables_of_workers() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "workers",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("beat_at", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("job_since", sa.Text(), nullable=True),
        sa.Column("job_until", sa.Text(), nullable=True),
        sa.Column("failing", sa.Text(), nullable=False),
        sa.Column("skew", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_workers")),
    )

    op.create_table(
        "act_links",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.Text(), nullable=True),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("wrong_attempts", sa.Integer(), nullable=False),
        sa.Column("recorded_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_act_links")),
        sa.UniqueConstraint("selector", name=op.f("uq_act_links_selector")),
    )
    op.create_index("ix_act_links_stream_id", "act_links", ["stream_id"], unique=False)


def _create_tables_of_reactions() -> None:
    op.create_table(
        "stuck_reactions",
        sa.Column("stuck_id", sa.Uuid(), nullable=False),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("convention_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("basis", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stuck_id", name=op.f("pk_stuck_reactions")),
    )
    op.create_index("ix_stuck_reactions_convention_id", "stuck_reactions", ["convention_id"], unique=False)


def _create_tables_of_digests() -> None:
    op.create_table(
        "digest_readers",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_readers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "digests",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("after_position", sa.BigInteger(), nullable=False),
        sa.Column("until_position", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_digests")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_digests_person_id_made_at", "digests", ["person_id", "made_at"], unique=False)
    op.create_table(
        "digest_stops",
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_digest_stops")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "calendar_feeds",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("convention_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feeds_secret_hash")),
    )
    op.create_index("ix_calendar_feeds_person_id", "calendar_feeds", ["person_id"], unique=False)
    op.create_table(
        "column_mappings",
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("said", name=op.f("pk_column_mappings")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_column_mappings_territory_id", "column_mappings", ["territory_id"], unique=False)


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=False, sqlite_where=where, postgresql_where=where)
