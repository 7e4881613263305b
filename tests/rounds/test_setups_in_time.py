"""A setup that changes within a round: each voice is judged by that of its own day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Setup
from assessment.rounds.history import History
from assessment.rounds.results import draft_result
from assessment.rounds.round import Round
from assessment.scoring.findings import Finding
from assessment.scoring.seats import SquadSeats, setup_in_force
from tests.builders import assessment
from tests.deep_examples import DECISIONS, deep, deep_only, seats, setup
from tests.examples import EXAMPLE_1, EXAMPLE_4, HALF, healthy
from tests.expected import exactly

FRAMEWORK = shipped_framework()
PM_ONLY = setup("pm", since=date(2026, 1, 1))
PM_AND_PO = setup("pm", "po", since=date(2026, 5, 10))
EARLY, LATE = date(2026, 5, 2), date(2026, 5, 20)
NO_PO = {"po-sets-strategy": "often", "po-explains-direction": "often"}


def may(*saved: Assessment, setups: tuple[Setup, ...] = (PM_ONLY, PM_AND_PO)) -> Round:
    (unit,) = History(FRAMEWORK, saved, "month", setups).rounds("Atlas")
    return unit


def naming(
    day: date, *roles: str, decision: str = "sprint-content", **changes: object
) -> Assessment:
    return deep_only(assessed_on=day, deep=deep(deciders={decision: roles}), **changes)


# Who decides --------------------------------------------------------------------------------------


def test_each_voice_is_judged_by_the_setup_of_its_own_day() -> None:
    # Article B's deciders of the daily level on 2 May, article A's on 20 May: both fit.
    unit = may(naming(EARLY, "pm", "em"), naming(LATE, "po", "tl"))

    assert unit.deep.who_decides.fit("daily") == 100.0
    assert unit.setup is PM_AND_PO
    assert unit.setup_changes == (date(2026, 5, 10),)
    assert unit.deep.who_decides.left_out == ()
    # With the setup of its last day alone, the EM and the PM would fit half as well, or not at all.
    assert may(naming(LATE, "pm", "em")).deep.who_decides.fit("daily") == 0.0


def test_a_setup_in_which_every_seat_is_held_as_before_is_no_change() -> None:
    again = setup("pm", since=date(2026, 5, 4), company="large-group")
    named_absent = setup(seats=seats("pm", po="absent"), since=date(2026, 5, 6))
    without_em = setup(seats=seats("pm", em="empty"), since=date(2026, 5, 8))
    voices = naming(EARLY, "pm"), naming(LATE, "pm")

    def changes(*setups: Setup) -> tuple[date, ...]:
        return may(*voices, setups=setups).setup_changes

    assert changes(PM_ONLY, again, named_absent) == ()
    assert changes(PM_ONLY, again, without_em, PM_AND_PO) == (date(2026, 5, 8), date(2026, 5, 10))
    assert changes(again, named_absent) == (date(2026, 5, 4),)  # nobody had told it before


def test_a_seat_that_nobody_holds_on_that_day_is_no_answer() -> None:
    unit = may(naming(EARLY, "po"), naming(LATE, "po"), naming(EARLY, "po", decision="slicing"))

    assert [(left.voice, left.decision) for left in unit.deep.who_decides.left_out] == [
        (0, "sprint-content"),
        (2, "slicing"),
    ]
    assert unit.deep.voice_count == 1
    assert len(unit.deep_answers) == 3


def test_a_voices_day_is_that_of_the_answers_that_count_for_the_lens() -> None:
    # Ada says who decides on 2 May, and adds the rituals on 20 May.
    rituals = deep_only(
        voice="Ada", assessed_on=LATE, deep=deep(options={"product-review": "held"})
    )
    unit = may(naming(EARLY, "pm", "em", voice="Ada"), rituals)

    assert unit.deep.who_decides.fit("daily") == 100.0
    assert unit.deep.lens("rituals").score == 50.0


def test_a_pms_practice_counts_when_the_squad_had_a_pm_that_day() -> None:
    po_only = setup("po", since=date(2026, 5, 10))
    item = next(item.id for item in FRAMEWORK.lenses.items_of("pm-practice"))
    practice = deep(options={item: "yes"})
    early, late = (deep_only(assessed_on=day, deep=practice) for day in (EARLY, LATE))

    assert may(early, late, setups=(PM_ONLY, po_only)).deep.lens("pm-practice").score == 100.0
    alone = may(late, setups=(PM_ONLY, po_only)).deep
    assert (alone.lens("pm-practice").score, alone.lens("pm-practice").applies) == (None, False)
    assert alone.voice_count == 0


def test_the_setup_shown_tells_what_is_vacant_and_who_is_one_person() -> None:
    one_person = setup(seats=seats("pm", po="same-as-pm", em="empty", tl="empty", team="absent"))
    later = one_person.model_copy(update={"since": date(2026, 5, 10)})
    answers = {asked[0]: ("pm",) for asked in DECISIONS.values()}
    # On 2 May the PM alone; on 20 May the same person by their other seat.
    voices = (
        deep_only(assessed_on=EARLY, deep=deep(deciders=answers)),
        deep_only(assessed_on=LATE, deep=deep(deciders=dict.fromkeys(answers, ("po",)))),
    )
    mapped = may(*voices, setups=(PM_ONLY, later)).deep.who_decides

    assert [finding for finding in mapped.findings if finding.kind == "bottleneck"] == [
        Finding("bottleneck", None, None, ("pm", "po"), 2, 2, {"pm": 1, "po": 1})
    ]
    assert {decision.state for decision in mapped.decisions if decision.voices} == {"clear"}


def test_a_bottleneck_of_a_person_whose_seats_were_shared_out_is_told_of_who_still_is_one() -> None:
    one_person = setup("pm", seats=seats("pm", po="same-as-pm"), since=date(2026, 1, 1))
    lower = {asked[0]: ("po",) for level, asked in DECISIONS.items() if level != "vision"}

    def bottlenecks(*at_vision: str) -> list[tuple[str, ...]]:
        answers = deep(deciders=lower | {"north-star": at_vision})
        early = deep_only(assessed_on=EARLY, deep=answers)
        unit = may(early, assessment(assessed_on=LATE), setups=(one_person, PM_AND_PO))
        return [one.roles for one in unit.deep.who_decides.findings if one.kind == "bottleneck"]

    # On 2 May one person; since 10 May the PO is not named at the vision, and the PM there alone.
    assert bottlenecks("lead", "cpo", "pm") == []
    assert bottlenecks("lead", "pm", "po") == [("po",)]


def test_of_two_setups_with_the_same_first_day_the_later_saved_and_then_the_later_row_counts() -> (
    None
):
    first, second = setup("pm"), setup("po")
    saved_later = setup("pm", "po", saved_at=datetime(2026, 9, 2, tzinfo=UTC))
    day = date(2026, 9, 1)

    for ordered in ((first, second), (second, first)):
        assert setup_in_force(ordered, "Atlas", day) is ordered[1]
        assert SquadSeats(FRAMEWORK, ordered).setup_on(day) is ordered[1]
    assert setup_in_force((saved_later, first, second), "Atlas", day) is saved_later


# Items that name a role ---------------------------------------------------------------------------


def test_items_about_a_seat_that_nobody_holds_do_not_apply_whatever_was_answered() -> None:
    # Example 4 by hand: vision 3 · 0 + 2 of 5 = 40, coverage whole; strategy 4 of 9.
    answered = EXAMPLE_4 | NO_PO
    unit = may(assessment(answers=answered, assessed_on=EARLY), setups=(PM_ONLY,))

    vision, strategy, *_others = unit.scores.levels
    assert (vision.score, vision.coverage) == (exactly(40), 1.0)
    assert strategy.coverage == exactly(4 / 9)
    assert unit.diagnosis.early_warning is False
    assert unit.diagnosis.pressure("pm").evidence[0].item == "vision-not-restated"
    assert unit.level_voices == {"vision": 1, "strategy": 1, "arbitration": 1} | dict.fromkeys(
        ("daily", "delivery"), 1
    )


@pytest.mark.parametrize(
    ("held", "applies"),
    [("own", True), ("shared", True), ("same-as-pm", True), ("empty", False), ("absent", False)],
)
def test_a_shared_seat_and_one_with_another_have_somebody(held: str, applies: bool) -> None:
    seated = setup(seats=seats("pm", po=held), since=date(2026, 1, 1))
    unit = may(assessment(answers=healthy(NO_PO), assessed_on=EARLY), setups=(seated,))

    assert (unit.scores.level("vision").score == 100.0) is not applies
    assert unit.diagnosis.early_warning is applies


def test_without_a_setup_on_that_day_pm_and_po_are_assumed() -> None:
    unit = may(assessment(answers=healthy(NO_PO), assessed_on=EARLY), setups=(PM_AND_PO,))

    assert unit.diagnosis.early_warning is True


def test_voices_of_both_setups_are_pooled_over_those_to_whom_an_item_applies() -> None:
    early = assessment(answers=healthy(NO_PO), assessed_on=EARLY)
    late = assessment(answers=HALF, assessed_on=LATE)
    unit = may(early, late)

    # po-sets-strategy 2 and po-explains-direction 2 of one voice, ½; the other 5 of 9 are ¾.
    assert unit.scores.level("vision").score == exactly(100 * (4 * 0.5 + 5 * 0.75) / 9)


def test_a_deep_check_alone_marks_no_item() -> None:
    # Were its items marked as not applicable, vision would be covered by 5 of 5.
    unit = may(
        naming(EARLY, "pm"),
        assessment(
            answers={"vision-not-restated": "often"} | {"mandates-clear": "yes"}, assessed_on=LATE
        ),
    )

    assert unit.scores.level("vision").coverage == exactly(5 / 9)


def test_a_check_not_saved_yet_follows_the_setup_too() -> None:
    today = date(2026, 5, 2)
    draft = draft_result(FRAMEWORK, healthy(NO_PO), today=today, setup=PM_ONLY)

    assert draft.round.scores.level("vision").score == 100.0
    assumed = draft_result(FRAMEWORK, healthy(NO_PO), today=today)
    assert assumed.round.diagnosis.early_warning is True
    assert assumed.identity != draft.identity


# Voices are counted for what they answered --------------------------------------------------------


def test_voices_are_counted_for_what_they_answered() -> None:
    unit = may(
        assessment(answers=EXAMPLE_1, assessed_on=EARLY),
        naming(EARLY, "pm"),
        naming(LATE, "po"),
        deep_only(deep=deep(options={"shared-cycle": "unknown"}), assessed_on=LATE),
        assessment(answers={"late-scope": "often", "mandates-clear": "unknown"}, assessed_on=LATE),
    )

    # late-scope speaks of arbitration, the daily level and delivery.
    assert unit.level_voices == {
        "vision": 1,
        "strategy": 1,
        "arbitration": 2,
        "daily": 2,
        "delivery": 2,
    }
    assert unit.deep.voice_count == 2
