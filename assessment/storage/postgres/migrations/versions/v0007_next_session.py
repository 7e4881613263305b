"""The day on which a room chose to ask its squad again."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Widen the surveys; empty where a room chose no day."""
    op.execute("alter table who_decides_gatherings add column next_on date")
