"""Rounds gathered by invitation: until when they take answers, what they keep and show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import cast
from uuid import UUID

import pytest
from pydantic import ValidationError

from assessment.access.invitations import (
    answer_as_stored,
    check_may_be_revealed,
    check_promise,
    check_takes_answers,
    closed,
    end_of,
    last_day_answered,
    promise_of,
    reopened,
    revealed,
    showable_assessments,
    stage_of,
    voice_count,
    without_result,
)
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.forms.survey import MOST_DAYS, SurveyRequest, closing_day, new_survey, with_next_day
from assessment.model import NOT_APPLICABLE, UNKNOWN, Assessment, Survey
from assessment.model.period import BYS
from assessment.rounds.history import History
from assessment.scoring.levels import healths_of, score_table
from assessment.scoring.pooling import without_each
from assessment.scoring.robustness import Ranges, ranges_of
from tests.builders import DEEP, assessment, deep_assessment, setup

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 10, 15, 42, 7, tzinfo=UTC)


def gathering(**changes: object) -> Survey:
    fields: dict[str, object] = {
        "gathering_id": UUID(int=77),
        "saved_at": NOW,
        "squad": "Atlas",
        "opened_on": date(2026, 11, 10),
        "closes_on": date(2026, 11, 20),
    }
    return Survey.model_validate(fields | changes)


def voices(count: int, of: Survey) -> list[Assessment]:
    return [answer_as_stored(assessment(voice=f"v{n}"), of) for n in range(count)]


def shown(survey: Survey, answers: list[Assessment]) -> int:
    return len(showable_assessments(answers, [survey]))


def test_a_round_closes_once_its_last_day_is_over_everywhere() -> None:
    survey = gathering()

    assert stage_of(survey, now=datetime(2026, 11, 21, 11, 59, tzinfo=UTC)) == "gathering"
    assert stage_of(survey, now=datetime(2026, 11, 21, 12, 0, tzinfo=UTC)) == "closed"


def test_the_last_day_to_answer_is_that_of_closing_where_somebody_closed_it_before() -> None:
    def last_day(survey: Survey) -> date:
        return last_day_answered(survey, day_of=datetime.date)

    survey = gathering()
    assert last_day(survey) == date(2026, 11, 20)
    assert last_day(closed(survey, now=NOW)) == date(2026, 11, 10)
    # Closed while its last day was not over everywhere.
    assert last_day(closed(survey, now=datetime(2026, 11, 21, 8, tzinfo=UTC))) == date(2026, 11, 20)


def test_the_next_session_is_later_than_this_one_opened() -> None:
    with pytest.raises(ValidationError, match=r"but this one opened on .*; choose a later day"):
        gathering(
            opened_on=date(2026, 11, 10), closes_on=date(2026, 11, 11), next_on=date(2026, 11, 10)
        )
    assert gathering(
        opened_on=date(2026, 11, 10), closes_on=date(2026, 11, 11), next_on=date(2026, 11, 11)
    ).next_on == date(2026, 11, 11)


def test_a_round_cannot_close_before_it_opens() -> None:
    assert gathering(closes_on=date(2026, 11, 10)).closes_on == date(2026, 11, 10)
    with pytest.raises(ValidationError, match="closes on 2026-11-09, before it opens"):
        gathering(closes_on=date(2026, 11, 9))


@pytest.mark.parametrize("least", [0, 2, 1001])
def test_the_fewest_voices_are_three_and_no_more_than_a_thousand(least: int) -> None:
    assert gathering(least_voices=3).least_voices == 3
    with pytest.raises(ValidationError):
        gathering(least_voices=least)


def test_a_closed_round_takes_no_answer_and_may_be_opened_again() -> None:
    shut = closed(gathering(), now=NOW)

    with pytest.raises(Refused, match="this session is closed"):
        check_takes_answers(shut, now=NOW)
    check_takes_answers(reopened(shut), now=NOW)


def test_the_promise_read_of_one_round_does_not_serve_to_answer_another_of_the_same() -> None:
    read, other = gathering(), gathering(gathering_id=UUID(int=78))
    check_promise(read, promise_of(read))

    with pytest.raises(Refused, match="what this session keeps, or who sees it, changed"):
        check_promise(other, promise_of(read))


def test_closing_twice_keeps_the_first_time() -> None:
    later = datetime(2026, 11, 12, tzinfo=UTC)

    assert closed(closed(gathering(), now=NOW), now=later).closed_at == NOW


def test_a_revealed_round_never_takes_answers_again() -> None:
    done = revealed(gathering(), voices=1, now=NOW)

    assert stage_of(done, now=NOW) == "revealed"
    assert done.closed_at == NOW
    with pytest.raises(Refused, match="takes no more answers"):
        reopened(done)


def test_a_confidential_round_is_revealed_from_five_voices_up() -> None:
    survey = gathering(privacy="confidential")

    check_may_be_revealed(survey, voices=5)
    with pytest.raises(Refused, match="voices so far: 4; at least 5"):
        revealed(survey, voices=4, now=NOW)


def test_an_open_round_is_revealed_from_one_voice_up() -> None:
    check_may_be_revealed(gathering(), voices=1)
    with pytest.raises(Refused, match="voices so far: 0; at least 1"):
        check_may_be_revealed(gathering(), voices=0)


def test_an_open_round_keeps_who_said_it_and_when() -> None:
    sent = assessment(voice="Noor", role="tl", note="late again", squad="other", saved_at=NOW)

    kept = answer_as_stored(sent, gathering())

    assert (kept.voice, kept.role, kept.note, kept.saved_at) == ("Noor", "tl", "late again", NOW)
    assert (kept.squad, kept.assessed_on) == ("Atlas", date(2026, 11, 10))
    assert kept.gathering == UUID(int=77)


def test_a_confidential_round_keeps_neither_who_nor_when_nor_notes() -> None:
    sent = assessment(voice="Noor", role="tl", note="late again", saved_at=NOW)

    kept = answer_as_stored(sent, gathering(privacy="confidential"))

    assert (kept.voice, kept.role, kept.note) == (None, None, "")
    assert kept.saved_at == datetime(2026, 11, 10, tzinfo=UTC)
    assert kept.answers == sent.answers


def test_nothing_of_a_round_shows_until_it_is_revealed() -> None:
    survey = gathering()
    answers = voices(6, survey)

    assert voice_count(survey, answers) == 6
    assert shown(survey, answers) == 0
    assert shown(closed(survey, now=NOW), answers) == 0
    assert shown(revealed(survey, voices=6, now=NOW), answers) == 6


def test_a_confidential_round_shows_nothing_once_voices_were_taken_out() -> None:
    survey = revealed(gathering(privacy="confidential"), voices=5, now=NOW)
    answers = voices(5, survey)

    assert shown(survey, answers) == 5
    assert shown(survey, answers[1:]) == 0


def test_after_a_save_no_answer_that_was_looked_through_is_looked_at_again() -> None:
    looked_at: list[object] = []

    class Answer:
        @property
        def gathering(self) -> None:
            looked_at.append(self)

    first, second, third = stored = [cast("Assessment", Answer()) for _ in range(3)]
    assert showable_assessments(stored[:2], []) == (first, second)
    assert showable_assessments(stored, []) == (first, second, third)
    assert looked_at == [first, second, third]


def test_where_nobody_answered_a_survey_all_is_shown_as_it_is_stored() -> None:
    stored = (assessment(), assessment())
    assert showable_assessments(stored, [gathering()]) is stored


def test_only_revealed_confidential_rounds_that_show_no_answer_are_without_a_result() -> None:
    survey = gathering(privacy="confidential")
    done = revealed(survey, voices=5, now=NOW)
    another = done.changed(gathering_id=UUID(int=9))

    assert without_result([done, another], voices(1, done)) == (another,)
    assert without_result([done, another], voices(1, another)) == (done,)
    assert without_result([done, another], []) == (done, another)


def test_answers_are_looked_through_only_where_a_confidential_round_was_revealed() -> None:
    answers = iter(voices(2, gathering()))
    rounds = [gathering(privacy="confidential"), revealed(gathering(), voices=5, now=NOW)]

    assert without_result(rounds, answers) == ()
    assert len(list(answers)) == 2


def test_what_shows_follows_answers_that_come_and_go() -> None:
    survey = revealed(gathering(), voices=2, now=NOW)
    alone, other, (one, two) = assessment(), assessment(), voices(2, survey)
    withheld = assessment(gathering=UUID(int=5))

    for stored, seen in (
        ((alone, one), (alone, one)),
        ((alone, one, withheld, two), (alone, one, two)),
        ((alone, withheld, two), (alone, two)),
        ((two, other, alone), (two, other, alone)),
        ((other, withheld), (other,)),
        ((), ()),
    ):
        assert showable_assessments(stored, [survey]) == seen


def test_answers_to_a_round_that_is_not_stored_here_do_not_show() -> None:
    alone = [assessment(gathering=UUID(int=5)), assessment()]

    assert showable_assessments(alone, []) == (alone[1],)


def test_no_visible_group_of_500_companies_nor_a_difference_holds_one_to_four_voices() -> None:
    random = Random(20261110)  # noqa: S311 - a fixed series of companies
    surveys: list[Survey] = []
    answers: list[Assessment] = []
    for company in range(500):
        for _round in range(random.randint(1, 4)):
            least, count = random.choice((5, 5, 7)), random.randint(0, 9)
            survey = gathering(
                gathering_id=UUID(int=random.getrandbits(120)),
                squad=f"Squad {company}",
                privacy="confidential",
                least_voices=least,
                opened_on=date(2026, random.randint(9, 12), random.randint(1, 28)),
                closes_on=date(2026, 12, 31),
            )
            answers += voices(count, survey)
            may_be_revealed = count >= least and random.random() < 0.8
            surveys.append(revealed(survey, voices=count, now=NOW) if may_be_revealed else survey)
    confidential = {answer.assessment_id for answer in answers}
    answers += [
        assessment(squad=f"Squad {company}", voice="Noor", assessed_on=date(2026, 10, 5))
        for company in range(0, 500, 2)
    ]

    visible = showable_assessments(answers, surveys)

    groups: dict[str, list[set[UUID]]] = {}
    for by in BYS:
        history = History(FRAMEWORK, visible, by, surveys=surveys)
        for squad_round in history.all_rounds():
            for unit in (squad_round, *history.beside(squad_round)):
                voices_of_unit = {voice.assessment_id for voice in unit.voices}
                hidden = voices_of_unit & confidential
                assert hidden in (set(), voices_of_unit), "a survey is pooled with nothing else"
                groups.setdefault(unit.squad, []).append(hidden)
    sizes = [
        len(one - other)
        for hidden_sets in groups.values()
        for one in (*hidden_sets, set.union(*hidden_sets))
        for other in (set(), *hidden_sets)
    ]
    assert len(groups) > 300  # the others have nothing to show
    assert sum(size >= 5 for size in sizes) > 1000
    assert [size for size in sizes if 0 < size < 5] == []


def test_nothing_told_of_500_confidential_surveys_rests_on_fewer_voices_than_promised() -> None:
    random = Random(20261128)  # noqa: S311 - a fixed series of companies
    roles = [*FRAMEWORK.role_ids, "nobody", "unclear"]
    checked = 0
    for company in range(500):
        least, count = random.choice((3, 5, 7)), random.randint(3, 16)
        survey = gathering(
            gathering_id=UUID(int=random.getrandbits(120)),
            squad=f"Squad {company}",
            privacy="confidential",
            least_voices=least,
        )
        answers = [answer_as_stored(_at_random(random, roles), survey) for _ in range(count)]
        surveys = [revealed(survey, voices=count, now=NOW) if count >= least else survey]
        # Rewritten afterwards, with any of the seats away.
        seats = {role: random.choice(("own", "own", "absent")) for role in FRAMEWORK.role_ids}
        setups = [setup(squad=survey.squad, since=date(2026, 1, 1), seats=seats)]
        shown = showable_assessments(answers, surveys)
        by_setup = [
            History(FRAMEWORK, shown, "month", described, surveys=surveys).all_rounds()
            for described in ([], setups)
        ]
        for (assumed,), (unit,) in [tuple(by_setup)] if all(by_setup) else []:
            deciders = unit.deep.who_decides
            voice_counts = [
                *(decision.voices for decision in deciders.decisions),
                *(finding.answered for finding in deciders.findings),
                *(disagreement.voices for disagreement in deciders.disagreements),
                *(sign.voices for sign in unit.deep.signs),
                *unit.level_voices.values(),
                *(
                    one.voices - other.voices
                    for one, other in zip(
                        assumed.deep.who_decides.decisions, deciders.decisions, strict=True
                    )
                ),
            ]
            assert [voices for voices in voice_counts if 0 < voices < least] == []
            checked += sum(voices >= least for voices in voice_counts)
    assert checked > 10_000


def test_no_voice_of_500_confidential_companies_can_be_worked_out_from_its_ranges() -> None:
    random = Random(20261129)  # noqa: S311 - a fixed series of companies
    roles = [*FRAMEWORK.role_ids, "nobody", "unclear"]
    without_ranges = checked = 0
    for company in range(500):
        least = random.choice((3, 5, 7))
        count = random.randint(least, 3 * least)
        survey = gathering(
            gathering_id=UUID(int=random.getrandbits(120)),
            squad=f"Squad {company}",
            privacy="confidential",
            least_voices=least,
            expected=random.choice((None, count, count + 4)),
        )
        answers = [answer_as_stored(_at_random(random, roles), survey) for _ in range(count)]
        surveys = [revealed(survey, voices=count, now=NOW)]
        (unit,) = History(FRAMEWORK, answers, "month", surveys=surveys).all_rounds()
        counted = unit.exact_ranges.voices

        figures = [
            *((reach.low, reach.high) for reach in unit.ranges.levels.values()),
            *((reach.low, reach.high) for reach in unit.missing_ranges.values() if reach),
        ]
        assert unit.ranges.overall is None
        assert all(figure is None or figure % 5 == 0 for pair in figures for figure in pair)
        assert bool(figures) == (counted >= 2 * least)
        without_ranges += not figures
        if not figures:
            continue
        for level, shown in unit.ranges.levels.items():
            exact = unit.exact_ranges.levels[level]
            assert shown.low - 1e-9 <= exact.low <= exact.high <= shown.high + 1e-9
        sheets = [dict(voice.answers) for voice in unit.voices]
        level = random.choice([*unit.ranges.levels])
        exact = unit.exact_ranges.levels[level]
        for voice in _who_sets(level, random.choice((exact.low, exact.high)), sheets):
            assert _could_have_said_otherwise(voice, sheets, unit.ranges, random)
            checked += 1
    assert without_ranges > 100
    assert checked > 100


def _who_sets(level: str, end: float, sheets: list[dict[str, str]]) -> list[int]:
    """Whose absence gives the end of a level's range."""
    rest = without_each(healths_of(FRAMEWORK, sheets), range(len(sheets)))
    column = FRAMEWORK.level_ids.index(level)
    scores = score_table(FRAMEWORK, rest).scores[:, column]
    return [voice for voice, score in enumerate(scores) if abs(score - end) < 1e-9]


def _could_have_said_otherwise(
    voice: int, sheets: list[dict[str, str]], shown: Ranges, random: Random
) -> bool:
    """Whether voices may have given some of their answers the other way round, this one among them.

    Pooled, nothing changes then: if the ranges shown stay too, nothing tells what the voice said.
    """
    now = sheets
    for _try in range(5_000):
        item = random.choice(FRAMEWORK.item_ids)
        one, other = random.sample(range(len(now)), 2)
        again = list(now)
        again[one] = now[one] | {item: now[other].get(item, UNKNOWN)}
        again[other] = now[other] | {item: now[one].get(item, UNKNOWN)}
        if ranges_of(FRAMEWORK, healths_of(FRAMEWORK, again)).guarded(least=3) == shown:
            now = again
        if any(
            now[voice].get(item, UNKNOWN) != sheets[voice].get(item, UNKNOWN) for item in now[voice]
        ):
            return True
    return False


def _at_random(random: Random, roles: list[str]) -> Assessment:
    """A voice that answers about two thirds of everything, most of it like the others."""
    answers = {
        item: random.choice(options)
        for item, options in FRAMEWORK.options_by_item.items()
        if random.random() < 0.7
    }
    deciders = {
        decision: (random.choice((roles[0], roles[1], random.choice(roles))),)
        for decision in FRAMEWORK.lenses.decision_by_id
        if random.random() < 0.6
    }
    signs = {sign: random.randint(0, 9) for sign in ("days-to-arbitrate", "open-questions")}
    deep = {"deciders": deciders, "signs": signs if random.random() < 0.6 else {}}
    return deep_assessment(answers=answers, deep=deep)


# What is planned ----------------------------------------------------------------------------------

TODAY = date(2026, 11, 10)


def planned(**changes: object) -> Survey:
    fields: dict[str, object] = {
        "squad": " Équipe  Atlas ",
        "depth": "deep",
        "privacy": "confidential",
        "closes_on": date(2026, 11, 17),
        "least_voices": 7,
    }
    plan = SurveyRequest(**(fields | changes))  # type: ignore[arg-type]
    return new_survey(plan, survey_id=UUID(int=5), now=NOW, today=TODAY)


def test_a_round_opens_as_planned_from_today_on() -> None:
    survey = planned()

    assert (survey.squad, survey.depth, survey.privacy) == ("Équipe  Atlas", "deep", "confidential")
    assert (survey.least_voices, survey.opened_on, survey.closes_on) == (
        7,
        TODAY,
        date(2026, 11, 17),
    )
    assert stage_of(survey, now=NOW) == "gathering"
    assert end_of(survey) == datetime(2026, 11, 18, 11, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"squad": " "}, "the squad's name is empty"),
        ({"squad": "x" * 81}, "keep it to 80"),
        ({"depth": "None"}, "'None' is no choice here"),
        ({"depth": "DEEP"}, "'DEEP' is no choice here"),
        ({"privacy": "<b>"}, "'<b>' is no choice here"),
        ({"least_voices": 2}, "a minimum of 3 to 1000 voices, not 2"),
        ({"least_voices": 1_001}, "a minimum of 3 to 1000 voices, not 1001"),
        ({"expected": 0}, "expects from 1 to 1000 people, not 0"),
        ({"expected": 1_001}, "expects from 1 to 1000 people, not 1001"),
        ({"closes_on": None}, "the closing date is empty"),
        ({"closes_on": date(2026, 11, 9)}, "closes between today and"),
        ({"closes_on": TODAY + timedelta(days=MOST_DAYS + 1)}, "closes between today and"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        planned(**changes)


@pytest.mark.parametrize(
    "changes", [{"least_voices": 3, "expected": 1}, {"least_voices": 1_000, "expected": 1_000}]
)
def test_a_plan_may_ask_for_the_fewest_and_the_most(changes: dict[str, object]) -> None:
    survey = planned(**changes)

    assert {"least_voices": survey.least_voices, "expected": survey.expected} == changes


def test_a_round_may_close_today_or_a_year_ahead() -> None:
    for day in (TODAY, TODAY + timedelta(days=MOST_DAYS)):
        assert closing_day(day, today=TODAY) == day


def test_the_next_round_is_planned_from_tomorrow_to_a_year_ahead() -> None:
    for day in (date(2026, 11, 11), date(2027, 11, 10)):
        assert with_next_day(gathering(), day, today=TODAY).next_on == day
    for day in (TODAY, date(2027, 11, 11)):
        with pytest.raises(Refused, match="after today and until 2027-11-10, not on"):
            with_next_day(gathering(), day, today=TODAY)


def test_a_round_that_ran_out_is_opened_again_until_another_day() -> None:
    late = datetime(2026, 11, 25, tzinfo=UTC)
    shut = closed(gathering(), now=late)

    again = reopened(shut, until=date(2026, 11, 30))

    assert (again.closes_on, again.closed_at) == (date(2026, 11, 30), None)
    check_takes_answers(again, now=late)
    with pytest.raises(Refused, match="this session is closed"):
        check_takes_answers(reopened(shut), now=late)


def test_a_confidential_round_keeps_no_sentence_of_anybody() -> None:
    sent = deep_assessment()

    assert answer_as_stored(sent, gathering()).deep.mandates == DEEP["mandates"]
    kept = answer_as_stored(sent, gathering(privacy="confidential")).deep
    assert kept.mandates == {}
    assert (kept.deciders, kept.options) == (sent.deep.deciders, sent.deep.options)


# What few answered --------------------------------------------------------------------------------


def asked(
    *answers: dict[str, str], least: int = 3, deep: object = None, privacy: str = "confidential"
) -> tuple[Assessment, ...]:
    """What shows of a revealed round in which each voice gave these answers."""
    survey = gathering(privacy=privacy, least_voices=least)
    kept = [
        answer_as_stored(assessment(answers=sheet, deep=deep or {}), survey) for sheet in answers
    ]
    return showable_assessments(kept, [revealed(survey, voices=len(kept), now=NOW)])


def test_what_too_few_answered_in_confidence_is_left_out_question_by_question() -> None:
    both = {"mandates-clear": "yes", "late-scope": "often"}
    shown = asked(both, both, {"mandates-clear": "no"}, {})

    assert [dict(answer.answers) for answer in shown] == [
        {"mandates-clear": "yes"},
        {"mandates-clear": "yes"},
        {"mandates-clear": "no"},
        {},
    ]


def test_not_knowing_is_no_answer_that_hides_among_others() -> None:
    answer = {"late-scope": "often"}
    shown = asked(answer, answer, {"late-scope": UNKNOWN}, {"late-scope": UNKNOWN})

    assert all(not answer.answers for answer in shown)


def test_that_an_item_does_not_apply_shows_where_enough_said_so() -> None:
    waived = {"po-sets-strategy": NOT_APPLICABLE}
    answered_it = {"po-sets-strategy": "often"}

    assert all(answer.answers == waived for answer in asked(waived, waived, waived))
    few = asked(waived, waived, answered_it, answered_it)
    assert all(not answer.answers for answer in few)
    kept = asked(waived, waived, waived, answered_it)
    assert [dict(answer.answers) for answer in kept] == [waived, waived, waived, {}]


def test_an_open_round_shows_what_a_single_voice_answered() -> None:
    answer = {"late-scope": "often"}
    shown = asked(answer, {}, {}, privacy="open")

    assert shown[0].answers == answer


def test_deep_answers_of_too_few_are_left_out_as_well() -> None:
    survey = gathering(privacy="confidential", least_voices=3)
    full = {key: value for key, value in DEEP.items() if key != "mandates"}
    decided = {"deciders": {"bets": ("cpo",)}}
    kept = [
        answer_as_stored(deep_assessment(deep=deep), survey)
        for deep in (full, full, decided, decided)
    ]
    # The command line brings answers as they are, sentences too.
    kept[0] = kept[0].model_copy(update={"deep": deep_assessment(deep=DEEP).deep})

    shown = showable_assessments(kept, [revealed(survey, voices=4, now=NOW)])

    assert [dict(answer.deep.deciders) for answer in shown] == [
        {"bets": ("nobody",)},
        {"bets": ("nobody",)},
        {"bets": ("cpo",)},
        {"bets": ("cpo",)},
    ]
    assert all(not answer.deep.options and not answer.deep.signs for answer in shown)
    assert all(not answer.deep.mandates for answer in shown)


def test_no_question_of_500_confidential_rounds_shows_what_one_to_four_answered() -> None:
    random = Random(20261111)  # noqa: S311 - a fixed series of rounds
    options = {item: (*options, None) for item, options in FRAMEWORK.options_by_item.items()}
    hidden = shown_at_all = 0
    for _round in range(500):
        survey = gathering(privacy="confidential", least_voices=random.choice((5, 6)))
        eager = random.random()
        kept = [
            answer_as_stored(
                assessment(
                    answers={
                        item: option
                        for item, given in options.items()
                        if random.random() < eager and (option := random.choice(given))
                    }
                ),
                survey,
            )
            for _voice in range(random.randint(survey.least_voices, 12))
        ]
        visible = showable_assessments(kept, [revealed(survey, voices=len(kept), now=NOW)])
        assert len(visible) == len(kept)
        for item in options:
            given = [answer.answers[item] for answer in visible if item in answer.answers]
            waived = given.count(NOT_APPLICABLE)
            answers = len(given) - waived - given.count(UNKNOWN)
            assert answers == 0 or answers >= survey.least_voices
            assert answers or waived == 0 or waived >= survey.least_voices
            shown_at_all += answers > 0
            hidden += answers == 0
    assert min(shown_at_all, hidden) > 500
