"""What several squads call a seat that they share."""

from alembic import op

revision = "0006"
down_revision = "0005"

SHARED = "alter table who_decides_setups add column shared_seats jsonb not null default '{}'"


def upgrade() -> None:
    """Widen the setups; an older one calls no seat anything."""
    op.execute(SHARED)
