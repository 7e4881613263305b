"""What must hold for every answer to who decides, against a reference typed from framework.md."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.scoring.deep_result import DeepResult
from assessment.scoring.seats import Seating
from assessment.scoring.voices import VoiceDeepAnswers
from assessment.scoring.who_decides import WhoDecides, who_decides_of
from tests.deep_examples import (
    ARTICLE_A,
    ARTICLE_B,
    ASSUMED,
    CPTO,
    EMPTY_PO,
    FRAMEWORK,
    LEVEL_OF,
    NEITHER,
    ONE_PERSON,
    PM_AND_PO,
    PM_ONLY,
    PO_ONLY,
    ROLES,
    Deciders,
    deep,
)

# By setup: the article whose lists hold, and what a role counts as beside itself.
SETUPS: dict[str, tuple[Seating, dict[str, tuple[str, ...]], dict[str, set[str]]]] = {
    "assumed": (ASSUMED, ARTICLE_A, {"cpto": {"cpo", "cto"}}),
    "pm and po": (PM_AND_PO, ARTICLE_A, {}),
    "pm only": (PM_ONLY, ARTICLE_B, {}),
    "po only": (PO_ONLY, ARTICLE_A, {}),
    "neither": (NEITHER, ARTICLE_B, {}),
    "cpto": (CPTO, ARTICLE_A, {"cpto": {"cpo", "cto"}}),
    "one person": (ONE_PERSON, ARTICLE_A, {"pm": {"po"}, "po": {"pm"}}),
    "empty po": (EMPTY_PO, ARTICLE_B, {}),
}
DECISIONS = list(LEVEL_OF)
OWN = {"structuring-constraints": ("cpo", "cto")}


# Answers ------------------------------------------------------------------------------------------


def named(roles: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    some = st.lists(st.sampled_from(roles), min_size=1, max_size=5, unique=True).map(tuple)
    return some | st.sampled_from([("nobody",), ("unclear",)])


def voice(roles: tuple[str, ...]) -> st.SearchStrategy[Deciders]:
    return st.dictionaries(st.sampled_from(DECISIONS), named(roles))


@st.composite
def squads(draw: st.DrawFn, *, all_held: bool = False) -> tuple[str, list[Deciders]]:
    """A setup and some voices; they name roles held, or any role at all."""
    setup = draw(st.sampled_from(list(SETUPS)))
    roles = SETUPS[setup][0].held if all_held else ROLES
    return setup, draw(st.lists(voice(roles), min_size=1, max_size=5))


def read(setup: str, voices: list[Deciders]) -> WhoDecides:
    return who_decides_of(SETUPS[setup][0], voices)


# The reference ------------------------------------------------------------------------------------


def reference_fit(setup: str, voices: list[Deciders]) -> dict[str, Fraction | None]:
    seating, article, counts_as = SETUPS[setup]
    pooled: dict[str, list[Fraction]] = {}
    for decision, level in LEVEL_OF.items():
        listed = set(OWN.get(decision, article[level]))
        healths = []
        for answers in voices:
            given = answers.get(decision)
            if given is None or set(given) - set(seating.held) - {"nobody", "unclear"}:
                continue
            inside = [
                not ({role} | counts_as.get(role, set())).isdisjoint(listed) for role in given
            ]
            healths.append(Fraction(any(inside) + all(inside), 2))
        if healths:
            pooled.setdefault(level, []).append(sum(healths, Fraction(0)) / len(healths))
    return {
        level: 100 * sum(pooled[level], Fraction(0)) / len(pooled[level])
        if level in pooled
        else None
        for level in FRAMEWORK.level_ids
    }


# The properties -----------------------------------------------------------------------------------


@given(squads())
def test_fit_is_the_reference(squad: tuple[str, list[Deciders]]) -> None:
    for level, expected in reference_fit(*squad).items():
        fit = read(*squad).fit(level)
        assert (fit is None) == (expected is None)
        assert abs((fit or 0) - float(expected or 0)) < 1e-9


@given(squads())
def test_fit_and_coverage_stay_in_range(squad: tuple[str, list[Deciders]]) -> None:
    mapped = read(*squad)

    for level in mapped.levels:
        assert 0 <= level.coverage <= 1
        assert (level.score is None) == (level.coverage == 0)
        assert level.score is None or 0 <= level.score <= 100
    assert all(0 <= disagreement.disagreement <= 1 for disagreement in mapped.disagreements)


@given(squads(), st.data())
def test_the_order_of_voices_never_matters(
    squad: tuple[str, list[Deciders]], data: st.DataObject
) -> None:
    setup, voices = squad
    shuffled = data.draw(st.permutations(voices))

    mapped, again = read(setup, voices), read(setup, shuffled)

    assert again.decisions == mapped.decisions
    assert again.levels == mapped.levels
    assert again.findings == mapped.findings
    assert again.disagreements == mapped.disagreements


@given(squads(), st.data())
def test_naming_an_expected_decider_instead_never_lowers_fit(
    squad: tuple[str, list[Deciders]], data: st.DataObject
) -> None:
    setup, voices = squad
    answered = [(index, decision) for index, sheet in enumerate(voices) for decision in sheet]
    assume(answered)
    number, decision = data.draw(st.sampled_from(answered))
    seating = SETUPS[setup][0]
    listed = seating.listed_for(FRAMEWORK.lenses.decision_by_id[decision])
    decider = data.draw(st.sampled_from(seating.expected(listed)))
    better = [dict(sheet) for sheet in voices]
    better[number][decision] = (decider,)

    before, after = read(setup, voices), read(setup, better)

    for old, new in zip(before.levels, after.levels, strict=True):
        if old.id == LEVEL_OF[decision]:
            assert (new.score or 0) >= (old.score or 0) - 1e-9
        else:
            assert new == old


@given(squads(all_held=True), st.data())
def test_a_decision_left_unanswered_lowers_coverage_and_counts_for_nothing(
    squad: tuple[str, list[Deciders]], data: st.DataObject
) -> None:
    setup, voices = squad
    decisions = sorted({decision for answers in voices for decision in answers})
    assume(decisions)
    gone = data.draw(st.sampled_from(decisions))
    fewer = [{d: roles for d, roles in sheet.items() if d != gone} for sheet in voices]

    before, after = read(setup, voices), read(setup, fewer)

    for old, new in zip(before.levels, after.levels, strict=True):
        if old.id == LEVEL_OF[gone]:
            assert new.coverage < old.coverage
            left = [
                decision.health
                for decision in before.decisions
                if decision.level == old.id
                and decision.decision != gone
                and decision.health is not None
            ]
            expected = 100 * sum(left) / len(left) if left else None
            assert new.score == expected
        else:
            assert new == old


@given(squads())
def test_findings_name_their_place_and_enough_voices(squad: tuple[str, list[Deciders]]) -> None:
    for finding in read(*squad).findings:
        assert finding.kind != "seat-vacant"  # none of these setups leaves a seat vacant
        assert 0 < finding.voices <= finding.answered <= 2 * finding.voices
        assert (
            (finding.level is None) == (finding.decision is None) == (finding.kind == "bottleneck")
        )
        assert set(finding.roles) <= set(SETUPS[squad[0]][0].held)
        assert all(1 <= count <= finding.voices for count in finding.named.values())


@given(squads(), st.data())
def test_lens_scores_do_not_depend_on_the_order_of_voices(
    squad: tuple[str, list[Deciders]], data: st.DataObject
) -> None:
    setup, voices = squad
    said = [
        VoiceDeepAnswers(
            deep(
                deciders=sheet,
                options={"shared-cycle": data.draw(st.sampled_from(["yes", "partly", "unknown"]))},
                signs={"open-questions": float(number)},
                mandates={"pm": data.draw(st.sampled_from(["Decides.", "decides.", "More."]))},
            )
        )
        for number, sheet in enumerate(voices)
    ]
    seating = SETUPS[setup][0]

    result = DeepResult(seating, tuple(said))
    again = DeepResult(seating, tuple(data.draw(st.permutations(said))))

    assert again.lenses == result.lenses
    assert again.signs == result.signs
    assert again.mandates == result.mandates
    assert all(lens.score is None or 0 <= lens.score <= 100 for lens in result.lenses)
