"""What results say, kept from run to run for as long as nothing that they come from changes."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

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

AT_MOST = 100
"""Results that a server keeps in words, for all its readers."""

P = TypeVar("P")


def squad_part(
    reader: Reader, rounds: History, squad: str, period: Period, actions: Sequence[Action]
) -> SquadPart:
    """What a squad's result says."""

    def make() -> SquadPart:
        result = result_of(rounds, squad, period, actions)
        return SquadPart(reader.edition, result, reader.today)

    return _worded(reader, rounds, make, "squad", squad, period)


def overview(
    reader: Reader,
    rounds: History,
    squads: tuple[str, ...],
    period: Period,
    actions: Sequence[Action],
) -> Overview:
    """What several squads say to leadership."""

    def make() -> Overview:
        return Overview(reader.edition, summary_of(rounds, squads, period, actions), reader.today)

    return _worded(reader, rounds, make, "leadership", squads, period)


def comparison_part(
    reader: Reader, rounds: History, squads: tuple[str, ...], period: Period
) -> ComparisonPart:
    """What squads side by side say."""

    def make() -> ComparisonPart:
        return ComparisonPart(reader.edition, comparison_of(rounds, squads, period))

    return _worded(reader, rounds, make, "compare", squads, period)


def trend_part(
    reader: Reader, rounds: History, squads: Sequence[str], actions: Sequence[Action]
) -> SquadTrend | SquadsTrend:
    """How levels moved."""

    def make() -> SquadTrend | SquadsTrend:
        return trend_of(reader.edition, rounds, squads, actions, today=reader.today)

    return _worded(reader, rounds, make, "trends", tuple(squads))


def _worded(reader: Reader, rounds: History, make: Callable[[], P], *what: Hashable) -> P:
    """A part, made once: a version says which records it comes from, and who may see them."""
    part: P = _part((rounds.version, *reader.whose_words, *what), make)
    return part


@kept(at_most=AT_MOST)
def _part(key: Hashable, _make: Callable[[], Any]) -> Any:
    return _make()
