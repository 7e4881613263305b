"""Files that people fill in: one to begin with, and its rows, in their words and without ids."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid5

from assessment.content.edition import Edition, every_edition
from assessment.content.loading import shipped_framework
from assessment.errors import Refused, template
from assessment.exchange.spreadsheets import FOR_SPREADSHEETS
from assessment.model import NOT_APPLICABLE, UNCLEAR, Assessment
from assessment.model.names import name_key
from assessment.storage.columns import day_in
from assessment.storage.csv.cells import cells_in, joined, text_of
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import ASSESSMENTS, R

ROLE_COLUMNS = ("role", "owner", "decides")
"""The columns that hold one role."""

NO_ID = UUID(int=0)
"""The id of a check that a person wrote, until one is made for it."""

ID_NAMESPACE = UUID("8e0e6a52-6f5c-5b0e-9d57-3a7c1d0f4b21")
"""What the ids of rows without one are made in, so that the same row has the same id again."""

WE_FILL_IN = ("assessment_id", "saved_at", "framework")
"""The columns of a check that a person need not fill in, and that make no other check of it."""

EARLIER_WORDS = {"pas clair": UNCLEAR}
"""What stood on a button of who decides before, as files that were filled in then say it."""

EXAMPLE = template("this row is the example; write your own in its place, with your squad's name")
SAME_VOICE = template(
    "a row above is of the same squad, day and alias; keep one of them, or give each person an "
    "alias of their own"
)


class NewIds:
    """Ids for a file's checks that have none, made of what they tell.

    Of a voice with an alias, its squad, day and alias make it, so that a corrected row is no
    second check. Otherwise all that was told does, and how many equal rows stand before.
    """

    def __init__(self, layout: Layout[Any]) -> None:
        self._layout = layout
        self._rows: Counter[str] = Counter()

    def given_to(self, record: R) -> R:
        """A record with an id; Refused where it is the example, or a voice's second row."""
        if not isinstance(record, Assessment) or record.assessment_id != NO_ID:
            return record
        if record.squad_key in _example_squads():
            raise Refused(EXAMPLE)
        content = joined(self._content_of(record)).decode()
        before = self._rows[content]
        if before and record.voice:
            raise Refused(SAME_VOICE)
        self._rows[content] += 1
        return record.model_copy(
            update={"assessment_id": uuid5(ID_NAMESPACE, f"{content}{before}")}
        )

    def _content_of(self, check: Assessment) -> Sequence[str]:
        if check.voice:
            return check.squad_key, check.assessed_on.isoformat(), check.voice_key
        cells = dict(zip(self._layout.columns, self._layout.row_of(check), strict=True))
        cells["squad"] = check.squad_key
        return [f"{name}={cell}" for name, cell in cells.items() if cell and name not in WE_FILL_IN]


@cache
def _example_squads() -> frozenset[str]:
    return frozenset(name_key(_example_squad(edition)) for edition in every_edition())


def _example_squad(edition: Edition) -> str:
    return edition.words.gettext("Example squad")


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
    """Add what a person need not write into the row of a check; Refused where it tells no day."""
    made, saved, framework = map(header.index, WE_FILL_IN)
    cells[made] = cells[made] or str(NO_ID)
    if not cells[saved]:
        day = day_in(cells[header.index("assessed_on")], "assessed_on")
        cells[saved] = f"{day}T12:00:00Z"
    cells[framework] = cells[framework] or shipped_framework().version


@cache
def _ids_by_column() -> Mapping[str, Mapping[str, str]]:
    """The id that each word stands for, by column."""
    framework, editions = shipped_framework(), every_edition()
    roles = _unmistakable(framework.role_ids, [edition.role for edition in editions])
    in_brief = {_key(edition.doesnt_apply): NOT_APPLICABLE for edition in editions}
    quick = {
        item: {
            **_unmistakable(options, [partial(edition.option, item) for edition in editions]),
            **(in_brief if NOT_APPLICABLE in options else {}),
        }
        for item, options in framework.options_by_item.items()
    }
    deep = {
        item: _unmistakable(options, [edition.lens_option for edition in editions])
        for item, options in framework.lens_options_by_item.items()
    }
    deciders = {
        **EARLIER_WORDS,
        **_unmistakable(framework.deciders, [edition.decider for edition in editions]),
    }
    who_decides = dict.fromkeys(framework.lenses.decision_by_id, deciders)
    return dict.fromkeys(ROLE_COLUMNS, roles) | quick | deep | who_decides


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
    layout = Layout(ASSESSMENTS, framework)
    of_quick_check = {*layout.fixed, *framework.item_ids}
    header = [name for name in layout.columns if name in of_quick_check]
    example = {
        "assessed_on": day.isoformat(),
        "squad": _example_squad(edition),
        "voice": "Zoé",
        "role": edition.role(framework.role_ids[-1]),
        **{
            item: edition.option(item, options[0])
            for item, options in framework.options_by_item.items()
        },
    }
    rows = (header, [example.get(name, "") for name in header])
    lines = b"".join(joined(row, separator=separator) for row in rows)
    return lines.decode().encode(FOR_SPREADSHEETS)
