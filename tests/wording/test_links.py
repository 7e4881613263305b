"""What a visitor by link is told of it."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.wording.links import shared_as
from tests.builders import link

DAY = date(2026, 12, 28)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "Shared with you as “Board”, until 28\u00a0Dec\u00a02026 included.",
                "Left out: aliases, notes, the names in actions and the roles of voices.",
            ),
        ),
        (
            "fr",
            (
                "Partagé avec vous sous le nom «\u202fBoard\u202f», "
                "jusqu’au 28\u00a0déc.\u00a02026 inclus.",
                "Non partagés\u00a0: alias, notes, noms indiqués dans les actions et rôles des "
                "voix.",
            ),
        ),
    ],
)
def test_a_link_tells_its_label_its_end_and_what_it_leaves_out(
    language: str, sentences: tuple[str, ...]
) -> None:
    shared = link(label="Board")
    assert shared_as(edition_in(language), shared, last_day=DAY) == sentences


def test_a_link_with_everything_leaves_out_aliases_alone() -> None:
    shared = link(with_notes=True, with_roles=True)
    assert shared_as(edition_in("en"), shared, last_day=DAY)[1] == "Left out: aliases."


def test_a_link_without_agreements_says_so() -> None:
    shared = link(with_notes=True, with_roles=True, with_agreements=False)
    sentence = shared_as(edition_in("en"), shared, last_day=DAY)[1]
    assert sentence == "Left out: aliases and what squads agreed."
