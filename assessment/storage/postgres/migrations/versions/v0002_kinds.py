"""Deep answers beside the core's, and two more kinds of record that the same mark covers."""

from alembic import op

revision = "0002"
down_revision = "0001"

DEEP = "alter table who_decides_assessments add column deep jsonb not null default '{}'"

# The same bounds as for assessments: what is stored can be read back.
MOMENT = "check (saved_at >= '0001-01-02T00:00Z' and saved_at < '9999-12-31T00:00Z')"
DAY = "check ({column} between '0001-01-01' and '9999-12-31')"

SETUPS = f"""
create table who_decides_setups (
    number bigint generated always as identity primary key,
    setup_id uuid not null unique,
    saved_at timestamptz not null {MOMENT},
    since date not null {DAY.format(column="since")},
    squad text not null,
    company varchar(60),
    seats jsonb not null default '{{}}'
)
"""

ACTIONS = f"""
create table who_decides_actions (
    number bigint generated always as identity primary key,
    action_id uuid not null unique,
    saved_at timestamptz not null {MOMENT},
    squad text not null,
    lever varchar(60) not null,
    owner varchar(60),
    decided_on date not null {DAY.format(column="decided_on")},
    due_on date {DAY.format(column="due_on")},
    status varchar(60) not null,
    ended_on date {DAY.format(column="ended_on")},
    note text not null default ''
)
"""

TRIGGER = """
create trigger note_change
before insert or update or delete or truncate on {table}
for each statement execute function who_decides_note_change()
"""


def upgrade() -> None:
    """Widen the assessments, and create a table for each further kind, tied to the mark."""
    for statement in (DEEP, SETUPS, ACTIONS):
        op.execute(statement)
    for table in ("who_decides_setups", "who_decides_actions"):
        op.execute(TRIGGER.format(table=table))
