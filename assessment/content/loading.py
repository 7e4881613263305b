"""Loads the shipped framework, playbook and their texts, or says which file is broken, and why."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from assessment.content.files import CONTENT, broken, check_complete, parsed, toml_in
from assessment.model import NOBODY, UNCLEAR, UNKNOWN, Framework, Lenses, LensTexts, Texts
from assessment.model.base import Article
from assessment.model.playbook import Fact, Playbook, PlaybookTexts


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


def playbook_from(folder: Path, framework: Framework) -> Playbook:
    """The playbook in a content folder, whole for the framework; ContentError says what is not."""
    path = folder / "playbook.toml"
    playbook = parsed(Playbook, path, toml_in(path))
    for table, ids, expected in (
        ("levers", set(playbook.levers), set(framework.lever_by_id)),
        ("findings", set(playbook.findings), set(framework.lenses.finding_by_id)),
        ("lenses", set(playbook.lenses), set(framework.lenses.lens_ids)),
        ("articles", set[str](playbook.articles), set[str](get_args(Article))),
        ("levels", {p.level for p in playbook.passages if p.level}, set(framework.level_ids)),
    ):
        check_complete(path, table, ids, expected=expected, of="framework")
    for passage in playbook.passages:
        for decision in framework.lenses.decisions_at(passage.level or ""):
            if Fact(id=decision.id, sources=decision.sources) not in passage.facts:
                key = f"passages.{passage.id}.facts.{decision.id}"
                raise broken(path, key=key, reason="missing, or not of the decision's articles")
    return playbook


def playbook_texts_from(folder: Path, language: str, playbook: Playbook) -> PlaybookTexts:
    """The playbook's texts of a language, with a text for every section, passage and fact."""
    path = folder / f"playbook.{language}.toml"
    texts = parsed(PlaybookTexts, path, toml_in(path, language=language))
    for table, expected in (
        ("articles", set[str](playbook.articles)),
        ("sections", set(playbook.sections)),
        ("passages", set(playbook.passage_by_id)),
    ):
        check_complete(path, table, set(getattr(texts, table)), expected=expected, of="playbook")
    for passage in playbook.passages:
        text, key = texts.passages[passage.id], f"passages.{passage.id}"
        facts = {fact.id for fact in passage.facts}
        check_complete(path, f"{key}.facts", set(text.facts), expected=facts, of="playbook")
        if bool(text.agenda) != passage.agenda:
            reason = "missing" if passage.agenda else "not in the playbook"
            raise broken(path, key=f"{key}.agenda", reason=reason)
        for step in passage.cycle:
            if text.facts[step].name is None:
                raise broken(path, key=f"{key}.facts.{step}.name", reason="missing")
    return texts
