"""What a search finds in the playbook, whatever its case and accents: a line a passage; pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from assessment.content.edition import Edition, edition_in
from assessment.model import sort_key
from assessment.model.playbook import Passage

_WORD = re.compile(r"\d+|[^\W\d]+")

SHORTEST_BEGINNING = 3
"""A shorter word, such as PM, is found whole only, never as the beginning of another."""

BEFORE = 40
LONGEST_LINE = 130
"""Characters of a hit's line before the first word found, and in all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text: `is_match` where it is what was searched for."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search finds: its title, and the line that says most of what is asked."""

    passage: Passage
    title: tuple[Piece, ...]
    line: tuple[Piece, ...]


def hits(edition: Edition, query: str) -> tuple[Hit, ...]:
    """The passages that hold every word of the query, or words that begin so; none for no word."""
    asked, words = frozenset(_words(query)), _words_by_passage(edition.words.language)
    return tuple(
        Hit(
            passage,
            tuple(_pieces(edition.passage(passage).title, asked)),
            tuple(_pieces(_best_line(edition, passage, asked), asked)),
        )
        for passage in edition.playbook.passages
        if asked and all(_finds(word, words[passage.id]) for word in asked)
    )


def _best_line(edition: Edition, passage: Passage, asked: Collection[str]) -> str:
    """Of a passage's texts below its title, the first with most of the words, cut around them."""
    _title, *texts = _texts_of(edition, passage)
    best = max(texts, key=lambda text: sum(_finds(word, _words(text)) for word in asked))
    before = takewhile(lambda piece: not piece.is_match, _pieces(best, asked))
    start = sum(len(piece.text) for piece in before)
    if len(best) <= LONGEST_LINE or start == len(best):
        start = 0
    start = 0 if start <= BEFORE else best.rfind(" ", 0, start - BEFORE) + 1
    end = (
        len(best) if len(best) - start <= LONGEST_LINE else best.rfind(" ", 0, start + LONGEST_LINE)
    )
    return f"{'…' if start else ''}{best[start:end]}{'…' if end < len(best) else ''}"


def _pieces(text: str, asked: Collection[str]) -> Iterator[Piece]:
    """The text in runs of what is found in it and what is not."""
    start = 0
    for match in _WORD.finditer(text):
        if any(_finds(word, _words(match[0])) for word in asked):
            if match.start() > start:
                yield Piece(text[start : match.start()], is_match=False)
            yield Piece(match[0], is_match=True)
            start = match.end()
    if start < len(text):
        yield Piece(text[start:], is_match=False)


def _finds(word: str, words: Collection[str]) -> bool:
    if len(word) < SHORTEST_BEGINNING:
        return word in words
    return any(known.startswith(word) for known in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(sort_key(text)[0])


@cache
def _words_by_passage(language: str) -> Mapping[str, frozenset[str]]:
    edition = edition_in(language)
    return {
        passage.id: frozenset(_words(" ".join(_texts_of(edition, passage))))
        for passage in edition.playbook.passages
    }


def _texts_of(edition: Edition, passage: Passage) -> Iterator[str]:
    _, text = edition.words.gettext, edition.passage(passage)
    yield text.title
    for fact in text.facts.values():
        yield f"{fact.name}. {fact.text}" if fact.name else fact.text
    yield from text.agenda
    for level in edition.framework.levels:
        if level.id == passage.level:
            yield edition.texts.levels[level.id].decided
            for roles in (level.decides, level.decides_without_po, level.consulted):
                yield edition.roles(roles)
    if passage.roles:
        for role in edition.texts.roles.values():
            yield f"{role.name} ({role.short})"
            yield edition.words.labelled(role.short, role.carries)
            yield edition.words.labelled(f"{role.short} · {_('Never carries')}", role.never)
