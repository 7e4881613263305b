"""What retention keeps of a period or a session: its answers counted, without voices."""

from assessment.storage.postgres.table_statements import create_table, day, moment

revision = "0008"
down_revision = "0007"

TOTALS = f"""
    total_id uuid not null unique,
    {moment("saved_at")},
    {day("assessed_on")},
    squad text not null,
    voices integer not null,
    invited boolean not null,
    framework varchar(60) not null,
    answers jsonb not null default '{{}}'
"""


def upgrade() -> None:
    """Create the table of totals, tied to the mark."""
    create_table("totals", TOTALS)
