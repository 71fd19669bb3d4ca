"""Alembic's entry: runs the chosen steps on the connection that `upgrade` hands over."""

from alembic import context

from console.models.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
