"""A check in progress in a browser's keeping: what comes back, and what is left out as a whole."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.forms.check import CheckForm
from assessment.forms.deep_check import DeepForm
from assessment.forms.kept_draft import (
    LONGEST_DRAFT,
    LONGEST_LINE,
    KeptDraft,
    kept_draft_of,
    kept_text_of,
)
from tests.examples import EXAMPLE_1 as HEALTHY

FRAMEWORK = shipped_framework()
LENSES = FRAMEWORK.lenses
STEPS = ("questions", "result")
FORM = CheckForm(
    squad="Équipe Paiements",
    role="pm",
    voice="Camille",
    assessed_on=date(2026, 9, 3),
    note="two lines\nof note",
    answers=HEALTHY,
    deep=DeepForm(
        deciders={next(iter(LENSES.decision_by_id)): ("pm", "cpo")},
        options={LENSES.items[0].id: "unknown"},
        signs={LENSES.signs[0].id: 12.5},
        mandates={LENSES.mandates[0]: "Decides."},
    ),
)
CHECK = UUID("00000000-0000-4000-8000-000000000001")


def back(text: object) -> KeptDraft:
    return kept_draft_of(text, FRAMEWORK, steps=STEPS)


def text_with(**changes: object) -> str:
    """A text as a browser keeps it, with some of it changed."""
    return json.dumps(json.loads(kept_text_of(FORM, FRAMEWORK)) | changes)


def test_everything_filled_in_comes_back_as_it_was() -> None:
    text = kept_text_of(FORM, FRAMEWORK, step="result", level="vision", adds_to=CHECK, stays=True)
    kept = back(text)
    assert kept.answers == HEALTHY
    deep = DeepForm(kept.deciders, kept.options, kept.signs, kept.mandates)
    assert deep == FORM.deep
    assert (kept.squad, kept.role, kept.voice) == ("Équipe Paiements", "pm", "Camille")
    assert (kept.note, kept.assessed_on) == ("two lines\nof note", date(2026, 9, 3))
    assert (kept.step, kept.level, kept.adds_to, kept.stays) == ("result", "vision", CHECK, True)


def test_nothing_is_kept_before_anything_is_answered() -> None:
    assert kept_text_of(CheckForm(squad="Atlas", note="soon"), FRAMEWORK) == ""


@pytest.mark.parametrize(
    "form",
    [
        CheckForm(answers={"late-scope": "often"}),
        CheckForm(deep=DeepForm(deciders=FORM.deep.deciders)),
        CheckForm(deep=DeepForm(options=FORM.deep.options)),
        CheckForm(deep=DeepForm(signs=FORM.deep.signs)),
        CheckForm(deep=DeepForm(mandates=FORM.deep.mandates)),
    ],
)
def test_one_answer_of_any_kind_is_kept(form: CheckForm) -> None:
    kept = back(kept_text_of(form, FRAMEWORK))
    deep = DeepForm(kept.deciders, kept.options, kept.signs, kept.mandates)
    assert (kept.answers, deep) == (form.answers, form.deep)


def test_a_full_check_with_the_longest_texts_is_within_what_comes_back() -> None:
    deep = DeepForm(
        deciders=dict.fromkeys(LENSES.decision_by_id, FRAMEWORK.role_ids),
        options=dict.fromkeys((item.id for item in LENSES.items), "unknown"),
        signs=dict.fromkeys(LENSES.sign_by_id, 99.5),
        mandates=dict.fromkeys(LENSES.mandates, "é" * 1_000),
    )
    form = CheckForm(squad="x" * 900, note='"' * 9_000, answers=HEALTHY, deep=deep)
    text = kept_text_of(form, FRAMEWORK)
    assert len(text) < LONGEST_DRAFT
    assert len(back(text).squad) == LONGEST_LINE


def test_no_id_an_answer_will_be_stored_under_leaves_the_server() -> None:
    assert "assessment_id" not in KeptDraft.model_fields


def test_forged_fields_of_a_form_are_not_kept() -> None:
    forged = CheckForm(answers=HEALTHY, deep=DeepForm(signs={LENSES.signs[0].id: float("nan")}))
    assert kept_text_of(forged, FRAMEWORK) == ""


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "{}",
        "[]",
        "no JSON",
        '{"framework": "core@1+lenses@1"',
        text_with().ljust(LONGEST_DRAFT + 1),
        text_with(framework="core@0+lenses@1"),
        text_with(answers={"late-scope": "<script>"}),
        text_with(answers={"no-such-item": "yes"}),
        text_with(answers={"mandates-clear": ["yes"]}),
        text_with(options={LENSES.items[0].id: "perhaps"}),
        text_with(deciders={"no-such-decision": ["pm"]}),
        text_with(deciders={next(iter(LENSES.decision_by_id)): ["king"]}),
        text_with(deciders={next(iter(LENSES.decision_by_id)): ["pm", "pm"]}),
        text_with(signs={LENSES.signs[0].id: "12"}),
        text_with(signs={LENSES.signs[0].id: float("nan")}),
        text_with(mandates={LENSES.mandates[0]: "x" * (LONGEST_LINE + 1)}),
        text_with(mandates={"king": "Decides."}),
        text_with(role="king"),
        text_with(note="n" * 2_001),
        text_with(step="welcome"),
        text_with(view="attic"),
        text_with(level="attic"),
        text_with(adds_to="mine"),
        text_with(assessed_on="yesterday"),
        text_with(assessment_id=str(CHECK)),
    ],
)
def test_what_does_not_fit_is_left_out_as_a_whole(text: object) -> None:
    with pytest.raises(Refused, match="cannot be read, so it was left out"):
        back(text)
