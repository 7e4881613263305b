"""Whose answers count: the core from a voice's last check, each lens from its last visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from assessment.model import Assessment, Setup
from assessment.scoring.seats import SquadSeats
from assessment.scoring.voices import VoiceDeepAnswers, counting_voices, deep_answers_by_voice
from tests.builders import assessment
from tests.deep_examples import FRAMEWORK, deep, deep_only, setup

FIRST, SECOND, THIRD = (date(2026, 11, day) for day in (1, 2, 3))
LENSES = FRAMEWORK.lenses
DECIDERS = {"bets": ("pm",)}


def told_by(visits: Sequence[Assessment], *setups: Setup) -> tuple[VoiceDeepAnswers, ...]:
    return deep_answers_by_voice(LENSES, visits, SquadSeats(FRAMEWORK, setups).on)


def test_what_only_adds_deep_answers_does_not_replace_an_earlier_check() -> None:
    check = assessment(voice="Ada", assessed_on=FIRST)
    addition = deep_only(voice="ada", assessed_on=SECOND, deep=deep(deciders=DECIDERS))

    assert counting_voices([check, addition]) == (check,)
    assert counting_voices([addition, check]) == (check,)


def test_a_later_check_without_deep_answers_does_not_wipe_them() -> None:
    both = assessment(voice="Ada", assessed_on=FIRST, deep=deep(deciders=DECIDERS))
    check = assessment(voice="Ada", assessed_on=SECOND)

    assert counting_voices([both, check]) == (check,)
    assert [voice.deep for voice in told_by([both, check])] == [both.deep]


def test_an_assessment_without_any_answer_counts_as_the_voices_last_check() -> None:
    check = assessment(voice="Ada", assessed_on=FIRST)
    nothing = assessment(voice="Ada", assessed_on=SECOND, answers={})

    assert counting_voices([check, nothing]) == (nothing,)


def test_a_voice_that_took_the_deep_check_alone_still_counts_once() -> None:
    early = deep_only(voice="Ada", assessed_on=FIRST, deep=deep(signs={"open-questions": 3}))
    late = deep_only(voice="Ada", assessed_on=SECOND, deep=deep(deciders=DECIDERS))

    assert counting_voices([early, late]) == (late,)


def test_each_lens_is_taken_from_the_voices_last_visit_to_it() -> None:
    visits = [
        deep_only(
            voice="Ada",
            role="pm",
            assessed_on=FIRST,
            deep=deep(
                deciders={"bets": ("cpo",), "cut": ("pm",)},
                options={"shared-cycle": "yes", "shared-capacity": "no", "product-review": "held"},
                signs={"open-questions": 3, "rework-share": 20},
            ),
        ),
        deep_only(
            voice="ADA",
            assessed_on=SECOND,
            deep=deep(
                deciders=DECIDERS,
                options={"shared-cycle": "partly"},
                signs={"open-questions": 5},
                mandates={"pm": "Decides."},
            ),
        ),
    ]

    for order in (visits, visits[::-1]):
        (voice,) = told_by(order)
        assert voice.deep == deep(
            deciders=DECIDERS,
            # the rhythm lens was taken again, without its second item; rituals were not
            options={"shared-cycle": "partly", "product-review": "held"},
            signs={"open-questions": 5},
            mandates={"pm": "Decides."},
        )
        assert (voice.voice, voice.role) == ("ADA", "pm")
        assert voice.source == visits[1].assessment_id


def test_a_visit_that_answers_nothing_of_a_lens_does_not_take_it_again() -> None:
    rhythm = {"shared-cycle": "yes", "shared-capacity": "yes"}
    first = deep_only(voice="Ada", assessed_on=FIRST, deep=deep(options=rhythm))
    unknown = {"shared-cycle": "unknown", "vision-against-feasibility": "often"}
    later = deep_only(voice="Ada", assessed_on=SECOND, deep=deep(options=unknown))

    (voice,) = told_by([first, later])

    assert voice.deep.options == rhythm | {"vision-against-feasibility": "often"}
    assert voice.days == {"rhythm": FIRST, "frontier": SECOND}
    # What answers one of its questions takes the lens again, and the other answer is unknown now.
    partly = deep(options={"shared-cycle": "unknown", "shared-capacity": "no"})
    (again,) = told_by([first, later, deep_only(voice="Ada", assessed_on=THIRD, deep=partly)])
    assert again.deep.options == {**partly.options, "vision-against-feasibility": "often"}
    # A visit that answers nothing is still known where there is no other.
    (alone,) = told_by([later])
    assert alone.deep == later.deep


def test_who_names_seats_that_nobody_holds_keeps_what_they_said_before() -> None:
    without_po = setup("pm", since=SECOND)
    first = deep_only(voice="Ada", assessed_on=FIRST, deep=deep(deciders={"bets": ("cpo",)}))
    void = deep_only(voice="Ada", assessed_on=THIRD, deep=deep(deciders={"bets": ("po",)}))
    held = deep(deciders={"bets": ("po", "pm"), "cut": ("nobody",)})

    (kept,) = told_by([first, void], without_po)
    assert (kept.deep, kept.source) == (first.deep, first.assessment_id)
    assert kept.days == {"who-decides": FIRST}
    (with_a_po,) = told_by([first, void])
    assert with_a_po.deep == void.deep
    (again,) = told_by([first, deep_only(voice="Ada", assessed_on=THIRD, deep=held)], without_po)
    assert again.deep == held


def test_a_practice_answered_without_a_pm_does_not_take_the_place_of_one_that_was_seen() -> None:
    seen = deep_only(voice="Ada", assessed_on=FIRST, deep=deep(options={"frames-scope": "yes"}))
    unseen = deep_only(voice="Ada", assessed_on=THIRD, deep=deep(options={"frames-scope": "no"}))

    (voice,) = told_by([seen, unseen], setup("po", since=SECOND))

    assert voice.deep == seen.deep


def test_who_decides_keeps_the_assessment_it_comes_from() -> None:
    mapping = deep_only(voice="Ada", assessed_on=FIRST, deep=deep(deciders=DECIDERS))
    signs = deep_only(voice="Ada", assessed_on=SECOND, deep=deep(signs={"open-questions": 3}))

    (voice,) = told_by([mapping, signs])

    assert voice.source == mapping.assessment_id


def test_of_two_visits_on_one_day_the_one_saved_last_counts() -> None:
    noon, morning = (
        deep_only(voice="Ada", saved_at=datetime(2026, 11, 3, hour, tzinfo=UTC), deep=answers)
        for hour, answers in (
            (12, deep(deciders={"bets": ("pm",)})),
            (9, deep(deciders={"bets": ("cpo",)})),
        )
    )

    (voice,) = told_by([noon, morning])

    assert voice.deep == noon.deep


def test_voices_without_alias_each_tell_their_own() -> None:
    by_voice = told_by([deep_only(deep=deep(deciders=DECIDERS)) for _ in range(3)])

    assert len(by_voice) == 3
    assert {voice.voice for voice in by_voice} == {None}


def test_who_took_no_deep_check_tells_nothing() -> None:
    assert told_by([assessment(voice="Ada")]) == ()
    assert VoiceDeepAnswers(deep()).source is None
