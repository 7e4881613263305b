"""The playbook as frozen types: passages of facts, their texts, where results link to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from pydantic import Field, model_validator

from assessment.content_files import broken, check_complete, parsed, toml_in
from assessment.model import Article, Framework, Frozen, Text

FindingId: TypeAlias = Literal[
    "seat-vacant",
    "nobody-decides",
    "unclear",
    "must-not-decide",
    "crowd",
    "bottleneck",
    "escalation",
]
LensId: TypeAlias = Literal[
    "who-decides",
    "frontier",
    "pm-practice",
    "rituals",
    "rhythm",
    "cpo-seat",
    "vital-signs",
    "mandates",
]


class Fact(Frozen):
    """One thing an article says, and which article that is."""

    id: str
    sources: tuple[Article, ...] = Field(min_length=1)


class Passage(Frozen):
    """A short piece to read, whose id is its anchor.

    `level` is the decision level it shows and `examples` the facts that are decisions of it;
    `cycle` are the facts drawn as steps of a cycle; `roles` shows the roles side by side;
    `agenda` promises an agenda to copy.
    """

    id: str
    section: str
    facts: tuple[Fact, ...] = Field(min_length=1)
    level: str | None = None
    examples: tuple[str, ...] = ()
    cycle: tuple[str, ...] = ()
    roles: bool = False
    agenda: bool = False

    @cached_property
    def told(self) -> tuple[Fact, ...]:
        """The facts that are told one by one, examples apart."""
        return tuple(fact for fact in self.facts if fact.id not in self.examples)

    @cached_property
    def shown_as_examples(self) -> tuple[Fact, ...]:
        """The facts that are decisions of the level."""
        return tuple(fact for fact in self.facts if fact.id in self.examples)


class Playbook(Frozen):
    """Every passage in order, and the passage each lever, finding and lens links to."""

    sections: tuple[str, ...]
    passages: tuple[Passage, ...]
    levers: Mapping[str, str]
    findings: Mapping[FindingId, str]
    lenses: Mapping[LensId, str]

    @model_validator(mode="after")
    def _holds_together(self) -> Playbook:
        _once("anchor", [*self.sections, *(passage.id for passage in self.passages)])
        for passage in self.passages:
            facts = [fact.id for fact in passage.facts]
            _once(f"fact of '{passage.id}'", facts)
            _known(passage.id, [passage.section], self.sections)
            _known(passage.id, [*passage.examples, *passage.cycle], facts)
        for kind, ids in (("findings", FindingId), ("lenses", LensId)):
            if lacking := sorted(set(get_args(ids)) - set(getattr(self, kind))):
                raise ValueError(f"{kind}: '{lacking[0]}' links to no passage")
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
    """The playbook in a content folder, whole for the framework's levels and levers.

    Raises ContentError, which names file, key and reason.
    """
    path = folder / "playbook.toml"
    playbook = parsed(Playbook, path, toml_in(path))
    for table, found, expected in (
        ("levers", set(playbook.levers), {lever.id for lever in framework.levers}),
        ("levels", {p.level for p in playbook.passages if p.level}, set(framework.level_ids)),
    ):
        check_complete(path, table, found, expected=expected, of="framework")
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
