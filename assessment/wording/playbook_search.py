"""Which passages of the playbook a search finds, whatever its case and accents; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assessment.content.edition import Edition
from assessment.model import sort_key
from assessment.model.playbook import Passage

_WORD = re.compile(r"\d+|[^\W\d]+")

SHORTEST_BEGINNING = 3
"""A shorter word, such as PM, is found whole only, never as the beginning of another."""


def passages_about(edition: Edition, query: str) -> tuple[Passage, ...]:
    """The passages that hold every word of the query, or words that begin so; all for no word."""
    asked, words = set(_words(query)), _words_by_passage(edition)
    return tuple(
        passage
        for passage in edition.playbook.passages
        if all(_finds(word, words[passage.id]) for word in asked)
    )


def _finds(word: str, words: frozenset[str]) -> bool:
    if len(word) < SHORTEST_BEGINNING:
        return word in words
    return any(known.startswith(word) for known in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(sort_key(text)[0])


@cache
def _words_by_passage(edition: Edition) -> Mapping[str, frozenset[str]]:
    return {
        passage.id: frozenset(_words(" ".join(_texts_of(edition, passage))))
        for passage in edition.playbook.passages
    }


def _texts_of(edition: Edition, passage: Passage) -> Iterator[str]:
    """Every text a reader sees in a passage, its section's title included."""
    text = edition.passage(passage)
    yield edition.playbook_texts.sections[passage.section].title
    yield text.title
    for fact in text.facts.values():
        yield from (fact.name or "", fact.text)
    yield from text.agenda
    for level in edition.framework.levels:
        if level.id == passage.level:
            yield edition.texts.levels[level.id].decided
            for roles in (level.decides, level.decides_without_po, level.consulted):
                yield edition.roles(roles)
    if passage.roles:
        for role in edition.texts.roles.values():
            yield from (role.name, role.short, role.carries, role.never)
