"""The command line: `python -m assessment score|export|import|verify|copy`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from assessment.commands import score, transfer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when a row was set aside, 2 for no file."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assessment", description=__doc__)
    names = parser.add_subparsers(required=True)
    score.add_to(names)
    transfer.add_to(names)
    return parser


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    status = 0
    with suppress(BrokenPipeError):  # the reader of our output left, having enough
        status = main()
    try:
        sys.stdout.flush()
    except OSError:
        # What could not be written Python would try again at its end, and tell in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
