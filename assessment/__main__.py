"""The command line: `who-decides`, or `python -m assessment`, and one of its commands."""

import argparse
import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from assessment import __version__
from assessment.commands import retention, score, transfer
from assessment.commands.output import complain, failing_with_2, say
from assessment.project import home_of_data
from assessment.storage.opening import left_behind_in, place_in


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    That is 0, 1 where something was left out or is gone, 2 where it could not be done, and 130
    where Ctrl+C stopped it.
    """
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def run() -> None:
    """Run the command that somebody typed, and end as a program of the command line does."""
    # A closed one is None, and what is opened next would stand in its place.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    status = main()
    try:
        sys.stdout.flush()
    except OSError:
        # What could not be written Python would try again at its end, and tell in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="who-decides", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    names = parser.add_subparsers(required=True)
    _add_serve(names)
    for commands in (score, transfer, retention):
        commands.add_to(names)
    return parser


def _add_serve(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = names.add_parser("serve", help="serve the app to browsers until it is stopped")
    serve.add_argument("--address", default="127.0.0.1", help="0.0.0.0 for other machines too")
    serve.add_argument("--port", type=_port, default=8501, help="8501 unless another is given")
    serve.add_argument(
        "--base-path",
        type=_base_path,
        default="",
        metavar="PATH",
        help="where a proxy puts the app",
    )
    serve.set_defaults(run=_serve)


def _port(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, not {text!r}")
    return int(text)


def _base_path(text: str) -> str:
    path = text.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]*", path):
        raise argparse.ArgumentTypeError(
            f"expected letters, digits, '-', '.', '_', '~' and '/', not {text!r}"
        )
    return path


@failing_with_2
def _serve(options: argparse.Namespace) -> int:
    # Imported here, since the other commands need nothing of a server.
    from assessment.ui.server import logs
    from assessment.ui.server.application import serve

    place = place_in(os.environ, project=home_of_data())
    left = left_behind_in(os.environ, project=home_of_data())

    def started() -> None:
        is_json = logs.are_json(os.environ)
        tell, warn = (logs.LOG.info, logs.LOG.warning) if is_json else (say, complain)
        tell(f"Who Decides? at http://{options.address}:{options.port}/{options.base_path}")
        tell(f"Answers are kept in {place}. Stop with Ctrl+C.")
        if left:
            warn(str(left))

    serve(address=options.address, port=options.port, base=options.base_path, started=started)
    return 0


if __name__ == "__main__":
    run()
