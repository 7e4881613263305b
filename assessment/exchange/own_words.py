"""Rows as people write them, with Oui or Tech Lead and without ids, as rows in stored words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from uuid import UUID, uuid5

from assessment.content.edition import Edition, every_edition
from assessment.content.loading import shipped_framework
from assessment.exchange.spreadsheets import FOR_SPREADSHEETS
from assessment.storage.csv.cells import cells_in, joined, text_of
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import ASSESSMENTS

OF_ROLES = ("role", "owner", "decides")
"""The columns that hold one role."""


ROWS = UUID("8e0e6a52-6f5c-5b0e-9d57-3a7c1d0f4b21")
"""What the ids of rows without one are made in, so that the same row has the same id again."""


def in_stored_words(line: bytes, header: Sequence[str]) -> bytes:
    """A line with ids in the place of what roles and answers are called in any language.

    A word that several answers to one question share stays as it is. Of a check, the id, the time
    and the framework are added where they are left out. Refused where it is no row.
    """
    ids = _ids_by_column()
    cells = list(cells_in(text_of(line)))
    for at, (name, cell) in enumerate(zip(header, cells, strict=False)):
        if name in ids:
            cells[at] = ids[name].get(_key(cell), cell)
    if "assessment_id" in header and len(cells) == len(header):
        _complete(cells, header)
    return joined(cells).removesuffix(b"\n")


def _complete(cells: list[str], header: Sequence[str]) -> None:
    """Add what a person need not write into the row of a check."""
    usual = {
        "saved_at": f"{cells[header.index('assessed_on')]}T12:00:00Z",
        "framework": shipped_framework().version,
    }
    for name, cell in usual.items():
        at = header.index(name)
        cells[at] = cells[at] or cell
    cells[0] = cells[0] or str(uuid5(ROWS, "\n".join(cells)))


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


def file_to_fill_in(edition: Edition, day: date, *, separator: str) -> bytes:
    """A CSV file of the quick check's columns with one example, in the reader's words."""
    framework = edition.framework
    columns = (*Layout(ASSESSMENTS, framework).fixed, *framework.item_ids)
    example = {
        "assessed_on": day.isoformat(),
        "squad": edition.words.gettext("Example squad"),
        "voice": "Zoé",
        "role": edition.role(framework.role_ids[-1]),
        **{
            item: edition.option(item, options[0])
            for item, options in framework.options_by_item.items()
        },
    }
    rows = (columns, [example.get(name, "") for name in columns])
    lines = b"".join(joined(row, separator=separator) for row in rows)
    return lines.decode().encode(FOR_SPREADSHEETS)
