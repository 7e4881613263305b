"""What alembic runs: apply migrations on the connection, and in the transaction, it is given."""

from alembic import context

from assessment.storage.postgres.schema import APPLIED

context.configure(connection=context.config.attributes["connection"], version_table=APPLIED)
context.run_migrations()
