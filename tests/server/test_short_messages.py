"""Short answers are not held back, whoever opened the socket they come from."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assessment.ui.server.short_messages import OPEN_FILES, send_short_messages_at_once

pytestmark = pytest.mark.skipif(
    not any(folder.is_dir() for folder in OPEN_FILES), reason="no list of open files here"
)


def holds_back(connection: socket.socket) -> bool:
    return not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_connections_that_come_in_by_a_port_hold_nothing_back() -> None:
    with socket.socket() as server, socket.socket() as other:
        for end in (server, other):
            end.bind(("127.0.0.1", 0))
        assert holds_back(server)

        send_short_messages_at_once(server.getsockname()[1])

        server.listen()
        with socket.create_connection(server.getsockname()), server.accept()[0] as accepted:
            assert not holds_back(accepted)
        assert holds_back(other)


def test_no_file_of_the_process_is_closed_or_opened() -> None:
    folder = next(folder for folder in OPEN_FILES if folder.is_dir())
    with socket.socket() as server, Path(__file__).open(encoding="utf-8") as file:
        server.bind(("127.0.0.1", 0))
        before = {open_file.name for open_file in folder.iterdir()}

        send_short_messages_at_once(server.getsockname()[1])

        assert {open_file.name for open_file in folder.iterdir()} == before
        assert file.readline()
