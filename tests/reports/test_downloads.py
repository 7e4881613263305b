"""Results as CSV for a spreadsheet: who decides."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

from assessment.content.edition import edition_in
from assessment.reports.downloads import table_csv
from assessment.rounds.history import History
from assessment.wording.frames import exported_deciders
from tests.deep_examples import FRAMEWORK, deep, deep_only, on, setup


def test_who_decides_is_told_by_ids_and_counts_and_runs_no_formula() -> None:
    saved = [
        deep_only(squad="=Atlas", deep=deep(deciders=on("vision", named)))
        for named in (("po",), ("pm", "po"))
    ]
    history = History(FRAMEWORK, saved, "month", [setup("pm", "po", squad="=Atlas")])
    (unit,) = history.all_rounds()

    frame = pd.read_csv(
        BytesIO(table_csv(exported_deciders(edition_in("en"), unit), "en")), keep_default_na=False
    )

    row = frame[(frame["decision"] == "priority-segment") & (frame["role"] == "po")].iloc[0]
    assert (row["named"], row["voices"], row["mark"], row["reference"]) == (
        2,
        2,
        "must-not",
        "must-not",
    )
    assert (row["squad"], row["period"], row["sample"]) == ("'=Atlas", "2026-11", "no")
    assert len(frame) == 19 * 10


def test_numbers_of_a_french_table_are_numbers_in_a_french_spreadsheet() -> None:
    table = pd.DataFrame({"squad": ["Atlas"], "score": [72.5], "voices": [3]})

    lines = [table_csv(table, language).decode("utf-8-sig").split() for language in ("en", "fr")]

    assert lines == [
        ["squad,score,voices", "Atlas,72.5,3"],
        ["squad;score;voices", "Atlas;72,5;3"],
    ]
