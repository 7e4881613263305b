"""How the server is: whether it lives, and whether it can be used."""

import asyncio
import logging
import threading
from concurrent.futures import Future

from anyio import fail_after
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assessment.errors import SetupError, WhoDecidesError
from assessment.ui import shell
from assessment.ui.guard.stored import check_store
from assessment.ui.guard.visitor import current_policy

LOG = logging.getLogger("who_decides")

NO_STORE = "the store does not answer or cannot be written"

PATIENCE = 15  # seconds for the store to answer: more than it waits for others who use it

_is_warm = threading.Event()


class _Looks:
    """Looks at the store, one at a time: one at a database that hangs cannot be given up."""

    def __init__(self) -> None:
        self._newest: Future[None] | None = None

    def newest(self) -> Future[None]:
        """The look that is under way, else a new one."""
        if self._newest is None or self._newest.done():
            newest: Future[None] = Future()
            newest.set_running_or_notify_cancel()  # who stops waiting for it stops nobody else's
            threading.Thread(target=self._look, args=[newest], daemon=True).start()
            self._newest = newest
        return self._newest

    def _look(self, answer: Future[None]) -> None:
        try:
            check_store()
        except BaseException as error:
            answer.set_exception(error)
        else:
            answer.set_result(None)


_looks = _Looks()


def warm_up() -> None:
    """Do ahead, beside the server, what the first visitor would wait for."""

    def prepare() -> None:
        try:
            shell.prepare()
            check_store()
        except WhoDecidesError as error:  # pages tell it, and /readyz until it is mended
            LOG.error("%s", error.log_text)
        finally:
            _is_warm.set()

    threading.Thread(target=prepare, name="warming up", daemon=True).start()


def routes(base: str) -> list[Route]:
    """`/healthz` and `/readyz`, at the root and under a base path."""
    answers = {"healthz": _healthy, "readyz": _ready}
    return [
        Route(f"{path}/{name}", answer, methods=["GET"])
        for path in {"", base}
        for name, answer in answers.items()
    ]


async def _healthy(_request: Request) -> JSONResponse:
    """The process answers."""
    return _reply("alive", 200)


async def _ready(_request: Request) -> JSONResponse:
    """It is warm, people get in and its store can be written; what is wrong stands in the log."""
    if not _is_warm.is_set():
        return _reply("warming up", 503)
    try:
        current_policy()
        with fail_after(PATIENCE):
            await asyncio.wrap_future(_looks.newest())
    except SetupError as error:
        LOG.error("not ready: nobody gets in: %s", error)
        return _reply("nobody gets in", 503)
    except WhoDecidesError as error:
        LOG.error("not ready: %s", error.log_text)
        return _reply(NO_STORE, 503)
    except TimeoutError:
        LOG.error("not ready: the store has not answered for %d seconds", PATIENCE)
        return _reply(NO_STORE, 503)
    except OSError as error:
        LOG.error("not ready: %s", error)
        return _reply(NO_STORE, 503)
    return _reply("ready", 200)


def _reply(status: str, code: int) -> JSONResponse:
    return JSONResponse({"status": status}, code, headers={"Cache-Control": "no-store"})
