"""Tidy frames as the charts receive them, with values chosen by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan

import pandas as pd

from assessment.languages import words_in

EN = words_in("en")

LEVELS = {
    "en": (
        ("vision", "Vision", "Vision"),
        ("strategy", "Strategy and bets", "Strategy"),
        ("arbitration", "Arbitration", "Arbitration"),
        ("daily", "Daily product decisions", "Daily"),
        ("delivery", "Delivery and quality", "Delivery"),
    ),
    "fr": (
        ("vision", "Vision", "Vision"),
        ("strategy", "Stratégie et paris", "Stratégie"),
        ("arbitration", "Arbitrage", "Arbitrage"),
        ("daily", "Décisions produit du quotidien", "Quotidien"),
        ("delivery", "Delivery et qualité", "Delivery"),
    ),
}
STAGES = {
    "en": ("Blurred", "Compensated", "Framed", "Fluid"),
    "fr": ("Floue", "Compensée", "Cadrée", "Fluide"),
}

ATLAS = (88.9, 83.3, 45.5, 79.4, 22.2)
BOREAL = (40.0, 55.0, 72.0, 61.3, 90.0)
COBALT = (62.0, 30.0, 81.0, 20.0, 48.0)
DUNE = (nan, 66.2, 71.9, nan, 33.0)
"""Vision and daily are not scored."""

AWKWARD = "<b>Équipe</b> & *paiements* [lien](http://x.y) {score} — région Auvergne-Rhône-Alpes"


def levels(
    squads: Mapping[str, Sequence[float]],
    *,
    changes: Sequence[float] = (nan,) * 5,
    reach: float = nan,
    language: str = "en",
    **columns: object,
) -> pd.DataFrame:
    """A level frame: scores by squad, in framework order; NaN is not scored.

    The one-voice range reaches `reach` points to either side; NaN for too few voices.
    """
    rows = []
    for squad, scores in squads.items():
        for (level, name, short), score, change in zip(
            LEVELS[language], scores, changes, strict=True
        ):
            stage = nan if isnan(score) else min(4, int(score // 25) + 1)
            rows.append(
                {
                    "squad": squad,
                    "level": level,
                    "level_name": name,
                    "level_short": short,
                    "score": score,
                    "stage": stage,
                    "stage_name": "" if isnan(score) else STAGES[language][int(stage) - 1],
                    "coverage": 0.4 if isnan(score) else 1.0,
                    "low": score - reach,
                    "high": score + reach,
                    "change": change,
                    "changed": "no clear change" if isnan(change) else EN.change(change),
                    "since": "" if all(map(isnan, changes)) else "since June 2026",
                    "is_capped": False,
                    **columns,
                }
            )
    return pd.DataFrame(rows)


def many_levels(count: int) -> pd.DataFrame:
    """`count` squads with scores that differ; the second one's vision is not scored."""
    squads: dict[str, tuple[float, ...]] = {
        f"Squad {index + 1}": tuple((index * 7 + step * 23) % 101 for step in range(5))
        for index in range(count)
    }
    squads["Squad 2"] = (nan, *squads["Squad 2"][1:])
    return levels(squads)


PERIODS = (
    ("2026-02", "February 2026", 3),
    ("2026-03", "March 2026", 1),
    ("2026-06", "June 2026", 7),
    ("2026-11", "November 2026", 12),
)


def history(periods: int = 4) -> pd.DataFrame:
    """Atlas over time; arbitration was not scored in March, daily not in November."""
    frames = []
    for index, (period, name, voices) in enumerate(PERIODS[:periods]):
        scores: list[float] = [
            30 + 15 * index,
            50 + 4 * index,
            20 + 9 * index,
            70 - 3 * index,
            60 + index,
        ]
        if period == "2026-03":
            scores[2] = nan
        if period == "2026-11":
            scores[3] = nan
        frames.append(
            levels(
                {"Atlas": scores},
                reach=5 if voices > 2 else nan,
                period=period,
                period_name=name,
                voices=voices,
            ),
        )
    return pd.concat(frames, ignore_index=True)


def actions() -> pd.DataFrame:
    """Three done: one halfway from March to June, one a little later, one in October."""
    rows = (
        (1, "Open one channel for urgent requests", "2026-03", "2026-06", 0.5),
        (2, "Write one sentence per role", "2026-03", "2026-06", 0.6),
        (3, "Close every ritual on a decision", "2026-06", "2026-11", 0.8),
    )
    return pd.DataFrame(rows, columns=["number", "told", "earlier", "later", "share"])


def scores(squads: Sequence[str]) -> pd.DataFrame:
    """A score of squads over time; the first one's March is not scored, the last did not move."""
    return pd.DataFrame(
        {
            "squad": squad,
            "period": period,
            "period_name": name,
            "score": nan if (period, index) == ("2026-03", 0) else 30.0 + 9 * index + 6 * step,
            "low": nan if voices < 3 else 26.0 + 9 * index + 6 * step,
            "high": nan if voices < 3 else 32.0 + 9 * index + 6 * step,
            "voices": voices + index,
            "change": nan if index == len(squads) - 1 else 6,
            "changed": "no clear change" if index == len(squads) - 1 else "+6",
        }
        for index, squad in enumerate(squads)
        for step, (period, name, voices) in enumerate(PERIODS)
    )


def change() -> pd.DataFrame:
    """Vision rose, strategy fell, arbitration did not clearly move; the others miss one score."""
    pairs = ((40.6, 73.2), (81.0, 78.0), (55.0, 55.2), (nan, 64.0), (30.0, nan))
    return pd.DataFrame(
        {
            "level": level,
            "level_name": name,
            "level_short": short,
            "before": a,
            "after": b,
            "is_move": level in ("vision", "strategy"),
        }
        for (level, name, short), (a, b) in zip(LEVELS["en"], pairs, strict=True)
    )


def spread() -> pd.DataFrame:
    """Seven voices split on one item, and of one mind on another."""
    items = (
        ("single-channel", "One channel for urgent requests", (3, 0, 4), 0.143),
        ("mandates-clear", "Clear mandates", (0, 7, 0), 1.0),
    )
    return pd.DataFrame(
        {
            "about": item,
            "short": short,
            "health": health,
            "option_name": option,
            "voices": count,
            "agreement": agreement,
        }
        for item, short, counts, agreement in items
        for health, option, count in zip(
            (0.0, 0.5, 1.0), ("No", "Partly", "Yes"), counts, strict=True
        )
    )


def pressures() -> pd.DataFrame:
    """An empty PM seat, and too few answers about the PO's."""
    return pd.DataFrame(
        [
            {"seat": "Product Manager", "pressure": 62.5, "reading": "The seat looks empty"},
            {"seat": "Product Owner", "pressure": nan, "reading": "Not enough answers"},
        ]
    )


def steps() -> pd.DataFrame:
    """The five steps of a shared cycle."""
    return pd.DataFrame(
        [
            {"step": "vision", "name": "Vision", "text": "Where you are going."},
            {"step": "impacts", "name": "Impacts", "text": "The effects aimed at."},
            {"step": "options", "name": "Options", "text": "What can be built."},
            {"step": "decisions", "name": "Decisions", "text": "What goes first."},
            {"step": "deliverables", "name": "Deliverables", "text": "What gets shipped."},
        ]
    )


ROLES = {"cpo": "CPO", "pm": "PM", "po": "PO", "em": "EM", "nobody": "Nobody", "unclear": "Unclear"}


def deciders(*, voices: int = 1) -> pd.DataFrame:
    """Two levels; the CPO and PM should decide the first, the PO and an empty EM seat the second.

    Of three voices, two name the PM and one the PO, who must not, for the segment. Of one voice,
    each decision has a sign of its own. Nobody answered the slicing.
    """
    expected = {"vision": ("cpo", "pm"), "daily": ("po",)}
    barred = {"vision": ("po", "em"), "daily": ("cpo",)}
    one = {
        ("vision", "segment", "Priority segment", 1.0): {"cpo": 1},
        ("vision", "star", "North Star", 0.0): {"po": 1},
        ("daily", "sprint", "Sprint content", 0.5): {"po": 1, "pm": 1},
        ("daily", "scope", "How much is enough", 0.0): {"nobody": 1},
        ("daily", "option", "Choice between two options", 0.0): {"unclear": 1},
        ("daily", "slicing", "Structuring technical constraints", nan): {},
    }
    three = {
        ("vision", "segment", "Priority segment", 2 / 3): {"pm": 2, "po": 1},
        ("daily", "sprint", "Sprint content", 1.0): {"po": 3},
    }
    rows = []
    for (level, decision, short, health), named in (three if voices > 1 else one).items():
        name, level_short = next(
            (name, level_short) for id_, name, level_short in LEVELS["en"] if id_ == level
        )
        for role, role_name in ROLES.items():
            is_expected = role in expected[level]
            reference = "decides" if is_expected else "other"
            if role in barred[level]:
                reference = "must-not"
            if (level, role) == ("daily", "em"):
                reference = "vacant"
            mark = ""
            if named.get(role):
                mark = {"decides": "fits", "must-not": "must-not"}.get(reference, "outside")
                mark = role if role in ("nobody", "unclear") else mark
            rows.append(
                {
                    "level": level,
                    "level_name": name,
                    "level_short": level_short,
                    "decision": decision,
                    "decision_short": short,
                    "health": health,
                    "role": role,
                    "role_name": role_name,
                    "reference": reference,
                    "expected": is_expected,
                    "named": named.get(role, 0),
                    "voices": voices if named else 0,
                    "mark": mark,
                    "unanswered": "" if named else "not answered",
                }
            )
    return pd.DataFrame(rows)


def fit(squads: Mapping[str, Sequence[float]] | None = None, **columns: str | int) -> pd.DataFrame:
    """Fit beside Dune's maturity: near it, far above, equal, alone, and unanswered.

    Of the four decisions of each level answered one is clear at the first, two at the second.
    """
    squads = squads or {"Dune": (40.0, 100.0, 71.9, 50.0, nan)}
    frames = [
        levels({squad: DUNE})
        .drop(columns=["low", "high"])
        .assign(
            fit=list(fits),
            change=[14, -3, 0, nan, nan],
            clear=["–" if isnan(fit) else f"{clear}/4" for clear, fit in told],
            lower=[nan if isnan(fit) else min(25 * clear, fit) for clear, fit in told],
            clear_and_fit=["–" if isnan(fit) else f"{clear}/4·{fit:.0f}" for clear, fit in told],
            unanswered=["not answered" if isnan(fit) else "" for fit in fits],
            **columns,
        )
        for squad, fits in squads.items()
        for told in [list(zip((1, 2, 3, 4, 0), fits, strict=True))]
    ]
    return pd.concat(frames, ignore_index=True)


def fit_history(periods: int = 3) -> pd.DataFrame:
    """Dune's fit over time; arbitration was not answered in March."""
    frames = []
    for index, (period, name, voices) in enumerate(PERIODS[:periods]):
        fits = [40.0 + 20 * index, 75.0, nan if index == 1 else 50.0, 62.5, 100.0 - 10 * index]
        frames.append(fit({"Dune": fits}, period=period, period_name=name, voices=voices))
    return pd.concat(frames, ignore_index=True)


def decision_seats() -> pd.DataFrame:
    """Two squads: a seat that both share, another, none, and levels without an answer."""
    rows = (
        ("Atlas", ("CPO", "CPO of Payments", 3, 4, 2, True, ""), ("PO", "PO", 2, 2, 0, False, "")),
        (
            "Dune",
            ("CPO, CTO", "CPO of Payments, CTO", 3, 5, 0, True, ""),
            (None, None, 0, 3, 0, False, ""),
        ),
    )
    unanswered = (None, None, 0, 0, 0, False, "not answered")
    names = ("seat", "told", "decisions", "answered", "elsewhere", "is_told", "unanswered")
    return pd.DataFrame(
        {
            "squad": squad,
            **dict(zip(("level", "level_name", "level_short"), level, strict=True)),
            **dict(zip(names, cell, strict=True)),
        }
        for squad, *cells in rows
        for level, cell in zip(LEVELS["en"], [*cells, *[unanswered] * 3], strict=True)
    )


def lenses(squads: Sequence[str] = ("Dune",)) -> pd.DataFrame:
    """A lens with trouble, one in order, one that does not apply, one unanswered."""
    rows = (
        ("who-decides", "Who decides", 62.5, 1.0, "", -12, "Bets and What is cut"),
        ("rituals", "Rituals", 100.0, 0.5, "", nan, ""),
        ("pm-practice", "The PM's practice", nan, 0.0, "does not apply in this setup", nan, ""),
        ("frontier", "CPO and CTO frontier", nan, 0.0, "not answered", nan, ""),
    )
    names = ("lens", "lens_name", "score", "coverage", "missing", "change", "trouble")
    return pd.DataFrame(
        {"squad": squad, **dict(zip(names, row, strict=True))} for squad in squads for row in rows
    )


def lens_history() -> pd.DataFrame:
    """Dune's lenses over two rounds; the frontier was never answered."""
    frames = [
        lenses().assign(period=period, period_name=name, voices=voices)
        for period, name, voices in PERIODS[:2]
    ]
    return pd.concat(frames, ignore_index=True)


def contested() -> pd.DataFrame:
    """Four voices without anyone in common, then five of whom one differs."""
    rows = (
        ("cut", "What is cut", 1.0, "cpo", "CPO", 1, 4),
        ("cut", "What is cut", 1.0, "nobody", "Nobody", 3, 4),
        ("bets", "Bets", 0.4, "cpo", "CPO", 4, 5),
        ("bets", "Bets", 0.4, "po", "PO", 1, 5),
    )
    names = ("decision", "decision_short", "disagreement", "role", "role_name", "named", "voices")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])


def signs() -> pd.DataFrame:
    """The mean of the levels; days from one voice, then none, then three; rework given once."""
    days = ((12.0, 12.0, 12.0, 1), (nan, nan, nan, 0), (6.5, 3.0, 21.0, 3))
    rework = ((nan, nan, nan, 0), (35.0, 35.0, 35.0, 1), (nan, nan, nan, 0))
    questions = ((nan, nan, nan, 0),) * 3
    kinds = (
        ("days-to-arbitrate", "Days to settle an arbitration", "days", days),
        ("open-questions", "Open questions per day", "questions", questions),
        ("rework-share", "Work reworked", "%", rework),
    )
    return pd.DataFrame(
        {
            "squad": "Dune",
            "period": period,
            "period_name": name,
            "sign": sign,
            "sign_short": short,
            "unit": unit,
            "one": unit.removesuffix("s"),
            "value": value,
            "least": least,
            "greatest": greatest,
            "voices": voices,
            "overall": 40.0 + 10 * index,
            "checks": count,
        }
        for index, (period, name, count) in enumerate(PERIODS[:3])
        for sign, short, unit, given in kinds
        for value, least, greatest, voices in [given[index]]
    )
