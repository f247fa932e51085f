"""What all tables share: one MetaData, and how their indexes are named."""

from __future__ import annotations

from sqlalchemy import Index, MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def partial_index(name: str, condition: str, *columns: str) -> Index:
    """An index over the rows that meet a condition; a query uses it when it states the condition too."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))
