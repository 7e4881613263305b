"""What retention keeps of a period or a session: its answers counted, without voices."""

from alembic import op

revision = "0008"
down_revision = "0007"

# The same bounds as for assessments: what is stored can be read back.
TOTALS = """
create table who_decides_totals (
    number bigint generated always as identity primary key,
    total_id uuid not null unique,
    saved_at timestamptz not null
        check (saved_at >= '0001-01-02T00:00Z' and saved_at < '9999-12-31T00:00Z'),
    assessed_on date not null check (assessed_on between '0001-01-01' and '9999-12-31'),
    squad text not null,
    voices integer not null,
    invited boolean not null,
    framework varchar(60) not null,
    answers jsonb not null default '{}'
)
"""

TRIGGER = """
create trigger note_change
before insert or update or delete or truncate on who_decides_totals
for each statement execute function who_decides_note_change()
"""


def upgrade() -> None:
    """Create the table of totals, tied to the mark."""
    for statement in (TOTALS, TRIGGER):
        op.execute(statement)
