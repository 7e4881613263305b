"""Where voices differ most: the first few items and decisions, and role against role."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from assessment.content.loading import shipped_framework
from assessment.model import Assessment
from assessment.model.period import Period
from assessment.rounds.disagreement import RoleGap, disagreement_headline, is_survey, role_gap
from assessment.rounds.history import History
from assessment.rounds.round import Round
from tests.builders import assessment

FRAMEWORK = shipped_framework()
ROUND = UUID(int=77)


def voice(role: str | None = None, **answers: str) -> Assessment:
    given = {item.replace("_", "-"): option for item, option in answers.items()}
    return assessment(role=role, answers=given, gathering=ROUND)


def round_of(*voices: Assessment) -> Round:
    unit = History(FRAMEWORK, voices, "month").at("Atlas", Period.of(date(2026, 11, 3), "month"))
    assert unit is not None
    return unit


# Role against role --------------------------------------------------------------------------------


def test_the_widest_gap_between_two_roles_is_found_with_both_sides() -> None:
    # pm: 1 on both; tl: (0.5 + 0) / 2 = 0.25 on the channel, 0.5 on mandates.
    voices = [
        voice("pm", single_channel="yes", mandates_clear="yes"),
        voice("pm", single_channel="yes", mandates_clear="yes"),
        voice("tl", single_channel="partly", mandates_clear="partly"),
        voice("tl", single_channel="no", mandates_clear="partly"),
    ]
    assert role_gap(FRAMEWORK, voices) == RoleGap("single-channel", "pm", "tl", 1.0, 0.25)


def test_a_role_of_one_voice_on_an_item_is_not_set_against_another() -> None:
    # Two Tech Leads, of whom one answered the channel.
    voices = [
        voice("pm", single_channel="yes", mandates_clear="yes"),
        voice("pm", single_channel="yes", mandates_clear="yes"),
        voice("tl", single_channel="no", mandates_clear="partly"),
        voice("tl", mandates_clear="partly"),
    ]
    assert role_gap(FRAMEWORK, voices) == RoleGap("mandates-clear", "pm", "tl", 1.0, 0.5)
    assert role_gap(FRAMEWORK, voices[1:]) is None


def test_a_voice_that_told_no_role_speaks_for_none() -> None:
    voices = [voice("pm", single_channel="yes"), voice(None, single_channel="no")] * 2
    assert role_gap(FRAMEWORK, voices) is None


def test_roles_that_answer_alike_have_no_gap() -> None:
    voices = [voice("pm", single_channel="no"), voice("po", single_channel="no")] * 2
    assert role_gap(FRAMEWORK, voices) is None


def test_unknown_and_not_applicable_are_no_answers_of_a_role() -> None:
    voices = [
        voice("pm", single_channel="yes", po_sets_strategy="not-seen"),
        voice("po", single_channel="unknown", po_sets_strategy="not-applicable"),
    ]
    assert role_gap(FRAMEWORK, voices * 2) is None


def test_equal_gaps_go_to_the_first_item_then_to_the_first_roles() -> None:
    voices = [
        voice("tl", mandates_clear="yes", single_channel="yes"),
        voice("po", mandates_clear="no", single_channel="no"),
        voice("pm", mandates_clear="no", single_channel="no"),
    ]
    # In framework order the PM comes before the PO, and both before the Tech Lead.
    first = RoleGap("mandates-clear", "tl", "pm", 1.0, 0.0, is_tied=True)
    assert role_gap(FRAMEWORK, voices * 2) == first


def test_no_voice_has_no_gap() -> None:
    assert role_gap(FRAMEWORK, []) is None


@given(st.permutations(range(5)))
def test_the_order_of_voices_never_matters(order: list[int]) -> None:
    voices = [
        voice("pm", single_channel="yes", late_scope="sometimes"),
        voice("tl", single_channel="partly", late_scope="often"),
        voice("tl", single_channel="no", late_scope="sometimes"),
        voice("po", single_channel="partly", late_scope="often"),
        voice("po", single_channel="yes", late_scope="not-seen"),
    ]
    assert role_gap(FRAMEWORK, [voices[n] for n in order]) == role_gap(FRAMEWORK, voices)


# The headline -------------------------------------------------------------------------------------


def test_the_headline_holds_items_strongest_first_and_last_those_that_all_share() -> None:
    alike = {"rituals_decide": "yes"}
    headline = disagreement_headline(
        round_of(
            voice(**alike, mandates_clear="yes", single_channel="yes", late_scope="often"),
            voice(**alike, mandates_clear="partly", single_channel="no", late_scope="often"),
            voice(**alike, mandates_clear="yes", single_channel="yes", late_scope="not-seen"),
            voice(**alike, mandates_clear="yes", single_channel="no", questions_queue="often"),
        )
    )
    # Split in the middle: 2 · 0.5 = 1; two against one: 2 · 4/9; one apart by a half.
    strongest = headline.disagreements[:3]
    assert [item.of for item in strongest] == ["single-channel", "late-scope", "mandates-clear"]
    assert [round(item.disagreement, 3) for item in strongest] == [1.0, 0.889, 0.375]
    assert dict(strongest[0].counts) == {"yes": 2, "partly": 0, "no": 2}
    assert [disagreement.of for disagreement in headline.disagreements][-1] == "rituals-decide"


def test_items_that_one_voice_answered_cannot_be_compared() -> None:
    headline = disagreement_headline(
        round_of(voice(mandates_clear="yes", late_scope="often"), voice(mandates_clear="no"))
    )
    assert "late-scope" in headline.too_few
    assert "mandates-clear" not in headline.too_few
    assert len(headline.too_few) == 13


def test_decisions_join_the_headline_where_the_deep_check_was_taken() -> None:
    def names(*roles: str) -> Assessment:
        deep = {"deciders": {"cut": roles, "first": ("pm",)}}
        return assessment(framework="core@1+lenses@1", answers={}, deep=deep, gathering=ROUND)

    headline = disagreement_headline(round_of(names("cpo"), names("pm"), names("pm")))
    assert [decision.of for decision in headline.decisions] == ["cut"]
    assert headline.decisions[0].counts == {"cpo": 1, "pm": 2}
    assert headline.disagreements == ()


def test_only_invited_voices_make_a_gathered_round_and_only_several() -> None:
    alone, other = voice(mandates_clear="yes"), voice(mandates_clear="no")
    uninvited = [assessment(), assessment()]
    assert is_survey(round_of(alone, other))
    assert is_survey(round_of(alone, uninvited[0]))
    assert not is_survey(round_of(alone))
    assert not is_survey(round_of(*uninvited))
