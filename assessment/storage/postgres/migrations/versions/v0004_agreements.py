"""What squads agreed, how roles answered it, and whether a link shows it.

A version that knows nothing of these reads and writes its own tables as before.
"""

from alembic import op

from assessment.storage.postgres.table_statements import create_table, day, moment

revision = "0004"
down_revision = "0003"

SHOWN = "alter table who_decides_links add column with_agreements boolean not null default true"

AGREEMENTS = f"""
    agreement_id uuid not null unique,
    {moment("saved_at")},
    squad text not null,
    decision varchar(60) not null,
    {day("agreed_on")},
    decides varchar(60) not null,
    consulted jsonb not null default '[]',
    informed jsonb not null default '[]',
    limits text not null default '',
    escalation text not null default '',
    {day("valid_until")},
    supersedes uuid,
    survey uuid,
    note text not null default ''
"""

CONFIRMATIONS = f"""
    confirmation_id uuid not null unique,
    {moment("saved_at")},
    squad text not null,
    agreement_id uuid not null,
    role varchar(60) not null,
    voice text,
    answer varchar(60) not null,
    reservation text not null default ''
"""


def upgrade() -> None:
    """Let links tell what they show, and create a table for each further kind."""
    op.execute(SHOWN)
    create_table("agreements", AGREEMENTS)
    create_table("confirmations", CONFIRMATIONS)
