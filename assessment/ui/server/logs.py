"""The server's log: as it is, or, where the operator asks for it, one JSON object a line.

No line holds a name, an address of a person, a token or an answer: of a request the path alone is
told, if it is one of the app's, of an error its kind and where it was raised, not its text, and of
what others log the sentence, without the values in it.
"""

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import logger as streamlit_logger

from assessment.storage.environment import LOG_FORMAT
from assessment.ui.server.answers import NO_PAGES
from assessment.ui.server.unknown_pages import way_instead

LOG = logging.getLogger("who_decides")
REQUESTS = LOG.getChild("requests")

_SESSIONS = ("/_stcore/upload_file/", "/media/")
"""Paths that end in what a session's own files are called."""

_A_CODE = re.compile(r"[a-z_]{1,30}")
"""A value that may be logged of signing in: such as why a provider lets nobody in."""

_A_PLACE = re.compile(r"%[-#0 +.\d]*[a-zA-Z]")  # where a value stands in a sentence


class JsonLines(logging.Formatter):
    """Each record as one JSON object: time, level, where from, what; of an error its kind."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line end."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        request = getattr(record, "request", None)
        fields |= request if isinstance(request, dict) else {"message": _message(record)}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            fields["error"] = type(error).__name__
            fields["at"] = [f"{frame.filename}:{frame.lineno}" for frame in frames[-5:]]
        return json.dumps(fields, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """What a record says; of what others than this app say the first line, without its values."""
    if record.name.partition(".")[0] in ("who_decides", "py"):  # what Python warns of
        return record.getMessage()
    values = iter(record.args if isinstance(record.args, tuple) else ())
    may_be_code = "auth" in record.name

    def shown(_place: re.Match[str]) -> str:
        value = next(values, "")
        is_code = may_be_code and _A_CODE.fullmatch(str(value))
        return str(value) if is_code or isinstance(value, int | float) else "…"

    return _A_PLACE.sub(shown, str(record.msg).partition("\n")[0])


def are_json(environment: Mapping[str, str]) -> bool:
    """Whether lines of JSON are asked for."""
    return environment.get(LOG_FORMAT, "").strip().casefold() == "json"


def middleware(environment: Mapping[str, str], *, base: str) -> list[Middleware]:
    """What logs requests, where lines of JSON are asked for; it then takes all other logs along."""
    if not are_json(environment):
        return []
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.getLogger().handlers = [handler]
    for name in list(logging.Logger.manager.loggerDict):
        _pass_on(logging.getLogger(name))
    streamlit_logger.setup_formatter = _pass_on  # it gives loggers made later handlers of their own
    logging.captureWarnings(True)
    logging.getLogger("uvicorn.access").disabled = True  # it tells what follows `?`
    LOG.setLevel(logging.INFO)
    return [Middleware(LoggedRequests, base=base)]


def _pass_on(logger: logging.Logger) -> None:
    """Have a logger write nothing itself, so that all it is told comes out as lines of JSON."""
    logger.handlers = []
    logger.propagate = True


class LoggedRequests:
    """Logs each request once it is answered: method, path, status, milliseconds."""

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, statuses = time.monotonic(), [500]

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses[0] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            fields = {
                "method": scope["method"],
                "path": path_to_log(scope["path"], base=self._base),
                "status": statuses[0],
                "milliseconds": round(1000 * (time.monotonic() - began)),
            }
            REQUESTS.info("request", extra={"request": fields})


def path_to_log(path: str, *, base: str) -> str:
    """A path as it may be logged; one that is none of the app's may be an invitation's code."""
    for part in _SESSIONS:
        before, separator, _ = path.partition(part)
        if separator:
            return f"{before}{separator}…"
    below = path.removeprefix(base)
    is_known = way_instead(below, b"") is None or below.startswith(NO_PAGES)
    return path if is_known else f"{base}/…"
