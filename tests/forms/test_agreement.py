"""From a form to an agreement or an answer to one, field by field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.forms.agreement import (
    AgreementDraft,
    AgreementForm,
    ConfirmationForm,
    agreement_form_of,
    agreement_submission_of,
    confirmation_submission_of,
    is_same_agreement,
    leading_roles,
    majority,
    majority_that_may,
    months_after,
    most_named,
    proposed_agreement_form,
)
from assessment.forms.fields import Submission
from assessment.model import Agreement, Confirmation
from assessment.scoring.seats import Seating
from tests.builders import agreement, setup

FRAMEWORK = shipped_framework()
ASSUMED = Seating(FRAMEWORK)
TODAY = date(2026, 11, 4)
NOW = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)
DRAFT = AgreementDraft(UUID(int=2_050), NOW, "Atlas", "sprint-content")
FORM = AgreementForm(
    decides="em",
    consulted=("tl",),
    informed=("cto",),
    agreed_on=TODAY,
    valid_until=date(2027, 5, 4),
    limits=" within the goal ",
    escalation="to the CPO",
    note="seen",
)


def refused(
    form: AgreementForm, seating: Seating = ASSUMED, others: Collection[Agreement] = ()
) -> dict[str, str]:
    submission = agreement_submission_of(
        form, draft=DRAFT, seating=seating, others=others, is_settled=bool, today=TODAY
    )
    assert submission.record is None
    return {field: str(reason) for field, reason in submission.refusals.items()}


def test_a_filled_in_form_is_the_agreement_and_keeps_what_it_does_not_settle() -> None:
    submission = agreement_submission_of(
        FORM, draft=DRAFT, seating=ASSUMED, others=(), is_settled=bool, today=TODAY
    )

    assert submission.refusals == {}
    assert submission.record == agreement(
        agreement_id=DRAFT.agreement_id,
        saved_at=DRAFT.saved_at,
        decides="em",
        consulted=("tl",),
        informed=("cto",),
        limits="within the goal",
        escalation="to the CPO",
        note="seen",
    )


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"decides": None}, "decides", "say who has the last word: choose exactly one role"),
        ({"decides": "em,po"}, "decides", "unknown role 'em,po'"),
        ({"decides": "boss"}, "decides", "unknown role 'boss'"),
        ({"consulted": ("boss",)}, "consulted", "unknown role 'boss'"),
        ({"consulted": ("em",)}, "consulted", "em has two parts in this agreement"),
        ({"informed": ("tl",)}, "informed", "tl has two parts in this agreement"),
        ({"agreed_on": None}, "agreed_on", "the date is empty"),
        ({"agreed_on": date(2027, 11, 6)}, "agreed_on", "more than a year ahead"),
        ({"valid_until": date(2026, 11, 3)}, "valid_until", "the end 2026-11-03 lies before"),
        ({"limits": "l" * 301}, "limits", "the text has 301 characters; keep it to 300"),
        ({"escalation": "e" * 201}, "escalation", "the text has 201 characters; keep it to 200"),
        ({"note": "\x00"}, "note", "the note contains a control character"),
    ],
)
def test_each_field_is_refused_beside_itself(
    changes: dict[str, object], field: str, why: str
) -> None:
    refusals = refused(replace(FORM, **changes))  # type: ignore[arg-type]

    assert list(refusals) == [field]
    assert why in refusals[field]


def test_several_refusals_are_told_at_once() -> None:
    form = replace(FORM, decides=None, limits="l" * 301, agreed_on=None)

    assert set(refused(form)) == {"decides", "limits", "agreed_on"}


def test_a_role_that_nobody_holds_in_the_setup_is_refused() -> None:
    seating = Seating(FRAMEWORK, setup())  # the EM's seat is empty

    refusals = refused(FORM, seating)

    assert "nobody holds 'em' in the squad's setup" in refusals["decides"]


def test_a_second_agreement_for_the_same_days_is_refused_beside_its_day() -> None:
    assert (
        "another agreement about this decision" in refused(FORM, others=[agreement()])["agreed_on"]
    )


def test_without_an_end_it_lasts_six_months() -> None:
    submission = agreement_submission_of(
        replace(FORM, valid_until=None),
        draft=DRAFT,
        seating=ASSUMED,
        others=(),
        is_settled=bool,
        today=TODAY,
    )

    assert submission.record is not None
    assert submission.record.valid_until == date(2027, 5, 4)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 4), date(2027, 5, 4)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_six_months_end_on_the_same_day_or_the_last_of_the_month(day: date, later: date) -> None:
    assert months_after(day, 6) == later


def test_a_form_proposes_the_majority_and_hears_whom_two_or_more_name() -> None:
    named = {"cpo": 2, "pm": 4, "po": 3, "tl": 1, "nobody": 4}

    decides = most_named(named, ASSUMED)
    assert proposed_agreement_form(named, ASSUMED, decides=decides, today=TODAY) == AgreementForm(
        decides="pm", consulted=("cpo", "po"), agreed_on=TODAY, valid_until=date(2027, 5, 4)
    )


def test_a_form_proposes_nobody_who_is_not_there() -> None:
    seating = Seating(FRAMEWORK, setup())

    assert most_named({"em": 5, "po": 1}, seating) == "po"
    assert most_named({"unclear": 5}, seating) is None


@pytest.mark.parametrize(
    ("named", "voices", "proposed"),
    [
        ({"po": 3, "tl": 1, "pm": 1}, 5, "po"),
        ({"cto": 3, "po": 2}, 5, "cto"),  # although it must not decide daily matters
        ({"pm": 2, "po": 1, "cpo": 1, "tl": 1}, 5, None),  # leads, by two of five
        ({"po": 1, "pm": 1}, 2, None),
        ({"po": 3, "tl": 3}, 3, None),  # both as often
        ({"nobody": 3}, 3, None),
        ({"po": 3, "nobody": 4}, 7, None),
    ],
)
def test_a_room_is_proposed_only_whom_more_than_half_name(
    named: dict[str, int], voices: int, proposed: str | None
) -> None:
    assert majority(named, ASSUMED, voices=voices) == proposed


@pytest.mark.parametrize(
    ("named", "voices", "proposed"),
    [
        ({"po": 3, "cto": 2}, 5, "po"),
        ({"po": 2, "cto": 1}, 3, "po"),
        ({"po": 2, "cto": 1, "team": 1}, 4, None),  # half of them
        ({"po": 2, "cto": 1}, 5, None),  # less than half
        ({"cto": 4, "po": 2}, 5, None),  # must not decide daily matters
        ({"pm": 4, "po": 2}, 5, None),  # is heard, and does not decide where there is a PO
        ({"po": 3, "tl": 3}, 5, None),  # both as often
        ({"nobody": 3, "po": 2}, 5, None),
        ({}, 0, None),
    ],
)
def test_outside_a_vote_only_a_majority_that_may_decide_is_proposed(
    named: dict[str, int], voices: int, proposed: str | None
) -> None:
    sprint = FRAMEWORK.lenses.decision_by_id["sprint-content"]

    assert majority_that_may(named, ASSUMED, sprint, voices=voices) == proposed


def test_a_form_that_proposes_no_decider_hears_all_whom_two_or_more_name() -> None:
    form = proposed_agreement_form({"cto": 3, "po": 2}, ASSUMED, decides=None, today=TODAY)
    assert (form.decides, form.consulted) == (None, ("cto", "po"))


def test_a_form_proposes_to_hear_the_three_whom_most_name_in_the_roles_own_order() -> None:
    named = {"cpo": 2, "cto": 3, "pm": 4, "po": 6, "tl": 5}

    form = proposed_agreement_form(named, ASSUMED, decides="po", today=TODAY)
    assert form.consulted == ("cto", "pm", "tl")


def test_in_a_tie_nobody_is_proposed_unless_one_person_holds_the_seats() -> None:
    named = {"pm": 2, "po": 2, "team": 1}
    form = proposed_agreement_form(named, ASSUMED, decides=most_named(named, ASSUMED), today=TODAY)
    assert leading_roles(named, ASSUMED) == ("pm", "po")
    assert (form.decides, form.consulted) == (None, ())
    seating = Seating(FRAMEWORK, setup())  # the CTO is the tech lead
    assert most_named({"cto": 2, "tl": 2, "po": 1}, seating) == "cto"


def test_a_form_proposes_nobody_to_be_heard_by_themselves() -> None:
    seating = Seating(FRAMEWORK, setup())  # the CTO is the tech lead

    named = {"cto": 3, "pm": 2, "tl": 2}
    form = proposed_agreement_form(named, seating, decides="cto", today=TODAY)
    assert (form.decides, form.consulted) == ("cto", ("pm",))


def test_a_form_that_replaces_says_what_was_agreed_from_today() -> None:
    form = agreement_form_of(agreement(), today=date(2027, 1, 4))

    assert (form.decides, form.consulted, form.agreed_on, form.valid_until) == (
        "po",
        ("tl",),
        date(2027, 1, 4),
        date(2027, 7, 4),
    )


def test_a_form_that_changes_what_was_agreed_today_keeps_its_days() -> None:
    made = agreement()

    form = agreement_form_of(made, today=made.agreed_on)

    assert (form.agreed_on, form.valid_until) == (made.agreed_on, made.valid_until)


def test_forms_say_the_same_in_whatever_order_roles_were_chosen() -> None:
    form = AgreementForm(decides="po", consulted=("pm", "tl"))

    assert is_same_agreement(form, AgreementForm(decides="po", consulted=("tl", "pm")))
    assert not is_same_agreement(form, AgreementForm(decides="po", consulted=("tl",)))


# Answers ------------------------------------------------------------------------------------------

AGREED = agreement()


def answered(form: ConfirmationForm) -> Submission[Confirmation]:
    """A form about an agreement that the PO decides and the TL is consulted on."""
    return confirmation_submission_of(
        form, AGREED, concerned=("po", "tl"), confirmation_id=UUID(int=4_001), now=NOW
    )


def test_an_answer_is_taken_for_a_role_concerned() -> None:
    form = ConfirmationForm(role="tl", answer="with-reservation", reservation=" not in July ")

    assert answered(form).accepted() == Confirmation(
        confirmation_id=UUID(int=4_001),
        saved_at=NOW,
        squad=AGREED.squad,
        agreement_id=AGREED.agreement_id,
        role="tl",
        answer="with-reservation",
        reservation="not in July",
    )


@pytest.mark.parametrize(
    "form",
    [
        ConfirmationForm("po", "with-reservation", is_spoken=True),
        ConfirmationForm("po", "not-agreed"),
        ConfirmationForm("po", "agreed"),
    ],
)
def test_what_a_room_hears_and_what_is_refused_or_agreed_needs_no_words(
    form: ConfirmationForm,
) -> None:
    assert answered(form).accepted().reservation == ""


@pytest.mark.parametrize(
    ("form", "field", "why"),
    [
        (ConfirmationForm("pm", "agreed"), "role", "'pm' is no choice here"),
        (ConfirmationForm(None, "agreed"), "role", "nothing is chosen yet"),
        (ConfirmationForm("po", "perhaps"), "answer", "'perhaps' is no choice here"),
        (ConfirmationForm("po", None), "answer", "nothing is chosen yet"),
        (ConfirmationForm("po", "not-agreed", "r" * 301), "reservation", "keep it to 300"),
        (ConfirmationForm("po", "with-reservation", " "), "reservation", "state it in a sentence"),
    ],
)
def test_an_answer_is_refused_beside_its_field(
    form: ConfirmationForm, field: str, why: str
) -> None:
    submission = answered(form)

    assert submission.record is None
    assert list(submission.refusals) == [field]
    with pytest.raises(Refused, match=why):
        submission.accepted()
