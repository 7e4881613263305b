"""The playbook and its texts, read from their files and checked."""

from pathlib import Path
from typing import get_args

from assessment.content.files import broken, check_complete, parsed, toml_in
from assessment.model import Framework
from assessment.model.base import Article
from assessment.model.playbook import Fact, Playbook, PlaybookTexts


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
