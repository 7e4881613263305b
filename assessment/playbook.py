"""The playbook as frozen types: passages of facts, their texts, where results link to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from pydantic import Field, model_validator

from assessment.content_files import broken, check_complete, parsed, toml_in
from assessment.model import Article, Framework, Frozen, Text


class Fact(Frozen):
    """One thing an article says, and which article that is."""

    id: str
    sources: tuple[Article, ...] = Field(min_length=1)


class Passage(Frozen):
    """A short piece to read, whose id is its anchor.

    `level` is the decision level it shows; `cycle` are the facts drawn as steps of a cycle;
    `roles` shows the roles side by side; `agenda` promises an agenda to copy.
    """

    id: str
    section: str
    facts: tuple[Fact, ...] = Field(min_length=1)
    level: str | None = None
    cycle: tuple[str, ...] = ()
    roles: bool = False
    agenda: bool = False

    def examples(self, framework: Framework) -> tuple[Fact, ...]:
        """The facts that are decisions of its level."""
        decisions = {decision.id for decision in framework.lenses.decisions_at(self.level or "")}
        return tuple(fact for fact in self.facts if fact.id in decisions)


class Playbook(Frozen):
    """Every passage in order, and the passage each lever, finding and lens links to."""

    sections: tuple[str, ...]
    passages: tuple[Passage, ...]
    levers: Mapping[str, str]
    findings: Mapping[str, str]
    lenses: Mapping[str, str]

    @model_validator(mode="after")
    def _holds_together(self) -> Playbook:
        _once("anchor", [*self.sections, *(passage.id for passage in self.passages)])
        for passage in self.passages:
            facts = [fact.id for fact in passage.facts]
            _once(f"fact of '{passage.id}'", facts)
            _known(passage.id, [passage.section], self.sections)
            _known(passage.id, passage.cycle, facts)
        for kind in ("levers", "findings", "lenses"):
            for owner, passage_id in getattr(self, kind).items():
                _known(f"{kind}.{owner}", [passage_id], self.passage_by_id)
        return self

    @cached_property
    def passage_by_id(self) -> Mapping[str, Passage]:
        """Passages by id, in order."""
        return MappingProxyType({passage.id: passage for passage in self.passages})

    def passages_of(self, section: str) -> tuple[Passage, ...]:
        """The passages of one section, in order."""
        return tuple(passage for passage in self.passages if passage.section == section)


class SectionText(Frozen):
    """A section's title and a sentence saying what it holds."""

    title: Text
    intro: Text


class FactText(Frozen):
    """A fact's wording, with a name before it where the passage reads as a list."""

    name: Text | None = None
    text: Text


class PassageText(Frozen):
    """A passage's title, its facts by id, and the agenda it offers."""

    title: Text
    facts: Mapping[str, FactText]
    agenda: tuple[Text, ...] = ()


class PlaybookTexts(Frozen):
    """The playbook in one language, by id."""

    sections: Mapping[str, SectionText]
    passages: Mapping[str, PassageText]


def playbook_from(folder: Path, framework: Framework) -> Playbook:
    """The playbook in a content folder, whole for what the framework has that links to it.

    Raises ContentError, which names file, key and reason.
    """
    path = folder / "playbook.toml"
    playbook = parsed(Playbook, path, toml_in(path))
    for table, found, expected in (
        ("levers", set(playbook.levers), set(framework.lever_by_id)),
        ("findings", set(playbook.findings), set(framework.lenses.finding_by_id)),
        ("lenses", set(playbook.lenses), set(framework.lenses.lens_ids)),
        ("levels", {p.level for p in playbook.passages if p.level}, set(framework.level_ids)),
    ):
        check_complete(path, table, found, expected=expected, of="framework")
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


def _once(kind: str, ids: Sequence[str]) -> None:
    for each in ids:
        if ids.count(each) > 1:
            raise ValueError(f"{kind}: id '{each}' stands twice")


def _known(owner: str, references: Iterable[str], known: Iterable[str]) -> None:
    for name in references:
        if name not in set(known):
            raise ValueError(f"'{owner}' refers to unknown '{name}'")
