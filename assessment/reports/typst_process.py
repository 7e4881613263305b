"""What a process of typst runs: it imports nothing else, as a document starts several of them.

It reads what to set from its input and writes the PDF, or the values asked for, to its output.
"""

import json
import sys

NOT_TYPESET = 3
"""How the process ends where typst refuses."""


def main() -> None:
    """Set what the input asks for."""
    import typst

    asked = json.load(sys.stdin.buffer)
    try:
        made = typst.query(**asked).encode() if "selector" in asked else typst.compile(**asked)
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        sys.exit(NOT_TYPESET)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
