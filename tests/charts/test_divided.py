"""On which decisions voices are divided: a bar per role named."""

from __future__ import annotations

from tests.charts.reading import example, rows_of


def test_contested_decisions_keep_their_order_and_bars_their_share() -> None:
    spec = example("contested-bars")
    assert [(row["name"], row["apart"]) for row in rows_of(spec, "decisions")] == [
        ("What is cut", "100% apart"),
        ("Bets", "40% apart"),
    ]
    assert [(row["role"], row["share"], row["said"]) for row in rows_of(spec)] == [
        ("CPO", 0.25, "1 of 4"),
        ("Nobody", 0.75, "3 of 4"),
        ("CPO", 0.8, "4 of 5"),
        ("PO", 0.2, "1 of 5"),
    ]
    assert rows_of(spec)[1]["description"] == "What is cut, Nobody: named by 3 of 4 voices"
