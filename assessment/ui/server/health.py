"""How the server is: whether it lives, and whether it can be used."""

import logging
import threading

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assessment.errors import SetupError, WhoDecidesError
from assessment.ui import shell
from assessment.ui.guard.stored import check_store
from assessment.ui.guard.visitor import current_policy

LOG = logging.getLogger("who_decides")

NO_STORE = "the store does not answer or cannot be written"

PATIENCE = 15
"""Seconds for the store to answer: more than it waits for others who use it."""

_AT_ONCE = CapacityLimiter(2)
"""Looks at the store that may wait for it: those of a database that hangs are not given up."""

_is_warm = threading.Event()


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
    """It is warm, people get in, and its store answers and can be written.

    What is wrong stands in the log, not here.
    """
    if not _is_warm.is_set():
        return _reply("warming up", 503)
    try:
        current_policy()
        with fail_after(PATIENCE):
            await to_thread.run_sync(check_store, abandon_on_cancel=True, limiter=_AT_ONCE)
    except SetupError as error:
        LOG.error("not ready: nobody gets in: %s", error)
        return _reply("nobody gets in", 503)
    except WhoDecidesError as error:
        LOG.error("not ready: %s", error.log_text)
        return _reply(NO_STORE, 503)
    except TimeoutError:
        LOG.error("not ready: the store has not answered for %d seconds", PATIENCE)
        return _reply(NO_STORE, 503)
    return _reply("ready", 200)


def _reply(status: str, code: int) -> JSONResponse:
    return JSONResponse({"status": status}, code, headers={"Cache-Control": "no-store"})
