"""The page on privacy tells every column of whatever is stored, once, in both languages."""

from __future__ import annotations

import pytest

from assessment.content.edition import edition_in
from assessment.storage.columns import Spread
from assessment.storage.kinds import KINDS, Kind
from assessment.wording.privacy import KEPT, how_long, kept_lines, kind_titles, who_reads

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
    lines = kept_lines(EN, NAMES, protected=True)

    aliases = [line for kind in lines.values() for line in kind if "alias" in line.what]
    assert {line.seen for line in aliases} == {"editors"}
    assert [line.seen for line in lines["links"] if "fingerprint" in line.what] == [
        "nobody in the app"
    ]


def test_where_nobody_signs_in_anyone_sees_what_editors_would() -> None:
    lines = kept_lines(EN, NAMES, protected=False)

    assert {line.seen for kind in lines.values() for line in kind} == {
        "anyone who opens this app",
        "nobody in the app",
    }
    assert who_reads(EN, protected=False).startswith("This app asks for no account: anyone who ")


def test_whom_a_link_is_for_is_read_by_who_opens_it() -> None:
    lines = kept_lines(EN, ["links"], protected=True)["links"]

    assert [line.seen for line in lines if line.what.startswith("Whom the link is for")] == [
        "editors, and anyone with that link"
    ]


def test_signing_in_is_told_to_leave_all_claims_and_tokens_in_the_browser() -> None:
    (english,) = [line for line in how_long(EN) if "sign-in service" in line]
    (french,) = [line for line in how_long(FR) if "service de connexion" in line]

    for told in ("name or groups", "tokens", "signed but not encrypted", "for 30 days"):
        assert told in english
    for told in ("nom ou groupes", "jetons", "signés mais non chiffrés", "pendant 30 jours"):
        assert told in french


def test_french_tells_the_same_lines_in_french() -> None:
    english, french = kept_lines(EN, NAMES, protected=True), kept_lines(FR, NAMES, protected=True)

    assert {kind: len(lines) for kind, lines in english.items()} == {
        kind: len(lines) for kind, lines in french.items()
    }
    for kind in NAMES:
        assert all(
            one.what != other.what for one, other in zip(english[kind], french[kind], strict=True)
        )


def test_the_day_to_ask_again_is_told_as_charters_tell_it_to_who_holds_a_link() -> None:
    sessions = kept_lines(EN, ["surveys"], protected=True)["surveys"]

    assert [line.seen for line in sessions if "again" in line.what] == [
        "editors, and anyone with a link to the results of that squad and day"
    ]
