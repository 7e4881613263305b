"""How many a round expects, whether it is released, and what its room votes on again."""

from alembic import op

revision = "0005"
down_revision = "0004"

# Empty where a round is older: one that was revealed then counts as released.
SURVEYS = """
alter table who_decides_gatherings
    add column expected integer,
    add column released boolean,
    add column asked_again varchar(60),
    add column asked_pass integer
"""

# The same bounds as for assessments: what is stored can be read back.
VOTES = """
create table who_decides_votes (
    number bigint generated always as identity primary key,
    vote_id uuid not null unique,
    saved_at timestamptz not null
        check (saved_at >= '0001-01-02T00:00Z' and saved_at < '9999-12-31T00:00Z'),
    squad text not null,
    gathering uuid not null,
    decision varchar(60) not null,
    pass_number integer not null,
    voter uuid not null,
    named jsonb not null
)
"""

TRIGGER = """
create trigger note_change
before insert or update or delete or truncate on who_decides_votes
for each statement execute function who_decides_note_change()
"""


def upgrade() -> None:
    """Widen the rounds, and create the table of votes, tied to the mark."""
    for statement in (SURVEYS, VOTES, TRIGGER):
        op.execute(statement)
