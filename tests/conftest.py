"""What holds for every test: Hypothesis draws the same examples; figures are told at the end."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("deterministic", derandomize=True, deadline=None, max_examples=30)
settings.load_profile("deterministic")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per promise about saved answers, with its figure (see tests/reliability)."""
    figures = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call" and report.outcome == "passed"
        for name, value in report.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("what was promised of saved answers")
        for figure in sorted(figures):
            terminalreporter.write_line(figure)
