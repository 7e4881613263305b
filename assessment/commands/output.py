"""What commands print, and how they fail."""

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import wraps

from assessment.errors import WhoDecidesError
from assessment.exchange.imports import PlannedRow
from assessment.storage.protocol import SetAside

Command = Callable[[argparse.Namespace], int]


def failing_with_2(command: Command) -> Command:
    """The command, telling what it could not do and returning 2."""

    @wraps(command)
    def run(options: argparse.Namespace) -> int:
        try:
            status = command(options)
            sys.stdout.flush()  # what cannot be written is told here, not by Python at its end
            return status
        except BrokenPipeError:
            raise  # whoever reads our output has enough: that is no failure
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
    """Tell what was done, at once."""
    print(text, flush=True)  # noqa: T201 - this is its output


def complain(text: str) -> None:
    """Tell what is wrong where it does not mix with the output."""
    print(text, file=sys.stderr)  # noqa: T201
