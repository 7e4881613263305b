"""What stands around every answer of the server, whoever gives it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from starlette.responses import PlainTextResponse, RedirectResponse

from assessment.ui.server.front import fronted, language_of
from assessment.ui.server.headers import came_by_https, safety_headers, with_safety
from assessment.ui.server.unknown_pages import way_instead
from assessment.ui.session.connections import connections
from assessment.ui.session.page_files import SIGN_IN_FAILED

METRICS = "WHO_DECIDES_METRICS"
"""`1` opens the server's figures to whoever reaches them."""

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

_NO_PAGES = (
    *("/_stcore/", "/static/", "/media/", "/component/", "/app/static/"),
    *("/auth/", "/oauth2callback", "/healthz", "/readyz"),
)
"""What holds no page of the app."""

_SIGNING_IN = ("/auth/login", "/oauth2callback")
"""Where signing in begins, at the provider's, and where it ends."""

_COOKIE = b"_streamlit_user"

_OF_PIECES = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""What a request for a page must not ask for, since the page is written anew."""


class Answers:
    """Gives every answer its headers, and the app's page its title; figures are closed."""

    def __init__(self, app: Application, *, base: str = "") -> None:
        self._app = app
        self._base = base
        self._safe = safety_headers(os.environ)
        self._tells_figures = os.environ.get(METRICS, "").strip() == "1"

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request as the app does, with what belongs around it."""
        if scope["type"] == "websocket":
            with connections.one_more():
                await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        https = came_by_https(scope, headers)

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = with_safety(message.get("headers", ()), self._safe, https=https)
                message = {**message, "headers": answered}
            await send(message)

        if scope["path"].endswith("/_stcore/metrics") and not self._tells_figures:
            await PlainTextResponse("Not Found", 404)(scope, receive, safely)
        elif scope["method"] in ("GET", "HEAD") and not any(
            part in scope["path"] for part in _NO_PAGES
        ):
            way = way_instead(scope["path"].removeprefix(self._base), scope["query_string"])
            if way is not None:
                await RedirectResponse(f"{self._base}{way}", 302)(scope, receive, safely)
                return
            asked = [header for header in scope["headers"] if header[0].lower() not in _OF_PIECES]
            page = _Page(safely, language_of(scope["query_string"], headers))
            await self._app({**scope, "headers": asked}, receive, page.send)
        elif scope["path"].endswith(_SIGNING_IN):
            failed = f"{self._base}/?{SIGN_IN_FAILED}=1".encode()
            await self._app(scope, receive, _telling_failed_sign_in(safely, failed))
        else:
            await self._app(scope, receive, safely)


def _telling_failed_sign_in(send: Send, failed: bytes) -> Send:
    """Passes messages on; where signing in came to nothing, with the way to where that is told.

    Streamlit leads back to the first page without a word, or to none at all.
    """

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            ways = [value for name, value in headers if name.lower() == b"location"]
            leads_away = any(way.startswith(b"http") for way in ways)
            if not leads_away and not any(map(_signs_in, headers)):
                kept = [header for header in headers if header[0].lower() != b"location"]
                message = {**message, "status": 302, "headers": [*kept, (b"location", failed)]}
        await send(message)

    return telling


def _signs_in(header: tuple[bytes, bytes]) -> bool:
    """Whether a header gives the cookie of somebody who is signed in, and does not take it back."""
    name, value = header[0].lower(), header[1].lower()
    return name == b"set-cookie" and value.startswith(_COOKIE) and b"max-age=0" not in value


class _Page:
    """An answer that is fronted where it is a page, and passed on as it is elsewhere."""

    def __init__(self, send: Send, language: str) -> None:
        self._send = send
        self._language = language
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on, or keep it until the page is whole."""
        if message["type"] == "http.response.start":
            headers = dict(message.get("headers", ()))
            if headers.get(b"content-type", b"").startswith(b"text/html"):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        body = fronted(self._body.decode("utf-8"), self._language).encode("utf-8")
        dropped = (b"content-length", b"etag", b"last-modified", b"accept-ranges", b"vary")
        headers = [header for header in start["headers"] if header[0].lower() not in dropped]
        headers += [
            (b"content-length", str(len(body)).encode("ascii")),
            (b"content-language", self._language.encode("ascii")),
            (b"vary", b"Accept-Language"),
        ]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})
