"""Documents set by typst, in a process of its own: what a layout takes is given back when it ends.

Run by itself it reads what to set from its input and writes the PDF to its output.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
OWN_FONTS_ONLY = False
"""Whether the machine's fonts are left aside: whatever it has, the same is drawn then."""

NOT_TYPESET = 3
"""How the process ends where typst refuses."""


class NotTypeset(Exception):
    """What typst refuses: something a standard forbids, or a fault in the layout.

    None of the project's errors: it says nothing to a reader. A document is set again without the
    standard, and what fails then is a bug.
    """


def typeset(layout: Path, inputs: dict[str, str], *, standards: Sequence[str] = ()) -> bytes:
    """The PDF of a layout and the texts it asks for; NotTypeset where typst refuses it."""
    return _done_apart(layout, inputs, {"pdf_standards": list(standards)})


def values_in(layout: Path, inputs: dict[str, str], label: str) -> list[Any]:
    """What a layout notes under a label while it is laid out, in order, without a PDF."""
    query = {"selector": f"<{label}>", "field": "value"}
    values: list[Any] = json.loads(_done_apart(layout, inputs, query))
    return values


def _done_apart(layout: Path, inputs: dict[str, str], what: dict[str, Any]) -> bytes:
    asked = {
        "input": str(layout),
        "sys_inputs": inputs,
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": OWN_FONTS_ONLY,
        **what,
    }
    done = subprocess.run(  # noqa: S603 - this very Python, our own module
        [sys.executable, "-P", __file__],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode == NOT_TYPESET:
        raise NotTypeset(done.stderr.decode(errors="replace"))
    done.check_returncode()
    return done.stdout


def _set(asked: dict[str, Any]) -> bytes:
    import typst

    try:
        if "selector" in asked:
            return typst.query(**asked).encode()
        file: bytes = typst.compile(**asked)
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        sys.exit(NOT_TYPESET)
    return file


if __name__ == "__main__":
    sys.stdout.buffer.write(_set(json.load(sys.stdin)))
