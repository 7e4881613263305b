"""Squads side by side in one period, put together once; pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import points_shown
from assessment.model.period import Period
from assessment.rounds.comparison import (
    are_comparable,
    contested_across,
    weakest_across,
    widest_leaks,
)
from assessment.rounds.results import Comparison
from assessment.rounds.round import Round
from assessment.scoring.who_decides import WhoDecides
from assessment.wording import frames, squads, tables
from assessment.wording.counted import mostly_left_out, voices_text
from assessment.wording.holds import close_leaks
from assessment.wording.overview import sample_badge
from assessment.wording.parts import Line, Picture, Table
from assessment.wording.pictures import of_round
from assessment.wording.verdicts import decisions_named, overview, verdict

CONTESTED_AT_ONCE = 5


@dataclass(frozen=True, eq=False)
class ComparisonPart:
    """What a comparison of squads says."""

    edition: Edition
    comparison: Comparison

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        return self.comparison.identity

    @property
    def badge(self) -> str | None:
        """The mark of sample data."""
        return sample_badge(self.edition, [one.holds_sample for one in self.comparison.rounds])

    @cached_property
    def verdict(self) -> str:
        """At which level decisions leak in most of the squads; all that tie are named."""
        return overview(self.edition, self.comparison.rounds, self._told)

    @cached_property
    def holds(self) -> str:
        """In how many of the squads that is close."""
        return close_leaks(self.edition, self.comparison.rounds)

    @property
    def squads(self) -> tuple[str, ...]:
        """Those of the squads that have a check in the period."""
        return tuple(unit.squad for unit in self.comparison.rounds)

    def caption_of(self, period: Period, chosen: str) -> str:
        """Which period, which squads and how many voices."""
        voices = voices_text(self.edition, self.comparison.rounds)
        return " · ".join((self.edition.period(period), chosen, voices))

    @property
    def elsewhere(self) -> str:
        """What squads have in other periods, that this one does not tell; empty without any."""
        return squads.elsewhere(self.edition, self.comparison.rounds, self.comparison.elsewhere)

    @property
    def absent(self) -> Line:
        """Which squads have no check in the period; empty when all have one."""
        return squads.absent(self.edition, self.comparison.absent)

    @property
    def levels_picture(self) -> Picture:
        """The squads by level."""
        rounds = self.comparison.rounds
        return Picture(
            self.verdict,
            partial(frames.stacked, self.edition, frames.level_rows, rounds),
            partial(tables.by_squad, self.edition, rounds, tables.level_cells),
            self.edition.words.gettext("Scores by squad and level"),
            of=squads.some_of(self.edition, self.squads),
        )

    def level_picture(self, level: str) -> Picture:
        """The squads at one level."""
        every = self.levels_picture

        def frame() -> pd.DataFrame:
            rows = every.frame()
            return rows[rows["level"] == level]

        return replace(every, alt=self.edition.level(level), frame=frame)

    @property
    def first_level(self) -> str:
        """The level that the verdict names first; empty where it names none."""
        scores = [unit.scores for unit in self.comparison.rounds]
        leaks = widest_leaks(self.edition.framework, scores)
        return leaks[0].level if leaks else ""

    @cached_property
    def profiles(self) -> tuple[tuple[str, Picture], ...]:
        """Each squad's name and its levels by themselves, under what its check says."""
        profiles = []
        for shown in self.comparison.rounds:
            said = verdict(self.edition, shown, self._told.get(shown.squad))
            of = of_round(self.edition, shown)
            rows = partial(frames.level_rows, self.edition, shown)
            profiles.append((shown.squad, Picture(said, rows, of=of)))
        return tuple(profiles)

    def exported_levels(self) -> pd.DataFrame:
        """The squads' levels for other programs."""
        return frames.exported_levels(self.edition, self.comparison.rounds)

    # The deep check -------------------------------------------------------------------------------

    @property
    def without_deep_check(self) -> Line:
        """Which squads did not take it; empty when all did. More than a few stand behind."""
        words = self.edition.words
        rounds = self.comparison.rounds
        absent = [unit.squad for unit in rounds if not unit.deep_unit.deep_answers]
        if not absent:
            return Line("")
        if len(absent) <= squads.MOST_SQUADS_NAMED:
            text = words.gettext("No deep check in this period: {squads}.")
            return Line(text.format(squads=words.all_of(absent)))
        text = words.counted(
            "{count} squad without a deep check in this period",
            "{count} squads without a deep check in this period",
            len(absent),
        )
        return Line(text, tuple(absent))

    @property
    def fit_picture(self) -> Picture | None:
        """The fit of who decides, squads by level; None where nobody said who decides."""
        text = squads.across(self.edition, self._deciders).text
        frame = partial(frames.stacked, self.edition, frames.fit_rows, self._mapped)
        cells = partial(tables.by_squad, self.edition, self._mapped, tables.state_and_fit_cells)
        of = squads.some_of(self.edition, [unit.squad for unit in self._mapped])
        return Picture(text, frame, cells, of=of) if text else None

    @property
    def not_kept(self) -> str:
        """Which agreements answers do not keep, which fit does not tell; empty if none."""
        text = self.edition.words.gettext("{squad} ({decisions})")
        squads_named = [
            text.format(squad=squad, decisions=decisions_named(self.edition, decisions))
            for squad, decisions in self.comparison.not_kept.items()
        ]
        if not squads_named:
            return ""
        return self.edition.words.gettext(
            "Fit is measured by the playbook. Agreements not kept in practice, by these answers: "
            "{squads}.",
            squads=squads.some_of(self.edition, squads_named),
        )

    @property
    def contested(self) -> str:
        """What voices contest in most of the squads; empty where too few can be compared."""
        mapped = self._deciders
        return squads.across(self.edition, mapped).behind[0] if are_comparable(mapped) else ""

    @property
    def left_out(self) -> str:
        """For how many decisions most answers are left out; empty where for none."""
        return mostly_left_out(self.edition, self._deciders)

    @cached_property
    def contested_tables(self) -> tuple[Table, ...]:
        """The decisions that voices contest, in most squads first; then those folded away."""
        if not are_comparable(self._deciders):
            return ()
        words = self.edition.words
        decisions = contested_across(self.edition.framework, self._deciders)
        first, more = decisions[:CONTESTED_AT_ONCE], decisions[CONTESTED_AT_ONCE:]
        others = words.counted("{count} more decision", "{count} more decisions", len(more))
        titles = (self.contested, others)
        return tuple(
            Table(title, tables.readable_contested(self.edition, part))
            for title, part in zip(titles, (first, more), strict=True)
            if part
        )

    @property
    def lens_picture(self) -> Picture | None:
        """The lenses squad by squad; None where none is answered."""
        rounds = self.comparison.deep_rounds
        weakest = weakest_across([unit.deep.lenses for unit in rounds], points_shown)
        if not weakest:
            return None
        return Picture(
            squads.lens_across(self.edition, weakest),
            partial(frames.stacked, self.edition, frames.lens_rows, rounds),
            partial(tables.by_squad, self.edition, rounds, tables.lens_cells),
            self.edition.words.gettext("Lenses"),
            of=squads.some_of(self.edition, [unit.squad for unit in rounds]),
        )

    @cached_property
    def _told(self) -> Mapping[str, WhoDecides]:
        return self.comparison.who_decides

    @property
    def _deciders(self) -> Sequence[WhoDecides]:
        return [*self._told.values()]

    @cached_property
    def _mapped(self) -> tuple[Round, ...]:
        rounds = self.comparison.deep_rounds
        return tuple(unit for unit in rounds if unit.deep.who_decides.is_answered)
