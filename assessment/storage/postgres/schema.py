"""The tables that records are kept in on PostgreSQL, and bringing them up to date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Identity,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from assessment.errors import StorageError, template
from assessment.storage.kinds import ACTIONS, ASSESSMENTS, LINKS, SETUPS, SURVEYS

MIGRATIONS = Path(__file__).with_name("migrations")
APPLIED = "who_decides_migrations"
"""The table that names the migration the other tables stand at."""

_LOCK = 0x77686F3F  # "who?": any number that other programs are unlikely to take

NEWER = template(
    "the tables in the database were made by a newer version of this app (migration {found}; this "
    "one knows {known}), so nothing is read or saved; update this app"
)

_tables = MetaData()

assessments = Table(
    "who_decides_assessments",
    _tables,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("assessment_id", Uuid, unique=True),
    Column("saved_at", DateTime(timezone=True)),
    Column("assessed_on", Date),
    Column("squad", Text),
    Column("voice", Text),
    Column("role", Text),
    Column("framework", Text),
    Column("note", Text),
    Column("answers", JSONB),
    Column("deep", JSONB),
    Column("gathering", Uuid),
)

setups = Table(
    "who_decides_setups",
    _tables,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("setup_id", Uuid, unique=True),
    Column("saved_at", DateTime(timezone=True)),
    Column("since", Date),
    Column("squad", Text),
    Column("company", Text),
    Column("seats", JSONB),
)

actions = Table(
    "who_decides_actions",
    _tables,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("action_id", Uuid, unique=True),
    Column("saved_at", DateTime(timezone=True)),
    Column("squad", Text),
    Column("lever", Text),
    Column("owner", Text),
    Column("decided_on", Date),
    Column("due_on", Date),
    Column("status", Text),
    Column("ended_on", Date),
    Column("note", Text),
)

gatherings = Table(
    "who_decides_gatherings",
    _tables,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("gathering_id", Uuid, unique=True),
    Column("saved_at", DateTime(timezone=True)),
    Column("squad", Text),
    Column("depth", Text),
    Column("privacy", Text),
    Column("least_voices", Integer),
    Column("opened_on", Date),
    Column("closes_on", Date),
    Column("closed_at", DateTime(timezone=True)),
    Column("revealed_at", DateTime(timezone=True)),
)

links = Table(
    "who_decides_links",
    _tables,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("link_id", Uuid, unique=True),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("kind", Text),
    Column("label", Text),
    Column("squads", JSONB),  # names, or "every-squad"
    Column("period", Text),
    Column("with_notes", Boolean),
    Column("with_roles", Boolean),
    Column("round_id", Uuid),
    Column("digest", Text),
)

table_by_kind: Mapping[str, Table] = {
    ASSESSMENTS.name: assessments,
    SETUPS.name: setups,
    ACTIONS.name: actions,
    SURVEYS.name: gatherings,
    LINKS.name: links,
}
"""Where the records of a kind are kept: columns under the names of the model's fields."""

revision = Table(
    "who_decides_revision",
    _tables,
    # Triggers keep both, whoever writes; a writer holds the one row until its transaction ends.
    Column("mark", Uuid),  # another one after every change
    Column("rewritten", Uuid),  # another one after every change but an addition
)


def id_column(table: Table) -> Column[UUID]:
    """The column that tells a table's records apart: the first of the record's own."""
    return table.columns[1]


def bring_up_to_date(connection: Connection) -> None:
    """Apply the migrations that are missing, within the caller's transaction.

    Of several processes that start at once one applies them and the others wait for it. Raises
    StorageError when a newer version of this program applied migrations that this one does not
    know.
    """
    scripts = ScriptDirectory(str(MIGRATIONS))
    latest = scripts.get_current_head()
    if _applied(connection) == latest:
        return
    connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    found = _applied(connection)
    known = [script.revision for script in scripts.walk_revisions()]
    if found is not None and found not in known:
        raise StorageError(NEWER, found=found, known=latest)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _applied(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": APPLIED})
    return context.get_current_revision()
