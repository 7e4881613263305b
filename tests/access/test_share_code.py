"""A result as a code: it comes back whole, or is refused with its reason."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.access.share_code import answers_in, code_of
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from tests.builders import ANSWERS
from tests.examples import EXAMPLE_1, EXAMPLE_4, ITEMS, WORST

FRAMEWORK = shipped_framework()
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SHEETS = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 5), min_size=1).map(
    lambda drawn: {
        item: FRAMEWORK.options_by_item[item][number % len(FRAMEWORK.options_by_item[item])]
        for item, number in drawn.items()
    }
)


def written(raw: bytes) -> str:
    """A code with the right check for its first bytes, as a forger would write it."""
    return base64.urlsafe_b64encode(raw + hashlib.sha256(raw).digest()[:4]).rstrip(b"=").decode()


@given(SHEETS)
def test_answers_come_back_whole(answers: dict[str, str]) -> None:
    assert answers_in(code_of(answers, FRAMEWORK), FRAMEWORK) == answers


def test_a_code_holds_ids_only_and_fits_into_sixteen_characters() -> None:
    for answers in (EXAMPLE_1, EXAMPLE_4, WORST, ANSWERS):
        assert len(code_of(answers, FRAMEWORK)) == 16


def test_the_code_of_known_answers_is_what_was_worked_out_by_hand() -> None:
    # The last item alone, "often": its third option, so the last digit is 3 and all others 0.
    packed = bytes([1]) + hashlib.sha256(b"core@1").digest()[:2] + bytes([0, 0, 0, 0, 3])
    assert code_of({"unclear-rework": "often"}, FRAMEWORK) == written(packed)
    assert answers_in(written(packed), FRAMEWORK) == {"unclear-rework": "often"}


@pytest.mark.parametrize("answers", [EXAMPLE_1, EXAMPLE_4, WORST, {"late-scope": "unknown"}])
def test_every_change_of_a_single_character_is_refused(answers: dict[str, str]) -> None:
    code = code_of(answers, FRAMEWORK)
    for index, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(Refused, match="incomplete or was changed"):
                answers_in(code[:index] + wrong + code[index + 1 :], FRAMEWORK)


def test_every_cut_is_refused() -> None:
    code = code_of(EXAMPLE_1, FRAMEWORK)
    for length in range(len(code)):
        for cut in (code[:length], code[length + 1 :]):
            with pytest.raises(Refused, match="incomplete or was changed"):
                answers_in(cut, FRAMEWORK)


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        answers_in(text, FRAMEWORK)


@given(st.binary(min_size=8, max_size=8))
def test_a_forged_check_brings_valid_ids_or_nothing(raw: bytes) -> None:
    head = bytes([1]) + hashlib.sha256(b"core@1").digest()[:2]
    try:
        answers = answers_in(written(head + raw[:5]), FRAMEWORK)
    except Refused:
        return
    FRAMEWORK.check_answers(answers)


def test_another_framework_s_code_says_that_it_is_another_version_s() -> None:
    other = FRAMEWORK.model_copy(update={"version": "core@0"})
    for code in (code_of(EXAMPLE_1, other), written(b"\x02" + b"later format")):
        with pytest.raises(Refused, match="another version of the check"):
            answers_in(code, FRAMEWORK)


def test_a_number_beyond_all_answers_is_refused() -> None:
    head = bytes([1]) + hashlib.sha256(b"core@1").digest()[:2]
    for body in (head + b"\xff" * 5, head + bytes([0, 0, 0, 0, 0, 3]), head + bytes([3])):
        with pytest.raises(Refused, match="incomplete or was changed"):
            answers_in(written(body), FRAMEWORK)


def test_a_code_without_answers_is_refused() -> None:
    with pytest.raises(Refused, match="holds no answers"):
        answers_in(code_of({}, FRAMEWORK), FRAMEWORK)


@pytest.mark.parametrize("answers", [{"late-scope": "oui"}, {"nothing": "yes"}])
def test_answers_that_the_framework_lacks_have_no_code(answers: dict[str, str]) -> None:
    with pytest.raises(Refused, match="unknown"):
        code_of(answers, FRAMEWORK)
