"""Rows in which people wrote what the product shows, such as Oui or Tech Lead, in stored words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial

from assessment.content.edition import every_edition
from assessment.content.loading import shipped_framework
from assessment.storage.csv.cells import cells_in, joined, text_of

OF_ROLES = ("role", "owner", "decides")
"""The columns that hold one role."""


def in_stored_words(line: bytes, header: Sequence[str]) -> bytes:
    """A line with ids in the place of what roles and answers are called in any language.

    A word that several answers to one question share stays as it is. Refused where it is no row.
    """
    ids = _ids_by_column()
    cells = list(cells_in(text_of(line)))
    for at, (name, cell) in enumerate(zip(header, cells, strict=False)):
        if name in ids:
            cells[at] = ids[name].get(_key(cell), cell)
    return joined(cells).removesuffix(b"\n")


@cache
def _ids_by_column() -> Mapping[str, Mapping[str, str]]:
    """The id that each word stands for, by column."""
    framework, editions = shipped_framework(), every_edition()
    roles = _unmistakable(framework.role_ids, [edition.role for edition in editions])
    quick = {
        item: _unmistakable(options, [partial(edition.option, item) for edition in editions])
        for item, options in framework.options_by_item.items()
    }
    deep = {
        item: _unmistakable(options, [edition.lens_option for edition in editions])
        for item, options in framework.lens_options_by_item.items()
    }
    return dict.fromkeys(OF_ROLES, roles) | quick | deep


def _unmistakable(ids: Iterable[str], names: Sequence[Callable[[str], str]]) -> Mapping[str, str]:
    """Ids by themselves and their names, but for words that stand for several."""
    by_word: dict[str, set[str]] = {}
    for stored in ids:
        for word in (stored, *(name(stored) for name in names)):
            by_word.setdefault(_key(word), set()).add(stored)
    return {word: stored.pop() for word, stored in by_word.items() if len(stored) == 1}


def _key(word: str) -> str:
    return " ".join(word.replace("’", "'").casefold().split())
