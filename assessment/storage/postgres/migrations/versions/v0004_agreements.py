"""What squads agreed, how roles answered it, and whether a link shows it.

A version that knows nothing of these reads and writes its own tables as before.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

SHOWN = "alter table who_decides_links add column with_agreements boolean not null default true"

# The same bounds as for assessments: what is stored can be read back.
MOMENT = "check (saved_at >= '0001-01-02T00:00Z' and saved_at < '9999-12-31T00:00Z')"
DAY = "check ({column} between '0001-01-01' and '9999-12-31')"

AGREEMENTS = f"""
create table who_decides_agreements (
    number bigint generated always as identity primary key,
    agreement_id uuid not null unique,
    saved_at timestamptz not null {MOMENT},
    squad text not null,
    decision varchar(60) not null,
    agreed_on date not null {DAY.format(column="agreed_on")},
    decides varchar(60) not null,
    consulted jsonb not null default '[]',
    informed jsonb not null default '[]',
    limits text not null default '',
    escalation text not null default '',
    valid_until date not null {DAY.format(column="valid_until")},
    supersedes uuid,
    survey uuid,
    note text not null default ''
)
"""

CONFIRMATIONS = f"""
create table who_decides_confirmations (
    number bigint generated always as identity primary key,
    confirmation_id uuid not null unique,
    saved_at timestamptz not null {MOMENT},
    squad text not null,
    agreement_id uuid not null,
    role varchar(60) not null,
    voice text,
    answer varchar(60) not null,
    reservation text not null default ''
)
"""

TRIGGER = """
create trigger note_change
before insert or update or delete or truncate on {table}
for each statement execute function who_decides_note_change()
"""


def upgrade() -> None:
    """Let links tell what they show, and create a table for each further kind."""
    for statement in (SHOWN, AGREEMENTS, CONFIRMATIONS):
        op.execute(statement)
    for table in ("who_decides_agreements", "who_decides_confirmations"):
        op.execute(TRIGGER.format(table=table))
