"""What stands around every answer of the server, whoever gives it."""

import os
from functools import partial

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assessment.storage.environment import METRICS
from assessment.ui.server import scripts
from assessment.ui.server.front import fronted, language_of
from assessment.ui.server.headers import (
    Headers,
    beginning,
    came_by_https,
    safety_headers,
    with_safety,
)
from assessment.ui.server.rewritten import Rewritten
from assessment.ui.server.signing_in import SIGNING_IN, leading_back
from assessment.ui.server.unknown_pages import way_instead
from assessment.ui.session.connections import connections

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
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.lower(): value for name, value in scope["headers"]}
        https = came_by_https(scope, headers)
        send = beginning(send, partial(with_safety, safe=self._safe, https=https))
        app, path = self._app, scope["path"]
        gzips = b"gzip" in headers.get(b"accept-encoding", b"")
        if path.endswith("/_stcore/metrics") and not self._tells_figures:
            app = PlainTextResponse("Not Found", 404)
        elif scope["method"] in ("GET", "HEAD") and not any(part in path for part in NO_PAGES):
            way = way_instead(path.removeprefix(self._base), scope["query_string"])
            if way is not None:
                app = RedirectResponse(f"{self._base}{way}", 302)
            else:
                asked = [
                    header for header in scope["headers"] if header[0].lower() not in _OF_PIECES
                ]
                scope = {**scope, "headers": asked}
                language = language_of(scope["query_string"], headers)
                write = partial(_fronted, language=language, gzips=gzips)
                send = Rewritten(send, (b"text/html",), write).send
        elif path.endswith(SIGNING_IN):
            cookies = headers.get(b"cookie", b"")
            send = beginning(send, partial(leading_back, cookies=cookies, base=self._base))
        elif gzips and scope["method"] == "GET" and path.startswith(f"{self._base}/static/"):
            send = Rewritten(send, scripts.TYPES, scripts.compressed).send
        await app(scope, receive, send)


async def _fronted(page: bytes, *, language: str, gzips: bool) -> tuple[bytes, Headers]:
    body = fronted(page.decode("utf-8"), language).encode("utf-8")
    told = [(b"content-language", language.encode("ascii")), (b"vary", b"Accept-Language")]
    if gzips:
        body, of_gzip = await scripts.compressed(body)
        told += of_gzip
    return body, told
