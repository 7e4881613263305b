"""Assessments, one row each, and a mark that changes whenever they do."""

from alembic import op

from assessment.storage.postgres.table_statements import create_table, day, moment

revision = "0001"
down_revision = None

REVISION = """
create table who_decides_revision (
    only_row boolean primary key default true check (only_row),
    mark uuid not null default gen_random_uuid(),
    rewritten uuid not null default gen_random_uuid()
)
"""

# Before the statement, so that numbers are given in the order in which writers are let in.
NOTE_CHANGE = """
create function who_decides_note_change() returns trigger language plpgsql as $$
begin
    execute format(
        'insert into %I.who_decides_revision default values on conflict (only_row) do update '
        'set mark = excluded.mark, '
        'rewritten = case when $1 then who_decides_revision.rewritten else excluded.rewritten end',
        tg_table_schema
    ) using tg_op = 'INSERT';
    return null;
end
$$
"""

ASSESSMENTS = f"""
    assessment_id uuid not null unique,
    {moment("saved_at")},
    {day("assessed_on")},
    squad text not null,
    voice text,
    role varchar(60),
    framework varchar(60) not null,
    note text not null default '',
    answers jsonb not null default '{{}}'
"""


def upgrade() -> None:
    """Create both tables and the trigger that ties them."""
    op.execute(REVISION)
    op.execute(NOTE_CHANGE)
    create_table("assessments", ASSESSMENTS)
    op.execute("insert into who_decides_revision default values")
