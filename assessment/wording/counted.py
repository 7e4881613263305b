"""How many voices say what, in one phrase: No (2) and Yes (1); pure."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.content.edition import Edition
from assessment.scoring.disagreement import Disagreement


def answers_counted(edition: Edition, item: Disagreement) -> str:
    """How many voices gave which answer to an item: No (2) and Yes (1)."""
    _ = edition.words.gettext
    return edition.words.all_of(
        [
            _("{option} ({count})").format(option=edition.option(item.of, option), count=count)
            for option, count in item.counts.items()
            if count
        ]
    )


def roles_counted(edition: Edition, counts: Mapping[str, int]) -> str:
    """Who is named by how many voices: PO (4), PM (3) and Nobody (1); most voices first."""
    _ = edition.words.gettext
    most_first = sorted(counts.items(), key=lambda count: -count[1])
    return edition.words.all_of(
        [
            _("{option} ({count})").format(option=edition.decider(role), count=count)
            for role, count in most_first
        ]
    )
