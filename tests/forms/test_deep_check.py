"""A deep check in progress: each field checked alone, lenses counted, answers added to a check."""

from __future__ import annotations

import pytest

from assessment.content.loading import shipped_framework
from assessment.forms.deep_check import (
    DeepForm,
    LensProgress,
    answered_anew,
    deciders_after,
    progress_of,
    validate,
    with_deep,
)
from assessment.model import DeepAnswers
from tests.builders import assessment, deep_assessment

FRAMEWORK = shipped_framework()
NO_PO = {"po": "PO"}
NO_PM = {"pm": "PM"}


def refused(form: DeepForm, absent: dict[str, str] | None = None) -> dict[str, str]:
    validated = validate(form, FRAMEWORK, absent=absent or {})
    return {column: str(reason) for column, reason in validated.refusals.items()}


def progress(answers: DeepAnswers, absent: dict[str, str] | None = None) -> dict[str, LensProgress]:
    lenses = progress_of(FRAMEWORK, answers, absent=absent or {})
    return {lens.lens: lens for lens in lenses}


def test_an_empty_form_says_nothing_and_is_refused_nothing() -> None:
    validated = validate(DeepForm(), FRAMEWORK, absent={})

    assert not DeepForm()
    assert validated.answers == DeepAnswers()
    assert validated.refusals == {}


def test_everything_that_fits_is_kept_and_blanks_are_left_out() -> None:
    form = DeepForm(
        deciders={"bets": ("cpo", "pm"), "cut": ("nobody",), "first": ()},
        options={"shared-cycle": "unknown", "product-review": "held"},
        signs={"days-to-arbitrate": 2.5, "open-questions": 20.0, "rework-share": 0.0},
        mandates={"cpo": " Decides what and why. ", "cto": "  "},
    )

    validated = validate(form, FRAMEWORK, absent={})

    assert validated.refusals == {}
    assert validated.answers == DeepAnswers(
        deciders={"bets": ("cpo", "pm"), "cut": ("nobody",)},
        options={"shared-cycle": "unknown", "product-review": "held"},
        signs={"days-to-arbitrate": 2.5, "open-questions": 20.0, "rework-share": 0.0},
        mandates={"cpo": "Decides what and why."},
    )


@pytest.mark.parametrize(
    ("form", "column", "reason"),
    [
        (
            DeepForm(deciders={"bets": ("nobody", "pm")}),
            "bets",
            "'nobody' stands beside pm; choose either roles or 'nobody'",
        ),
        (
            DeepForm(deciders={"bets": ("boss",)}),
            "bets",
            "unknown role 'boss' for 'bets'; expected some of "
            "lead, cpo, cto, cpto, pm, po, em, tl, team, nobody, unclear",
        ),
        (
            DeepForm(options={"shared-cycle": "often"}),
            "shared-cycle",
            "unknown option 'often' for 'shared-cycle'; expected yes, partly, no, unknown or empty",
        ),
        (
            DeepForm(signs={"days-to-arbitrate": 366.0}),
            "days-to-arbitrate",
            "366 does not fit here; expected a number from 0 to 365",
        ),
        (
            DeepForm(signs={"rework-share": -0.5}),
            "rework-share",
            "-0.5 does not fit here; expected a number from 0 to 100",
        ),
        (
            DeepForm(signs={"open-questions": 2.5}),
            "open-questions",
            "2.5 does not fit here; expected a whole number from 0 to 1000",
        ),
        (
            DeepForm(signs={"rework-share": float("nan")}),
            "rework-share",
            "nan does not fit here; expected a number from 0 to 100",
        ),
        (
            DeepForm(mandates={"pm": "x" * 301}),
            "mandate-pm",
            "the mandate sentence has 301 characters; keep it to 300",
        ),
        (
            DeepForm(mandates={"pm": "two\nlines"}),
            "mandate-pm",
            "the mandate sentence contains a control character (U+000A); remove it",
        ),
    ],
)
def test_a_field_that_does_not_fit_says_why_under_its_column(
    form: DeepForm, column: str, reason: str
) -> None:
    assert refused(form) == {column: reason}


def test_one_refusal_costs_no_other_answer() -> None:
    form = DeepForm(
        deciders={"bets": ("nobody", "pm"), "cut": ("cpo",)},
        signs={"rework-share": 101.0, "open-questions": 3.0},
    )

    validated = validate(form, FRAMEWORK, absent={})

    assert validated.answers == DeepAnswers(
        deciders={"cut": ("cpo",)}, signs={"open-questions": 3.0}
    )
    assert list(validated.refusals) == ["bets", "rework-share"]


def test_a_role_that_nobody_holds_is_refused_by_its_name_and_the_rest_is_kept() -> None:
    form = DeepForm(
        deciders={"sprint-content": ("pm", "po"), "slicing": ("tl",)},
        mandates={"po": "Decides what goes in.", "tl": "Decides how."},
    )

    validated = validate(form, FRAMEWORK, absent={"po": "Product Owner"})

    reason = "nobody holds this role in the squad's setup: Product Owner; leave it out"
    assert {column: str(why) for column, why in validated.refusals.items()} == {
        "sprint-content": reason,
        "mandate-po": reason,
    }
    assert validated.answers == DeepAnswers(
        deciders={"slicing": ("tl",)}, mandates={"tl": "Decides how."}
    )


def test_what_was_told_to_a_lens_without_its_role_is_left_out_without_a_word() -> None:
    form = DeepForm(options={"frames-scope": "yes", "shared-cycle": "yes"})

    validated = validate(form, FRAMEWORK, absent=NO_PM)

    assert validated.answers == DeepAnswers(options={"shared-cycle": "yes"})
    assert validated.refusals == {}


def test_each_lens_counts_what_it_asks() -> None:
    asked = {lens: lens_progress.asked for lens, lens_progress in progress(DeepAnswers()).items()}

    assert asked == {
        "who-decides": 19,
        "frontier": 6,
        "pm-practice": 11,
        "rituals": 6,
        "rhythm": 5,
        "cpo-seat": 12,
        "vital-signs": 3,
        "mandates": 6,
    }


def test_each_lens_says_how_long_it_takes() -> None:
    # Twenty seconds per decision, sign or mandate, ten per item: 19 · 20 s are 6.3 minutes.
    minutes = [lens.minutes for lens in progress(DeepAnswers()).values()]

    assert minutes == [6, 1, 2, 1, 1, 2, 1, 2]
    assert 14 <= sum(minutes) <= 16


def test_progress_tells_answers_from_not_knowing_and_counts_the_time_left() -> None:
    answers = DeepAnswers(
        deciders=dict.fromkeys(list(FRAMEWORK.lenses.decision_by_id)[:13], ("unclear",)),
        options={"shared-cycle": "unknown", "shared-capacity": "no"},
        signs={"open-questions": 0.0},
    )

    by_lens = progress(answers)

    assert (by_lens["who-decides"].answered, by_lens["who-decides"].left) == (13, 6)
    assert by_lens["who-decides"].minutes == 2  # 6 · 20 s
    assert (by_lens["rhythm"].answered, by_lens["rhythm"].unknown, by_lens["rhythm"].left) == (
        1,
        1,
        3,
    )
    assert (by_lens["vital-signs"].answered, by_lens["vital-signs"].left) == (1, 2)


def test_a_lens_that_is_done_takes_no_more_time() -> None:
    signs = {"days-to-arbitrate": 1.0, "open-questions": 2.0, "rework-share": 3.0}

    signs_progress = progress(DeepAnswers(signs=signs))["vital-signs"]

    assert (signs_progress.left, signs_progress.minutes) == (0, 0)


def test_without_a_pm_the_pm_lens_does_not_apply_and_no_pm_mandate_is_asked() -> None:
    by_lens = progress(DeepAnswers(), NO_PM)

    assert [lens for lens, lens_progress in by_lens.items() if not lens_progress.applies] == [
        "pm-practice"
    ]
    assert by_lens["mandates"].asked == 5
    assert by_lens["who-decides"].asked == 19


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [
        ([], ["pm"], ("pm",)),
        (["pm"], ["pm", "cpo"], ("pm", "cpo")),
        (["pm", "cpo"], ["pm", "cpo", "nobody"], ("nobody",)),
        (["nobody"], ["nobody", "pm"], ("pm",)),
        (["nobody"], ["nobody", "unclear"], ("unclear",)),
        (["unclear"], ["unclear", "nobody"], ("nobody",)),
        (["nobody"], [], ()),
        (["unclear"], ["unclear"], ("unclear",)),
        ([], ["nobody", "pm", "unclear"], ("unclear",)),
    ],
)
def test_nobody_and_unclear_stand_alone_and_the_last_choice_counts(
    before: list[str], now: list[str], after: tuple[str, ...]
) -> None:
    assert deciders_after(before, now) == after


def test_an_addition_keeps_what_was_there_unless_answered_anew() -> None:
    before = deep_assessment()
    new = DeepAnswers(
        deciders={"bets": ("cpo",), "impacts": ("pm",)},
        options={"shared-cycle": "unknown"},
        mandates={"cpo": "Decides why."},
    )

    after = with_deep(before, new, FRAMEWORK)

    assert after.deep.deciders == {**before.deep.deciders, "bets": ("cpo",), "impacts": ("pm",)}
    assert after.deep.options == before.deep.options
    assert after.deep.signs == before.deep.signs
    assert after.deep.mandates == {**before.deep.mandates, "cpo": "Decides why."}
    assert (after.assessment_id, after.answers) == (before.assessment_id, before.answers)
    # bets and the CPO's mandate change; impacts is new; shared-cycle is told the same again.
    assert answered_anew(before, new) == 2


def test_an_addition_to_a_quick_check_records_the_lens_version() -> None:
    after = with_deep(assessment(), DeepAnswers(deciders={"bets": ("cpo",)}), FRAMEWORK)

    assert after.framework == "core@1+lenses@1"
    assert answered_anew(assessment(), after.deep) == 0
