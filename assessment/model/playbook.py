"""The playbook as frozen types: passages of facts, their texts, where results link to."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from assessment.model.base import Article, Frozen, Text, refer, stand_once
from assessment.model.framework import Framework


class Fact(Frozen):
    """One thing that articles say, and which ones; `ours` where it adds a reading of our own."""

    id: str
    sources: tuple[Article, ...] = Field(min_length=1)
    ours: bool = False


class Credit(Frozen):
    """What an article says of itself; what it does not say is None."""

    title: Text | None = None
    publisher: Text | None = None
    author: Text | None = None
    updated: date | None = None


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

    @property
    def has_one_mark(self) -> bool:
        """Whether the same articles stand behind all of its facts."""
        return len({(fact.sources, fact.ours) for fact in self.facts}) == 1

    def examples(self, framework: Framework) -> tuple[Fact, ...]:
        """The facts that are decisions of its level."""
        decisions = {decision.id for decision in framework.lenses.decisions_at(self.level or "")}
        return tuple(fact for fact in self.facts if fact.id in decisions)


class Playbook(Frozen):
    """Every passage in order, and the passage each lever, finding and lens links to."""

    articles: Mapping[Article, Credit]
    sections: tuple[str, ...]
    passages: tuple[Passage, ...]
    levers: Mapping[str, str]
    findings: Mapping[str, str]
    lenses: Mapping[str, str]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        stand_once("anchor", [*self.sections, *(passage.id for passage in self.passages)])
        for passage in self.passages:
            facts = [fact.id for fact in passage.facts]
            stand_once(f"fact of '{passage.id}'", facts)
            refer(f"'{passage.id}'", [passage.section], self.sections)
            refer(f"'{passage.id}'", passage.cycle, facts)
        for kind in ("levers", "findings", "lenses"):
            for owner, passage_id in getattr(self, kind).items():
                refer(f"'{kind}.{owner}'", [passage_id], self.passage_by_id)
        return self

    @cached_property
    def passage_by_id(self) -> Mapping[str, Passage]:
        """Passages by id, in order."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def section_by_anchor(self) -> Mapping[str, str]:
        """The section in which each anchor stands, its own and those of its passages."""
        anchors = {section: section for section in self.sections}
        return anchors | {passage.id: passage.section for passage in self.passages}

    def passages_of(self, section: str) -> tuple[Passage, ...]:
        """The passages of one section, in order."""
        return tuple(passage for passage in self.passages if passage.section == section)


class ArticleText(Frozen):
    """What an article is about, in a few words."""

    about: Text


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

    articles: Mapping[Article, ArticleText]
    sections: Mapping[str, SectionText]
    passages: Mapping[str, PassageText]
