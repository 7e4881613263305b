"""Migrations that databases went through already: what they do stays as it was."""

from __future__ import annotations

import hashlib
from io import StringIO

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

from assessment.storage.postgres.schema import MIGRATIONS

DIGESTS = {
    "0001": "5a73985744a429ad",
    "0002": "0715bdd73fc981a5",
    "0003": "c841f699bd6d3804",
    "0004": "4a4eb5d08cf14c33",
    "0005": "20670f7e150f9b3c",
    "0006": "70a22883877c4084",
    "0007": "26bfb6187e049407",
    "0008": "e90e869772a6045e",
    "0009": "e249e38ab7e81ece",
    "0010": "de82a6a9bd52ebda",
}
"""What tells each migration's statements from others: once it is released its line stays."""


def statements_of(migration: Script) -> str:
    """The statements a migration sends, blanks and line ends being of no account."""
    sent = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": sent}
    )
    with Operations.context(context):
        migration.module.upgrade()
    return " ".join(sent.getvalue().split())


def digest_of(statements: str) -> str:
    return hashlib.sha256(statements.encode()).hexdigest()[:16]


def test_a_migration_that_was_released_sends_the_statements_it_always_did() -> None:
    migrations = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    digests = {one.revision: digest_of(statements_of(one)) for one in migrations}

    assert digests == DIGESTS
