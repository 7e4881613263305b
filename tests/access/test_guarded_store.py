"""What a round promised stays true, whoever edits: nothing hidden shows, nothing is told apart."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from assessment.access.guarded_store import (
    GuardedStore,
    answers_to_unknown_surveys,
    check_addition,
    showable_records,
    without_confidential_answers,
)
from assessment.access.invitations import answer_as_stored, closed, reopened, revealed
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import Assessment, Survey
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Record, SetAside, Stored
from tests.builders import agreement, assessment, confirmation, gathering, link
from tests.interleaved import interleaved

NOW = datetime(2026, 11, 10, 15, 42, tzinfo=UTC)
HIDDEN = gathering()
SHOWN = revealed(gathering(), voices=5, now=NOW)
OPEN = revealed(gathering(privacy="open"), voices=2, now=NOW)


def voices(count: int, of: Survey) -> list[Assessment]:
    return [answer_as_stored(assessment(voice=f"v{n}"), of) for n in range(count)]


WAITING, TOLD, NAMED = voices(6, HIDDEN), voices(5, SHOWN), voices(2, OPEN)
STRAY = assessment(gathering=UUID(int=10**9))
ALONE = assessment()
EVERYTHING: list[Record] = [
    *(HIDDEN, SHOWN, OPEN),
    *(*WAITING, *TOLD, *NAMED, STRAY, ALONE),
    link(),
]


@pytest.fixture
def whole(tmp_path: Path) -> CsvStore:
    """A store of three rounds, a stray answer and a check by itself."""
    store = CsvStore(tmp_path, shipped_framework())
    store.add(EVERYTHING)
    return store


def test_a_round_takes_its_invitations_along_and_they_do_not_count(whole: CsvStore) -> None:
    survey = gathering(privacy="open")
    invitations = [link(kind="invite", round_id=survey.id) for _ in range(2)]
    whole.add([survey, *invitations])
    assert GuardedStore(whole).delete([survey.id]) == 1
    assert not ids(whole.read().links) & ids(invitations)
    assert len(whole.read().links) == 1


def test_no_file_brings_back_a_round_that_somebody_was_invited_to() -> None:
    invitation = link(kind="invite", round_id=HIDDEN.id)
    with pytest.raises(Refused, match="somebody was invited to this session"):
        check_addition([HIDDEN], Stored(links=(invitation,)))
    with pytest.raises(Refused, match="somebody was invited"):
        check_addition([HIDDEN], Stored(links=(invitation.revoked(NOW),)))
    check_addition([SHOWN], Stored(links=(invitation,)))


@pytest.fixture
def store(whole: CsvStore) -> GuardedStore:
    return GuardedStore(whole)


def ids(records: object) -> set[UUID]:
    return {record.id for record in records}  # type: ignore[attr-defined]


def test_editors_see_revealed_rounds_and_checks_by_themselves_and_no_link(
    whole: CsvStore,
) -> None:
    seen = showable_records(whole.read())

    assert ids(seen.assessments) == ids([*TOLD, *NAMED, ALONE])
    assert set(seen.surveys) == {HIDDEN, SHOWN, OPEN}
    assert seen.links == ()
    assert seen.version != whole.read().version


def test_a_broken_row_that_may_answer_a_hidden_round_is_told_without_its_text() -> None:
    broken = SetAside("assessments.csv", 3, "no,yes,often", Refused("cut off"))
    other = SetAside("setups.csv", 2, "own,shared", Refused("cut off"))

    def texts(*rounds: Survey, answers: tuple[Assessment, ...] = ()) -> list[str]:
        stored = Stored(answers, surveys=rounds, set_aside=(broken, other))
        return [row.text for row in showable_records(stored).set_aside]

    assert texts() == texts(OPEN) == ["no,yes,often", "own,shared"]
    assert texts(HIDDEN) == texts(SHOWN) == texts(answers=(STRAY,)) == ["", "own,shared"]
    assert texts(gathering(privacy="open")) == ["", "own,shared"]


def test_voices_of_a_confidential_round_are_never_taken_one_by_one(whole: CsvStore) -> None:
    stored = whole.read()

    assert ids(without_confidential_answers(stored.assessments, stored.surveys)) == ids(
        [*NAMED, ALONE]
    )


def test_answers_without_their_round_are_told_apart(whole: CsvStore) -> None:
    assert ids(answers_to_unknown_surveys(whole.read())) == {STRAY.assessment_id}


@pytest.mark.parametrize("some", [TOLD[:1], TOLD[:4], WAITING[1:], [SHOWN, *TOLD[1:], ALONE]])
def test_some_voices_of_a_confidential_round_cannot_be_deleted(
    store: GuardedStore, whole: CsvStore, some: list[Record]
) -> None:
    before = whole.read()

    with pytest.raises(Refused, match="all together or not at all"):
        store.delete(ids(some))

    assert whole.read() == before


@pytest.mark.parametrize(
    "some", [[SHOWN, *TOLD], TOLD, [HIDDEN, *WAITING], NAMED[:1], [ALONE], [STRAY], EVERYTHING]
)
def test_a_whole_round_can_be_deleted_and_a_voice_of_an_open_one(
    store: GuardedStore, whole: CsvStore, some: list[Record]
) -> None:
    assert store.delete(ids(some)) == len(some)

    assert ids(whole.read().records) == ids(EVERYTHING) - ids(some)


@pytest.mark.parametrize("some", [[HIDDEN], [OPEN], [OPEN, NAMED[0]]])
def test_a_round_cannot_be_deleted_without_its_answers(
    store: GuardedStore, whole: CsvStore, some: list[Record]
) -> None:
    with pytest.raises(Refused, match="with all of its answers"):
        store.delete(ids(some))

    assert ids(whole.read().records) == ids(EVERYTHING)


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        (TOLD[0], {"answers": {}}),
        (WAITING[0], {"note": "It was me"}),
        (STRAY, {"voice": "Noor"}),
        (TOLD[0], {"gathering": None}),
        (ALONE, {"gathering": HIDDEN.id}),
        (NAMED[0], {"gathering": None}),
    ],
)
def test_an_answer_to_a_confidential_round_cannot_be_changed_nor_moved(
    store: GuardedStore, whole: CsvStore, before: Assessment, changes: dict[str, object]
) -> None:
    stored = whole.read()

    with pytest.raises(Refused, match="stay as they were given"):
        store.revise(before, before.model_copy(update=changes))

    assert whole.read() == stored


def test_an_answer_to_an_open_round_can_be_corrected(store: GuardedStore, whole: CsvStore) -> None:
    after = NAMED[0].model_copy(update={"note": "corrected"})

    store.revise(NAMED[0], after)

    assert after in whole.read().assessments


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        (HIDDEN, {"privacy": "open"}),
        (HIDDEN, {"least_voices": 3}),
        (HIDDEN, {"opened_on": date(2026, 11, 4)}),
        (HIDDEN, {"squad": "Elsewhere"}),
        (SHOWN, {"revealed_at": None}),
        (SHOWN, {"closed_at": NOW.replace(day=11)}),
    ],
)
def test_what_a_round_promised_cannot_be_changed(
    store: GuardedStore, whole: CsvStore, before: Survey, changes: dict[str, object]
) -> None:
    with pytest.raises(Refused, match="stays as it was"):
        store.revise(before, before.model_copy(update=changes))

    assert before in whole.read().surveys


def test_a_round_may_be_closed_opened_again_and_revealed(
    store: GuardedStore, whole: CsvStore
) -> None:
    shut = closed(HIDDEN, now=NOW)
    store.revise(HIDDEN, shut)
    store.revise(shut, reopened(shut))
    store.revise(HIDDEN, shown := revealed(HIDDEN, voices=6, now=NOW))

    assert shown in whole.read().surveys
    assert ids(WAITING) < ids(showable_records(whole.read()).assessments)


def test_a_round_is_not_revealed_on_the_word_of_whoever_asks(
    store: GuardedStore, whole: CsvStore
) -> None:
    few = gathering()
    whole.add([few, *voices(4, few)])

    with pytest.raises(Refused, match="voices so far: 4; at least 5"):
        store.revise(few, revealed(few, voices=5, now=NOW))

    assert few in whole.read().surveys


def test_renaming_takes_hidden_answers_along(store: GuardedStore, whole: CsvStore) -> None:
    assert store.rename("Atlas", "Borealis") == len(EVERYTHING)

    assert {record.squad for record in whole.read().squad_records} == {"Borealis"}


def test_what_is_stored_of_no_round_is_shown_as_it_is() -> None:
    plain = Stored(assessments=(ALONE,), version="v1")

    assert showable_records(plain).assessments == (ALONE,)


def test_nothing_is_added_to_a_round_but_by_its_invitation(whole: CsvStore) -> None:
    guarded = GuardedStore(whole)
    for survey in (HIDDEN, SHOWN):
        with pytest.raises(Refused, match="by its invitation alone"):
            guarded.add([answer_as_stored(assessment(), survey)])
    with pytest.raises(Refused, match="not stored here"):
        guarded.add([answer_as_stored(assessment(), gathering())])
    asked = gathering(privacy="open")
    guarded.add([asked])
    with pytest.raises(Refused, match="not shown yet"):
        guarded.add([answer_as_stored(assessment(), asked)])

    assert guarded.add([answer_as_stored(assessment(), OPEN)]) == 1


def test_a_round_cannot_join_answers_that_were_stored_without_it(whole: CsvStore) -> None:
    claimed = gathering(gathering_id=STRAY.gathering, privacy="open")

    with pytest.raises(Refused, match="nobody can tell whether this is what they were promised"):
        GuardedStore(whole).add([claimed])

    assert claimed not in whole.read().surveys


def test_what_a_caller_looks_at_first_is_looked_at_before_any_change(
    store: GuardedStore, whole: CsvStore
) -> None:
    before = whole.read()

    def refuse(stored: Stored) -> None:
        assert stored.records == before.records
        raise Refused("not now")

    with pytest.raises(Refused, match="not now"):
        store.add([assessment()], check=refuse)
    with pytest.raises(Refused, match="not now"):
        store.revise(ALONE, ALONE.model_copy(update={"note": "again"}), check=refuse)
    with pytest.raises(Refused, match="not now"):
        store.delete([ALONE.id], check=refuse)

    assert whole.read() == before


# What somebody else stores between look and change ------------------------------------------------


def test_a_session_is_not_deleted_without_an_answer_that_came_that_moment(whole: CsvStore) -> None:
    late = answer_as_stored(assessment(), HIDDEN)
    guarded = GuardedStore(interleaved(whole, lambda: whole.add([late])))

    with pytest.raises(Refused, match="nothing was deleted"):
        guarded.delete(ids([HIDDEN, *WAITING]))

    assert ids(whole.read().records) == ids([*EVERYTHING, late])


def test_what_follows_a_deletion_is_looked_for_when_nobody_else_can_write(whole: CsvStore) -> None:
    survey, made = gathering(privacy="open"), agreement()
    whole.add([survey, made])
    late: list[Record] = [
        link(kind="invite", round_id=survey.id),
        confirmation(agreement_id=made.id),
    ]
    guarded = GuardedStore(interleaved(whole, lambda: whole.add(late)))

    assert guarded.delete([survey.id, made.id]) == 2

    assert ids(whole.read().records) == ids(EVERYTHING)


def test_an_agreement_that_is_answered_that_moment_keeps_its_words(whole: CsvStore) -> None:
    made = agreement()
    whole.add([made])
    answer = confirmation(agreement_id=made.id)
    guarded = GuardedStore(interleaved(whole, lambda: whole.add([answer])))

    with pytest.raises(Refused, match="roles have answered this agreement"):
        guarded.revise(made, made.model_copy(update={"limits": "Up to 500 €"}))

    assert whole.read().agreements == (made,)
