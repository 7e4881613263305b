"""Agreements as they stand, with states and kept shares worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from assessment.access.invitations import revealed
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import Agreement, Assessment, Confirmation, Setup, Survey
from assessment.model.agreement import check_beside
from assessment.model.period import Period
from assessment.rounds.agreements import IN_FORCE, Agreements, AgreementState, ChangedAnswer
from assessment.rounds.history import History
from assessment.rounds.practice import Practice, agreed_fit, practice_by_agreement
from assessment.rounds.round import Round
from tests.builders import (
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    replaced_agreement,
    setup,
    vote,
)

FRAMEWORK = shipped_framework()
FIRST, LAST = date(2026, 11, 4), date(2027, 5, 4)
SAVED = datetime(2026, 11, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def answered(
    agreed: Agreement, answers: dict[str, str] | None = None, **changes: object
) -> tuple[Confirmation, ...]:
    """An answer for each role, in order; yes of the PO and the tech lead unless told otherwise."""
    return tuple(
        confirmation(agreement_id=agreed.id, role=role, answer=answer, **changes)
        for role, answer in (answers or {"po": "agreed", "tl": "agreed"}).items()
    )


def read(
    *agreements: Agreement,
    answers: tuple[Confirmation, ...] = (),
    setups: tuple[Setup, ...] = (),
    assessments: tuple[Assessment, ...] = (),
    surveys: tuple[Survey, ...] = (),
) -> tuple[Agreements, History]:
    history = History(FRAMEWORK, assessments, "month", setups, surveys=surveys)
    history = history.reading(agreements, answers)
    return history.agreements, history


# States -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "today", "state"),
    [
        ({}, FIRST, "proposed"),
        ({"po": "agreed"}, FIRST, "proposed"),
        ({"po": "agreed", "tl": "agreed"}, FIRST, "in-force"),
        ({"po": "agreed", "tl": "agreed"}, FIRST - timedelta(days=1), "proposed"),
        ({"po": "agreed", "tl": "with-reservation"}, FIRST, "with-reservations"),
        ({"tl": "not-agreed"}, FIRST, "contested"),
        ({"po": "agreed", "tl": "not-agreed"}, FIRST, "contested"),
        ({"po": "agreed", "tl": "agreed"}, date(2027, 4, 3), "in-force"),
        ({"po": "agreed", "tl": "with-reservation"}, date(2027, 4, 4), "expiring"),
        ({"po": "agreed", "tl": "agreed"}, LAST, "expiring"),
        ({"po": "agreed", "tl": "agreed"}, LAST + timedelta(days=1), "expired"),
        ({"po": "agreed", "tl": "not-agreed"}, LAST + timedelta(days=1), "contested"),
        ({}, LAST + timedelta(days=1), "expired"),
    ],
)
def test_a_state_follows_from_the_answers_of_the_roles_concerned_and_the_day(
    answers: dict[str, str], today: date, state: AgreementState
) -> None:
    agreed = agreement()
    agreements, _ = read(agreed, answers=answered(agreed, answers) if answers else ())

    assert agreements.on(today).state(agreed) == state


def test_what_was_refused_is_not_answered_after_its_last_day() -> None:
    agreed = agreement()
    agreements, _ = read(agreed, answers=answered(agreed, {"tl": "not-agreed"}))
    after = LAST + timedelta(days=1)

    assert [agreements.on(day).is_over(agreed) for day in (LAST, after)] == [False, True]


def test_only_roles_somebody_holds_are_concerned() -> None:
    agreed = agreement(consulted=("em", "tl"), informed=("cto",))
    agreements, _ = read(agreed, answers=answered(agreed), setups=(setup(),))

    # The EM's seat is empty: nobody could answer for it.
    assert agreements.on(FIRST).concerned(agreed) == ("po", "tl")
    assert agreements.on(FIRST).state(agreed) == "in-force"
    assert agreements.on(FIRST).lost_roles(agreed) == ("em",)


def test_an_agreement_whose_roles_nobody_held_on_its_day_is_proposed_and_never_in_force() -> None:
    agreed = agreement(decides="em", consulted=())  # the EM's seat is empty
    agreements, _ = read(agreed, answers=answered(agreed, {"em": "agreed"}), setups=(setup(),))

    assert agreements.on(FIRST).state(agreed) == "proposed"
    assert agreements.on(FIRST).in_force("Atlas") == ()


def test_one_that_ended_before_the_next_began_is_expired_and_not_superseded() -> None:
    ended = agreement(valid_until=date(2026, 11, 30))
    following = agreement(agreed_on=date(2026, 12, 1))
    agreements, _ = read(ended, following, answers=answered(ended) + answered(following))

    on_day = agreements.on(date(2026, 12, 1))
    assert [on_day.state(made) for made in (ended, following)] == ["expired", "in-force"]


def test_a_new_agreement_replaces_none_once_every_one_on_its_decision_is_over() -> None:
    agreed = agreement()
    agreements, _ = read(agreed, answers=answered(agreed))

    on_days = agreements.on(LAST), agreements.on(LAST + DAY)
    assert [on_day.to_replace("Atlas", "sprint-content") for on_day in on_days] == [agreed, None]
    later = agreement(agreed_on=FIRST + DAY, valid_until=FIRST + DAY)
    both, _ = read(agreed, later, answers=answered(agreed))
    assert both.on(LAST).to_replace("Atlas", "sprint-content") == later


def test_the_last_vote_on_an_agreement_is_that_of_the_session_that_made_it() -> None:
    agreed = agreement(survey=UUID(int=7))
    own = [vote(pass_number=number) for number in (1, 2, 2)]
    elsewhere = vote(gathering=UUID(int=8), squad="Borea", pass_number=3)
    agreements = Agreements(FRAMEWORK, (agreed,), votes=(*own, elsewhere))

    assert agreements.on(FIRST).last_vote(agreed) == tuple(own[1:])


def test_the_latest_answer_of_a_role_counts_and_of_several_voices_the_gravest() -> None:
    agreed = agreement()
    said_no = answered(agreed, {"tl": "not-agreed"}, saved_at=SAVED)
    changed = answered(agreed, {"tl": "agreed"}, saved_at=SAVED + timedelta(hours=1))
    other = answered(agreed, {"tl": "with-reservation"}, voice="Zoë", saved_at=SAVED)
    agreements, _ = read(agreed, answers=(*changed, *said_no, *other))

    assert agreements.on(FIRST).answers(agreed) == {"tl": "with-reservation"}
    assert len(agreements.on(FIRST).counting_answers(agreed)) == 2


@pytest.mark.parametrize(
    ("course", "changed"),
    [
        (["not-agreed"], {}),
        (["agreed", "agreed"], {}),
        (["not-agreed", "agreed"], {"tl": ChangedAnswer("not-agreed", SAVED + DAY)}),
        (["agreed", "not-agreed"], {"tl": ChangedAnswer("agreed", SAVED + DAY)}),
        (
            ["with-reservation", "not-agreed", "agreed", "agreed"],
            {"tl": ChangedAnswer("not-agreed", SAVED + 2 * DAY)},
        ),
    ],
)
def test_what_a_role_answered_before_it_changed_its_answer_stays_known(
    course: Sequence[str], changed: Mapping[str, ChangedAnswer]
) -> None:
    agreed = agreement()
    given = [
        answered(agreed, {"tl": answer}, saved_at=SAVED + days * DAY)
        for days, answer in enumerate(course)
    ]
    agreements, _ = read(agreed, answers=tuple(answer for (answer,) in reversed(given)))

    assert agreements.on(LAST).changed_answers(agreed) == changed


def test_a_proposal_takes_the_place_of_nothing_until_it_is_settled() -> None:
    old = agreement()
    new = agreement(decides="em", agreed_on=date(2026, 11, 16), supersedes=old.id)
    day = date(2026, 11, 20)
    proposed, _ = read(old, new, answers=answered(old))

    assert proposed.on(day).reference("Atlas", "sprint-content") == old
    assert (proposed.on(day).state(old), proposed.on(day).state(new)) == (
        "in-force",
        "proposed",
    )

    settled, _ = read(
        old, new, answers=(*answered(old), *answered(new, {"em": "agreed", "tl": "agreed"}))
    )
    assert settled.on(day).reference("Atlas", "sprint-content") == new
    assert settled.on(date(2026, 11, 15)).reference("Atlas", "sprint-content") == old
    assert settled.on(day).state(old) == "superseded"
    assert [settled.on(day).is_over(made) for made in (old, new)] == [True, False]
    assert settled.on(day).story("atlas", "sprint-content") == (old, new)
    assert settled.on(day).holding_and_latest("Atlas") == (new,)
    assert proposed.on(day).holding_and_latest("Atlas") == (old, new)
    assert proposed.on(date(2026, 11, 16)).begun("Atlas") == (old, new)
    assert proposed.on(date(2026, 11, 15)).begun("Atlas") == (old,)


def test_beside_what_holds_a_proposal_that_is_over_is_no_last_word() -> None:
    old = agreement()
    never = agreement(
        decides="em",
        agreed_on=date(2026, 11, 16),
        valid_until=date(2026, 11, 19),
        supersedes=old.id,
    )
    agreements, _ = read(old, never, answers=answered(old))

    assert agreements.on(date(2026, 11, 19)).holding_and_latest("Atlas") == (old, never)
    assert agreements.on(date(2026, 11, 20)).holding_and_latest("Atlas") == (old,)
    assert agreements.on(date(2027, 5, 5)).holding_and_latest("Atlas") == (never,)


def test_what_replaces_a_proposal_that_never_held_replaces_what_this_would_have_replaced() -> None:
    first = agreement()
    never = agreement(decides="em", agreed_on=date(2026, 11, 20), supersedes=first.id)
    last = agreement(
        decides="pm",
        agreed_on=date(2026, 11, 24),
        valid_until=date(2026, 12, 31),
        supersedes=never.id,
    )
    yes = {"pm": "agreed", "tl": "agreed"}
    agreements, _ = read(first, never, last, answers=(*answered(first), *answered(last, yes)))

    by_day = {
        date(2026, 11, 23): ("in-force", "proposed", "proposed"),
        date(2026, 11, 24): ("superseded", "superseded", "in-force"),
        date(2027, 1, 15): ("superseded", "superseded", "expired"),
    }
    for day, states in by_day.items():
        assert tuple(agreements.on(day).state(agreed) for agreed in (first, never, last)) == states
    held = [agreements.on(day).reference("Atlas", "sprint-content") for day in by_day]
    assert held == [first, last, None]
    assert agreements.on(FIRST).days_held(first) == ((FIRST, date(2026, 11, 23)),)
    assert agreements.on(FIRST).days_held(never) == ()


@pytest.mark.parametrize("day", [date(2027, 1, 1), LAST])
def test_one_that_had_its_days_beside_another_holds_alone_once_that_one_is_back(day: date) -> None:
    first = agreement()
    second = agreement(
        decides="pm",
        agreed_on=date(2026, 11, 20),
        valid_until=date(2026, 12, 31),
        supersedes=first.id,
    )
    third = agreement(decides="em", agreed_on=day)
    took_back = answered(second, {"pm": "agreed", "tl": "not-agreed"})
    given = (*answered(first), *took_back, *answered(third, {"em": "agreed", "tl": "agreed"}))
    agreements, _ = read(first, second, third, answers=given)

    assert agreements.on(date(2026, 12, 31)).in_force("Atlas") == (first,)
    assert [agreements.on(day).reference("Atlas", "sprint-content")] == [third]
    assert agreements.on(day).state(first) == "superseded"
    assert agreements.on(FIRST).days_held(first) == ((FIRST, day - DAY),)


def test_agreements_stand_on_a_day_by_the_answers_given_by_then() -> None:
    (first, later), given = replaced_agreement()
    agreements, _ = read(first, later, answers=given)

    october, confirmed = agreements.on(date(2026, 10, 20)), agreements.on(date(2026, 11, 10))
    assert (october.state(first), october.state(later)) == ("in-force", "proposed")
    assert october.reference("Atlas", "sprint-content") == first
    assert agreements.on(date(2026, 11, 9)).reference("Atlas", "sprint-content") == first
    assert (confirmed.state(first), confirmed.state(later)) == ("superseded", "in-force")
    # On 20 October nobody knew that another would take its place.
    assert october.days_held(first) == ((date(2026, 6, 1), first.valid_until),)
    assert (october.days_held(later), october.holds_from(later)) == ((), date(2026, 10, 5))
    assert confirmed.days_held(first) == ((date(2026, 6, 1), date(2026, 11, 9)),)
    assert confirmed.days_held(later) == ((date(2026, 11, 10), later.valid_until),)


def test_a_decision_is_agreed_on_where_one_holds_or_waits_and_in_a_room_if_made_by_then() -> None:
    room = revealed(gathering(privacy="open"), voices=5, now=SAVED)
    first = agreement(consulted=(), valid_until=date(2026, 12, 31), saved_at=SAVED - DAY)
    second = agreement(consulted=(), supersedes=first.id, agreed_on=date(2026, 11, 19))
    second = second.model_copy(update={"saved_at": SAVED + DAY})
    (yes,) = answered(first, {"po": "agreed"})
    (no,) = answered(second, {"po": "not-agreed"})

    def decisions(*made: Agreement, day: date, of: Survey | None = None) -> list[str]:
        agreements, _ = read(*made, answers=(yes, no))
        return [*agreements.on(day).decisions_agreed("atlas", of)]

    day = date(2026, 11, 20)
    assert decisions(second, day=day) == []
    # What is refused replaces nothing, so the first holds: until its end.
    assert decisions(first, second, day=day) == ["sprint-content"]
    assert decisions(first, day=date(2027, 1, 1)) == []
    # Made after the room was revealed, elsewhere or in it.
    waiting = agreement(saved_at=SAVED + DAY)
    assert decisions(waiting, day=day) == ["sprint-content"]
    assert decisions(waiting, day=day, of=room) == []
    made_in_it = waiting.model_copy(update={"survey": room.id})
    assert decisions(made_in_it, day=day, of=room) == ["sprint-content"]
    assert decisions(first, day=day, of=room) == ["sprint-content"]


def test_one_whose_decider_is_gone_is_an_agreement_still_that_a_room_may_renew() -> None:
    room = revealed(gathering(privacy="open"), voices=5, now=SAVED)
    agreed = agreement(consulted=(), saved_at=SAVED - DAY)
    seats = setup(seats={"po": "own"}), setup(since=date(2026, 11, 16), seats={"tl": "own"})
    agreements, _ = read(agreed, answers=answered(agreed, {"po": "agreed"}), setups=seats)
    on_day = agreements.on(date(2026, 11, 16))

    assert on_day.state(agreed) == "without-decider"
    assert on_day.decisions_agreed("Atlas") == {"sprint-content"}
    assert on_day.decisions_agreed("Atlas", room) == frozenset()


def test_what_is_to_be_written_is_what_no_agreement_was_made_on_and_no_talk_is_to_settle() -> None:
    agreements, _ = read(agreement())
    decisions = [*FRAMEWORK.lenses.decision_by_id]

    to_write = agreements.on(FIRST).to_write("atlas", ["bets"])

    assert [*to_write] == [of for of in decisions if of not in ("sprint-content", "bets")]


def test_what_is_taken_back_later_held_until_then() -> None:
    agreed = agreement(agreed_on=date(2026, 6, 1), consulted=())
    course = {(6, 1): "agreed", (9, 1): "not-agreed", (10, 1): "agreed"}
    given = [
        answered(agreed, {"po": answer}, saved_at=datetime(2026, *day, 9, tzinfo=UTC))
        for day, answer in course.items()
    ]
    agreements, _ = read(agreed, answers=tuple(answer for (answer,) in given))

    days = [date(2026, 5, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 1)]
    states = [agreements.on(day).state(agreed) for day in days]
    assert states == ["proposed", "in-force", "contested", "in-force"]
    counts = [len(agreements.on(day).changed_answers(agreed)) for day in days]
    assert counts == [0, 0, 1, 1]
    before = date(2026, 6, 1), date(2026, 8, 31)
    assert agreements.on(date(2026, 9, 30)).days_held(agreed) == (before,)
    assert agreements.on(date(2026, 9, 30)).holds_from(agreed) == date(2026, 6, 1)
    again = date(2026, 10, 1), agreed.valid_until
    assert agreements.on(date(2026, 10, 1)).days_held(agreed) == (before, again)
    assert agreements.on(date(2026, 10, 1)).holds_from(agreed) == date(2026, 10, 1)


@pytest.mark.parametrize(("zone", "settled"), [("UTC", True), ("Europe/Paris", False)])
def test_an_answer_counts_from_the_day_it_was_where_the_reader_is(zone: str, settled: bool) -> None:
    agreed = agreement(consulted=())
    given = answered(agreed, {"po": "agreed"}, saved_at=datetime(2026, 11, 9, 23, 30, tzinfo=UTC))
    agreements, _ = read(agreed, answers=given)

    on_day = replace(agreements, zone=ZoneInfo(zone)).on(date(2026, 11, 9))
    assert on_day.is_settled(agreed) is settled


def test_of_random_stories_no_two_ever_hold_on_a_day() -> None:
    chance = Random(1_212)  # noqa: S311 - the same stories each time
    held = gaps = 0
    for _ in range(200):
        story: list[Agreement] = []
        given: list[Confirmation] = []
        for week in range(6):
            now = SAVED + timedelta(weeks=week)
            agreements, _history = read(*story, answers=tuple(given))
            first = FIRST + timedelta(days=chance.randint(0, 40))
            made = agreement(
                saved_at=now,
                agreed_on=first,
                valid_until=first + timedelta(days=chance.randint(0, 40)),
                supersedes=chance.choice([None, *(agreed.id for agreed in story)]),
            )
            with suppress(Refused):
                check_beside(made, story, is_settled=agreements.on(now.date()).is_settled)
                story.append(made)
            for role in ("po", "tl"):
                answer = chance.choice(("agreed", "agreed", "agreed", "not-agreed"))
                moment = now + timedelta(minutes=1)
                given += answered(chance.choice(story), {role: answer}, saved_at=moment)
        agreements, _history = read(*story, answers=tuple(given))
        days_held: dict[UUID, list[date]] = {}
        for day in (FIRST + timedelta(days=number) for number in range(82)):
            holding = [agreed for agreed in story if agreements.on(day).state(agreed) in IN_FORCE]
            assert holding == list(agreements.on(day).in_force("Atlas"))
            for agreed in holding:
                days_held.setdefault(agreed.id, []).append(day)
            held += len(holding)
        for agreed in story:
            spans = agreements.on(FIRST + timedelta(days=81)).days_held(agreed)
            days = [
                first + timedelta(days=number)
                for first, last in spans
                for number in range((last - first).days + 1)
            ]
            assert days == days_held.get(agreed.id, [])
            gaps += max(0, len(spans) - 1)
            assert all(last + DAY < first for (_, last), (first, _) in pairwise(spans))
    assert held > 400
    assert gaps > 0


def test_a_squads_agreements_stand_decision_by_decision_whenever_they_were_made() -> None:
    # In the framework bets come before what a sprint holds.
    early = agreement(valid_until=date(2026, 11, 30))
    between = agreement(decision="bets", agreed_on=date(2026, 11, 20), decides="po")
    late = agreement(agreed_on=date(2026, 12, 1))
    agreements, _ = read(late, between, early, answers=answered(early) + answered(late))

    assert agreements.of("atlas ") == (between, early, late)
    assert agreements.on(date(2026, 12, 1)).holding_and_latest("Atlas") == (between, late)


def test_to_whom_a_period_is_shown_agreements_stand_as_on_its_last_day() -> None:
    agreements, _ = read()
    october = replace(agreements, until=Period.parse("2026-10").last_day)

    seen = {
        day: (agreements.on(day).day, october.on(day).day)
        for day in (date(2026, 10, 20), date(2026, 11, 28))
    }
    assert seen == {
        date(2026, 10, 20): (date(2026, 10, 20), date(2026, 10, 20)),
        date(2026, 11, 28): (date(2026, 11, 28), date(2026, 10, 31)),
    }
    assert Period.parse("2026-Q1").last_day == date(2026, 3, 31)


def test_an_agreed_role_that_must_not_decide_is_told() -> None:
    agreed = agreement(decision="priority-segment", decides="po", consulted=())
    fine = agreement(decision="priority-segment", decides="cpo", consulted=())
    agreements, _ = read(agreed, fine)

    assert agreements.on(FIRST).must_not_decide(agreed)
    assert not agreements.on(FIRST).must_not_decide(fine)
    nobodys, _ = read(agreed, setups=(setup(seats={"pm": "own"}),))
    assert nobodys.on(FIRST).lost_roles(agreed) == ("po",)
    assert not nobodys.on(FIRST).must_not_decide(agreed)


# Kept ---------------------------------------------------------------------------------------------


def names(*roles: str, day: date = date(2026, 11, 18), **changes: object) -> Assessment:
    """A voice that names roles for what a sprint holds."""
    return deep_assessment(assessed_on=day, deep={"deciders": {"sprint-content": roles}}, **changes)


def practice(
    *agreements: Agreement,
    voices: tuple[Assessment, ...],
    answers: tuple[Confirmation, ...] | None = None,
    setups: tuple[Setup, ...] = (),
    survey: Survey | None = None,
) -> dict[UUID, Practice]:
    """What the last round says of each agreement, by its id."""
    given = answers or tuple(a for agreed in agreements for a in answered(agreed))
    history_of_agreements, history = read(
        *agreements,
        answers=given,
        setups=setups,
        assessments=voices,
        surveys=(survey,) if survey else (),
    )
    shown = history.latest("Atlas")
    assert isinstance(shown, Round)
    return {
        agreed.id: followed
        for agreed, followed in practice_by_agreement(history_of_agreements, shown).items()
    }


def test_kept_is_one_exactly_half_with_others_and_nothing_otherwise() -> None:
    agreed = agreement()
    voices = (names("po"), names("po"), names("po", "tl"), names("em"), names("nobody"))

    by_agreement = practice(agreed, voices=voices)

    # (1 + 1 + 0.5 + 0 + 0) / 5
    assert by_agreement == {agreed.id: Practice(voices=5, exactly=2, with_others=1)}
    assert by_agreement[agreed.id].kept == pytest.approx(0.5)
    assert (by_agreement[agreed.id].naming, by_agreement[agreed.id].is_kept) == (3, False)


def test_five_of_seven_is_kept_and_three_of_seven_not_yet() -> None:
    agreed = agreement()

    def of_seven(count: int) -> Practice:
        voices = [names("po")] * count + [names("em")] * (7 - count)
        return practice(
            agreed, voices=tuple(names(*v.deep.deciders["sprint-content"]) for v in voices)
        )[agreed.id]

    assert of_seven(5).kept == pytest.approx(5 / 7)
    assert of_seven(5).is_kept
    assert of_seven(3).kept == pytest.approx(3 / 7)
    assert not of_seven(3).is_kept


@pytest.mark.parametrize(("until", "counted"), [(date(2026, 11, 18), 1), (date(2026, 11, 17), 0)])
def test_an_agreement_counts_up_to_and_including_its_last_day(until: date, counted: int) -> None:
    agreed = agreement(valid_until=until)

    assert len(practice(agreed, voices=(names("po"),))) == counted


def test_each_voice_is_judged_by_the_agreement_of_its_own_day() -> None:
    old = agreement()
    new = agreement(decides="em", agreed_on=date(2026, 11, 16), supersedes=old.id)
    answers = (*answered(old), *answered(new, {"em": "agreed", "tl": "agreed"}))
    voices = (
        names("po", day=date(2026, 11, 3)),  # before there was any
        names("po", day=date(2026, 11, 10)),
        names("em", day=date(2026, 11, 15)),
        names("em", day=date(2026, 11, 16)),
        names("po", day=date(2026, 11, 20)),
        names("em", "po", day=date(2026, 11, 20)),
    )

    by_agreement = practice(old, new, voices=voices, answers=answers)

    assert by_agreement == {
        old.id: Practice(voices=2, exactly=1, with_others=0),
        new.id: Practice(voices=3, exactly=1, with_others=1),
    }


def test_voices_of_days_without_the_agreed_role_say_nothing_of_it() -> None:
    agreed = agreement()
    without = setup(since=date(2026, 11, 16), seats={"pm": "own", "tl": "own"})
    voices = (names("po", day=date(2026, 11, 10)), names("pm", day=date(2026, 11, 20)))

    by_agreement = practice(
        agreed, voices=voices, setups=(setup(seats={"po": "own", "tl": "own"}), without)
    )

    assert by_agreement == {agreed.id: Practice(voices=1, exactly=1, with_others=0)}


def test_two_seats_of_one_person_are_one() -> None:
    agreed = agreement()
    seats = {"pm": "own", "po": "same-as-pm", "tl": "own"}
    voices = (names("pm"), names("pm", "po"), names("po", "tl"))

    by_agreement = practice(agreed, voices=voices, setups=(setup(seats=seats),))

    assert by_agreement == {agreed.id: Practice(voices=3, exactly=2, with_others=1)}


def test_a_voice_is_judged_by_what_was_settled_on_its_day_not_since() -> None:
    (old, new), answers = replaced_agreement()
    voices = tuple(names("po", day=date(2026, 10, 20)) for _ in range(3))

    assert practice(old, new, voices=voices, answers=answers) == {
        old.id: Practice(voices=3, exactly=3, with_others=0)
    }


def test_what_is_not_settled_is_no_reference() -> None:
    agreed = agreement()

    assert practice(agreed, voices=(names("po"),), answers=answered(agreed, {"po": "agreed"})) == {}


def test_of_a_confidential_round_no_part_is_told_that_leaves_few_voices_apart() -> None:
    survey = gathering(least_voices=5)
    agreed = agreement(agreed_on=date(2026, 11, 10))

    def voice_counts(before: int, after: int) -> list[int]:
        voices = [names("po", day=date(2026, 11, 5), gathering=survey.id) for _ in range(before)]
        voices += [names("po", day=date(2026, 11, 12), gathering=survey.id) for _ in range(after)]
        by_agreement = practice(agreed, voices=tuple(voices), survey=survey)
        return [part.voices for part in by_agreement.values()]

    assert voice_counts(0, 5) == [5]
    assert voice_counts(5, 5) == [5]
    assert voice_counts(1, 5) == []
    assert voice_counts(0, 4) == []


def test_an_agreement_is_not_judged_by_the_answers_of_the_session_that_made_it() -> None:
    survey = gathering(least_voices=5)
    day = date(2026, 11, 12)
    voices = tuple(names("po", day=day, gathering=survey.id) for _ in range(5))

    made_here = agreement(agreed_on=day, survey=survey.id)
    made_before = agreement(agreed_on=day)

    assert practice(made_here, voices=voices, survey=survey) == {}
    assert practice(made_before, voices=voices, survey=survey) == {
        made_before.id: Practice(voices=5, exactly=5, with_others=0)
    }


def test_the_fit_with_what_was_agreed_is_the_mean_of_kept_by_level() -> None:
    one, two, other = agreement(), agreement(decision="enough-scope"), agreement(decision="bets")
    shares = {
        one: Practice(voices=4, exactly=3, with_others=0),
        two: Practice(voices=4, exactly=0, with_others=2),
        other: Practice(voices=2, exactly=2, with_others=0),
    }

    fit = agreed_fit(FRAMEWORK, shares)

    levels = FRAMEWORK.lenses.decision_by_id
    assert fit[levels["sprint-content"].level] == pytest.approx((0.75 + 0.25) / 2)
    assert fit[levels["bets"].level] == pytest.approx(1.0)
    assert sum(share is not None for share in fit.values()) == 2


def test_a_round_of_single_checks_without_deciders_says_nothing() -> None:
    agreed = agreement()
    assert practice(agreed, voices=(assessment(),)) == {}


def test_no_kept_share_of_a_random_confidential_round_rests_on_one_to_four_voices() -> None:
    chance = Random(1_211)  # noqa: S311 - the same companies each time
    counted = 0
    for _ in range(500):
        survey = gathering(least_voices=5)
        days = [date(2026, 11, chance.randint(3, 20)) for _ in range(chance.randint(5, 26))]
        seats = [
            setup(since=date(2026, 11, chance.randint(2, 20)), seats={"pm": "own", "tl": "own"}),
            setup(since=date(2026, 10, 1), seats={"pm": "own", "po": "own", "tl": "own"}),
        ]
        first = agreement(agreed_on=date(2026, 11, chance.randint(1, 12)), consulted=("tl",))
        later = agreement(
            agreed_on=date(2026, 11, chance.randint(12, 20)),
            decides="tl",
            consulted=(),
            supersedes=first.id,
        )
        voices = [
            names(
                *chance.choice((("po",), ("tl",), ("po", "tl"), ("nobody",))),
                day=day,
                gathering=survey.id,
            )
            for day in days
            if chance.random() < 0.8
        ]
        if not voices:
            continue
        answers = (*answered(first), *answered(later, {"tl": "agreed"}))
        by_agreement = practice(
            first,
            later,
            voices=tuple(voices),
            answers=answers,
            setups=tuple(chance.sample(seats, chance.randint(0, 2))),
            survey=survey,
        )
        counts = [part.voices for part in by_agreement.values()]
        rest = len(voices) - sum(counts)
        assert all(count >= 5 for count in counts)
        assert not counts or rest == 0 or rest >= 5
        counted += bool(counts)
    assert counted > 50


def test_of_two_squads_that_are_merged_one_agreement_of_the_same_day_holds() -> None:
    later = SAVED + timedelta(hours=1)
    first, second = agreement(), agreement(decides="tl", consulted=("po",), saved_at=later)
    agreements, _ = read(first, second, answers=answered(first) + answered(second))

    assert [agreements.on(FIRST).state(agreed) for agreed in (first, second)] == [
        "superseded",
        "in-force",
    ]
    assert agreements.on(FIRST).in_force("Atlas") == (second,)


def test_agreements_as_of_a_day_know_nothing_that_came_after_it() -> None:
    made = agreement(agreed_on=date(2026, 6, 3), valid_until=date(2026, 12, 1))
    later = agreement(agreed_on=date(2026, 9, 18), valid_until=date(2026, 12, 1))
    answers = [
        confirmation(agreement_id=one.id, role=role, saved_at=datetime(2026, month, 5, tzinfo=UTC))
        for one, month in ((made, 6), (later, 9))
        for role in (one.decides, *one.consulted)
    ]
    agreements = Agreements(FRAMEWORK, (made, later), tuple(answers))

    june = agreements.as_of(date(2026, 6, 30))
    assert (june.agreements, june.until) == ((made,), date(2026, 6, 30))
    assert june.on(date(2026, 11, 29)).in_force("Atlas") == (made,)
    assert june.as_of(date(2026, 9, 30)).until == date(2026, 6, 30)
    assert not agreements.as_of(date(2026, 6, 2)).agreements
    unanswered = agreements.as_of(date(2026, 6, 3))
    assert unanswered.agreements == (made,)
    assert unanswered.on(date(2026, 11, 29)).answers(made) == {}
