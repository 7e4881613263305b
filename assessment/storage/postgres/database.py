"""One PostgreSQL database: its address, its connections, and what its errors mean to people."""

import re
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Literal, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import Conninfo
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from assessment.errors import StorageError, StoreBusy, template

R = TypeVar("R")

SCHEMES = ("postgres", "postgresql", "postgresql+psycopg")

PATIENCE = 10
"""Seconds to wait for another writer's lock or for a free connection before giving up."""

SILENCE = 30.0
"""Seconds after which a connected server that sends nothing counts as lost: longer than a lock."""

_CONNECTION = {
    "connect_timeout": 4,  # seconds for each address the host's name stands for
    "tcp_user_timeout": 10_000,  # milliseconds until a silent server counts as lost
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "application_name": "who-decides",
    "client_encoding": "utf8",  # a cluster made without a locale would answer in bytes
    "prepare_threshold": None,  # a pooler between us and the server may not keep statements
}

# "Saved" means confirmed by the disk, also where the server was told to be quick instead.
_PREPARED = text(
    "select set_config('synchronous_commit', "
    "replace(current_setting('synchronous_commit'), 'off', 'on'), true)"
)

_WRITABLE = text(
    "select current_setting('transaction_read_only') = 'off' and bool_and("
    "has_table_privilege(name, 'insert') and has_table_privilege(name, 'update') and "
    "(name = :kept or has_table_privilege(name, 'delete'))) "
    "from unnest(array_append(cast(:tables as text[]), :kept)) as name"
)

UNKNOWN_OPTION = template(
    "the address of the database has the option '{option}', which PostgreSQL does not know; take "
    "it out of the address"
)
NOT_ENCRYPTED = template(
    "the database {database} on {server} offers no encrypted connection, which its address asks "
    "for, so nothing can be read or saved; switch SSL on there, or change sslmode in the address"
)
BROKEN_ADDRESS = template(
    "what names the database (WHO_DECIDES_DATABASE_URL, or a command) is not the address of a "
    "PostgreSQL database; expected postgresql://user:password@host:5432/database, special "
    "characters in the password written in percent form (@ as %40); correct it and start again"
)
AWAY = template(
    "the database {database} on {server} cannot be reached, so nothing can be read or saved now; "
    "check that its server runs and lets this machine connect, then try again"
)
WRONG_LOGIN = template(
    "the database {database} on {server} refuses the user or the password, so nothing can be read "
    "or saved; correct them in the address and start again"
)
UNKNOWN_DATABASE = template(
    "there is no database {database} on {server}, so nothing can be read or saved; create it, or "
    "correct its name in the address and start again"
)
UNCERTAIN = template(
    "the database {database} on {server} was lost at the moment of writing, so nobody can tell "
    "whether this was done; try again once it answers: nothing is stored twice"
)
UNCERTAIN_ONCE = template(
    "the database {database} on {server} was lost at the moment of writing, so nobody can tell "
    "whether this was done; once it answers look whether it was, before you do it again"
)
IN_USE = template(
    "the database {database} on {server} has been in use by others for too long, so this was not "
    "done; wait a moment and try again"
)
FORBIDDEN = template(
    "the database {database} on {server} does not let this user do that, so it was not done; give "
    "the user in the address the right to create, read and write tables there"
)
READ_ONLY = template(
    "the database {database} on {server} can only be read, so nothing can be saved; let it be "
    "written again, or give the user in the address the right to"
)
FAILED = template(
    "the database {database} on {server} answered with error {code}, so this was not done; look "
    "the reason up in the server's log, correct it and try again"
)

_OPTION = re.compile("[a-z_]{2,40}", re.IGNORECASE)
_BUSY_CODES = {"40001", "40P01", "53300", "55P03", "57014"}
_FORBIDDEN_CODES = {"25006", "42501"}
_LOST_CODES = re.compile("08|57P")
_NO_SUCH_TABLE = "42P01"


class _Connection(psycopg.Connection[Any]):
    """One that does not wait for good: a server may be stopped, and its machine answer for it."""

    def wait(self, gen: PQGen[R], *given: Any, **options: Any) -> R:
        return super().wait(self._heard(gen), *given, **options)

    def _heard(self, gen: PQGen[R]) -> PQGen[R]:
        heard = time.monotonic()
        try:
            awaited = next(gen)
            while True:
                ready = yield awaited
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > SILENCE:
                    self.pgconn.finish()  # else it would be asked to roll back, and waited for
                    raise psycopg.OperationalError("the server is silent")
                awaited = gen.send(ready)
        except StopIteration as done:
            value: R = done.value
            return value


class Database:
    """A database at an address; threads share one instance, connections are lent from a pool.

    `prepare` makes the tables, in a transaction, before anything else is asked. Every context
    manager raises StorageError for what goes wrong inside it, StoreBusy where waiting may
    help; no message repeats the address's user, password or options.
    """

    def __init__(
        self, url: str, prepare: Callable[[Connection], None], *, patience: float = PATIENCE
    ) -> None:
        target = _parsed(url)
        self._prepare = prepare
        self._prepared = False
        self._preparing = threading.Lock()
        self._failed: tuple[float, StorageError] | None = None
        host = target.host or target.query.get("host") or "localhost"
        self._names = {
            "database": target.database,
            "server": f"{host}:{target.port}" if target.port else host,
        }
        self._patience = patience
        self._engine = create_engine(
            target,
            connect_args={k: v for k, v in _CONNECTION.items() if k not in target.query},
            hide_parameters=True,  # people's answers do not belong in tracebacks
            pool_pre_ping=True,  # a restarted server is met with a new connection
            pool_recycle=300,
            pool_size=3,
            max_overflow=7,
            pool_timeout=patience,
        )
        event.listen(self._engine, "do_connect", _connection)
        event.listen(self._engine, "connect", self._set_up)

    def _set_up(self, connection: Any, _record: object) -> None:
        """Have a new connection write days in the one way that is read, and wait no longer."""
        with connection.cursor() as cursor:
            cursor.execute("set datestyle to iso")
            cursor.execute(f"set lock_timeout to {self._patience * 1000:.0f}")
        connection.commit()

    def close(self) -> None:
        """Close the connections nobody uses; new ones are made when asked for."""
        self._engine.dispose()

    @contextmanager
    def reading(self, isolation: Literal["AUTOCOMMIT", "REPEATABLE READ"]) -> Iterator[Connection]:
        """A connection to look by: quickest, or with every statement seeing the same moment."""
        self._prepare_once()
        with self._explained(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level=isolation)

    @contextmanager
    def writing(self, *, uncertain: str = UNCERTAIN) -> Iterator[Connection]:
        """A transaction, confirmed when the block ends well and undone otherwise.

        `uncertain` is told where nobody can tell which.
        """
        self._prepare_once()
        with self._transaction(uncertain) as connection:
            yield connection

    def check_writable(self, tables: Collection[str], *, kept: str) -> None:
        """Raise StorageError where these tables, or the one whose row is `kept`, take no writes."""
        with self.reading("AUTOCOMMIT") as connection:
            if not connection.scalar(_WRITABLE, {"tables": tables, "kept": kept}):
                raise StorageError(READ_ONLY, **self._names)

    def _prepare_once(self) -> None:
        """Make the tables; those who waited for an attempt that failed do not try it again."""
        if self._prepared:
            return
        came = time.monotonic()
        with self._preparing:
            if self._prepared:
                return
            if self._failed and self._failed[0] > came:
                error = self._failed[1]
                raise type(error)(error.template, **error.fields)
            try:
                with self._transaction() as connection:
                    self._prepare(connection)
            except StorageError as error:
                self._failed = time.monotonic(), error
                raise
            self._prepared = True

    @contextmanager
    def _transaction(self, uncertain: str = UNCERTAIN) -> Iterator[Connection]:
        with self._explained(), self._engine.connect() as connection:
            connection.execute(_PREPARED)
            yield connection
            try:
                connection.commit()
            except DBAPIError as error:
                if _is_lost(error):
                    raise StorageError(uncertain, **self._names) from error
                raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except NoConnectionFree as error:
            raise StoreBusy(IN_USE, **self._names) from error
        except DBAPIError as error:
            raise self._as_storage_error(error) from error

    def _as_storage_error(self, error: DBAPIError) -> StorageError:
        code = _code(error)
        if code == _NO_SUCH_TABLE:  # somebody took the tables away: make them at the next call
            self._prepared = False
        if code in _BUSY_CODES:
            return StoreBusy(IN_USE, **self._names)
        if code in _FORBIDDEN_CODES:
            return StorageError(FORBIDDEN, **self._names)
        if _is_lost(error):
            return StorageError(_reason_not_connected(error), **self._names)
        return StorageError(FAILED, **self._names, code=code)


def _connection(_dialect: Any, _record: Any, given: Any, options: Any) -> _Connection:
    return _Connection.connect(*given, **options)


def _parsed(url: str) -> URL:
    """An address taken apart; what does not look like one is refused without repeating it.

    A password with a bare @ or / would end up in the parts that messages show.
    """
    scheme, _, rest = url.strip().partition("://")
    if scheme in SCHEMES and rest.count("@") <= 1:
        with suppress(ArgumentError, ValueError):
            target = make_url(f"postgresql+psycopg://{rest}")
            shown = f"{target.host or ''}{target.database or ''}"
            unknown = set(target.query) - _known_options()
            behind = rest if target.username is None else rest.partition("@")[2]
            options = filter(None, re.split("[?&]", behind)[1:])
            if (
                target.database
                and "?" not in (target.username or "")
                and all("=" in option for option in options)
                and not re.search(r"[@\s]", shown)
                and ":" not in target.database
                and all(map(_OPTION.fullmatch, unknown))
            ):
                if unknown:
                    raise StorageError(UNKNOWN_OPTION, option=min(unknown))
                return target
    raise StorageError(BROKEN_ADDRESS)


@cache
def _known_options() -> frozenset[str]:
    return frozenset(option.keyword.decode() for option in Conninfo.get_defaults())


def _code(error: DBAPIError) -> str | None:
    code: str | None = getattr(error.orig, "sqlstate", None)
    return code


def _is_lost(error: DBAPIError) -> bool:
    """Whether there is no connection, or no longer one; a server that answers tells a code."""
    code = _code(error)
    return error.connection_invalidated or code is None or bool(_LOST_CODES.match(code))


def _reason_not_connected(error: DBAPIError) -> str:
    """What to tell of a connection that failed: libpq gives its reason as text alone."""
    reason = str(error.orig)
    if isinstance(error, ProgrammingError):  # an option in the address that there is not
        return BROKEN_ADDRESS
    if "does not support SSL" in reason:
        return NOT_ENCRYPTED
    if re.search(r'FATAL: +(password authentication failed|role ".*" does not exist)', reason):
        return WRONG_LOGIN
    if re.search(r'FATAL: +database ".*" does not exist', reason):
        return UNKNOWN_DATABASE
    return AWAY
