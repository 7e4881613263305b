"""Fourteen answers followed to their result, computed as any other; pure."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from assessment.content.edition import Edition
from assessment.model import UNKNOWN, Answers, Item
from assessment.rounds.results import Result, draft_result
from assessment.scoring.levels import LevelScore, capped_levels, stage_by_score
from assessment.wording.briefing import SquadPart
from assessment.wording.parts import Picture

ANSWERS: Answers = {
    "mandates-clear": "yes",
    "rituals-decide": "partly",
    "single-channel": "no",
    "po-sets-strategy": "not-seen",
    "backlog-by-requests": "sometimes",
    "trade-offs-mid-sprint": "often",
    "vision-not-restated": "sometimes",
    "po-explains-direction": "not-seen",
    "pm-writes-tickets": "sometimes",
    "pm-runs-sprint": "not-seen",
    "discovery-squeezed": UNKNOWN,
    "questions-queue": "sometimes",
    "late-scope": "often",
    "unclear-rework": "sometimes",
}
"""Of a squad that does not exist; every item of the quick check, one of them unknown."""

NOTHING = "·"


@dataclass(frozen=True, eq=False)
class WorkedExample:
    """The answers as a table, one level computed step by step, and the result."""

    edition: Edition
    today: date

    @cached_property
    def result(self) -> Result:
        """What the answers give."""
        return draft_result(self.edition.framework, ANSWERS, today=self.today)

    @cached_property
    def level(self) -> LevelScore:
        """The level that is followed: the lowest of those kept below their points, else of all."""
        scores = self.result.round.scores
        capped = capped_levels(self.edition.framework, scores)
        levels = [level for level, _by_score in capped] or scores.scored
        return min(levels, key=lambda level: level.score or 0)

    @property
    def level_name(self) -> str:
        """What the level is called."""
        return self.edition.level(self.level.id)

    @cached_property
    def _part(self) -> SquadPart:
        return SquadPart(self.edition, self.result, self.today)

    @property
    def verdict(self) -> str:
        """The result in one sentence."""
        return self._part.verdict

    @property
    def levels(self) -> Picture:
        """The five levels, for their bars."""
        return self._part.levels_picture

    @cached_property
    def table(self) -> pd.DataFrame:
        """Each item with its answer, its health, its weight at the level, and their product."""
        _, edition = self.edition.words.gettext, self.edition
        return pd.DataFrame(
            {
                _("Question"): edition.item(item.id),
                _("Answer"): edition.option(item.id, ANSWERS[item.id]),
                _("Health"): self._number(self.result.round.health.get(item.id)),
                _("Weight"): self._number(self._weight(item) or None),
                _("Weight × health"): self._number(self._product(item)),
            }
            for item in edition.framework.items
        )

    def steps(self) -> tuple[str, ...]:
        """Score, coverage and stage of the level, one sentence each."""
        _, words, level = self.edition.words.gettext, self.edition.words, self.level
        items = self.edition.framework.items
        answered = [item for item in items if self._product(item) is not None]
        sums = sum(self._product(item) or 0 for item in answered)
        weights = sum(self._weight(item) for item in answered)
        score = level.score or 0
        by_points = self.edition.stage(stage_by_score(self.edition.framework, score))
        stage = self.edition.stage(level.stage or 1)
        text = _("Stage: “{by_points}” by its points, kept at “{stage}” by: {items}.")
        if by_points == stage:
            text = _("Stage, by its points: “{stage}”.")
        limits = self.edition.items(level.limits)
        shown, every = self._number(weights), self._number(sum(map(self._weight, items)))
        return (
            _("Score: 100 × {sums} ÷ {weights} = {score}.").format(
                sums=self._number(sums), weights=shown, score=words.number(score, digits=1)
            ),
            _("Coverage: {weights} ÷ {applies} = {share}.").format(
                weights=shown, applies=every, share=words.percent(level.coverage)
            ),
            text.format(stage=stage, by_points=by_points, items=limits),
        )

    def outcome(self) -> tuple[str, ...]:
        """The overall score, and the first lever with what it would gain."""
        _, words, scores = self.edition.words.gettext, self.edition.words, self.result.round.scores
        sentences = []
        if scores.overall is not None:
            points = [words.number(level.score or 0, digits=1) for level in scores.scored]
            mean, total = words.number(scores.overall, digits=1), " + ".join(points)
            text = _("Mean of the levels: ({points}) ÷ {count} = {overall}.")
            sentences.append(text.format(points=total, count=len(points), overall=mean))
        for lever in self._part.levers[:1]:
            sentences.append(_("First lever: {title}. {gain}", title=lever.title, gain=lever.gain))
        return tuple(sentences)

    def _weight(self, item: Item) -> float:
        return float(item.weights.get(self.level.id, 0))

    def _product(self, item: Item) -> float | None:
        """Weight × health; None where the item says nothing about the level, or is unanswered."""
        health, weight = self.result.round.health.get(item.id), self._weight(item)
        return None if health is None or not weight else weight * health

    def _number(self, value: float | None) -> str:
        if value is None:
            return NOTHING
        return self.edition.words.number(value, digits=0 if value == int(value) else 1)
