"""How far a result holds, as a clause after its verdict and as what was computed; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.rounds.comparison import LEAKING, leaks_at, widest_leaks
from assessment.rounds.round import Round
from assessment.scoring.robustness import DRAWS, LEAST_STAGE_SHARE, LevelHold, Range
from assessment.wording.parts import Table
from assessment.wording.surveys import not_answered

NAMED_AT_MOST = 2
"""Levels that a clause names; of more it tells the number."""


@dataclass(frozen=True, eq=False)
class HoldsPart:
    """How far a round's result holds, and who is missing from it."""

    edition: Edition
    shown: Round

    @property
    def is_known(self) -> bool:
        """Whether there is a level of which it can be said."""
        return bool(self.shown.voices and self.shown.scores.scored)

    @cached_property
    def clause(self) -> str:
        """The first that is so: few voices, one voice decides, other weights do, or it holds."""
        if self.shown.totals:
            return self._counted
        if not self.is_known:
            return ""
        return next(self._clauses())

    @property
    def close(self) -> str:
        """That the stage of a level hangs on one voice or on the weights; empty where none does."""
        return next(self._close(), "") if self.is_known else ""

    def _clauses(self) -> Iterator[str]:
        _, holds = self.edition.words.gettext, self.shown.holds
        if holds.rests_on_few:
            yield self._few(holds.voices)
        yield from self._close()
        if holds.voices == self.shown.least:
            yield self._fewest(holds.voices)
        yield _("This result holds whichever voice is left out.")

    def _close(self) -> Iterator[str]:
        words, holds, of = self.edition.words, self.shown.holds, len(self.shown.scores.scored)
        if hanging := [level.id for level in holds.levels if level.stage_kept is False]:
            text = words.gettext("With one voice fewer, the stage would change at {levels}.")
            yield self._naming(hanging, text) or words.counted(
                "With one voice fewer, the stage of {count} of {of} level would change.",
                "With one voice fewer, the stage of {count} of {of} levels would change.",
                of,
                count=len(hanging),
                of=of,
            )
        if weighed := [level.id for level in holds.levels if _hangs_on_weights(level)]:
            text = words.gettext("Another weighting would change a stage: {levels}.")
            yield self._naming(weighed, text) or words.counted(
                "Another weighting would change the stage of {count} of {of} level.",
                "Another weighting would change the stage of {count} of {of} levels.",
                of,
                count=len(weighed),
                of=of,
            )

    def _naming(self, levels: Sequence[str], text: str) -> str:
        """A text with the names of levels; empty where they are too many to name."""
        few = len(levels) <= NAMED_AT_MOST
        return text.format(levels=self.edition.shorts(levels)) if few else ""

    def _few(self, quick: int) -> str:
        """That one or two voices took the quick check, beside how many answered any part."""
        words, voices = self.edition.words, self.shown.answered
        if voices == quick:
            return words.ngettext(
                "This result rests on a single voice.", "This result rests on two voices.", quick
            )
        return words.gettext(
            "{voices} answered; {count} of them the quick check, on which this result rests.",
            voices=voices,
            count=quick,
        )

    def _fewest(self, voices: int) -> str:
        """That nothing would be shown of a confidential session with one voice fewer."""
        return self.edition.words.gettext(
            "This result rests on {voices} voices, the fewest that are shown.", voices=voices
        )

    @property
    def _counted(self) -> str:
        """That answers of a period were counted, which leaves no voice to be looked at."""
        words, count = self.edition.words, self.shown.voices_in_totals
        if self.is_known or any(total.answers for total in self.shown.totals):
            return words.counted(
                "The answers of {count} voice were counted and deleted, so the result cannot be "
                "computed without it.",
                "The answers of {count} voices were counted and deleted, so the result cannot be "
                "computed without one of them.",
                count,
            )
        return words.counted_alike(
            "Only the number of voices is kept ({count}); no question of the quick check "
            "had enough answers.",
            count,
        )

    # One tap away ---------------------------------------------------------------------------------

    @cached_property
    def computed(self) -> tuple[str, ...]:
        """What was computed, in sentences: voices, weights, the lowest score, the first lever."""
        every = (self._by_voices, self._by_weights, self._lowest, self._lever, self._by_missing)
        return tuple(filter(None, every))

    @cached_property
    def table(self) -> Table:
        """Level by level what one voice and other weights would change."""
        _, words = self.edition.words.gettext, self.edition.words
        kept = {None: BLANK, True: _("yes"), False: _("no")}
        rows, ranges = [], self.shown.ranges.levels
        for level in self.shown.holds.levels:
            share = level.stage_share
            row = {
                _("Level"): self.edition.short(level.id),
                _("Without one voice"): reach(self.edition, ranges.get(level.id)),
                _("Same stage"): kept[level.stage_kept],
                _("Other weights"): BLANK if share is None else words.percent(share),
            }
            if level.id in self.shown.missing_ranges:
                row[_("With all voices")] = self._with_all(level.id)
            rows.append(row)
        return Table(_("How far each level holds"), pd.DataFrame(rows))

    @property
    def _by_voices(self) -> str:
        words, count = self.edition.words, self.shown.holds.voices
        if self.shown.totals:
            return self._counted
        if self.shown.holds.rests_on_few:
            return words.gettext(
                "With one or two voices nobody can be left out: only the weights are tried."
            )
        left_out = words.counted(
            "The {count} voice was left out in turn, and the result computed again.",
            "Each of the {count} voices was left out in turn, and the result computed again.",
            count,
        )
        if self.shown.least == 1:
            return left_out
        in_steps = words.gettext(
            "So that no voice can be worked out, ranges are given in steps of five points, "
            "and only from {count} voices up.",
            count=2 * self.shown.least,
        )
        return f"{left_out} {in_steps}"

    @property
    def _by_weights(self) -> str:
        return self.edition.words.gettext(
            "The weights are our judgement: {count} other weightings, each weight between half "
            "and one and a half times ours, were tried as well.",
            count=DRAWS,
        )

    @property
    def _lowest(self) -> str:
        scored, holds = self.shown.scores.scored, self.shown.holds
        scores = [round(level.score or 0.0, 9) for level in scored]
        if holds.weakest_share is None or scores.count(min(scores)) > 1:
            return ""
        level = self.edition.short(scored[scores.index(min(scores))].id)
        kept = self._agreeing(holds.weakest_kept, holds.weakest_share)
        return self.edition.words.gettext(
            "Level with the lowest score, {level}: {kept}.", level=level, kept=kept
        )

    @property
    def _lever(self) -> str:
        levers, holds = self.shown.diagnosis.levers, self.shown.holds
        if not levers or holds.lever_share is None:
            return ""
        lever = self.edition.lever(levers[0].lever)
        kept = self._agreeing(holds.lever_kept, holds.lever_share)
        return self.edition.words.gettext("First lever, “{lever}”: {kept}.", lever=lever, kept=kept)

    @property
    def _by_missing(self) -> str:
        if not self.shown.missing_ranges:
            return self.missing
        text = self.edition.words.gettext(
            "The last column tells where each level would lie with the worst answers from whoever "
            "is missing, and with the best."
        )
        return f"{self._without_quick_check} {text}"

    def _agreeing(self, kept: bool | None, share: float) -> str:
        """How far a finding is the same without a voice, and under other weights."""
        _, words = self.edition.words.gettext, self.edition.words
        texts = {
            None: _("the same in {share} of the weightings"),
            True: _("the same whichever voice is left out, and in {share} of the weightings"),
            False: _("one voice would change it; the same in {share} of the weightings"),
        }
        return texts[kept].format(share=words.percent(share))

    # Who is missing -------------------------------------------------------------------------------

    @property
    def missing(self) -> str:
        """How many of those expected answered no part; empty where none, or nobody knows."""
        survey = self.shown.survey
        if not (self.is_known and survey and survey.expected):
            return ""
        return not_answered(self.edition, self.shown.missing, expected=survey.expected)

    @property
    def missing_with_reach(self) -> str:
        """Who is missing, and where each level could lie once they answered; beside no table."""
        if not self.is_known or not self.shown.missing_ranges:
            return self.missing
        _ = self.edition.words.gettext
        levels = self.edition.words.all_of(
            _("{level} {reach}", level=self.edition.short(level), reach=self._with_all(level))
            for level, known in self.shown.missing_ranges.items()
            if known
        )
        text = _(
            "Possible scores, if those missing gave the worst answers or the best: {levels}.",
            levels=levels,
        )
        return f"{self._without_quick_check} {text}"

    def _with_all(self, level: str) -> str:
        return reach(self.edition, self.shown.missing_ranges[level])

    @property
    def _without_quick_check(self) -> str:
        """Who is missing, and where more of them left the quick check out, how many did."""
        words, squad = self.edition.words, self.shown
        expected = (squad.survey and squad.survey.expected) or 0
        count = expected - squad.quick_voices
        if count == squad.missing:
            return self.missing
        sentence = words.counted(
            "{count} of the {expected} people expected has not answered the quick check.",
            "{count} of the {expected} people expected have not answered the quick check.",
            count,
            expected=expected,
        )
        return f"{self.missing} {sentence}".strip()


def reach(edition: Edition, known: Range | None) -> str:
    """From a score to a score, or the one that both are; a dash where there is none."""
    words = edition.words
    if known is None:
        return BLANK
    low, high = words.score(known.low), words.score(known.high)
    return low if low == high else words.gettext("{low} to {high}", low=low, high=high)


def close_leaks(edition: Edition, rounds: Sequence[Round]) -> str:
    """In how many squads the leak that an overview names is close; empty where it names none."""
    _, words = edition.words.gettext, edition.words
    leaks = widest_leaks(edition.framework, [unit.scores for unit in rounds])
    levels = [leak.level for leak in leaks]
    leaking = [unit for unit in rounds if _leaking_levels(unit, levels)]
    if not leaking:
        return ""
    others = [unit for unit in leaking if _holds_at(unit, levels)]
    deleted = sum(bool(unit.totals) for unit in others)
    voices = [unit.holds.voices for unit in others if unit.holds.rests_on_few and not unit.totals]
    rests = _("the finding rests on one or two voices")
    if set(voices) == {1}:
        rests = _("the finding rests on a single voice")
    few, close = len(voices), len(leaking) - len(others)
    held = len(others) - deleted - few
    counts = {
        _("the finding only just holds"): close,
        _("the finding holds"): 0 if close else held,
        rests: few,
        _("answers were deleted"): deleted,
    }
    (first, count), *rest = ((text, count) for text, count in counts.items() if count)
    clauses = [f"{first} {_where(edition, leaking, count)}"]
    clauses += [
        words.counted_alike("in {count} more, {finding}", count, finding=text)
        for text, count in rest
    ]
    return words.sentence(words.clauses(clauses))


def _where(edition: Edition, leaking: Sequence[Round], count: int) -> str:
    """In which squad, the only one that leaks, or in how many of those that do."""
    words = edition.words
    if len(leaking) == 1:
        return words.gettext("in the squad {squad}", squad=leaking[0].squad)
    if count == len(leaking):
        return words.gettext("in each of the {count} squads concerned", count=count)
    return words.gettext("in {count} of the {of} squads concerned", count=count, of=len(leaking))


def _holds_at(shown: Round, levels: Sequence[str]) -> bool:
    """Whether a squad leaks at those of the levels at which it does, whatever is tried."""
    highest = (shown.holds.level(at).highest or 0 for at in _leaking_levels(shown, levels))
    return all(stage in LEAKING for stage in highest)


def _leaking_levels(shown: Round, levels: Sequence[str]) -> list[str]:
    return [level for level in levels if leaks_at(shown.scores, level)]


def _hangs_on_weights(level: LevelHold) -> bool:
    return level.stage_share is not None and level.stage_share < LEAST_STAGE_SHARE
