"""What must hold for every input, against a reference written in plain fractions.

The reference follows framework.md, section 4, and shares nothing with the product's code
but the ids: its weights are the table of section 3, typed again.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.content.loading import shipped_framework
from assessment.rounds.history import History
from assessment.scoring.diagnosis import diagnosis_of
from assessment.scoring.disagreement import item_disagreements
from assessment.scoring.levels import (
    Healths,
    LevelScore,
    Scores,
    healths_of,
    score_table,
)
from assessment.scoring.pooling import pooled
from tests.builders import assessment, scores_from
from tests.examples import ITEMS, LEVELS, QUESTIONS

FRAMEWORK = shipped_framework()

Sheet = dict[str, str]

WEIGHTS = {  # vision, strategy, arbitration, daily, delivery
    "mandates-clear": (2, 2, 2, 1, 1),
    "rituals-decide": (0, 1, 2, 1, 1),
    "single-channel": (0, 0, 3, 2, 1),
    "po-sets-strategy": (2, 3, 0, 0, 0),
    "backlog-by-requests": (0, 2, 0, 2, 0),
    "trade-offs-mid-sprint": (0, 1, 3, 1, 0),
    "vision-not-restated": (3, 1, 0, 0, 0),
    "po-explains-direction": (2, 0, 0, 1, 0),
    "pm-writes-tickets": (0, 0, 0, 2, 2),
    "pm-runs-sprint": (0, 0, 0, 1, 3),
    "discovery-squeezed": (0, 2, 0, 1, 0),
    "questions-queue": (0, 0, 0, 3, 1),
    "late-scope": (0, 0, 1, 1, 3),
    "unclear-rework": (0, 0, 0, 1, 3),
}
LEVERS = {
    "write-mandates": ("mandates-clear",),
    "decide-in-rituals": ("rituals-decide",),
    "single-channel": ("single-channel",),
    "seat-a-pm": ("po-sets-strategy", "po-explains-direction"),
    "evidence-first": ("backlog-by-requests", "discovery-squeezed"),
    "arbitrate-upstream": ("trade-offs-mid-sprint",),
    "restate-vision": ("vision-not-restated",),
    "seat-a-po": ("pm-writes-tickets", "pm-runs-sprint"),
    "delegate-calls": ("questions-queue",),
    "protect-the-sprint": ("late-scope", "unclear-rework"),
}
HEALTH = {
    "yes": Fraction(1),
    "partly": Fraction(1, 2),
    "no": Fraction(0),
    "not-seen": Fraction(1),
    "sometimes": Fraction(1, 2),
    "often": Fraction(0),
}
BETTER = {"no": "partly", "partly": "yes", "often": "sometimes", "sometimes": "not-seen"}
NEEDS_ROLE = {"po-sets-strategy", "po-explains-direction", "pm-writes-tickets", "pm-runs-sprint"}


def one_sheet(voices: list[dict[str, str]]) -> Healths:
    return pooled(healths_of(FRAMEWORK, voices), [0] * len(voices), count=1)


# The reference ------------------------------------------------------------------------------------


def pooled_healths(voices: list[Sheet]) -> tuple[dict[str, Fraction], set[str]]:
    """Health by answered item, and the items that do not apply."""
    health, waived = {}, set()
    for item in ITEMS:
        given = [HEALTH[sheet[item]] for sheet in voices if sheet.get(item) in HEALTH]
        if given:
            health[item] = sum(given, Fraction(0)) / len(given)
        elif any(sheet.get(item) == "not-applicable" for sheet in voices):
            waived.add(item)
    return health, waived


def reference_level(
    column: int, health: dict[str, Fraction], waived: set[str]
) -> tuple[Fraction | None, Fraction, int | None, tuple[str, ...]]:
    weights = {item: w[column] for item, w in WEIGHTS.items() if w[column] and item not in waived}
    answered = {item: weight for item, weight in weights.items() if item in health}
    coverage = Fraction(sum(answered.values()), sum(weights.values())) if weights else Fraction(0)
    if coverage < Fraction(1, 2):
        return None, coverage, None, ()
    lost = {item: weight * (1 - health[item]) for item, weight in answered.items()}
    total = sum(answered.values())
    score = 100 * (total - sum(lost.values())) / Fraction(total)
    by_score = 1 + sum(score >= floor for floor in (25, 50, 75))
    caps = {
        item: 2 if health[item] < Fraction(1, 4) else 3 if health[item] < Fraction(3, 4) else 4
        for item, weight in answered.items()
        if weight == 3
    }
    stage = min([by_score, *caps.values()])
    limits = tuple(item for item in ITEMS if item in caps and caps[item] < by_score)
    if not limits and stage < 4:
        limits = (max(answered, key=lambda item: lost[item]),)  # max keeps the first of equals
    return score, coverage, stage, limits


def reference(voices: list[Sheet]) -> list[tuple[Fraction | None, Fraction, int | None, object]]:
    health, waived = pooled_healths(voices)
    return [reference_level(column, health, waived) for column in range(5)]


def reference_overall(health: dict[str, Fraction], waived: set[str]) -> Fraction | None:
    scores = [reference_level(column, health, waived)[0] for column in range(5)]
    scored = [score for score in scores if score is not None]
    return sum(scored, Fraction(0)) / len(scored) if len(scored) >= 3 else None


def reference_levers(voices: list[Sheet]) -> list[tuple[str, Fraction]]:
    health, waived = pooled_healths(voices)
    before = reference_overall(health, waived)
    if before is None:
        return []
    gains = []
    for lever, items in LEVERS.items():
        mended = health | {item: Fraction(1) for item in items if item in health}
        after = reference_overall(mended, waived)
        assert after is not None
        gains.append((lever, after - before))
    return sorted((gain for gain in gains if gain[1] > 0), key=lambda gain: -gain[1])


def reference_pressure(voices: list[Sheet], items: tuple[str, ...]) -> Fraction | None:
    health, _ = pooled_healths(voices)
    answered = [health[item] for item in items if item in health]
    if len(answered) < 3:
        return None
    return 100 * (1 - sum(answered, Fraction(0)) / len(answered))


def near(computed: float | None, expected: Fraction | None) -> bool:
    if computed is None or expected is None:
        return computed is None and expected is None
    return abs(computed - float(expected)) < 1e-9


# Sheets -------------------------------------------------------------------------------------------


def options(item: str) -> list[str]:
    scale = ["yes", "partly", "no"] if item in QUESTIONS else ["not-seen", "sometimes", "often"]
    return [*scale, "unknown", *(["not-applicable"] if item in NEEDS_ROLE else [])]


def sheets(*, full: bool = False) -> st.SearchStrategy[Sheet]:
    answers_by_item = {
        item: st.sampled_from(options(item)[: 3 if full else None]) for item in ITEMS
    }
    if full:
        return st.fixed_dictionaries(answers_by_item)
    return st.fixed_dictionaries({}, optional=answers_by_item)


any_sheet = sheets() | sheets(full=True)
voices_of_a_round = st.lists(any_sheet, min_size=1, max_size=4)


def scores_of_round(voices: list[Sheet]) -> Scores:
    history = History(FRAMEWORK, [assessment(answers=sheet) for sheet in voices], "month")
    (unit,) = history.all_rounds()
    return unit.scores


# The properties -----------------------------------------------------------------------------------


@given(st.lists(any_sheet, max_size=8))
def test_the_table_of_many_sheets_is_the_reference_sheet_by_sheet(
    given_sheets: list[Sheet],
) -> None:
    table = score_table(FRAMEWORK, healths_of(FRAMEWORK, given_sheets))

    assert len(table) == len(given_sheets)
    for index, sheet in enumerate(given_sheets):
        scores = table.sheet(index)
        for level, (score, coverage, stage, limits) in zip(
            scores.levels, reference([sheet]), strict=True
        ):
            assert near(level.score, score)
            assert near(level.coverage, coverage)
            assert (level.stage, level.limits) == (stage, limits)
        assert near(scores.overall, reference_overall(*pooled_healths([sheet])))


@given(voices_of_a_round)
def test_a_round_is_the_reference_on_pooled_healths(voices: list[Sheet]) -> None:
    scores = scores_of_round(voices)

    for level, (score, coverage, stage, limits) in zip(
        scores.levels, reference(voices), strict=True
    ):
        assert near(level.score, score)
        assert near(level.coverage, coverage)
        assert (level.stage, level.limits) == (stage, limits)
    assert near(scores.overall, reference_overall(*pooled_healths(voices)))
    answers = [{sheet[item] for sheet in voices if sheet.get(item) in HEALTH} for item in QUESTIONS]
    expected = sum(answer == {"yes"} for answer in answers) if all(answers) else None
    assert scores.yes_count == expected


@given(voices_of_a_round)
def test_pressures_and_levers_are_the_reference(voices: list[Sheet]) -> None:
    diagnosis = diagnosis_of(FRAMEWORK, one_sheet(voices))

    for pressure, items in zip(diagnosis.pressures, (ITEMS[3:8], ITEMS[8:]), strict=True):
        assert near(pressure.pressure, reference_pressure(voices, items))
    expected = reference_levers(voices)
    assert [lever.lever for lever in diagnosis.levers] == [lever for lever, _ in expected]
    assert all(
        near(lever.gain, gain) for lever, (_, gain) in zip(diagnosis.levers, expected, strict=True)
    )


@given(voices_of_a_round)
def test_scores_stay_between_0_and_100(voices: list[Sheet]) -> None:
    scores = scores_of_round(voices)

    everything = [*(level.score for level in scores.levels), scores.overall]
    assert all(0 <= value <= 100 for value in everything if value is not None)
    assert all(0 <= level.coverage <= 1 for level in scores.levels)
    assert all((level.score is None) == (level.stage is None) for level in scores.levels)
    assert {level.stage for level in scores.scored} <= {1, 2, 3, 4}


def lowered(before: Scores, after: Scores) -> list[object]:
    """What got worse from one to the other."""

    def worse(old: LevelScore, new: LevelScore) -> bool:
        if old.score is None or old.stage is None:
            return new.score is not None
        if new.score is None or new.stage is None:
            return True
        return new.score < old.score - 1e-9 or new.stage < old.stage

    levels = [
        (old, new) for old, new in zip(before.levels, after.levels, strict=True) if worse(old, new)
    ]
    if (before.overall is None) != (after.overall is None):
        return [*levels, "overall appeared or vanished"]
    if (after.overall or 0) < (before.overall or 0) - 1e-9:
        return [*levels, "overall"]
    return levels  # type: ignore[return-value]


@given(any_sheet, st.sampled_from(ITEMS))
def test_improving_one_answer_lowers_nothing(sheet: Sheet, item: str) -> None:
    assume(sheet.get(item) in BETTER)
    before = scores_from(FRAMEWORK, sheet)
    after = scores_from(FRAMEWORK, sheet | {item: BETTER[sheet[item]]})

    assert lowered(before, after) == []
    on_item = [level for level, weight in zip(LEVELS, WEIGHTS[item], strict=True) if weight]
    for level in after.scored:
        if level.id in on_item:
            assert (level.score or 0) > (before.level(level.id).score or 0)


@given(voices_of_a_round, st.data())
def test_improving_one_voice_lowers_nothing(voices: list[Sheet], data: st.DataObject) -> None:
    improvable = [
        (index, item)
        for index, sheet in enumerate(voices)
        for item, option in sheet.items()
        if option in BETTER
    ]
    assume(improvable)
    index, item = data.draw(st.sampled_from(improvable))
    better = [dict(sheet) for sheet in voices]
    better[index][item] = BETTER[voices[index][item]]

    assert lowered(scores_of_round(voices), scores_of_round(better)) == []


@given(any_sheet, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(sheet: Sheet, random: object) -> None:
    items = list(sheet.items())
    random.shuffle(items)  # type: ignore[attr-defined]

    assert scores_from(FRAMEWORK, dict(items)) == scores_from(FRAMEWORK, sheet)


@given(voices_of_a_round, st.data())
def test_the_order_of_voices_does_not_matter(voices: list[Sheet], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(voices))

    assert scores_of_round(shuffled) == scores_of_round(voices)
    assert item_disagreements(FRAMEWORK, shuffled) == item_disagreements(FRAMEWORK, voices)
    in_order, in_other_order = (
        diagnosis_of(FRAMEWORK, one_sheet(order)).levers for order in (voices, shuffled)
    )
    assert in_order == in_other_order


@given(sheets(full=True), st.sampled_from(ITEMS), st.sampled_from(["unknown", None]))
def test_an_item_left_out_never_counts_as_zero(
    sheet: Sheet, item: str, instead: str | None
) -> None:
    left_out = {key: option for key, option in sheet.items() if key != item}
    if instead:
        left_out[item] = instead

    scores = scores_from(FRAMEWORK, left_out)

    for column, level in enumerate(scores.levels):
        kept = [other for other in ITEMS if other != item]
        total = sum(WEIGHTS[other][column] for other in kept)
        points = sum(WEIGHTS[other][column] * HEALTH[sheet[other]] for other in kept)
        assert near(level.score, 100 * points / Fraction(total))


@given(voices_of_a_round)
def test_disagreement_stays_between_0_and_1_and_is_0_only_among_equals(voices: list[Sheet]) -> None:
    for disagreement in item_disagreements(FRAMEWORK, voices):
        given = [
            HEALTH[sheet[disagreement.of]]
            for sheet in voices
            if sheet.get(disagreement.of) in HEALTH
        ]
        mean = sum(given, Fraction(0)) / len(given)
        distances = sum((abs(health - mean) for health in given), Fraction(0))
        expected = 2 * distances / len(given)
        assert near(disagreement.disagreement, expected)
        assert 0 <= disagreement.disagreement <= 1 + 1e-12
        assert disagreement.is_contested == (len(set(given)) > 1)
        assert sum(disagreement.counts.values()) == disagreement.voices == len(given) >= 2


@given(st.lists(any_sheet, min_size=1, max_size=4))
def test_a_voice_heard_twice_alike_counts_once(voices: list[Sheet]) -> None:
    named = [assessment(answers=sheet, voice=f"v{n}") for n, sheet in enumerate(voices)]
    again = [assessment(answers=sheet, voice=f"V{n}") for n, sheet in enumerate(voices)]

    (once,) = History(FRAMEWORK, named, "month").all_rounds()
    (twice,) = History(FRAMEWORK, [*named, *again], "month").all_rounds()

    assert len(twice.voices) == len(voices)
    assert twice.scores == once.scores
