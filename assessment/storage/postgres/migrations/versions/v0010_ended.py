"""Setups that say that a squad has ended."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Widen the setups: no squad has ended so far."""
    op.execute("alter table who_decides_setups add column ended boolean not null default false")
