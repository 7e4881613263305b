"""What every store promises; another store joins by its name in `open_store`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from assessment.errors import Refused
from assessment.framework import shipped_framework
from assessment.storage.csv_store import CsvStore
from assessment.storage.protocol import Store
from tests.builders import assessment

OpenStore = Callable[[], Store]


@pytest.fixture(params=["csv"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    """Opens the same data anew at each call, as another process would."""
    match request.param:
        case "csv":
            return lambda: CsvStore(tmp_path / "data", shipped_framework())
        case unknown:
            raise ValueError(unknown)


def test_a_new_store_is_empty(open_store: OpenStore) -> None:
    stored = open_store().read()

    assert stored.assessments == ()
    assert stored.set_aside == ()


def test_what_was_added_is_read_back_in_the_order_it_was_saved(open_store: OpenStore) -> None:
    store = open_store()
    second, first, third = assessment(), assessment(), assessment()

    assert store.add([first]) == 1
    assert store.add([second, third]) == 2

    assert store.read().assessments == (first, second, third)
    assert open_store().read().assessments == (first, second, third)


def test_every_field_is_read_back_as_it_was(open_store: OpenStore) -> None:
    full = assessment(
        saved_at=datetime(2026, 11, 3, 10, 30, 5, 123456, tzinfo=timezone(timedelta(hours=1))),
        squad='Équipe "Nord", Łódź 🚀',
        voice="O'Neil, Zoë",
        role="pm",
        note='one, "two"\r\nthree\\n\ttab\u2028line\u2029 =1+1 \u202eright to left ',
        answers={"late-scope": "often", "pm-writes-tickets": "not-applicable"},
    )
    bare = assessment(answers={})

    open_store().add([full, bare])

    assert open_store().read().assessments == (full, bare)
    assert full.saved_at == datetime(2026, 11, 3, 9, 30, 5, 123456, tzinfo=UTC)


def test_the_same_submission_sent_twice_is_stored_once(open_store: OpenStore) -> None:
    submission = assessment(note="first")

    assert open_store().add([submission]) == 1
    assert open_store().add([submission.model_copy(update={"note": "second"})]) == 0

    assert open_store().read().assessments == (submission,)


def test_the_same_submission_twice_in_one_batch_is_stored_once(open_store: OpenStore) -> None:
    submission = assessment(note="first")
    store = open_store()

    assert store.add([submission, submission.model_copy(update={"note": "second"})]) == 1

    assert store.read().assessments == (submission,)


def test_adding_nothing_is_no_news(open_store: OpenStore) -> None:
    store = open_store()
    before = store.read()

    assert store.add([]) == 0

    assert store.read() == before


def test_another_session_s_additions_and_deletions_are_seen_at_the_next_read(
    open_store: OpenStore,
) -> None:
    mine, theirs = open_store(), open_store()
    first, second = assessment(), assessment()

    mine.add([first])
    assert theirs.read().assessments == (first,)
    theirs.add([second])
    assert mine.read().assessments == (first, second)
    theirs.delete([first.assessment_id])
    assert mine.read().assessments == (second,)


def test_the_version_changes_with_the_content_only(open_store: OpenStore) -> None:
    store = open_store()
    empty = store.read().version
    first, second = assessment(), assessment()

    store.add([first])
    one = store.read().version
    store.add([first])
    again = store.read().version
    store.add([second])
    two = store.read().version
    store.delete([second.assessment_id])
    back = store.read().version

    assert one == again == back
    assert len({empty, one, two}) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"framework": "core@2"},
        {"role": "boss"},
        {"answers": {"late-scope": "yes"}},
        {"answers": {"no-such-item": "yes"}},
        {"answers": {"mandates-clear": "not-applicable"}},
    ],
)
def test_a_batch_with_one_assessment_that_does_not_fit_adds_nothing(
    open_store: OpenStore, changes: dict[str, object]
) -> None:
    store = open_store()
    store.add([kept := assessment()])

    with pytest.raises(Refused):
        store.add([assessment(), assessment(**changes)])

    assert store.read().assessments == (kept,)


def test_deleting_removes_exactly_what_was_named(open_store: OpenStore) -> None:
    store = open_store()
    first, second, third = (assessment() for _ in range(3))
    store.add([first, second, third])

    assert store.delete([first.assessment_id, third.assessment_id, UUID(int=10**9)]) == 2

    assert store.read().assessments == (second,)
    assert open_store().read().assessments == (second,)


def test_deleting_what_is_not_there_changes_nothing(open_store: OpenStore) -> None:
    store = open_store()
    assert store.delete([UUID(int=10**9)]) == 0
    store.add([kept := assessment()])

    assert store.delete([UUID(int=10**9)]) == 0
    assert store.delete([]) == 0

    assert store.read().assessments == (kept,)


def test_a_deleted_assessment_can_be_added_again(open_store: OpenStore) -> None:
    store = open_store()
    first, second = assessment(), assessment()
    store.add([first, second])
    store.delete([first.assessment_id])

    assert store.add([first]) == 1

    assert store.read().assessments == (second, first)


# Renaming -----------------------------------------------------------------------------------------


def test_renaming_a_squad_renames_every_spelling_and_nothing_else(open_store: OpenStore) -> None:
    store = open_store()
    one, two, other = (
        assessment(squad="Atlas", note='a, "b"\n'),
        assessment(squad="ATLAS", voice="Zoë"),
        assessment(squad="Borea"),
    )
    store.add([one, other, two])

    assert store.rename("  atlas ", ' Équipe "Nord", bis ') == 2

    renamed = {"squad": 'Équipe "Nord", bis'}
    expected = (one.model_copy(update=renamed), other, two.model_copy(update=renamed))
    assert store.read().assessments == expected
    assert open_store().read().assessments == expected


def test_renaming_to_an_existing_squad_merges_the_two(open_store: OpenStore) -> None:
    store = open_store()
    store.add([assessment(squad="Atlas"), assessment(squad="Borea"), assessment(squad="Atlas")])

    assert store.rename("Borea", "Atlas") == 1

    assert [each.squad for each in store.read().assessments] == ["Atlas"] * 3
    assert store.rename("Atlas", "Borea") == 3


def test_renaming_can_change_the_spelling_only(open_store: OpenStore) -> None:
    store = open_store()
    store.add([assessment(squad="atlas")])

    assert store.rename("ATLAS", "Atlas") == 1
    assert store.rename("Atlas", "Atlas") == 1

    assert [each.squad for each in store.read().assessments] == ["Atlas"]


def test_renaming_a_squad_that_is_not_there_changes_nothing(open_store: OpenStore) -> None:
    store = open_store()
    store.add([kept := assessment()])

    assert store.rename("Nobody", "Atlas") == 0
    assert store.rename("", "Borea") == 0

    assert store.read().assessments == (kept,)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines", "nul\0", "lone\ud800"])
def test_a_squad_is_not_renamed_to_what_is_no_name(open_store: OpenStore, name: str) -> None:
    store = open_store()
    store.add([kept := assessment()])

    with pytest.raises(Refused):
        store.rename("Atlas", name)

    assert store.read().assessments == (kept,)


def test_the_version_changes_with_a_name(open_store: OpenStore) -> None:
    store = open_store()
    store.add([assessment(squad="Atlas")])
    before = store.read().version

    store.rename("Atlas", "Borea")
    between = store.read().version
    store.rename("Borea", "Atlas")

    assert store.read().version == before != between
