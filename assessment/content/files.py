"""Reads the product's content files, or says which file, key and reason is broken."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assessment.errors import ContentError, template
from assessment.languages import typeset

CONTENT = Path(__file__).parent

Content = TypeVar("Content", bound=BaseModel)


def toml_in(path: Path, *, language: str | None = None) -> dict[str, object]:
    """What a TOML file holds; texts of a language are typeset for it. Raises ContentError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise broken(path, key="-", reason=error) from error
    return {key: _typeset(value, language) if language else value for key, value in raw.items()}


def parsed(kind: type[Content], path: Path, raw: object) -> Content:
    """What was found in a file, as a type. Raises ContentError, with the key and the reason."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        raise broken(path, key=key, reason=first["msg"]) from error


def check_complete(path: Path, table: str, ids: set[str], *, expected: set[str], of: str) -> None:
    """Raise ContentError unless a table of a file has exactly the expected ids, those of `of`."""
    if missing := sorted(expected - ids):
        raise broken(path, key=f"{table}.{missing[0]}", reason="missing")
    if surplus := sorted(ids - expected):
        raise broken(path, key=f"{table}.{surplus[0]}", reason=f"not in the {of}")


def broken(path: Path, *, key: str, reason: object) -> ContentError:
    """The error that says what to mend, and where."""
    return ContentError(
        template("{file}: {key}: {reason}; correct the file and start again"),
        file=path.name,
        key=key,
        reason=reason,
    )


def _typeset(value: object, language: str) -> object:
    match value:
        case str():
            return typeset(value, language)
        case list():
            return [_typeset(entry, language) for entry in value]
        case dict():
            return {key: _typeset(entry, language) for key, entry in value.items()}
        case _:
            return value
