"""Who exactly owns an action, beside its role or instead of one."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Widen the actions; empty where nobody was named."""
    op.execute("alter table who_decides_actions add column owner_name text")
