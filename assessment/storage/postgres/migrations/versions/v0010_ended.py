"""From which day on a squad no longer exists."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Widen the setups; empty where the squad goes on."""
    op.execute("alter table who_decides_setups add column ended boolean")
