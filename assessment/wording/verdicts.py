"""The one sentence that sums up a result, and that of several squads."""

from __future__ import annotations

from assessment.content.edition import Edition
from assessment.rounds.leadership import Summary
from assessment.rounds.results import Result
from assessment.wording.deep_results import fit_verdict, lens_verdict
from assessment.wording.results import overview, verdict


def result_verdict(edition: Edition, result: Result) -> str:
    """The result in one sentence: of the quick check, else of what the deep check tells."""
    if not result.is_deep_only:
        return verdict(edition, result.round.scores, result.health)
    if result.tells_who_decides:
        return fit_verdict(edition, result.round.deep.who_decides)
    return lens_verdict(edition, result.round.deep.lenses)


def summary_verdict(edition: Edition, summary: Summary) -> str:
    """The summary in one sentence; of a single squad it is the squad's own."""
    if len(summary.results) == 1:
        return result_verdict(edition, summary.results[0])
    return overview(
        edition,
        [result.round.scores for result in summary.results],
        leak=summary.leak,
        hold=summary.hold,
        lever=summary.levers[0].lever if summary.levers else "",
    )
