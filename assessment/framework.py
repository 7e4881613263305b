"""Loads the shipped framework and its texts, or says which file, key and reason is broken."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assessment.errors import ContentError, template
from assessment.languages import LANGUAGES, typeset
from assessment.model import Framework, Texts

CONTENT = Path(__file__).parent / "content"

Content = TypeVar("Content", bound=BaseModel)


@cache
def shipped_framework() -> Framework:
    """The framework this version of the product asks. Raises ContentError when it is broken."""
    return framework_from(CONTENT)


@cache
def shipped_texts(language: str) -> Texts:
    """The framework's texts in a language. Raises ContentError when they are broken."""
    return texts_from(CONTENT, language, shipped_framework())


def check_shipped_content() -> None:
    """Raise ContentError unless the framework and every language's texts load whole."""
    for language in LANGUAGES:
        shipped_texts(language)


def framework_from(folder: Path) -> Framework:
    """The framework in a content folder; ContentError names file, key and reason."""
    path = folder / "framework.toml"
    return _parsed(Framework, path, _toml(path))


def texts_from(folder: Path, language: str, framework: Framework) -> Texts:
    """The texts of a language in a content folder, complete for the framework."""
    path = folder / f"text.{language}.toml"
    texts = _parsed(Texts, path, _typeset(_toml(path), language))
    _check_ids(path, framework, texts)
    return texts


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(path, key="-", reason=error) from error


def _parsed(kind: type[Content], path: Path, raw: object) -> Content:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        raise _broken(path, key=key, reason=first["msg"]) from error


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


def _check_ids(path: Path, framework: Framework, texts: Texts) -> None:
    options = {option.id for scale in framework.scales for option in scale.options} | {"unknown"}
    expected: Mapping[str, set[str]] = {
        "levels": set(framework.level_ids),
        "stages": {str(stage) for stage in range(1, len(framework.rules.stage_floors) + 1)},
        "roles": set(framework.role_ids),
        "modules": {module.id for module in framework.modules},
        "options": options,
        "not_applicable": {item.needs_role for item in framework.items if item.needs_role},
        "items": set(framework.item_ids),
        "levers": {lever.id for lever in framework.levers},
    }
    for table, ids in expected.items():
        found = set(getattr(texts, table))
        if missing := sorted(ids - found):
            raise _broken(path, key=f"{table}.{missing[0]}", reason="missing")
        if surplus := sorted(found - ids):
            raise _broken(path, key=f"{table}.{surplus[0]}", reason="not in the framework")


def _broken(path: Path, *, key: str, reason: object) -> ContentError:
    return ContentError(
        template("{file}: {key}: {reason}; mend the file and start again"),
        file=path.name,
        key=key,
        reason=reason,
    )
