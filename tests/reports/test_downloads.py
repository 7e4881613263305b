"""Results as CSV for a spreadsheet: who decides, and levels."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

from assessment.content.edition import edition_in
from assessment.model import Survey
from assessment.reports.downloads import table_csv
from assessment.rounds.history import History
from assessment.wording.frames import exported_deciders, exported_levels
from tests.builders import gathering
from tests.deep_examples import FRAMEWORK, deep, deep_only, on, setup

EN = edition_in("en")


def test_who_decides_is_told_by_ids_and_counts_and_runs_no_formula() -> None:
    saved = [
        deep_only(squad="=Atlas", deep=deep(deciders=on("vision", named)))
        for named in (("po",), ("pm", "po"))
    ]
    history = History(FRAMEWORK, saved, "month", [setup("pm", "po", squad="=Atlas")])
    (unit,) = history.all_rounds()

    frame = pd.read_csv(
        BytesIO(table_csv(exported_deciders(EN, unit), "en")), keep_default_na=False
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


def test_nothing_is_claimed_of_voices_whose_number_must_not_be_told() -> None:
    secret = gathering(privacy="confidential", least_voices=3, depth="deep")
    saved = [
        deep_only(deep=deep(deciders={"slicing": ("po",)}), gathering=secret.id) for _ in range(3)
    ]

    def rows(survey: Survey) -> list[list[str]]:
        (unit,) = History(FRAMEWORK, saved, "month", surveys=[survey]).all_rounds()
        of_po = _as_text(exported_deciders(EN, unit)).query("role == 'po'").set_index("decision")
        said = of_po.loc[["slicing", "cut"], ["contested", "nobodys", "named", "voices"]]
        return [*said.to_numpy().tolist(), _as_text(exported_levels(EN, [unit]))["voices"].tolist()]

    assert rows(secret) == [["False", "False", "3", "3"], [""] * 4, [""] * 5]
    in_the_open = secret.model_copy(update={"privacy": "open"})
    assert rows(in_the_open) == [
        ["False", "False", "3", "3"],
        ["False", "False", "0", "0"],
        ["0"] * 5,
    ]


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(BytesIO(table_csv(table, "en")), dtype=str, keep_default_na=False)


def test_numbers_of_a_french_table_are_numbers_in_a_french_spreadsheet() -> None:
    table = pd.DataFrame({"squad": ["Atlas"], "score": [72.5], "voices": [3]})

    lines = [table_csv(table, language).decode("utf-8-sig").split() for language in ("en", "fr")]

    assert lines == [
        ["squad,score,voices", "Atlas,72.5,3"],
        ["squad;score;voices", "Atlas;72,5;3"],
    ]
