"""The tables that records are kept in on PostgreSQL, and bringing them up to date."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from assessment.errors import StorageError, template
from assessment.storage.columns import Holds, Spread
from assessment.storage.kinds import KINDS, Kind

MIGRATIONS = Path(__file__).with_name("migrations")
APPLIED = "who_decides_migrations"
"""The table that names the migration the other tables stand at."""

_LOCK = 0x77686F3F  # "who?": any number that other programs are unlikely to take

NEWER = template(
    "the tables in the database were made by a newer version of this app (migration {found}; this "
    "one knows {known}), so nothing is read or saved; update this app"
)

_tables = sa.MetaData()

_TYPES: Mapping[Holds, TypeEngine[Any]] = {
    "text": sa.Text(),
    "long text": sa.Text(),
    "uuid": sa.Uuid(),
    "moment": sa.DateTime(timezone=True),
    "day": sa.Date(),
    "number": sa.Double(),
    "whole number": sa.Integer(),
    "yes or no": sa.Boolean(),
    "json": JSONB(),
}


def _table_of(kind: Kind[Any]) -> sa.Table:
    """Where the records of a kind are kept: columns under the names of the model's fields."""
    types = {
        column.field: JSONB() if isinstance(column, Spread) else _TYPES[column.holds]
        for column in kind.columns
    }
    own = [sa.Column(name, held, unique=at == 0) for at, (name, held) in enumerate(types.items())]
    number = sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True)
    return sa.Table(f"who_decides_{kind.stored_as}", _tables, number, *own)


table_by_kind: Mapping[str, sa.Table] = {kind.name: _table_of(kind) for kind in KINDS}

revision = sa.Table(
    "who_decides_revision",
    _tables,
    # Triggers keep both, whoever writes; a writer holds the one row until its transaction ends.
    sa.Column("mark", sa.Uuid),  # another one after every change
    sa.Column("rewritten", sa.Uuid),  # another one after every change but an addition
)


_applied_table = sa.table(APPLIED, sa.column("version_num"))
migration = sa.select(_applied_table.c.version_num).scalar_subquery().label("migration")
"""The migration that the tables stand at, whoever brought them there."""


def id_column(table: sa.Table) -> sa.Column[UUID]:
    """The column that tells a table's records apart: the first of the record's own."""
    return table.columns[1]


def bring_up_to_date(connection: sa.Connection) -> None:
    """Apply the migrations that are missing, within the caller's transaction.

    Of processes that start at once one applies them while the others wait. StorageError where a
    newer version of this program applied migrations that this one does not know.
    """
    if _applied(connection) == _known()[0]:
        return
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    check_known(_applied(connection))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def check_known(found: str | None) -> None:
    """Raise StorageError where the tables stand at a migration that only a newer version knows."""
    if found is not None and found not in _known():
        raise StorageError(NEWER, found=found, known=_known()[0])


@cache
def _known() -> Sequence[str]:
    """Every migration of this version, the latest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


def _applied(connection: sa.Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": APPLIED})
    return context.get_current_revision()
