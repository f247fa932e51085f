"""How Alembic runs the migrations: inside the transaction and under the lock that `workflows.migrating.migrate` holds.

A new revision is written by hand, in `versions/`, for both databases; a test compares the result with
`workflows/schema`.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
