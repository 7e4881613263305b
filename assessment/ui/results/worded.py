"""What results say, kept from run to run for as long as nothing that they come from changes.

A history's version says which records it comes from, and who may see them.
"""

from collections.abc import Sequence

from assessment.model import Action
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import comparison_of, result_of
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.wording.briefing import SquadPart
from assessment.wording.comparison import ComparisonPart
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadsTrend, SquadTrend, trend_of


@kept(at_most=60)
def squad_part(
    reader: Reader, rounds: History, squad: str, period: Period, _actions: Sequence[Action]
) -> SquadPart:
    """What a squad's result says."""
    today = reader.today
    result = result_of(rounds, squad, period, _actions, today=today)
    return SquadPart(reader.edition, result, today)


@kept(at_most=20)
def overview(
    reader: Reader,
    rounds: History,
    squads: tuple[str, ...],
    period: Period,
    _actions: Sequence[Action],
) -> Overview:
    """What several squads say to leadership."""
    today = reader.today
    summary = summary_of(rounds, squads, period, _actions, today=today)
    return Overview(reader.edition, summary, today)


@kept(at_most=20)
def comparison_part(
    reader: Reader, rounds: History, squads: tuple[str, ...], period: Period
) -> ComparisonPart:
    """What squads side by side say."""
    comparison = comparison_of(rounds, squads, period, today=reader.today)
    return ComparisonPart(reader.edition, comparison)


@kept(at_most=20)
def trend_part(
    reader: Reader,
    rounds: History,
    squads: tuple[str, ...],
    _actions: Sequence[Action],
    compared_with: Period | None,
) -> SquadTrend | SquadsTrend:
    """How levels moved: a single squad's since a period, else since its check before."""
    return trend_of(
        reader.edition, rounds, squads, _actions, compared_with=compared_with, today=reader.today
    )
