"""Results as tables for people: translated headings, numbers as the language writes them; pure.

The first column of a table of squads holds their names as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.rounds.comparison import ContestedAcross
from assessment.rounds.history import Round
from assessment.wording.parts import DecisionPart, LensPart, LevelPart
from assessment.wording.scores import shown_change


def readable_levels(edition: Edition, levels: Iterable[LevelPart]) -> pd.DataFrame:
    """The levels of a squad."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Level"): level.name,
            _("Score"): words.score(level.score),
            _("Stage"): level.stage or _("not enough answers"),
            _("Coverage"): words.percent(level.coverage),
            _("Change"): change_cell(edition, level.change),
            _("Held back by"): level.limits or BLANK,
        }
        for level in levels
    )


def readable_fit(edition: Edition, levels: Iterable[LevelPart]) -> pd.DataFrame:
    """The fit of who decides in a squad beside its maturity."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Level"): level.name,
            _("Maturity"): words.score(level.score),
            _("Fit"): words.score(level.fit),
            _("Coverage"): words.percent(level.fit_coverage),
            _("Change"): change_cell(edition, level.fit_change),
        }
        for level in levels
    )


def readable_lenses(edition: Edition, lenses: Iterable[LensPart]) -> pd.DataFrame:
    """The lenses of a squad."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Lens"): lens.name,
            _("Score"): words.score(lens.score) if lens.applies else _("does not apply"),
            _("Coverage"): words.percent(lens.coverage),
            _("Change"): change_cell(edition, lens.change),
            _("In trouble"): lens.trouble or BLANK,
        }
        for lens in lenses
    )


def readable_decisions(edition: Edition, decisions: Iterable[DecisionPart]) -> pd.DataFrame:
    """Each decision: who should take it, who does, how far that fits."""
    _ = edition.words.gettext
    return pd.DataFrame(
        {
            _("Level"): decision.level,
            _("Decision"): decision.name,
            _("Should decide"): decision.should,
            _("Decides today"): decision.today,
            _("Fit"): decision.shown,
            _("Voices"): edition.words.number(decision.voices),
        }
        for decision in decisions
    )


def readable_squads(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Squads × levels, with the overall score and how many voices."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Squad"): squad.squad,
            **{
                edition.texts.levels[level.id].short: words.score(level.score)
                for level in squad.scores.levels
            },
            _("Overall"): words.score(squad.scores.overall),
            _("Voices"): words.number(len(squad.voices)),
        }
        for squad in rounds
    )


def readable_overall(edition: Edition, squads: Iterable[Sequence[Round]]) -> pd.DataFrame:
    """Each squad's overall score before and now."""
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


def readable_contested(edition: Edition, contested: Iterable[ContestedAcross]) -> pd.DataFrame:
    """The decisions contested over squads: in how many of those compared, and how strongly."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Decision"): edition.texts.lenses.decisions[decision.decision].short,
            _("Level"): edition.level(decision.level),
            _("Contested in"): words.ngettext(
                "{count} of {compared} squad", "{count} of {compared} squads", decision.compared
            ).format(count=decision.squads, compared=decision.compared),
            _("Disagreement"): words.percent(decision.disagreement),
        }
        for decision in contested
    )


def change_cell(edition: Edition, points: int | None) -> str:
    """A change in points, missing or not."""
    return BLANK if points is None else edition.words.change(points)
