"""Names that are likely one squad's, and names that are not."""

from __future__ import annotations

import pytest

from assessment.forms.look_alike import look_alike


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Atals", "Atlas"),
        ("Atlass", "Atlas"),
        ("Equipe Paiements", "Équipe Paiements"),
        ("équipe-paiements", "Équipe Paiements"),
        ("Équipe Payements", "Équipe Paiements"),
        ("Check out", "Checkout"),
        ("Squad 1", "Squad-1"),
        ("Nora", "Nova"),
        ("Braoklin", "Brooklyn"),
    ],
)
def test_a_name_a_letter_or_two_away_is_alike(written: str, stored: str) -> None:
    assert look_alike(written, ["Boréal", stored]) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("ATLAS ", "Atlas"),  # the same squad, which needs no question
        ("Squad 1", "Squad 2"),
        ("Squad 11", "Squad 1"),
        ("Ops", "Dev"),
        ("Apx", "Api"),  # too short for a slip to be told from another name
        ("Cobalt", "Cosmos"),
        ("Phaenyx", "Phoenix"),  # two of seven letters
        ("", "Atlas"),
        ("…", "!"),
    ],
)
def test_other_names_are_not(written: str, stored: str) -> None:
    assert look_alike(written, [stored]) is None


def test_a_name_that_is_stored_is_not_mistaken_for_its_neighbour() -> None:
    assert look_alike("Atlas", ["Atlos", "Atlas"]) is None
