"""The page on privacy tells every column of whatever is stored, once, in both languages."""

from __future__ import annotations

import pytest

from assessment.content.edition import edition_in
from assessment.storage.columns import Spread
from assessment.storage.kinds import KINDS, Kind
from assessment.wording.privacy import KEPT, kept_lines, kind_titles

EN, FR = edition_in("en"), edition_in("fr")
NAMES = [kind.name for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_column_of_every_kind_is_told_once(kind: Kind[object]) -> None:  # type: ignore[type-var]
    stored = [
        column.field if isinstance(column, Spread) else column.name for column in kind.columns
    ]
    columns = [column for kept in KEPT[kind.name] for column in kept.columns]

    assert sorted(columns) == sorted(stored)


def test_no_kind_is_told_that_is_not_stored() -> None:
    assert set(KEPT) == set(kind_titles(EN)) == set(NAMES)


def test_aliases_are_seen_by_editors_alone_and_digests_by_nobody() -> None:
    lines = kept_lines(EN, NAMES)

    aliases = [line for kind in lines.values() for line in kind if "alias" in line.what]
    assert {line.seen for line in aliases} == {"editors"}
    assert [line.seen for line in lines["links"] if "fingerprint" in line.what] == [
        "nobody in the app"
    ]


def test_french_tells_the_same_lines_in_french() -> None:
    english, french = kept_lines(EN, NAMES), kept_lines(FR, NAMES)

    assert {kind: len(lines) for kind, lines in english.items()} == {
        kind: len(lines) for kind, lines in french.items()
    }
    for kind in NAMES:
        assert all(
            one.what != other.what for one, other in zip(english[kind], french[kind], strict=True)
        )


def test_the_day_to_ask_again_is_told_as_charters_tell_it_to_who_holds_a_link() -> None:
    sessions = kept_lines(EN, ["gatherings"])["gatherings"]

    assert [line.seen for line in sessions if "again" in line.what] == [
        "editors, and anyone who holds a link with that squad and day"
    ]
