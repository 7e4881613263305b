"""Deep answers beside the core's, and two more kinds of record that the same mark covers."""

from alembic import op

from assessment.storage.postgres.table_statements import create_table, day, moment

revision = "0002"
down_revision = "0001"

DEEP = "alter table who_decides_assessments add column deep jsonb not null default '{}'"

SETUPS = f"""
    setup_id uuid not null unique,
    {moment("saved_at")},
    {day("since")},
    squad text not null,
    company varchar(60),
    seats jsonb not null default '{{}}'
"""

ACTIONS = f"""
    action_id uuid not null unique,
    {moment("saved_at")},
    squad text not null,
    lever varchar(60) not null,
    owner varchar(60),
    {day("decided_on")},
    {day("due_on", required=False)},
    status varchar(60) not null,
    {day("ended_on", required=False)},
    note text not null default ''
"""


def upgrade() -> None:
    """Widen the assessments, and create a table for each further kind, tied to the mark."""
    op.execute(DEEP)
    create_table("setups", SETUPS)
    create_table("actions", ACTIONS)
