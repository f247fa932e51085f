"""The vault: keys, people and files sealed under them, and the list of what was forgotten."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text, Uuid, false

from workflows.schema.base import metadata

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
