"""What the first page says of each squad."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.wording.home import age

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("today", "english", "french"),
    [
        (date(2026, 9, 1), "today", "aujourd’hui"),
        (date(2026, 9, 2), "1 day ago", "il y a 1 jour"),
        (date(2026, 10, 31), "60 days ago", "il y a 60 jours"),
        (date(2026, 11, 1), "2 months ago", "il y a 2 mois"),
        (date(2026, 8, 31), "today", "aujourd’hui"),
    ],
)
def test_the_age_of_a_check_is_told_in_days_then_in_months(
    today: date, english: str, french: str
) -> None:
    assert age(edition_in("en"), DAY, today=today) == english
    assert (
        age(edition_in("fr"), DAY, today=today).replace("\u202f", " ").replace("\xa0", " ")
        == french
    )
