"""A form becomes an assessment, or each field that does not fit says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.forms.check import CheckForm, check_submission_of
from assessment.forms.deep_check import DeepForm
from assessment.forms.fields import Submission
from assessment.model import Assessment

ID = UUID("0f8fad5b-d9cd-469f-a165-70867728950e")
NOW = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 4)  # the reader sits east of Greenwich
GOOD = CheckForm(squad="Atlas", assessed_on=TODAY, answers={"mandates-clear": "yes"})


def submitted(form: CheckForm) -> Submission[Assessment]:
    return check_submission_of(
        form, shipped_framework(), assessment_id=ID, now=NOW, today=TODAY, absent={}
    )


def refused(form: CheckForm) -> dict[str, str]:
    submission = submitted(form)
    assert submission.record is None
    return {field: str(reason) for field, reason in submission.refusals.items()}


def test_a_squad_a_date_and_one_answer_are_enough() -> None:
    submission = submitted(GOOD)

    assert submission.refusals == {}
    made = submission.record
    assert made is not None
    assert made.assessment_id == ID
    assert made.saved_at == NOW
    assert made.assessed_on == TODAY
    assert (made.squad, made.voice, made.role, made.note) == ("Atlas", None, None, "")
    assert made.framework == "core@1"
    assert made.answers == {"mandates-clear": "yes"}


def test_everything_a_person_fills_in_is_kept() -> None:
    form = CheckForm(
        squad="  Équipe Nord ",
        role="tl",
        voice=" Zoë ",
        assessed_on=date(2026, 10, 1),
        note=" two\nlines ",
        answers={"late-scope": "often", "pm-runs-sprint": "not-applicable"},
    )

    made = submitted(form).record

    assert made is not None
    assert (made.squad, made.role, made.voice) == ("Équipe Nord", "tl", "Zoë")
    assert (made.assessed_on, made.note) == (date(2026, 10, 1), " two\nlines ")
    assert made.answers == {"late-scope": "often", "pm-runs-sprint": "not-applicable"}


def test_later_changes_to_the_form_do_not_reach_the_assessment() -> None:
    answers = {"mandates-clear": "yes"}
    made = submitted(replace(GOOD, answers=answers)).record

    answers["mandates-clear"] = "no"

    assert made is not None
    assert made.answers == {"mandates-clear": "yes"}


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"squad": ""}, "squad", "the squad's name is empty; write the name your team uses"),
        ({"squad": " \t "}, "squad", "the squad's name is empty; write the name your team uses"),
        ({"squad": "A" * 81}, "squad", "the name has 81 characters; keep it to 80"),
        (
            {"squad": "At\nlas"},
            "squad",
            "the name contains a control character (U+000A); remove it",
        ),
        ({"voice": "z" * 81}, "voice", "the name has 81 characters; keep it to 80"),
        (
            {"voice": "\u202eoëZ"},
            "voice",
            "the name contains a control character (U+202E); remove it",
        ),
        (
            {"role": "boss"},
            "role",
            "unknown role 'boss'; expected one of "
            "lead, cpo, cto, cpto, pm, po, em, tl, team or empty",
        ),
        ({"assessed_on": None}, "assessed_on", "the date is empty; choose the day of the check"),
        (
            {"assessed_on": date(2026, 11, 5)},
            "assessed_on",
            "the date 2026-11-05 is in the future; choose today or earlier",
        ),
        ({"note": "n" * 2_001}, "note", "the note has 2001 characters; keep it to 2000"),
        (
            {"note": "a\0b"},
            "note",
            "the note contains a control character (U+0000); remove it",
        ),
        (
            {"answers": {}},
            "answers",
            "nothing is answered yet; answer at least one question before saving",
        ),
        (
            {"answers": {"late-scope": "no"}},
            "answers",
            "unknown option 'no' for 'late-scope'; "
            "expected not-seen, sometimes, often, unknown or empty",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_refused_beside_it(
    change: dict[str, Any], field: str, reason: str
) -> None:
    assert refused(replace(GOOD, **change)) == {field: reason}


def test_every_field_that_does_not_fit_says_so_at_once() -> None:
    form = CheckForm(
        squad=" ",
        role="boss",
        voice="a\0b",
        assessed_on=date(2027, 1, 1),
        note="n" * 2_001,
        answers={},
    )

    assert list(refused(form)) == ["squad", "voice", "role", "assessed_on", "note", "answers"]


def test_an_empty_form_asks_for_squad_date_and_answers() -> None:
    assert list(refused(CheckForm())) == ["squad", "assessed_on", "answers"]


def test_a_note_of_2000_characters_and_a_name_of_80_fit() -> None:
    form = replace(GOOD, squad="A" * 80, voice="z" * 80, note="n" * 2_000)

    assert submitted(form).refusals == {}


# The deep check -----------------------------------------------------------------------------------


def test_a_deep_check_may_be_saved_without_the_quick_one() -> None:
    made = submitted(replace(GOOD, answers={}, deep=DeepForm(deciders={"bets": ("pm",)}))).record

    assert made is not None
    assert made.framework == "core@1+lenses@1"
    assert (made.answers, made.deep.deciders) == ({}, {"bets": ("pm",)})


def test_answers_to_both_checks_make_one_assessment() -> None:
    made = submitted(replace(GOOD, deep=DeepForm(options={"shared-cycle": "no"}))).record

    assert made is not None
    assert made.answers == {"mandates-clear": "yes"}
    assert made.deep.options == {"shared-cycle": "no"}


def test_a_role_that_nobody_holds_in_the_setup_is_refused_under_its_decision() -> None:
    form = replace(GOOD, deep=DeepForm(deciders={"bets": ("po",), "cut": ("pm",)}))

    submission = check_submission_of(
        form, shipped_framework(), assessment_id=ID, now=NOW, today=TODAY, absent={"po": "PO"}
    )

    assert submission.record is None
    assert {field: str(reason) for field, reason in submission.refusals.items()} == {
        "bets": "nobody holds this role in the squad's setup: PO; leave it out"
    }


def test_fields_of_both_checks_that_do_not_fit_say_so_at_once() -> None:
    deep = DeepForm(signs={"rework-share": 200.0}, mandates={"pm": "x" * 301})

    assert list(refused(replace(GOOD, squad="", deep=deep))) == [
        "squad",
        "rework-share",
        "mandate-pm",
    ]


def test_a_name_that_no_document_can_hold_is_refused_in_its_field() -> None:
    refusals = refused(replace(GOOD, squad="At\uffffas", voice="No\ufffer"))

    assert set(refusals) == {"squad", "voice"}
    assert all("no document can hold (U+FFF" in reason for reason in refusals.values())
