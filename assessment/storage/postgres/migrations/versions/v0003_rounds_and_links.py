"""Surveys by invitation, the links that invite and share, and whose survey an answer is."""

from alembic import op

from assessment.storage.postgres.table_statements import create_table, day, moment

revision = "0003"
down_revision = "0002"

SURVEYS = f"""
    gathering_id uuid not null unique,
    {moment("saved_at")},
    squad text not null,
    depth varchar(60) not null,
    privacy varchar(60) not null,
    least_voices integer not null,
    {day("opened_on")},
    {day("closes_on")},
    {moment("closed_at", required=False)},
    {moment("revealed_at", required=False)}
"""

LINKS = f"""
    link_id uuid not null unique,
    {moment("created_at")},
    {moment("expires_at")},
    {moment("revoked_at", required=False)},
    kind varchar(60) not null,
    label text not null,
    squads jsonb not null,
    period varchar(60),
    with_notes boolean not null default false,
    with_roles boolean not null default false,
    round_id uuid,
    digest varchar(64) not null
"""


def upgrade() -> None:
    """Widen the assessments, and create a table for each further kind, tied to the mark."""
    op.execute("alter table who_decides_assessments add column gathering uuid")
    create_table("gatherings", SURVEYS)
    create_table("links", LINKS)
