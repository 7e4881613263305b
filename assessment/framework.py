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
from assessment.model import (
    NOBODY,
    UNCLEAR,
    UNKNOWN,
    Framework,
    Lenses,
    LensTexts,
    Texts,
)

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
    path, lenses = folder / "framework.toml", folder / "lenses.toml"
    core = _parsed(Framework, path, _toml(path))
    told = _parsed(Lenses, lenses, _toml(lenses))
    return _parsed(Framework, lenses, {**core.model_dump(), "lenses": told})


def texts_from(folder: Path, language: str, framework: Framework) -> Texts:
    """The texts of a language in a content folder, complete for the framework."""
    path, lenses = folder / f"text.{language}.toml", folder / f"lenses.{language}.toml"
    told = _parsed(LensTexts, lenses, _typeset(_toml(lenses), language))
    core = {key: _typeset(value, language) for key, value in _toml(path).items()}
    texts = _parsed(Texts, path, {**core, "lenses": told})
    _check_ids(path, texts, _core_ids(framework))
    _check_ids(lenses, told, _lens_ids(framework.lenses))
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


def _core_ids(framework: Framework) -> Mapping[str, set[str]]:
    options = {option.id for scale in framework.scales for option in scale.options} | {UNKNOWN}
    return {
        "levels": set(framework.level_ids),
        "stages": {str(stage) for stage in range(1, len(framework.rules.stage_floors) + 1)},
        "roles": set(framework.role_ids),
        "modules": {module.id for module in framework.modules},
        "options": options,
        "not_applicable": {item.needs_role for item in framework.items if item.needs_role},
        "items": set(framework.item_ids),
        "levers": {lever.id for lever in framework.levers},
    }


def _lens_ids(lenses: Lenses) -> Mapping[str, set[str]]:
    options = {option.id for scale in lenses.scales for option in scale.options}
    return {
        "lenses": set(lenses.lens_ids),
        "options": options | {NOBODY, UNCLEAR},
        "items": set(lenses.item_by_id),
        "decisions": set(lenses.decision_by_id),
        "signs": set(lenses.sign_by_id),
        "mandates": set(lenses.mandates),
        "companies": set(lenses.companies),
        "findings": set(lenses.finding_by_id),
    }


def _check_ids(path: Path, texts: BaseModel, expected: Mapping[str, set[str]]) -> None:
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
