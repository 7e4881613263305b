"""Results as tidy frames with display-ready names, for charts and downloads; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import nan
from typing import Any, Literal

import pandas as pd

from assessment.content.edition import Edition
from assessment.model import EMPTY, NOBODY, UNCLEAR, Decision
from assessment.rounds.actions import ActionMark
from assessment.rounds.moves import Move, Moves
from assessment.rounds.round import Round
from assessment.rounds.seats import seat_readings
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import Mapped
from assessment.wording.counted import unanswered
from assessment.wording.moves import change_text, points_of_move
from assessment.wording.scores import clear_and_fit, lens_parts, level_parts
from assessment.wording.seats import seat_text

RowsOf = Callable[[Edition, Round], pd.DataFrame]

Reference = Literal["decides", "must-not", "consulted", "other", "vacant", ""]
"""What the framework says of a role for a decision; `vacant` for a decider's empty seat."""

Mark = Literal["fits", "must-not", "outside", "nobody", "unclear", ""]
"""What naming a role means; empty where nobody named it."""


# One round ----------------------------------------------------------------------------------------


def level_rows(
    edition: Edition, shown: Round, moves: Moves | None = None, *, since: str = ""
) -> pd.DataFrame:
    """A round's levels: score (NaN when not scored), stage, coverage, one-voice range, change.

    `change` is in shown points and NaN where it is no move; `changed` says what is told of it,
    and `since` from when on.
    """
    return _with_numbers(
        [
            {
                "squad": shown.squad,
                **level_names(edition, level.level),
                "score": level.score,
                "stage": level.stage,
                "stage_name": level.stage_name,
                "coverage": level.coverage,
                "low": level.low,
                "high": level.high,
                "change": level.change,
                "changed": level.changed,
                "since": since,
                "limits": level.limits,
                "is_capped": level.is_capped,
            }
            for level in level_parts(edition, shown, moves)
        ],
        *("score", "stage", "low", "high", "change", "coverage"),
    )


def fit_rows(edition: Edition, shown: Round, before: Round | None = None) -> pd.DataFrame:
    """Fit beside maturity per level, 0 to 100, NaN where missing; fit's change in shown points.

    So many of the level's decisions answered are `clear`; `lower` is the lower of their share and
    the fit, NaN where none is answered, and `clear_and_fit` tells both.
    """
    missing = unanswered(edition, shown.deep_unit.least)
    return _with_numbers(
        [
            {
                "squad": shown.squad,
                **level_names(edition, level.level),
                "score": level.score,
                "fit": level.fit,
                "coverage": level.fit_coverage,
                "change": level.fit_change,
                "clear": level.clear,
                "lower": level.lower,
                "clear_and_fit": clear_and_fit(edition, level),
                "unanswered": "" if level.lower is not None else missing,
            }
            for level in level_parts(edition, shown, deep_before=before)
        ],
        *("score", "fit", "coverage", "change", "lower"),
    )


def lens_rows(edition: Edition, shown: Round, before: Round | None = None) -> pd.DataFrame:
    """Every scored lens of a round: score (NaN when none), coverage, change in shown points."""
    return _with_numbers(
        [
            {
                "squad": shown.squad,
                "lens": lens.lens,
                "lens_name": lens.name,
                "score": lens.score,
                "coverage": lens.coverage,
                "missing": lens.missing,
                "change": lens.change,
                "trouble": lens.trouble,
            }
            for lens in lens_parts(edition, shown, before)
        ],
        *("score", "coverage", "change"),
    )


def pressure_rows(edition: Edition, shown: Round) -> pd.DataFrame:
    """The pressure on each seat (NaN under three answers) with its reading in words."""
    return _with_numbers(
        [
            {
                "seat": edition.role(seat),
                "pressure": shown.diagnosis.pressure(seat).pressure,
                "reading": seat_text(edition, seat, reading),
            }
            for seat, reading in seat_readings(shown).items()
        ],
        "pressure",
    )


def decider_rows(
    edition: Edition, shown: Round, agreed: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Decision × role: what the framework says of the role, and how many voices name it.

    Roles are those somebody holds, those whose seat is empty, and `nobody` and `unclear`.
    `health` is the decision's (NaN unanswered), `contested` whether voices differ on it, `nobodys`
    whether nobody takes it; `expected` roles should decide; `named` of `voices` name the role, and
    `mark` says what that means. `unanswered` says why no voice names any. Where anything is
    `agreed`, the column of that name tells the role with the last word.
    """
    deep, missing = shown.deep, unanswered(edition, shown.least)
    decisions, seating = edition.framework.lenses.decision_by_id, deep.seating
    rows = [
        {
            **decision_names(edition, mapped.level, mapped.decision),
            "health": mapped.health,
            "contested": mapped.state == "contested",
            "nobodys": mapped.state == "nobody",
            "role": role,
            "role_name": edition.decider(role),
            "reference": reference,
            "expected": role in seating.expected_for(mapped.decision),
            "named": mapped.named.get(role, 0),
            "voices": mapped.voices,
            "mark": _mark(mapped, role, reference),
            "unanswered": "" if mapped.voices else missing,
            **({"agreed": agreed.get(mapped.decision) == role} if agreed else {}),
        }
        for mapped in deep.who_decides.decisions
        for role in shown_roles(seating)
        for reference in [_reference(seating, role, decisions[mapped.decision])]
    ]
    return _with_numbers(rows, "health")


def shown_roles(seating: Seating) -> tuple[str, ...]:
    """What may be named in a squad, in order: roles held or left empty, `nobody`, `unclear`."""
    seats = seating.setup.seats if seating.setup else {}
    every, is_held = seating.framework.role_ids, seating.is_held
    roles = [role for role in every if is_held(role) or seats.get(role) == EMPTY]
    return (*roles, NOBODY, UNCLEAR)


# Voices that differ -------------------------------------------------------------------------------


def voice_rows(edition: Edition, disagreements: Iterable[Disagreement]) -> pd.DataFrame:
    """How many voices gave each option of each item, in the given order of items."""
    return pd.DataFrame(
        {
            "about": item.of,
            "short": edition.item(item.of),
            "option_name": edition.option(item.of, option.id),
            "health": option.health,
            "voices": item.counts[option.id],
            "agreement": 1 - item.disagreement,
        }
        for item in disagreements
        for option in edition.framework.scale_of(item.of).options
    )


def contested_rows(edition: Edition, disagreements: Iterable[Disagreement]) -> pd.DataFrame:
    """How many voices name whom, decision by decision in the given order."""
    decisions = edition.framework.lenses.decision_by_id
    return pd.DataFrame(
        {
            **decision_names(edition, decisions[decision.of].level, decision.of),
            "disagreement": decision.disagreement,
            "role": role,
            "role_name": edition.decider(role),
            "named": count,
            "voices": decision.voices,
            "unclear": decision.unclear,
        }
        for decision in disagreements
        for role, count in decision.counts.items()
    )


# Several rounds -----------------------------------------------------------------------------------


def stacked(edition: Edition, rows_of: RowsOf, rounds: Iterable[Round]) -> pd.DataFrame:
    """The rows of several rounds, one round under the other, in the given order."""
    return pd.concat([rows_of(edition, unit) for unit in rounds], ignore_index=True)


def dated(
    edition: Edition, rows_of: RowsOf, rounds: Iterable[Round], *, deep: bool = False
) -> pd.DataFrame:
    """The rows of every round, with its period and voices: those to the deep check if `deep`."""

    def dated_rows(edition: Edition, shown: Round) -> pd.DataFrame:
        return rows_of(edition, shown).assign(
            **_period(edition, shown), voices=shown.deep_voices if deep else shown.quick_voices
        )

    return stacked(edition, dated_rows, rounds)


def scores_over_time(
    edition: Edition, rounds: Iterable[Round], level: str | None, moves: Mapping[str, Move | None]
) -> pd.DataFrame:
    """A level's score in every given round, or the overall one (NaN when none), and its range.

    `moves` tells by squad how the last score moved; `change` is in shown points, NaN where it did
    not, and `changed` says what is told of it.
    """
    return _with_numbers(
        [
            {
                "squad": unit.squad,
                **_period(edition, unit),
                "score": unit.scores.of(level),
                "low": reach.low if reach else None,
                "high": reach.high if reach else None,
                "voices": unit.quick_voices,
                "change": points_of_move(moves.get(unit.squad)),
                "changed": change_text(edition, moves.get(unit.squad)),
            }
            for unit in rounds
            for reach in [unit.ranges.of(level)]
        ],
        *("score", "low", "high", "change"),
    )


def signs_over_time(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Every vital sign in every given round (NaN where nobody gave it), beside overall maturity.

    `value` is the median of the `voices` that gave one, between `least` and `greatest`, in `unit`;
    of a survey, these are the ends of its middle half. `checks` counts the voices behind the
    overall score.
    """
    texts = edition.texts.lenses.signs
    return _with_numbers(
        [
            {
                "squad": unit.squad,
                **_period(edition, unit),
                "sign": asked.id,
                "sign_short": texts[asked.id].short,
                "unit": texts[asked.id].unit,
                "one": texts[asked.id].one,
                "value": sign.value if sign else None,
                "least": sign.least if sign else None,
                "greatest": sign.greatest if sign else None,
                "voices": sign.voices if sign else 0,
                "overall": unit.scores.overall,
                "checks": unit.quick_voices,
            }
            for unit in rounds
            for asked in edition.framework.lenses.signs
            for deep in [unit.deep_unit.deep if unit.deep_unit.deep_answers else None]
            for sign in [deep.sign(asked.id) if deep else None]
        ],
        *("value", "least", "greatest", "overall"),
    )


def change_rows(edition: Edition, moves: Moves) -> pd.DataFrame:
    """Scores before and after, per level scored in both rounds; `is_move` where one is told."""
    return pd.DataFrame(
        {
            **level_names(edition, move.level),
            "before": move.before,
            "after": move.after,
            "is_move": move.is_move,
        }
        for move in moves.levels
        if move.verdict != "not scored"
    )


def mark_rows(edition: Edition, marks: Sequence[ActionMark]) -> pd.DataFrame:
    """The marks of actions on a time axis, numbered from 1, each with its lever's title."""
    return pd.DataFrame(
        [
            {
                "number": number,
                "told": f"{number}. {edition.lever(mark.action.lever)}",
                "earlier": str(mark.earlier.period),
                "later": str(mark.later.period),
                "share": mark.share,
            }
            for number, mark in enumerate(marks, start=1)
        ],
        columns=["number", "told", "earlier", "later", "share"],
    )


# For other programs -------------------------------------------------------------------------------


def exported_levels(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """The levels of some rounds for other programs: ids, unrounded numbers, sample data marked.

    Answers that are not saved are those of one voice.
    """

    def rows_of(edition: Edition, shown: Round) -> pd.DataFrame:
        of_pages = ["level_short", "change", "changed", "since", "is_capped"]
        rows = level_rows(edition, shown).drop(columns=of_pages)
        voices = shown.quick_voices if shown.voices else 1
        told = None if shown.least > 1 and not voices else voices
        rows = rows.assign(period=str(shown.period), voices=told, **_marks(shown))
        return rows.astype({"stage": "Int64", "voices": "Int64"})

    return stacked(edition, rows_of, rounds)


def exported_deciders(edition: Edition, shown: Round) -> pd.DataFrame:
    """Who decides in a round for other programs, decision by role: ids, names, voices counted.

    What is said of voices is missing where too few answered.
    """
    rows = decider_rows(edition, shown).drop(columns=["level_short", "unanswered"])
    said = ["contested", "nobodys", "named", "voices"]
    is_hidden = rows["decision"].isin(shown.hidden_decisions)
    rows[said] = rows[said].convert_dtypes().mask(is_hidden)
    return rows.assign(squad=shown.squad, period=str(shown.period), **_marks(shown))


# Parts of any frame -------------------------------------------------------------------------------


def level_names(edition: Edition, level: str) -> dict[str, str]:
    """A level's id and names, as every frame that has levels holds them."""
    return {"level": level, "level_name": edition.level(level), "level_short": edition.short(level)}


def decision_names(edition: Edition, level: str, decision: str) -> dict[str, str]:
    """A decision's id and name, after those of its level."""
    return {
        **level_names(edition, level),
        "decision": decision,
        "decision_short": edition.decision(decision),
    }


def _with_numbers(rows: Sequence[Mapping[str, Any]], *columns: str) -> pd.DataFrame:
    """Rows in which these columns are numbers, NaN where missing."""
    return pd.DataFrame([{**row, **{name: _number(row[name]) for name in columns}} for row in rows])


def _number(value: float | None) -> float:
    """As pandas holds it: converting whole columns afterwards takes five times as long."""
    return nan if value is None else float(value)


def _period(edition: Edition, shown: Round) -> dict[str, str]:
    return {"period": str(shown.period), "period_name": edition.period(shown.period)}


def _marks(shown: Round) -> dict[str, str]:
    marks = {"sample": shown.holds_sample, "released": shown.is_released}
    return {column: "yes" if holds else "no" for column, holds in marks.items()}


def _reference(seating: Seating, role: str, decision: Decision) -> Reference:
    if role in (NOBODY, UNCLEAR):
        return ""
    listed = seating.listed_for(decision)
    if not seating.is_held(role):
        return "vacant" if role in listed else "other"
    if seating.decides(role, listed):
        return "decides"
    if seating.must_not_decide(role, decision):
        return "must-not"
    return "consulted" if seating.is_consulted(role, decision.level) else "other"


def _mark(mapped: Mapped, role: str, reference: Reference) -> Mark:
    if not mapped.named.get(role):
        return ""
    if role == NOBODY:
        return "nobody"
    if role == UNCLEAR:
        return "unclear"
    if reference == "decides":
        return "fits"
    return "must-not" if reference == "must-not" else "outside"
