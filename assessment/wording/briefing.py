"""A result put together once, in one language, for pages and files alike; pure.

Each part is made when a drawer asks for it, and kept: a page that folds one away makes it only
when it draws it.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from uuid import UUID

import pandas as pd

from assessment.content.edition import Edition
from assessment.model import Action
from assessment.model.period import Period
from assessment.rounds.actions import NEVER_LATE, is_open, shown_first
from assessment.rounds.agreements import Agreements
from assessment.rounds.disagreement import is_survey
from assessment.rounds.headline import headline_levers, levers_shown
from assessment.rounds.leadership import Summary, summary_of_one
from assessment.rounds.moves import Moves
from assessment.rounds.results import Result
from assessment.rounds.seats import seat_readings
from assessment.scoring.diagnosis import LeverGain
from assessment.scoring.levels import capped_levels
from assessment.wording.actions import action_part, action_text, compared_note
from assessment.wording.agreements import AgreementsPart
from assessment.wording.answers import trouble_sentence
from assessment.wording.beside import beside_line, beside_table, deep_unit_line, other_checks
from assessment.wording.board import Board
from assessment.wording.chips import ended_chips, overdue_chips, question_chips
from assessment.wording.counted import voices_text
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.frames import exported_levels, level_rows, pressure_rows
from assessment.wording.holds import HoldsPart
from assessment.wording.levers import (
    done_lines,
    done_once,
    lever_gain,
    lever_owners,
    lever_part,
    no_lever,
    seat_is_held,
)
from assessment.wording.moves import (
    between_voices,
    changes_note,
    moved_before,
    moves_of,
    voices_then_and_now,
)
from assessment.wording.overview import Overview, sample_badge
from assessment.wording.parts import ActionPart, Chip, LevelPart, LeverPart, Line, Picture, Table
from assessment.wording.pictures import of_round
from assessment.wording.scores import kept_below, level_parts, where_points_went
from assessment.wording.seats import pressure_key, seat_chips, seat_text
from assessment.wording.surveys import not_released
from assessment.wording.tables import readable_levels, readable_seats
from assessment.wording.verdicts import result_verdict
from assessment.wording.voices import DisagreementPart, VoicesPart


@dataclass(frozen=True, eq=False)
class SquadPart:
    """What one squad's result says, of what was decided and agreed as it stands `today`."""

    edition: Edition
    result: Result
    today: date

    @property
    def squad(self) -> str:
        """The squad's name."""
        return self.result.round.squad

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        return self.result.identity

    @property
    def period(self) -> str:
        """The round's period, as names of files write it."""
        return str(self.result.round.period)

    @property
    def is_deep_only(self) -> bool:
        """Whether lenses are answered, and no item of the quick check is."""
        return self.result.is_deep_only

    @cached_property
    def heading(self) -> str:
        """Squad, period and number of voices."""
        return f"{self.result.round.squad} · {self.caption}"

    @cached_property
    def caption(self) -> str:
        """Period and number of voices, where the squad is named already; its end, if it ended."""
        squad, ended_on = self.result.round, self.result.ended_on
        parts = [self.edition.period(squad.period), voices_text(self.edition, [squad])]
        if ended_on:
            parts.append(self.edition.words.gettext("ended on {day}", day=ended_on))
        return " · ".join(parts)

    @cached_property
    def verdict(self) -> str:
        """The result in one sentence."""
        return result_verdict(self.edition, self.result)

    @property
    def has_result(self) -> bool:
        """Whether there is more to tell than that answers are too few."""
        return self.deep is not None or any(level.score is not None for level in self.level_parts)

    @property
    def badge(self) -> str | None:
        """The mark of sample data."""
        return sample_badge(self.edition, [self.result.round.holds_sample])

    @property
    def mark(self) -> str | None:
        """What each file of it is marked with: sample data, and what is its squad's own so far."""
        marks = [self.badge, None if self.result.is_released else not_released(self.edition)]
        return " · ".join(filter(None, marks)) or None

    def title(self, verdict: str) -> str:
        """What stands above a picture that is taken away: whose it is, and what it says."""
        return " · ".join(filter(None, (of_round(self.edition, self.result.round), verdict)))

    # What stands between the verdict and the levels -----------------------------------------------

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """The three questions and the seats, each in a few words; none without a quick check."""
        if self.is_deep_only:
            return ()
        squad = self.result.round
        return question_chips(self.edition, squad) + seat_chips(self.edition, squad)

    @cached_property
    def overdue(self) -> tuple[Chip, ...]:
        """What is overdue of all that the squad decided, and what it agreed that has ended.

        Nothing of a squad that has ended itself.
        """
        if self.result.ended_on:
            return ()
        late = overdue_chips(self.edition, self.actions.values(), today=self.day)
        return late + ended_chips(self.edition, self.agreed.to_renew, today=self.day)

    @cached_property
    def holding(self) -> HoldsPart:
        """How far the result holds: what is said of it, and what was computed."""
        return HoldsPart(self.edition, self.result.round)

    @cached_property
    def moves(self) -> Moves | None:
        """How the levels moved since the round before; None where there is none."""
        return moves_of(self.result.before, self.result.round)

    @cached_property
    def changes_note(self) -> str:
        """Since when changes are told and on how many voices; empty in a first round."""
        before, moves = self.result.before, self.moves
        if not (before and moves) or (self.is_deep_only and not before.is_scored):
            return ""
        moved = moved_before(self.edition, self.result)
        if moved or not (moves.voices_before and moves.voices_after):
            return moved
        return changes_note(self.edition, before, moves)

    @property
    def moved_since(self) -> str:
        """Since when levels moved, and below it in short between whom; empty where none did."""
        before = self.result.before
        if not (before and self.moves and self.moves.moved):
            return ""
        period = self.edition.period(before.period)
        since = self.edition.words.gettext("since {period}", period=period)
        between = voices_then_and_now if self.moves.leaves_out else between_voices
        return "\n".join(filter(None, (since, between(self.edition, self.moves))))

    @cached_property
    def beside(self) -> Table | None:
        """What else the squad answered in the period, by date; None where it is nothing."""
        return beside_table(self.edition, self.result)

    @property
    def other_checks(self) -> str:
        """How many checks of the period do not count here, and where they stand; else empty."""
        return other_checks(self.edition, self.result)

    @property
    def deep_unit_line(self) -> str:
        """What says who decides, where it is another check than the levels'; else empty."""
        return deep_unit_line(self.edition, self.result)

    @cached_property
    def caps(self) -> tuple[str, ...]:
        """Why levels stand below the stage that their score alone would give."""
        squad = self.result.round
        return tuple(
            kept_below(self.edition, level, by_score)
            for level, by_score in capped_levels(squad.framework, squad.scores)
        )

    @cached_property
    def disagreement(self) -> DisagreementPart | None:
        """Where invited voices differ, the headline of their round; None for any other."""
        squad, unit = self.result.round, self.result.round.deep_unit
        differs = is_survey(squad) or (is_survey(unit) and unit.deep.who_decides.contested)
        return DisagreementPart(self.edition, squad) if differs else None

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """All that stands there, a sentence each; last what does not count here."""
        return tuple(self._notes(" · ".join(chip.text for chip in self.chips)))

    @property
    def day(self) -> date:
        """The day as of which actions and agreements are told: today, or the last one told of."""
        return self.agreed.agreements.day

    @property
    def late_on(self) -> date:
        """The day as of which actions are told as overdue: never of a squad that has ended."""
        return NEVER_LATE if self.result.ended_on else self.day

    @property
    def as_of_day(self) -> str:
        """Of which day actions and agreements are, where the round's period or theirs is over."""
        is_over = self.day < self.today
        if not ((self.result.is_past or is_over) and (self.result.decided or self.agreed.items)):
            return ""
        _ = self.edition.words.gettext
        text = _("Actions and agreements are shown as of today, {day}.", day=self.day)
        return _("Actions and agreements are shown as of {day}.", day=self.day) if is_over else text

    @property
    def last_scored(self) -> str:
        """Where the levels have their last scores, in a check that gives none; else empty."""
        if self.result.last_scored is None:
            return ""
        return self.edition.words.gettext(
            "This check gives no scores; the last scores of the levels: {period}.",
            period=self.edition.period(self.result.last_scored.period),
        )

    @property
    def ways_to_scores(self) -> tuple[tuple[str, Period], ...]:
        """The period of these scores, and the quarter that holds them and this check, by name."""
        last, quarter = self.result.last_scored, self.result.quarter
        ways = [(self.edition.period(last.period), last.period)] if last else []
        if quarter:
            text = self.edition.words.gettext("{period}, all together")
            ways.append((text.format(period=self.edition.period(quarter)), quarter))
        return tuple(ways)

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """The notes without the chips, for whoever draws those."""
        return tuple(self._notes(""))

    def _notes(self, chips: str) -> Iterator[str]:
        invited = self.disagreement
        differ = (*invited.sentences, invited.too_few) if invited else ()
        voices = self.voices.sentence if self.voices and not invited else ""
        holds = (self.holding.clause, self.holding.missing_with_reach)
        agreed = (self.agreed.settled_already, self.agreed.to_settle_sentence)
        yield from filter(None, (*agreed, *holds, *differ, chips, *self.caps, voices))
        notes = (self.last_scored, self.changes_note, self.as_of_day, self.deep_unit_line)
        yield from filter(None, notes)
        yield from (beside_line(self.edition, unit) for unit in self.result.unused)

    # Levels, seats, levers, voices ----------------------------------------------------------------

    @cached_property
    def level_parts(self) -> tuple[LevelPart, ...]:
        """The levels as values, with the fit of who decides."""
        return level_parts(self.edition, self.result.round, self.moves, self.result.deep_before)

    @property
    def where_points_went(self) -> tuple[str, ...]:
        """By level the answers that cost it points."""
        return where_points_went(self.edition, self.result.round)

    @property
    def levels_picture(self) -> Picture:
        """The levels, drawn as bars or as a radar."""
        cells = partial(readable_levels, self.edition, self.level_parts)
        of_squad = (self.edition, self.result.round)
        rows = partial(level_rows, *of_squad, self.moves, since=self.moved_since)
        return Picture(self.verdict, rows, cells, of=of_round(*of_squad))

    def exported_levels(self) -> pd.DataFrame:
        """The levels for other programs."""
        return exported_levels(self.edition, [self.result.round])

    @cached_property
    def seats(self) -> tuple[Line, ...]:
        """The pressure on each seat, with the answers behind it."""
        squad, lines = self.result.round, []
        for seat, reading in seat_readings(squad).items():
            evidence = squad.diagnosis.pressure(seat).evidence
            answers = tuple(trouble_sentence(self.edition, squad, one) for one in evidence)
            lines.append(Line(seat_text(self.edition, seat, reading), answers))
        return tuple(lines)

    @property
    def seats_key(self) -> str:
        """What the grey bands behind the pressures stand for."""
        return pressure_key(self.edition)

    @cached_property
    def seats_finding(self) -> str:
        """What the signals say of each seat, in one line."""
        return " ".join(self.edition.words.sentence(seat.text) for seat in self.seats)

    @property
    def has_seats(self) -> bool:
        """Whether one seat at least has the answers it takes to read its pressure."""
        return any(one.pressure is not None for one in self.result.round.diagnosis.pressures)

    @property
    def seats_picture(self) -> Picture:
        """The pressure on each seat."""
        of_squad = (self.edition, self.result.round)
        rows, cells = partial(pressure_rows, *of_squad), partial(readable_seats, *of_squad)
        return Picture(self.seats_finding, rows, cells, of=of_round(*of_squad))

    @property
    def seats_behind(self) -> tuple[Line, ...]:
        """How many signals stand behind the pressure on each seat, and those answers."""
        words, lines = self.edition.words, []
        for pressure, line in zip(self.result.round.diagnosis.pressures, self.seats, strict=True):
            seat = self.edition.role(pressure.seat)
            text = words.counted(
                "{seat} seat: {count} signal reported",
                "{seat} seat: {count} signals reported",
                len(line.behind),
                seat=seat,
            )
            if not line.behind:
                text = words.gettext("{seat} seat: no signal reported", seat=seat)
            lines.append(Line(text, line.behind))
        return tuple(lines)

    @cached_property
    def levers(self) -> tuple[LeverPart, ...]:
        """The levers to pull first of those not done already, last the one on the headline's cause.

        Every reader numbers them in this order, whatever is decided of them.
        """
        return self._lever_parts(levers_shown(self.result))

    @property
    def levers_to_decide(self) -> tuple[LeverPart, ...]:
        """Those of them that no open action takes on."""
        return self._lever_parts(self.result.levers_to_decide)

    def _lever_parts(self, first: Sequence[LeverGain]) -> tuple[LeverPart, ...]:
        headline = headline_levers(self.result.round) if first else ()
        return tuple(self._lever_part(lever, headline) for lever in first)

    def _lever_part(self, lever: LeverGain, headline: Collection[str]) -> LeverPart:
        squad, again = self.result.round, self.result.proposals.again
        on_cause = self.edition.words.gettext("Acts on the verdict's cause.")
        return lever_part(
            self.edition,
            lever.lever,
            points=lever.gain,
            gain=lever_gain(self.edition, lever),
            relations=(
                on_cause if lever.lever in headline else "",
                done_once(self.edition, again, lever.lever),
                seat_is_held(self.edition, lever.lever, squad),
            ),
            where=" ".join(trouble_sentence(self.edition, squad, one) for one in lever.evidence),
            owners=lever_owners(self.edition, lever.lever, squad, self.actions.values()),
        )

    @cached_property
    def levers_done(self) -> tuple[str, ...]:
        """The levers that would stand among them and are done, with what moved since."""
        return done_lines(self.edition, self.result.proposals.done)

    @cached_property
    def no_lever(self) -> str:
        """Why there is no lever to show; empty where there is one."""
        return "" if self.levers else no_lever(self.edition, [self.result])

    @cached_property
    def voices(self) -> VoicesPart | None:
        """Where the voices of a round differ; None for a single one."""
        squad = self.result.round
        return VoicesPart(self.edition, squad) if len(squad.voices) > 1 else None

    # Actions and the deep check -------------------------------------------------------------------

    @cached_property
    def decided(self) -> tuple[ActionPart, ...]:
        """The actions to show at once."""
        return self._action_parts[0]

    @cached_property
    def late(self) -> tuple[ActionPart, ...]:
        """What is overdue; none beside a deep check alone, which proposes nothing."""
        if self.is_deep_only:
            return ()
        return tuple(action for action in self.decided if action.late)

    @cached_property
    def decided_earlier(self) -> tuple[ActionPart, ...]:
        """The actions that a page folds away."""
        return self._action_parts[1]

    @cached_property
    def compared_note(self) -> str:
        """When it is told what levels did since, empty where it is told of every action."""
        return compared_note(self.edition, self.result.decided)

    @property
    def to_do(self) -> tuple[str, ...]:
        """What is still to be done, an action a line, in whose words and whose move it is."""
        still_open = filter(is_open, self.actions.values())
        return tuple(action_text(self.edition, action, today=self.late_on) for action in still_open)

    @property
    def actions(self) -> Mapping[UUID, Action]:
        """The actions as they are stored, by id, for whoever may change them."""
        return {progress.action.action_id: progress.action for progress in self.result.decided}

    @cached_property
    def deep(self) -> DeepPart | None:
        """What the deep check says; None where nobody took it."""
        if not self.result.round.deep_unit.deep_answers:
            return None
        return DeepPart(self.edition, self.result, self.agreed.marked)

    @cached_property
    def deep_beside(self) -> tuple[tuple[str, DeepPart], ...]:
        """What the deep check says in what does not count here, each under what that is."""
        shown, nothing_agreed = self.result.round, Agreements(self.edition.framework)
        every = sorted((shown, *self.result.beside), key=lambda unit: unit.first_day)
        return tuple(
            (
                beside_line(self.edition, alone, gives_levels=unit is shown and unit.is_scored),
                DeepPart(
                    self.edition, Result(alone, None, (self.identity, unit.order), nothing_agreed)
                ),
            )
            for unit in every
            if unit is not shown.deep_unit and unit.deep_voices
            for alone in [replace(unit, other_deep_unit=None)]
        )

    @cached_property
    def agreed(self) -> AgreementsPart:
        """What the squad agreed on who decides."""
        on_day = self.result.agreements.on(self.today)
        return AgreementsPart(self.edition, self.squad, on_day, self.result.round.deep_unit)

    @property
    def mandates_to_write(self) -> Mapping[str, str]:
        """By role's name what follows from the agreements, where nobody wrote a sentence."""
        written = {line.text for line in self.deep.charter} if self.deep else set()
        mandates = self.agreed.mandates.items()
        return {role: mandate for role, mandate in mandates if role not in written}

    @cached_property
    def _action_parts(self) -> tuple[tuple[ActionPart, ...], ...]:
        return tuple(
            tuple(action_part(self.edition, progress, today=self.late_on) for progress in decided)
            for decided in shown_first(self.result.decided)
        )


@dataclass(frozen=True, eq=False)
class Briefing:
    """A whole take-away: what a board reads, an overview of several squads, each squad's page.

    `badge` is the mark of sample data or of what is not released, None when there is neither.
    """

    edition: Edition
    period: str
    overview: Overview | None
    squads: tuple[SquadPart, ...]
    badge: str | None
    board: Board

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.edition.words.language

    @property
    def product(self) -> str:
        """The product's name, for footers."""
        return self.edition.words.gettext("Who Decides?")

    @cached_property
    def verdict(self) -> str:
        """The sentence that stands first."""
        return self.overview.verdict if self.overview else self.squads[0].verdict

    @cached_property
    def heading(self) -> str:
        """Which squads in which period, in a few words."""
        return self.overview.heading if self.overview else self.squads[0].heading

    @cached_property
    def agreed(self) -> str:
        """How many agreements stand how; empty without any."""
        if self.overview:
            return self.overview.agreed.sentence if self.overview.agreed else ""
        agreed = self.squads[0].agreed
        return agreed.summary if agreed.items else ""

    @property
    def title(self) -> str:
        """The document's title: what it is about, then its verdict."""
        return f"{self.heading} · {self.verdict}"


def briefing_of(edition: Edition, summary: Summary, *, today: date) -> Briefing:
    """The take-away of several squads: an overview, then a page or two per squad."""
    overview = Overview(edition, summary, today)
    return Briefing(
        edition=edition,
        period=edition.period(summary.period),
        overview=overview,
        squads=tuple(SquadPart(edition, result, today) for result in summary.results),
        badge=overview.badge,
        board=Board(overview, overview.levers_to_decide),
    )


def squad_briefing(edition: Edition, result: Result, *, today: date) -> Briefing:
    """The take-away of a single squad."""
    squad = SquadPart(edition, result, today)
    period = edition.period(result.round.period)
    board = Board(Overview(edition, summary_of_one(result), today), squad.levers_to_decide)
    return Briefing(edition, period, None, (squad,), squad.mark, board)
