"""Documents set by typst, in a process of its own: what a layout takes is given back when it ends.

Run by itself it reads what to set from its input and writes the PDF to its output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

UNFIT = 3
"""How the process ends where typst refuses: a standard forbids something in the document."""


class Unfit(Exception):
    """A document that a standard does not allow."""


def typeset(
    layout: Path,
    inputs: dict[str, str],
    *,
    standards: Sequence[str] = (),
    fonts: Path | None = None,
    system_fonts: bool = True,
) -> bytes:
    """The PDF of a layout and the texts it asks for; Unfit where a standard forbids it."""
    asked = {
        "input": str(layout),
        "sys_inputs": inputs,
        "pdf_standards": list(standards),
        "font_paths": [str(fonts)] if fonts else [],
        "ignore_system_fonts": not system_fonts,
    }
    done = subprocess.run(  # noqa: S603 - this very Python, our own module
        [sys.executable, "-P", __file__],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode == UNFIT:
        raise Unfit(done.stderr.decode(errors="replace"))
    done.check_returncode()
    return done.stdout


def _set(asked: dict[str, Any]) -> bytes:
    import typst

    try:
        file: bytes = typst.compile(**asked)
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        sys.exit(UNFIT)
    return file


if __name__ == "__main__":
    sys.stdout.buffer.write(_set(json.load(sys.stdin)))
