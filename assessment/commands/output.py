"""What commands print, and how they fail."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps

from assessment.errors import WhoDecidesError
from assessment.exchange.imports import PlannedRow
from assessment.storage.environment import check_settings
from assessment.storage.protocol import SetAside

Command = Callable[[argparse.Namespace], int]

INTERRUPTED = 130
STOPPED = "stopped before the end; start it again: nothing is stored twice"

_unwritten: list[OSError] = []
"""Why output of the command that runs could not be written, where somebody would have read it."""


def failing_with_2(command: Command) -> Command:
    """The command, telling what it could not do and returning 2; 130 where Ctrl+C ended it.

    Settings that do not fit end it first: it would work on another store than the one meant.
    """

    @wraps(command)
    def run(options: argparse.Namespace) -> int:
        try:
            _unwritten.clear()
            check_settings(os.environ)
            status = command(options)
            with suppress(BrokenPipeError):
                sys.stdout.flush()  # what cannot be written is told here, not by Python at its end
            for error in _unwritten:
                raise error
            return status
        except BrokenPipeError:  # whoever reads what `score` prints has enough: that is no failure
            return 0
        except KeyboardInterrupt:
            complain(STOPPED)
            return INTERRUPTED
        except OSError as error:
            complain(f"{error.filename or 'standard output'}: {error.strerror}")
        except WhoDecidesError as error:
            complain(str(error))
        return 2

    return run


def complain_of(rows: Iterable[SetAside | PlannedRow]) -> None:
    """Tell each row that could not be read or added: where, and why."""
    for row in rows:
        complain(f"{row.file}:{row.line}: {row.reason}")


def say(text: str) -> None:
    """Tell what was done, at once; what is being done goes on where that cannot be written."""
    try:
        with suppress(BrokenPipeError):  # whoever reads it has enough
            print(text, flush=True)  # noqa: T201 - this is its output
    except OSError as error:
        _unwritten.append(error)


def complain(text: str) -> None:
    """Tell what is wrong where it does not mix with the output; likewise."""
    with suppress(OSError):
        print(text, file=sys.stderr)  # noqa: T201
