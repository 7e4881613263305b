"""Results as tables for people: translated headings, numbers as the language writes them; pure.

The first column of a table of squads holds their names as written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.model import UNCLEAR
from assessment.rounds.board import DecisionAcross
from assessment.rounds.moves import Move
from assessment.rounds.round import Round
from assessment.rounds.seats import seat_readings
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.who_decides import State
from assessment.wording.counted import answers_counted, roles_counted, voices_cell
from assessment.wording.lenses import sign_value
from assessment.wording.moves import change_text
from assessment.wording.parts import DecisionPart, LensPart, LevelPart
from assessment.wording.scores import lens_parts, level_parts
from assessment.wording.seats import seat_text

Cells = Mapping[str, str]
"""Cells of a row by the heads of their columns."""

CellsOf = Callable[[Edition, Round], Cells]
"""What a row of a table says of a round."""


def readable_levels(edition: Edition, levels: Iterable[LevelPart]) -> pd.DataFrame:
    """The levels of a squad."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Level"): level.short,
            _("Score"): words.score(level.score),
            _("Stage"): level.stage_name or _("not enough answers"),
            _("Coverage"): words.percent(level.coverage),
            _("Change"): level.changed,
            _("Held back by"): level.limits or BLANK,
        }
        for level in levels
    )


def readable_seats(edition: Edition, shown: Round) -> pd.DataFrame:
    """The pressure on each seat, and what it says."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Seat"): edition.role(seat),
            _("Pressure"): words.score(shown.diagnosis.pressure(seat).pressure),
            _("Reading"): seat_text(edition, seat, reading),
        }
        for seat, reading in seat_readings(shown).items()
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
            _("Change of the fit"): change_cell(edition, level.fit_change),
        }
        for level in levels
    )


def readable_lenses(edition: Edition, lenses: Iterable[LensPart]) -> pd.DataFrame:
    """The lenses of a squad."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Lens"): lens.name,
            _("Score"): lens.missing or words.score(lens.score),
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
            _("State"): decision.state,
            _("Fit"): decision.shown,
            _("Voices"): BLANK
            if decision.voices is None
            else edition.words.number(decision.voices),
        }
        for decision in decisions
    )


def by_squad(edition: Edition, rounds: Iterable[Round], cells_of: CellsOf) -> pd.DataFrame:
    """Squads, each with its cells."""
    squad_head = edition.words.gettext("Squad")
    return pd.DataFrame({squad_head: unit.squad, **cells_of(edition, unit)} for unit in rounds)


def by_period(edition: Edition, rounds: Iterable[Round], cells_of: CellsOf) -> pd.DataFrame:
    """A squad's rounds, each with its cells."""
    period = edition.words.gettext("Period")
    return pd.DataFrame(
        {period: edition.period(unit.period), **cells_of(edition, unit)} for unit in rounds
    )


def level_cells(edition: Edition, shown: Round) -> Cells:
    """The levels, with how many voices; a level kept below its points says so."""
    levels = {level.short: level_cell(edition, level) for level in level_parts(edition, shown)}
    voices = voices_cell(edition, shown, shown.quick_voices)
    return {**levels, edition.words.gettext("Voices"): voices}


def fit_cells(edition: Edition, shown: Round) -> Cells:
    """The fit of who decides at each level."""
    return {level.short: edition.words.score(level.fit) for level in level_parts(edition, shown)}


def lens_cells(edition: Edition, shown: Round) -> Cells:
    """The lenses' scores."""
    return {lens.name: edition.words.score(lens.score) for lens in lens_parts(edition, shown)}


def with_deep_voices(cells_of: CellsOf) -> CellsOf:
    """Such cells, with how many voices took the deep check."""

    def cells(edition: Edition, shown: Round) -> Cells:
        voices = edition.words.number(shown.deep.voice_count)
        return {**cells_of(edition, shown), edition.words.gettext("Voices"): voices}

    return cells


def state_and_fit_cells(edition: Edition, shown: Round) -> Cells:
    """How many decisions are clear, contested and nobody's, then the fit at each level."""
    _, words = edition.words.gettext, edition.words
    heads: dict[State, str] = {
        "clear": _("Clear decisions"),
        "contested": _("Contested decisions"),
        "nobody": _("Decisions without a decider"),
    }
    counts = shown.deep.who_decides.counts
    states = {head: words.number(counts[state]) for state, head in heads.items()}
    return states | dict(fit_cells(edition, shown))


def sign_cells(edition: Edition, shown: Round) -> Cells:
    """The vital signs; a dash where nobody gave one."""
    given = {asked.id: shown.deep.sign(asked.id) for asked in edition.framework.lenses.signs}
    return {
        edition.texts.lenses.signs[asked].short: sign_value(edition, sign) if sign else BLANK
        for asked, sign in given.items()
    }


def level_cell(edition: Edition, level: LevelPart) -> str:
    """A level's score with its stage, such as 57 · Framed; marked where its stage is capped."""
    if level.score is None:
        return BLANK
    text = "{score} · {stage}"
    if level.is_capped:
        text = edition.words.gettext("{score} · {stage}, capped")
    return text.format(score=edition.words.score(level.score), stage=level.stage_name)


def readable_moves(
    edition: Edition,
    squads: Iterable[tuple[Sequence[Round], Move | None]],
    *,
    measure: str,
    level: str | None,
) -> pd.DataFrame:
    """What each squad's last round says of a level, or overall, and the round before it."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Squad"): rounds[-1].squad,
            _("Last check"): edition.period(rounds[-1].period),
            measure: words.score(rounds[-1].scores.of(level)),
            _("Before"): words.score(rounds[-2].scores.of(level) if len(rounds) > 1 else None),
            _("Change"): change_text(edition, move),
        }
        for rounds, move in squads
    )


def readable_changes(edition: Edition, moves: Iterable[Move]) -> pd.DataFrame:
    """Each level before and now, and whether that is a move."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Level"): edition.level(move.level),
            _("Before"): words.score(move.before),
            _("Now"): words.score(move.after),
            _("Change"): change_text(edition, move),
        }
        for move in moves
    )


def readable_contested(edition: Edition, contested: Iterable[DecisionAcross]) -> pd.DataFrame:
    """The decisions contested over squads: in how many that could, and how strongly."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Decision"): edition.decision(decision.decision),
            _("Level"): edition.level(decision.level),
            _("Contested in"): words.counted(
                "{count} squad out of {compared}",
                "{count} squads out of {compared}",
                decision.contested,
                compared=decision.by_several,
            ),
            _("Disagreement"): words.percent(decision.disagreement),
        }
        for decision in contested
    )


def readable_answers(edition: Edition, disagreements: Iterable[Disagreement]) -> pd.DataFrame:
    """How many voices gave which answer to each item, and how far they agree."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Question"): edition.item(item.of),
            _("Answers"): answers_counted(edition, item),
            _("Agreement"): words.percent(1 - item.disagreement),
        }
        for item in disagreements
    )


def readable_deciders(edition: Edition, disagreements: Iterable[Disagreement]) -> pd.DataFrame:
    """How many voices name whom for each decision, and how far they lie apart."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Decision"): edition.decision(decision.of),
            _("Decides today"): roles_counted(
                edition, {**decision.counts, UNCLEAR: decision.unclear}
            ),
            _("Disagreement"): words.percent(decision.disagreement),
        }
        for decision in disagreements
    )


def change_cell(edition: Edition, points: int | None) -> str:
    """A change in points, missing or not."""
    return BLANK if points is None else edition.words.change(points)
