"""Assessments, one row each, and a mark that changes whenever they do."""

from alembic import op

revision = "0001"
down_revision = None

# Dates that Python knows, with a day to spare for time zones: others could not even be set aside.
ASSESSMENTS = """
create table who_decides_assessments (
    number bigint generated always as identity primary key,
    assessment_id uuid not null unique,
    saved_at timestamptz not null
        check (saved_at >= '0001-01-02T00:00Z' and saved_at < '9999-12-31T00:00Z'),
    assessed_on date not null
        check (assessed_on between '0001-01-01' and '9999-12-31'),
    squad text not null,
    voice text,
    role varchar(60),
    framework varchar(60) not null,
    note text not null default '',
    answers jsonb not null default '{}'
)
"""

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

TRIGGER = """
create trigger note_change
before insert or update or delete or truncate on who_decides_assessments
for each statement execute function who_decides_note_change()
"""


def upgrade() -> None:
    """Create both tables and the trigger that ties them."""
    for statement in (ASSESSMENTS, REVISION, NOTE_CHANGE, TRIGGER):
        op.execute(statement)
    op.execute("insert into who_decides_revision default values")
