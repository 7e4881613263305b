"""What holds for every test: Hypothesis draws the same examples; one PostgreSQL serves all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.storage.postgres import Server

settings.register_profile("deterministic", derandomize=True, deadline=None, max_examples=30)
settings.load_profile("deterministic")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A running server, started for the first test that asks; those share an xdist group."""
    server = Server()
    yield server
    server.remove()


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[Server]:
    """The server, running again when the test ends, whatever it did to it."""
    yield postgres_server
    postgres_server.start()


@pytest.fixture
def database(postgres: Server) -> str:
    """The address of an empty database."""
    return postgres.new_database()
