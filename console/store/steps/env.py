"""What Alembic runs around each step: inside the caller's transaction, batch mode on SQLite."""

from alembic import context

from console.store import tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables.metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
