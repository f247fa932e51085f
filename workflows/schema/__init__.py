"""The tables that cannot be derived from the log, the log itself, and what is kept beside each stream of it.

One MetaData, migrated by Alembic (`workflows/migrations`), the same on SQLite and PostgreSQL.
Summaries are not here: they are made again, never migrated (`workflows/summaries`).
Instants are ISO 8601 text in UTC with microseconds, so that both databases sort and compare them alike.
"""

from workflows.schema.access import accounts, api_keys, one_time_links, sessions
from workflows.schema.base import metadata
from workflows.schema.jobs import column_mappings, instance, leases, stuck_reactions, tracking, workers
from workflows.schema.letters import act_links, calendar_feeds, digest_readers, digest_stops, digests, outbox
from workflows.schema.log import KINDS_OF_REGISTER, OF_REGISTER, TOUCHED, events, idempotency, refusals, states, streams
from workflows.schema.vault import file_places, files, forgotten, people, vault_keys

__all__ = [
    "KINDS_OF_REGISTER",
    "OF_REGISTER",
    "TOUCHED",
    "accounts",
    "act_links",
    "api_keys",
    "calendar_feeds",
    "column_mappings",
    "digest_readers",
    "digest_stops",
    "digests",
    "events",
    "file_places",
    "files",
    "forgotten",
    "idempotency",
    "instance",
    "leases",
    "metadata",
    "one_time_links",
    "outbox",
    "people",
    "refusals",
    "sessions",
    "states",
    "streams",
    "stuck_reactions",
    "tracking",
    "vault_keys",
    "workers",
]
