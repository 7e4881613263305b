"""Documents set by typst in a process of its own: what a layout takes is given back at its end."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assessment.reports import typst_process

FONTS = Path(__file__).parent / "fonts"
OWN_FONTS_ONLY = False
"""Whether the machine's fonts are left aside: whatever it has, the same is drawn then."""


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
        [sys.executable, "-P", typst_process.__file__],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode == typst_process.NOT_TYPESET:
        raise NotTypeset(done.stderr.decode(errors="replace"))
    done.check_returncode()
    return done.stdout
