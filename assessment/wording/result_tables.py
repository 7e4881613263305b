"""Results as tidy frames with display-ready names, for charts, tables and downloads; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK, points_moved
from assessment.model.playbook import Passage
from assessment.model.sample import holds_sample
from assessment.rounds.history import Round
from assessment.scoring.change import Change
from assessment.scoring.diagnosis import Pressure
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.levels import Scores
from assessment.wording.results import pressure as pressure_sentence

LEVEL_COLUMNS = (
    "squad",
    "level",
    "level_name",
    "level_short",
    "score",
    "stage",
    "stage_name",
    "coverage",
    "change",
    "limits",
)


def level_rows(
    edition: Edition, squad: str, scores: Scores, before: Scores | None = None
) -> pd.DataFrame:
    """One squad's levels: score (NaN when not scored), stage, coverage, change in shown points."""
    rows = []
    for level in scores.levels:
        earlier = before.level(level.id).score if before else None
        rows.append(
            {
                "squad": squad,
                **level_names(edition, level.id),
                "score": level.score,
                "stage": level.stage,
                "stage_name": edition.stage(level.stage) if level.stage else "",
                "coverage": level.coverage,
                "change": shown_change(earlier, level.score),
                "limits": edition.words.all_of(
                    [edition.texts.items[item].short for item in level.limits]
                ),
            }
        )
    frame = pd.DataFrame(rows, columns=list(LEVEL_COLUMNS))
    return frame.astype({"score": float, "stage": float, "change": float, "coverage": float})


def squads_by_level(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """The levels of several squads, one under the other, squads in the given order."""
    frames = [level_rows(edition, each.squad, each.scores) for each in rounds]
    return pd.concat(frames, ignore_index=True)


def levels_over_time(edition: Edition, rounds: Sequence[Round]) -> pd.DataFrame:
    """The levels of every given round, with its period and number of voices."""
    frames = [
        level_rows(edition, each.squad, each.scores).assign(
            period=str(each.period),
            period_name=edition.period(each.period),
            voices=len(each.voices),
        )
        for each in rounds
    ]
    return pd.concat(frames, ignore_index=True)


def overall_over_time(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """The overall score of every given round (NaN when none), with its number of voices."""
    frame = pd.DataFrame(
        {
            "squad": each.squad,
            "period": str(each.period),
            "period_name": edition.period(each.period),
            "overall": each.scores.overall,
            "voices": len(each.voices),
        }
        for each in rounds
    )
    return frame.astype({"overall": float})


def exported_levels(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """The levels of some rounds for other programs: ids, unrounded numbers, sample data marked."""
    frames = [
        level_rows(edition, each.squad, each.scores)
        .drop(columns=["level_short", "change"])
        .astype({"stage": "Int64"})
        .assign(period=str(each.period), voices=len(each.voices), sample=sample_mark(each))
        for each in rounds
    ]
    return pd.concat(frames)


def sample_mark(found: Round) -> str:
    """Whether a round holds sample data, as other programs read it."""
    return "yes" if holds_sample(found.voices) else "no"


def change_rows(edition: Edition, changes: Iterable[Change]) -> pd.DataFrame:
    """Scores before and after, per level scored in both rounds."""
    return pd.DataFrame(
        [
            {
                **level_names(edition, moved.of),
                "before": moved.before,
                "after": moved.after,
            }
            for moved in changes
        ],
        columns=["level", "level_name", "level_short", "before", "after"],
    )


def voice_rows(edition: Edition, disagreements: Iterable[Disagreement]) -> pd.DataFrame:
    """How many voices gave each option of each item, in the given order of items."""
    rows = []
    for found in disagreements:
        item = edition.framework.item_by_id[found.of]
        for option in edition.framework.scale_by_id[item.scale].options:
            rows.append(
                {
                    "item": item.id,
                    "item_short": edition.texts.items[item.id].short,
                    "health": option.health,
                    "option_name": edition.option(item.id, option.id),
                    "voices": found.counts[option.id],
                    "agreement": 1 - found.disagreement,
                }
            )
    return pd.DataFrame(rows)


def pressure_rows(edition: Edition, pressures: Iterable[Pressure]) -> pd.DataFrame:
    """The pressure on each seat (NaN under three answers) with its reading in words."""
    frame = pd.DataFrame(
        {
            "seat": edition.role(found.seat),
            "pressure": found.pressure,
            "reading": pressure_sentence(edition, found),
        }
        for found in pressures
    )
    return frame.astype({"pressure": float})


def readable_levels(edition: Edition, levels: pd.DataFrame) -> pd.DataFrame:
    """A level frame as people read it: translated headings, numbers as the language writes them."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Level"): levels["level_name"],
            _("Score"): [score_cell(edition, x) for x in levels["score"]],
            _("Stage"): [name or _("not enough answers") for name in levels["stage_name"]],
            _("Coverage"): [words.percent(x) for x in levels["coverage"]],
            _("Change"): [change_cell(edition, x) for x in levels["change"]],
            _("Held back by"): [limits or BLANK for limits in levels["limits"]],
        }
    )


def readable_squads(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Squads × levels as people read them; the first column holds squads' names as written."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        [
            {
                _("Squad"): each.squad,
                **{
                    edition.texts.levels[level.id].short: words.score(level.score)
                    for level in each.scores.levels
                },
                _("Overall"): words.score(each.scores.overall),
                _("Voices"): words.number(len(each.voices)),
            }
            for each in rounds
        ]
    )


def readable_overall(edition: Edition, squads: Iterable[Sequence[Round]]) -> pd.DataFrame:
    """Each squad's overall score before and now; the first column holds names as written."""
    _, words = edition.words.gettext, edition.words
    rows = []
    for rounds in squads:
        last = rounds[-1].scores.overall
        before = rounds[-2].scores.overall if len(rounds) > 1 else None
        rows.append(
            {
                _("Squad"): rounds[-1].squad,
                _("Last round"): edition.period(rounds[-1].period),
                _("Overall"): words.score(last),
                _("Before"): words.score(before),
                _("Change"): change_cell(edition, shown_change(before, last)),
            }
        )
    return pd.DataFrame(rows)


def weights_table(edition: Edition) -> pd.DataFrame:
    """Items × levels with their weights, as the method page shows them."""
    _, framework = edition.words.gettext, edition.framework
    return pd.DataFrame(
        [
            {
                _("Item"): edition.texts.items[item.id].short,
                **{
                    edition.level(level): str(item.weights.get(level, "·"))
                    for level in framework.level_ids
                },
                _("Lever"): edition.texts.levers[item.lever].title,
                _("Article"): ", ".join(item.sources),
            }
            for item in framework.items
        ]
    )


def cycle_rows(edition: Edition, passage: Passage) -> pd.DataFrame:
    """The steps of a passage's cycle, in order, with their names and what each of them is."""
    texts = edition.passage(passage).facts
    return pd.DataFrame(
        [
            {"step": step, "name": texts[step].name, "text": texts[step].text}
            for step in passage.cycle
        ]
    )


# Parts of any table -------------------------------------------------------------------------------


def level_names(edition: Edition, level: str) -> dict[str, str]:
    """A level's id and names, as every frame that has levels holds them."""
    return {
        "level": level,
        "level_name": edition.level(level),
        "level_short": edition.texts.levels[level].short,
    }


def shown_change(before: float | None, after: float | None) -> int | None:
    """The change between two scores as shown, None when one of them is missing."""
    return None if before is None or after is None else points_moved(before, after)


def score_cell(edition: Edition, score: float | None) -> str:
    """A score in [0, 100] as a table for people shows it, missing (None, NaN) or not."""
    return edition.words.score(None if pd.isna(score) else score)


def change_cell(edition: Edition, points: float | None) -> str:
    """A change in points as a table for people shows it, missing (None, NaN) or not."""
    return BLANK if points is None or pd.isna(points) else edition.words.change(points)
