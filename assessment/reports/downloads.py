"""Results as files for a spreadsheet; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from assessment.content.edition import Edition
from assessment.exchange.spreadsheets import FOR_SPREADSHEETS, neutral
from assessment.model.sample import holds_sample
from assessment.rounds.history import Round
from assessment.wording.deep_result_tables import decider_rows
from assessment.wording.result_tables import level_rows


def levels_csv(edition: Edition, rounds: Sequence[Round]) -> bytes:
    """The levels of one or more rounds as CSV: ids, unrounded numbers, sample data marked."""
    frames = [
        level_rows(edition, neutral(each.squad), each.scores)
        .drop(columns=["level_short", "change"])
        .astype({"stage": "Int64"})
        .assign(
            period=str(each.period),
            voices=len(each.voices),
            sample="yes" if holds_sample(each.voices) else "no",
        )
        for each in rounds
    ]
    return pd.concat(frames).to_csv(index=False).encode(FOR_SPREADSHEETS)


def deciders_csv(edition: Edition, found: Round) -> bytes:
    """Who decides in a round, decision by role, as CSV: ids, names, counts of voices."""
    frame = (
        decider_rows(edition, found.deep)
        .drop(columns=["level_short"])
        .assign(
            squad=neutral(found.squad),
            period=str(found.period),
            sample="yes" if holds_sample(found.voices) else "no",
        )
    )
    return frame.to_csv(index=False).encode(FOR_SPREADSHEETS)


def file_name(*parts: str) -> str:
    """A file's name made of parts that people wrote: letters, digits and hyphens only."""
    joined = "-".join(part.casefold() for part in parts if part)
    return re.sub(r"[^\w]+", "-", joined).strip("-")
