"""What stands around every answer of the server, whoever gives it."""

import os

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.ui.server.front import fronted, language_of
from assessment.ui.server.headers import came_by_https, safety_headers, with_safety
from assessment.ui.server.signing_in import SIGNING_IN, leading_back
from assessment.ui.server.unknown_pages import way_instead
from assessment.ui.session.connections import connections

METRICS = "WHO_DECIDES_METRICS"  # `1` opens the server's figures to whoever reaches them

NO_PAGES = (
    *("/_stcore/", "/static/", "/media/", "/component/", "/app/static/"),
    *("/auth/", "/oauth2callback", "/healthz", "/readyz"),
)
"""What holds no page of the app."""

_OF_PIECES = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""What a request for a page must not ask for, since the page is written anew."""


class Answers:
    """Gives every answer its headers, and the app's page its title; figures are closed."""

    def __init__(self, app: ASGIApp, *, base: str = "") -> None:
        self._app = app
        self._base = base
        self._safe = safety_headers(os.environ)
        self._tells_figures = os.environ.get(METRICS, "").strip() == "1"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
            part in scope["path"] for part in NO_PAGES
        ):
            way = way_instead(scope["path"].removeprefix(self._base), scope["query_string"])
            if way is not None:
                await RedirectResponse(f"{self._base}{way}", 302)(scope, receive, safely)
                return
            asked = [header for header in scope["headers"] if header[0].lower() not in _OF_PIECES]
            page = _Page(safely, language_of(scope["query_string"], headers))
            await self._app({**scope, "headers": asked}, receive, page.send)
        elif scope["path"].endswith(SIGNING_IN):
            cookies = headers.get(b"cookie", b"")
            await self._app(scope, receive, leading_back(safely, cookies, base=self._base))
        else:
            await self._app(scope, receive, safely)


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
