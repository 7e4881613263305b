"""Reads the product's content files, or says which file, key and reason is broken."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assessment.errors import ContentError, template
from assessment.languages import typeset

CONTENT = Path(__file__).parent / "content"

Content = TypeVar("Content", bound=BaseModel)


def content_in(
    path: Path, kind: type[Content], *, language: str | None = None, **also: object
) -> Content:
    """What a TOML file holds, as a type; texts of a language are typeset for it.

    `also` are entries that come from another file. Raises ContentError, which names file, key
    and reason.
    """
    raw = {**_toml(path), **also}
    return content_as(kind, raw if language is None else _typeset(raw, language), path=path)


def content_as(kind: type[Content], raw: object, *, path: Path) -> Content:
    """What was read from a file as a type; ContentError names file, key and reason."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        raise broken(path, key=key, reason=first["msg"]) from error


def check_complete(path: Path, table: str, found: set[str], *, expected: set[str], of: str) -> None:
    """Raise ContentError unless a table of a file has exactly the expected ids, those of `of`."""
    if missing := sorted(expected - found):
        raise broken(path, key=f"{table}.{missing[0]}", reason="missing")
    if surplus := sorted(found - expected):
        raise broken(path, key=f"{table}.{surplus[0]}", reason=f"not in the {of}")


def broken(path: Path, *, key: str, reason: object) -> ContentError:
    """The error that says what to mend, and where."""
    return ContentError(
        template("{file}: {key}: {reason}; mend the file and start again"),
        file=path.name,
        key=key,
        reason=reason,
    )


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise broken(path, key="-", reason=error) from error


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
