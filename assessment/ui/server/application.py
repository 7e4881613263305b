"""The app as an ASGI application: what goes around Streamlit, and a server to run it."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from socket import SOCK_STREAM, create_server, getaddrinfo, socket
from typing import Any
from warnings import simplefilter

import streamlit as st
import uvicorn
from authlib.deprecate import AuthlibDeprecationWarning
from starlette.middleware import Middleware
from streamlit import config, net_util
from websockets import http11

from assessment.content.loading import shipped_framework
from assessment.errors import SetupError, template
from assessment.project import APP, home_of_data
from assessment.storage.environment import check_settings
from assessment.storage.opening import open_store
from assessment.ui.guard.secrets_files import check_secrets_can_be_opened, have_streamlit_read_alike
from assessment.ui.guard.visitor import base_path
from assessment.ui.server import health, logs
from assessment.ui.server.answers import Answers
from assessment.ui.server.finished_parts import tell_that_parts_are_done
from assessment.ui.server.headers import safety_headers
from assessment.ui.server.left_pages import let_pages_be_left
from assessment.ui.server.short_messages import send_short_messages_at_once

MEGABYTE = 1_000_000

LONGEST_HEADER = 32 * 1024
"""Bytes of one line of what a browser asks with: sign-in cookies reach 10 KB, and a connection that
takes 8 KB, as websockets does, would leave whoever has more before an empty page."""

NOT_LISTENING = template(
    "nothing can listen on {address}, port {port} ({reason}); end what uses that port or name "
    "another by --port, and name an address of this machine by --address"
)
FOR_THE_SYSTEM = template(
    "nothing can listen on {address}, port {port} ({reason}); ports below 1024 are kept for the "
    "system: name one from 1024 up by --port, and let a proxy lead there"
)


def surroundings() -> Mapping[str, Any]:
    """Routes, headers and a warm start, for `st.App`.

    SetupError where settings do not fit, StorageError where they name no store that can be.
    """
    check_settings(os.environ)
    check_secrets_can_be_opened()
    have_streamlit_read_alike()
    safety_headers(os.environ)
    # Of what Streamlit takes from it when somebody first signs in; an operator can do nothing.
    simplefilter("ignore", AuthlibDeprecationWarning)
    open_store(os.environ, shipped_framework(), project=home_of_data())
    base = base_path()
    return {
        "routes": health.routes(base),
        "middleware": [*logs.middleware(os.environ, base=base), Middleware(Answers, base=base)],
        "lifespan": _lifespan,
    }


class _Server(uvicorn.Server):
    """A server that tells once browsers can reach it."""

    def __init__(self, config: uvicorn.Config, *, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            self._tell()


def serve(*, address: str, port: int, base: str, started: Callable[[], None]) -> None:
    """Serve the app until it is stopped, telling once it `started`; SetupError if it cannot."""
    _check_listening(address, port)
    config._main_script_path = str(APP)
    for option, value in {
        "server.address": address,
        "server.port": port,
        "server.baseUrlPath": base,
        "server.headless": True,
        "server.fileWatcherType": "none",
    }.items():
        config.set_option(option, value)
    app = st.App(APP, **surroundings())
    # Given an address and not a socket, the event loop sets TCP_NODELAY on what it accepts.
    settings = uvicorn.Config(
        app,
        host=address,
        port=port,
        ws="websockets-sansio",
        ws_max_size=int(st.get_option("server.maxWidgetStateSize")) * MEGABYTE,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_level="warning",
        log_config=None,
    )
    with suppress(KeyboardInterrupt):
        _Server(settings, started=started).run()


def _check_listening(address: str, port: int) -> None:
    """Raise SetupError where the server would end with a line of its own, or none."""
    try:
        for family, *_, place in getaddrinfo(address, port, type=SOCK_STREAM):
            create_server(place[:2], family=family).close()
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]  # behind it Python repeats the address
        is_forbidden = isinstance(error, PermissionError) and port < 1024
        why = FOR_THE_SYSTEM if is_forbidden else NOT_LISTENING
        raise SetupError(why, address=address, port=port, reason=reason) from error


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    http11.MAX_LINE_LENGTH = LONGEST_HEADER
    # Streamlit would ask a server elsewhere for it, and have everybody wait, each time that a page
    # of another origin knocks; this address may knock anyway.
    net_util._external_ip = "127.0.0.1"
    send_short_messages_at_once(int(st.get_option("server.port")))
    tell_that_parts_are_done()
    let_pages_be_left()
    health.warm_up()
    yield
