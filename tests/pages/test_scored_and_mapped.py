"""A quick check, and a later session of the month that asks only who decides: both are told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import answer_as_stored, revealed
from assessment.access.release import released
from assessment.ui.session import page_files
from tests.builders import assessment, gathering
from tests.deep_examples import deep, deep_only, setup
from tests.examples import EXAMPLE_1, WORST
from tests.pages.app import app_on, store_of, text_of
from tests.pages.visitors import Caller, known_link

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
DAY = {"opened_on": date(2026, 11, 10), "closes_on": date(2026, 11, 10)}
HELD = released(revealed(gathering(depth="who-decides", **DAY), voices=5, now=NOW))
NAMED = [{"sprint-content": ("po",)}] * 4 + [{"sprint-content": ("po",), "cut": ("cpo",)}]
"""What five say in confidence: all of them of one decision, one alone of another."""


@pytest.fixture
def several(empty_store: Path) -> Path:
    by_month = ((9, WORST), (10, WORST), (11, EXAMPLE_1))
    checks = [assessment(assessed_on=date(2026, m, 3), answers=sheet) for m, sheet in by_month]
    voices = [answer_as_stored(deep_only(deep=deep(deciders=named)), HELD) for named in NAMED]
    boreal = assessment(squad="Boréal", answers=EXAMPLE_1)
    store_of(empty_store, *checks, boreal, setup("pm", "po"), HELD, *voices)
    return empty_store


def plain(app: AppTest) -> str:
    return text_of(app).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "verdict", "apart", "mapped"),
    [
        (
            "en",
            "The rules are clear and decisions are fluid at every level.",
            "Who decides: session, 10 Nov 2026 (5 voices).",
            "1 clear decision;",
        ),
        (
            "fr",
            "Les règles sont claires et les décisions sont fluides à tous les niveaux.",
            "Qui décide : session, 10 nov. 2026 (5 voix).",
            "1 décision claire ;",
        ),
    ],
)
def test_a_squad_s_page_tells_the_levels_of_one_and_who_decides_of_the_other(
    language: str, verdict: str, apart: str, mapped: str, several: Path
) -> None:
    app = app_on(page_files.SQUAD, language=language, squad="Atlas", view="who-decides")
    assert app.header[0].value.replace("\\", "") == verdict
    assert apart in plain(app)
    assert mapped in plain(app)


@pytest.mark.parametrize("page", [page_files.SQUAD, page_files.HOME])
def test_of_two_checks_no_voice_is_said_to_be_among_those_of_the_other(
    page: str, empty_store: Path
) -> None:
    sheets = [assessment(answers=EXAMPLE_1) for _ in range(6)]
    voices = [answer_as_stored(deep_only(deep=deep(deciders=named)), HELD) for named in NAMED]
    store_of(empty_store, *sheets, HELD, *voices)
    text = plain(app_on(page))
    assert "6 in the quick check, 5 in the deep check · " in text
    assert "6 voices" not in text


def test_the_voices_of_a_squad_say_first_whom_they_name_apart(empty_store: Path) -> None:
    named = [{"cut": ("cto",)}] * 3 + [{"cut": ("cpo",)}] * 2
    voices = [answer_as_stored(deep_only(deep=deep(deciders=one)), HELD) for one in named]
    store_of(empty_store, assessment(answers=EXAMPLE_1), HELD, *voices)
    app = app_on(page_files.SQUAD, squad="Atlas")
    headings = [heading.value.replace("\\", "") for heading in app.subheader]
    assert headings == [
        "Do first",
        "Voices differ most on who decides “What is cut”: CTO (3) and CPO (2).",
    ]


def test_leadership_has_the_scores_and_counts_the_decisions_of_the_same_month(
    several: Path,
) -> None:
    app = app_on(page_files.LEADERSHIP, squad=["Atlas", "Boréal"])
    assert "Since the previous check: 5 levels rose" in plain(app)
    assert "no scores in this period" not in plain(app)
    assert "November 2026 · 2 squads · 2 in the quick check, 5 in the deep check" in plain(app)
    assert "of 1 that several voices answered, in 1 squad" in plain(app)


def test_a_squad_s_row_says_which_later_check_tells_who_decides(several: Path) -> None:
    app = app_on(page_files.LEADERSHIP, squad=["Atlas", "Boréal"])
    told = "fluid at every level. Who decides: session, 10 Nov 2026 (5 voices)."
    assert plain(app).count(told) == 1  # Boréal was asked nothing of who decides


def test_trends_follow_the_scores_and_who_decides_of_the_same_month(several: Path) -> None:
    app = app_on(page_files.TRENDS, squad="Atlas", view="who-decides")
    assert "Vision rose most since October 2026 (1 voice, then 1): from 0 to 100." in plain(app)
    assert "1 clear decision; every decision answered" in plain(app)


def test_whoever_has_a_link_sees_the_same_and_nothing_that_one_alone_says(
    several: Path,
) -> None:
    _link, token = known_link()
    app = Caller(parameters={"link": token, "view": "who-decides"}).cold(page_files.SQUAD)
    assert "Who decides: session, 10 Nov 2026 (5 voices)." in plain(app)
    assert app.header[0].value.startswith("The rules are clear")
    (decisions,) = (
        rows.set_index("name")["description"]
        for chart in app.get("vega_lite_chart")
        if "fit" in (rows := convert_arrow_bytes_to_pandas_df(chart.proto.data.data))
    )
    assert decisions["What is cut"].endswith("; hidden, fewer than 5 answers")
    assert "PO" in decisions["Sprint content"]
