"""Actions as tidy frames with display-ready names, for charts; pure."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from assessment.content.edition import Edition
from assessment.rounds.actions import ActionMark


def mark_rows(edition: Edition, marks: Sequence[ActionMark]) -> pd.DataFrame:
    """The marks of actions on a time axis, numbered from 1, each with its lever's title."""
    return pd.DataFrame(
        [
            {
                "number": number,
                "told": f"{number}. {edition.texts.levers[mark.action.lever].title}",
                "earlier": str(mark.earlier.period),
                "later": str(mark.later.period),
                "share": mark.share,
            }
            for number, mark in enumerate(marks, start=1)
        ],
        columns=["number", "told", "earlier", "later", "share"],
    )
