"""What migrations have in common: tables of records, and the bounds of their days and moments.

Dates are those that Python knows, with a day to spare for time zones: others could not even be set
aside.
"""

from alembic import op

TABLE = """
create table who_decides_{kind} (
    number bigint generated always as identity primary key,
    {columns}
)
"""

NOTE_CHANGE = """
create trigger note_change
before insert or update or delete or truncate on who_decides_{kind}
for each statement execute function who_decides_note_change()
"""


def create_table(kind: str, columns: str) -> None:
    """Create the table of a kind of record, numbered as they come and tied to the mark."""
    op.execute(TABLE.format(kind=kind, columns=columns))
    op.execute(NOTE_CHANGE.format(kind=kind))


def day(column: str, *, required: bool = True) -> str:
    """A column of days."""
    null = "not null" if required else ""
    return f"{column} date {null} check ({column} between '0001-01-01' and '9999-12-31')"


def moment(column: str, *, required: bool = True) -> str:
    """A column of moments."""
    null = "not null" if required else ""
    bounds = f"{column} >= '0001-01-02T00:00Z' and {column} < '9999-12-31T00:00Z'"
    return f"{column} timestamptz {null} check ({bounds})"
