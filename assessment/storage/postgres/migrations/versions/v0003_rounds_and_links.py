"""Rounds answered by invitation, the links that invite and share, and whose round an answer is."""

from alembic import op

revision = "0003"
down_revision = "0002"

GATHERING = "alter table who_decides_assessments add column gathering uuid"

# The same bounds as for assessments: what is stored can be read back.
MOMENT = "check ({column} >= '0001-01-02T00:00Z' and {column} < '9999-12-31T00:00Z')"
DAY = "check ({column} between '0001-01-01' and '9999-12-31')"

SURVEYS = f"""
create table who_decides_gatherings (
    number bigint generated always as identity primary key,
    gathering_id uuid not null unique,
    saved_at timestamptz not null {MOMENT.format(column="saved_at")},
    squad text not null,
    depth varchar(60) not null,
    privacy varchar(60) not null,
    least_voices integer not null,
    opened_on date not null {DAY.format(column="opened_on")},
    closes_on date not null {DAY.format(column="closes_on")},
    closed_at timestamptz {MOMENT.format(column="closed_at")},
    revealed_at timestamptz {MOMENT.format(column="revealed_at")}
)
"""

LINKS = f"""
create table who_decides_links (
    number bigint generated always as identity primary key,
    link_id uuid not null unique,
    created_at timestamptz not null {MOMENT.format(column="created_at")},
    expires_at timestamptz not null {MOMENT.format(column="expires_at")},
    revoked_at timestamptz {MOMENT.format(column="revoked_at")},
    kind varchar(60) not null,
    label text not null,
    squads jsonb not null,
    period varchar(60),
    with_notes boolean not null default false,
    with_roles boolean not null default false,
    round_id uuid,
    digest varchar(64) not null
)
"""

TRIGGER = """
create trigger note_change
before insert or update or delete or truncate on {table}
for each statement execute function who_decides_note_change()
"""


def upgrade() -> None:
    """Widen the assessments, and create a table for each further kind, tied to the mark."""
    for statement in (GATHERING, SURVEYS, LINKS):
        op.execute(statement)
    for table in ("who_decides_gatherings", "who_decides_links"):
        op.execute(TRIGGER.format(table=table))
