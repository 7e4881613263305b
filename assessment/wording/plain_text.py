"""What people wrote, as text within a line or a Markdown file; pure."""

import re

_ACTIVE = re.compile(
    r"""
    [`*~$\[]                            # code, emphasis, what is struck out, formulas, links
    | (?<![^\W_])_ | _(?![^\W_])        # emphasis, which no line within a word begins
    | <(?=[a-z/!?])                     # HTML, addresses
    | &(?=\#?\w+;)                      # characters by their names
    | \\(?=[!-/:-@\[-`{-~]|$)           # what would do this to the next character
    | ^(?:>|\#(?=\#*(?:\s|$))|[-+](?=[-\s]|$)|=(?==*$))
    | (?<=\s)\#(?=\#*$)                 # what would end a heading
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d+)(?=[.)](?:\s|$))")


def in_one_line(text: str) -> str:
    """The text with a space for each break of its lines."""
    return " ".join(filter(None, map(str.strip, text.splitlines())))


def as_markdown(text: str) -> str:
    """The text in one line of a Markdown file, where it reads like the text itself.

    It is no HTML, picture, list or link, but for a bare address, which leads where it says. Pages
    take `assessment/ui/session/saying.py`: Streamlit and the browser read more into a text.
    """
    return _NUMBERED.sub(r"\1\\", _ACTIVE.sub(r"\\\g<0>", in_one_line(text)))
