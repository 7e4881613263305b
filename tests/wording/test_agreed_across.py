"""Several squads' agreements in words: what a reader of the seats' map is told."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.model.period import Period
from assessment.rounds.agreed_across import agreed_across
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.wording.agreed_across import seat_rows, seats_by_level
from tests.builders import deep_assessment, gathering

EN, FRAMEWORK = edition_in("en"), shipped_framework()


def test_the_map_of_seats_tells_what_few_answered_in_confidence_as_hidden() -> None:
    secret = gathering(squad="Atlas", privacy="confidential", least_voices=3, depth="deep")
    names_the_cto = {"deciders": {"sprint-content": ("cto",), "enough-scope": ("cto",)}}
    voice = partial(deep_assessment, assessed_on=date(2026, 11, 18), deep=names_the_cto)
    saved = [
        *(voice(squad="Atlas", gathering=secret.id) for _ in range(3)),
        *(voice(squad=squad) for squad in ("Dune", "Echo")),
    ]
    history = History(FRAMEWORK, saved, "month", surveys=[secret])
    results = [result_of(history, squad, Period(2026, 11, "month")) for squad in history.squads]

    across = agreed_across(FRAMEWORK, results, today=date(2026, 11, 30))

    hidden = "hidden, fewer than 3 answers"
    rows = seat_rows(EN, across).set_index(["squad", "level"])["unanswered"]
    assert (rows["Atlas", "vision"], rows["Dune", "vision"]) == (hidden, "not answered")
    assert (rows["Atlas", "daily"], rows["Dune", "daily"]) == ("", "")
    table = pd.DataFrame(seats_by_level(EN, across)).set_index("Squad")
    assert list(table.loc["Atlas"]) == [*[hidden] * 3, "CTO: 2 of 2", hidden]
    assert list(table.loc["Dune"]) == [*["not answered"] * 3, "CTO: 2 of 2", "not answered"]
