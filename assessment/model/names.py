"""Names, notes and dates as people write them: what is taken, and what counts as the same."""

import re
import unicodedata
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import AfterValidator

from assessment.errors import Refused, template
from assessment.model.base import Identified, Moment

LONGEST_NAME = 80
LONGEST_NOTE = 2_000

MOST_MARKS = 6
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_TOO_MANY_MARKS = re.compile(f"[{_MARKS}]{{{MOST_MARKS + 1}}}")

_NEVER_IN_XML = ("\ufffe", "\uffff")
"""The characters XML 1.0 forbids that are neither control characters nor lone surrogates."""

_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _control_characters(text: str, *, allowed: str = "") -> list[str]:
    if text.isprintable():
        return []
    return [
        character
        for character in text
        if character not in allowed and unicodedata.category(character) in {"Cc", "Cs"}
    ]


def one_line(text: str, *, most: int, unfit_text: str, too_long: str) -> str:
    """A text on one line, trimmed, at most `most` characters; else Refused in the given words."""
    unfit = not text.isprintable() and (
        _control_characters(text)
        or [
            character
            for character in text
            if character in _DIRECTION_MARKS or unicodedata.category(character) in {"Zl", "Zp"}
        ]
    )
    if unfit:
        raise Refused(unfit_text, code=f"U+{ord(unfit[0]):04X}")
    trimmed = text.strip()
    if len(trimmed) > most:
        raise Refused(too_long, length=len(trimmed), most=most)
    return trimmed


def single_line(text: str) -> str:
    """A name as people write it on one line: trimmed, at most 80 characters; else Refused."""
    trimmed = one_line(
        text,
        most=LONGEST_NAME,
        unfit_text=template("the name contains a control character ({code}); remove it"),
        too_long=template("the name has {length} characters; keep it to {most}"),
    )
    return trimmed if trimmed.isascii() or name_key(trimmed) else ""


def fit_for_files(text: str) -> str:
    """A name as written; Refused where it holds a character that XML, and so documents, forbid.

    Forms ask this of what is written anew. Reading does not: such a name stays readable where it
    is stored already, and documents leave the character out.
    """
    if _TOO_MANY_MARKS.search(unicodedata.normalize("NFD", text)):
        raise Refused(
            "the name puts more than {most} marks on one letter; take some away", most=MOST_MARKS
        )
    for character in _NEVER_IN_XML:
        if character in text:
            raise Refused(
                "the name contains a character that no document can hold ({code}); remove it, "
                "or rename the squad on the data page",
                code=f"U+{ord(character):04X}",
            )
    return text


def squad_name(text: str) -> str:
    """A squad's name, trimmed; Refused when empty, too long or carrying control characters."""
    name = single_line(text) if text.strip() else ""
    if not name:
        raise Refused("the squad's name is empty; write the name your team uses")
    return name


def alias(text: str | None) -> str | None:
    """A voice's alias, trimmed, or None when it is blank; Refused like a squad's name."""
    return (single_line(text) or None) if text else None


def note_text(text: str) -> str:
    """A note as written, at most 2,000 characters, line breaks and tabs allowed; else Refused."""
    unfit = _control_characters(text, allowed="\n\r\t")
    if unfit:
        raise Refused(
            "the note contains a control character ({code}); remove it",
            code=f"U+{ord(unfit[0]):04X}",
        )
    if len(text) > LONGEST_NOTE:
        raise Refused(
            "the note has {length} characters; keep it to {most}",
            length=len(text),
            most=LONGEST_NOTE,
        )
    return text


SquadName = Annotated[str, AfterValidator(squad_name)]
Alias = Annotated[str | None, AfterValidator(alias)]
Note = Annotated[str, AfterValidator(note_text)]


class OfSquad(Identified):
    """What is kept of a squad, and when it was saved."""

    saved_at: Moment
    squad: SquadName

    @cached_property
    def squad_key(self) -> str:
        """The squad whatever its spelling."""
        return name_key(self.squad)


def past_date(day: date, *, today: date) -> date:
    """The date of a check; Refused when it lies after `today`."""
    if day > today:
        raise Refused("the date {day} is in the future; choose today or earlier", day=day)
    return day


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What spellings of one name share.

    Case, encoding, spaces and invisible marks do not count, nor whether a phone or a computer
    wrote an apostrophe or a hyphen. Empty where nobody could see the name.
    """
    if name.isascii():
        return " ".join(name.casefold().split())
    seen = "".join(c for c in name if not _is_unseen(c)).translate(_ALIKE)
    if not any(_shows(c) for c in seen):
        return ""
    return " ".join(unicodedata.normalize("NFC", seen).casefold().split())


_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""

_ALIKE = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\uff07": "'", "\u2010": "-", "\u2011": "-"}
)
"""What keyboards put in the place of an apostrophe, and of a hyphen that must not break."""


def _is_unseen(character: str) -> bool:
    """Whether a character leaves no trace, whatever stands beside it."""
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_selector or character in _BLANKS or unicodedata.category(character) == "Cf"


def _shows(character: str) -> bool:
    """Whether a character shows by itself: no mark on another one, nothing that is no character."""
    return unicodedata.category(character)[0] in "LNPS"


_BARE_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def sort_key(name: str) -> tuple[str, str]:
    """Where a name stands in an alphabetical list: accents only break ties."""
    key = name_key(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return bare.translate(_BARE_LETTERS), key
