"""How many a survey expects, whether it is released, and what its room votes on again."""

from alembic import op

from assessment.storage.postgres.table_statements import create_table, moment

revision = "0005"
down_revision = "0004"

# Empty where a survey is older: one that was revealed then counts as released.
SURVEYS = """
alter table who_decides_gatherings
    add column expected integer,
    add column released boolean,
    add column asked_again varchar(60),
    add column asked_pass integer
"""

VOTES = f"""
    vote_id uuid not null unique,
    {moment("saved_at")},
    squad text not null,
    gathering uuid not null,
    decision varchar(60) not null,
    pass_number integer not null,
    voter uuid not null,
    named jsonb not null
"""


def upgrade() -> None:
    """Widen the surveys, and create the table of votes, tied to the mark."""
    op.execute(SURVEYS)
    create_table("votes", VOTES)
