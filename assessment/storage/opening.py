"""Which store the environment asks for: PostgreSQL where its address is set, else CSV files."""

import re
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from assessment.errors import StorageError, template
from assessment.model import Framework
from assessment.storage.columns import short
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS_THAT_LEAVE
from assessment.storage.protocol import Store

DATABASE_URL = "WHO_DECIDES_DATABASE_URL"
DATA_FOLDER = "WHO_DECIDES_DATA"

NO_FOLDER = template(
    "the folder of the data is set to '{found}', which nothing expands here; write its path as it "
    "is, such as /srv/who-decides/data, without quotes, $ or ://"
)
LEFT_BEHIND = template(
    "{folder}: answers lie here too, and are not used while {variable} is set; rename this folder, "
    "or a command without that variable takes it for all there is"
)

_ADDRESS = re.compile(
    r"postgres\w*\W*//|postgres[\w+]*:|[a-z][a-z\d+.-]+:/|.*://|[^/\\\s]+:(?!/)[^\\\s]*@",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Whether a text is an address, a mistyped one included, and no path: `C:/data` is one."""
    return bool(_ADDRESS.match(text.strip()))


def open_store(environment: Mapping[str, str], framework: Framework, *, project: Path) -> Store:
    """The store in the database or folder that `environment` names, or in the project's `data/`.

    Nothing is connected to yet. StorageError when it names neither a database nor a folder.
    """
    if url := environment.get(DATABASE_URL, "").strip():
        # Imported here, since most people never need what it takes.
        from assessment.storage.postgres.store import PostgresStore

        return PostgresStore(url, framework)
    return CsvStore(folder_in(environment, project=project), framework)


def place_in(environment: Mapping[str, str], *, project: Path) -> str:
    """Where records are kept, as it may be told: a folder, or that it is a database."""
    if environment.get(DATABASE_URL, "").strip():
        return f"PostgreSQL ({DATABASE_URL})"
    return str(folder_in(environment, project=project).absolute())


def left_behind_in(environment: Mapping[str, str], *, project: Path) -> StorageError | None:
    """Says that files of answers still lie where they were before a database took their place."""
    if environment.get(DATABASE_URL, "").strip():
        with suppress(StorageError, OSError):  # no folder that a command could work on
            folder = folder_in(environment, project=project).absolute()
            if any(_has_rows(folder / kind.file) for kind in KINDS_THAT_LEAVE):
                return StorageError(LEFT_BEHIND, folder=str(folder), variable=DATABASE_URL)
    return None


def _has_rows(file: Path) -> bool:
    """Whether a file holds more than its header; one that cannot be opened may."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as lines:
            return len([*islice(lines, 2)]) > 1
    except OSError:
        return True


def folder_in(environment: Mapping[str, str], *, project: Path) -> Path:
    """The folder of the CSV files; StorageError where what is set is meant for a shell.

    Services and `.env` files hand settings over as they stand: nobody takes quotes off there, or
    puts the home folder in the place of `~`.
    """
    setting = environment.get(DATA_FOLDER, "").strip()
    if not setting:
        return project / "data"
    if is_address(setting):
        name = re.split(r"[^\w+.-]", setting)[0]  # a password may stand behind any other sign
        raise StorageError(NO_FOLDER, found=f"{short(name)}://…")
    if setting[0] in "'\"" or "$" in setting:
        raise StorageError(NO_FOLDER, found=short(setting))
    try:
        return Path(setting).expanduser()
    except RuntimeError as error:  # ~somebody whom nobody knows here
        raise StorageError(NO_FOLDER, found=short(setting)) from error
