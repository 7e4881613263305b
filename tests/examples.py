"""Answer sheets that several tests share; the first four are worked out in framework.md."""

from __future__ import annotations

from collections.abc import Mapping

QUESTIONS = ("mandates-clear", "rituals-decide", "single-channel")
SIGNALS = (
    "po-sets-strategy",
    "backlog-by-requests",
    "trade-offs-mid-sprint",
    "vision-not-restated",
    "po-explains-direction",
    "pm-writes-tickets",
    "pm-runs-sprint",
    "discovery-squeezed",
    "questions-queue",
    "late-scope",
    "unclear-rework",
)
ITEMS = QUESTIONS + SIGNALS
LEVELS = ("vision", "strategy", "arbitration", "daily", "delivery")


def sheet(question: str, signal: str, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """All fourteen items: every question and every signal answered alike, but for `changes`."""
    answers = dict.fromkeys(QUESTIONS, question) | dict.fromkeys(SIGNALS, signal)
    return answers | dict(changes or {})


def healthy(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Worked example 1, but for `changes`."""
    return sheet("yes", "not-seen", changes)


EXAMPLE_1 = healthy()
EXAMPLE_2 = dict.fromkeys(QUESTIONS, "yes")
EXAMPLE_3 = healthy(
    {"mandates-clear": "partly", "rituals-decide": "no", "single-channel": "no"},
)
EXAMPLE_4 = EXAMPLE_2 | {
    "vision-not-restated": "often",
    "po-sets-strategy": "not-applicable",
    "po-explains-direction": "not-applicable",
}
HALF = sheet("partly", "sometimes")
WORST = sheet("no", "often")
NEITHER = dict.fromkeys(
    ("po-sets-strategy", "po-explains-direction", "pm-writes-tickets", "pm-runs-sprint"),
    "not-applicable",
)
"""What a squad without PM and PO answers to the items that name one."""
THREE_LEVELS = {
    "mandates-clear": "partly",
    "rituals-decide": "no",
    "single-channel": "yes",
    "po-sets-strategy": "not-seen",
    "vision-not-restated": "not-seen",
}
"""Vision 600/7, strategy 500/7 and arbitration 400/7 are scored, the other two levels are not."""
