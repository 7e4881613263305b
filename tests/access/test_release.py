"""Release: what the squad alone sees until it lets others see it, and who is reminded when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assessment.access.guarded_store import check_revision
from assessment.access.invitations import closed, revealed
from assessment.access.release import nudge_for, released, released_records, unreleased
from assessment.access.rights import Rights, Visitor, visible
from assessment.errors import Refused
from assessment.storage.protocol import Stored
from tests.builders import assessment, gathering, link, vote

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
HELD = revealed(gathering(privacy="open"), voices=1, now=NOW)
OLDER = gathering(privacy="open", closed_at=NOW, revealed_at=NOW)
OF_HELD = assessment(gathering=HELD.id)
OF_OLDER = assessment(gathering=OLDER.id)
ALONE = assessment()
STORED = Stored(
    (OF_HELD, OF_OLDER, ALONE),
    surveys=(HELD, OLDER),
    votes=(vote(gathering=HELD.id),),
    version="some",
)


def test_a_survey_is_revealed_to_its_squad_first_and_released_by_a_step_of_its_own() -> None:
    assert not HELD.is_released
    assert released(HELD).is_released
    assert released(released(HELD)) == released(HELD)
    with pytest.raises(Refused, match="the results are not revealed yet, so there is nothing to"):
        released(gathering())


def test_once_released_a_survey_has_no_topic_and_no_open_vote() -> None:
    voting = HELD.changed(asked_again="cut", asked_pass=1)

    after = released(voting)

    assert (after.asked_again, after.asked_pass, after.ballot) == (None, None, None)


def test_a_survey_revealed_before_release_was_asked_for_stays_released() -> None:
    assert OLDER.is_released
    assert revealed(OLDER, voices=1, now=NOW) == OLDER
    assert unreleased([HELD, OLDER]) == (HELD,)


def test_a_link_tells_that_an_unreleased_survey_exists_and_nothing_of_what_it_says() -> None:
    viewer = Rights(Visitor("viewer", link=link()))
    seen = visible(STORED, viewer)
    assert [check.id for check in seen.assessments] == [OF_OLDER.id, ALONE.id]
    assert [survey.id for survey in seen.surveys] == [HELD.id, OLDER.id]
    assert seen.votes == ()
    shared = Stored(STORED.assessments, surveys=(released(HELD), OLDER), version="other")
    assert [check.id for check in visible(shared, viewer).assessments] == [
        OF_HELD.id,
        OF_OLDER.id,
        ALONE.id,
    ]
    assert len(visible(STORED, Rights(Visitor("editor"))).assessments) == 3


def test_what_is_seen_outside_the_squad_is_told_apart_from_what_the_squad_sees() -> None:
    outside = released_records(STORED)
    assert outside.assessments == (OF_OLDER, ALONE)
    assert outside.votes == ()
    assert outside.version != STORED.version
    nothing_held = Stored((ALONE,), surveys=(OLDER,))
    assert released_records(nothing_held) is nothing_held


def test_what_was_released_stays_released() -> None:
    check_revision(HELD, released(HELD), STORED)
    for before, after in (
        (released(HELD), HELD),
        (OLDER, OLDER.model_copy(update={"released": False})),
    ):
        with pytest.raises(Refused, match="what a session promised"):
            check_revision(before, after, STORED)


@pytest.mark.parametrize(
    ("survey", "voices", "days", "nudge"),
    [
        (HELD, 7, 7, None),
        (HELD, 7, 8, "release"),
        (released(HELD), 7, 8, None),
        (OLDER, 7, 800, None),
        (closed(gathering(), now=NOW), 7, 7, None),
        (closed(gathering(), now=NOW), 7, 8, "reveal"),
        (closed(gathering(), now=NOW), 0, 8, None),
        # Open to the 20th, which ends on the 21st at noon.
        (gathering(), 7, 19, None),
        (gathering(), 7, 20, "reveal"),
        (closed(gathering(), now=NOW + timedelta(days=19)), 7, 20, "reveal"),
    ],
)
def test_an_editor_is_reminded_after_a_week_of_what_waits(
    survey: object, voices: int, days: int, nudge: str | None
) -> None:
    assert nudge_for(survey, voices=voices, now=NOW + timedelta(days=days)) == nudge  # type: ignore[arg-type]
