"""Loads the shipped framework, playbook and their texts, or says which file is broken, and why."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from assessment.content.files import CONTENT, check_complete, parsed, toml_in
from assessment.model import NOBODY, UNCLEAR, UNKNOWN, Framework, Lenses, LensTexts, Texts


@cache
def shipped_framework() -> Framework:
    """The framework this version of the product asks. Raises ContentError when it is broken."""
    return framework_from(CONTENT)


def framework_from(folder: Path) -> Framework:
    """The framework in a content folder; ContentError names file, key and reason."""
    path, lenses = folder / "framework.toml", folder / "lenses.toml"
    core = parsed(Framework, path, toml_in(path))
    parsed_lenses = parsed(Lenses, lenses, toml_in(lenses))
    return parsed(Framework, lenses, {**core.model_dump(), "lenses": parsed_lenses})


def texts_from(folder: Path, language: str, framework: Framework) -> Texts:
    """The texts of a language in a content folder, complete for the framework."""
    path, lenses = folder / f"text.{language}.toml", folder / f"lenses.{language}.toml"
    lens_texts = parsed(LensTexts, lenses, toml_in(lenses, language=language))
    core = toml_in(path, language=language)
    texts = parsed(Texts, path, {**core, "lenses": lens_texts})
    _check_ids(path, texts, _core_ids(framework))
    _check_ids(lenses, lens_texts, _lens_ids(framework.lenses))
    return texts


def _core_ids(framework: Framework) -> Mapping[str, set[str]]:
    options = {option.id for scale in framework.scales for option in scale.options} | {UNKNOWN}
    return {
        "levels": set(framework.level_ids),
        "stages": {str(stage) for stage in range(1, len(framework.rules.stage_floors) + 1)},
        "roles": set(framework.role_ids),
        "modules": {module.id for module in framework.modules},
        "scales": {scale.id for scale in framework.scales},
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
        check_complete(path, table, set(getattr(texts, table)), expected=ids, of="framework")
