"""What squad, compare, trends and method say of the deep check, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model import Assessment
from assessment.scoring import deep_result
from assessment.ui.session import keys, page_files
from tests.builders import DEEP, assessment, deep_assessment, gathering
from tests.charts.reading import Spec, rows_of
from tests.deep_examples import ARTICLE_A, following, on, seats, setup
from tests.examples import EXAMPLE_1
from tests.pages.app import app_on, elements_of, store_of, text_of, with_table_open
from tests.pages.test_every_page import OF_ANOTHER_LANGUAGE, RESULT_PAGES

FRAMEWORK = shipped_framework()
HOSTILE = "<b>Decides</b> *what* [l](http://x.y) and $why$"
AMISS = following(
    ARTICLE_A,
    {
        "priority-segment": ("po",),
        "cut": ("nobody",),
        "postpone": ("unclear",),
        "sprint-content": ("cpo",),
        "slicing": ("po", "em", "tl", "team"),
    },
)


def with_deciders(deciders: Mapping[str, tuple[str, ...]], **changes: object) -> Assessment:
    """A check of Atlas with core answers and these deciders; `changes` are fields."""
    deep = {"deciders": dict(deciders)}
    return deep_assessment(**({"answers": EXAMPLE_1, "deep": deep} | changes))


SIGNS_OF_CHARTS: dict[str, Callable[[Spec, dict[str, Any]], bool]] = {
    "deciders_map": lambda spec, row: spec.get("params", [{}])[0].get("name") == "column",
    "fit_beside_maturity": lambda spec, row: "fit_value" in row,
    "lens_bars": lambda spec, row: "told" in row and "trouble" in row,
    "contested_bars": lambda spec, row: "role" in row and "share" in row,
    "fit_map": lambda spec, row: "fill" in row and "level" in row and "stage" not in row,
    "lens_map": lambda spec, row: "fill" in row and "lens" in row,
    "fit_lines": lambda spec, row: "run" in row and ("fit" in row["description"].split()),
    "lens_lines": lambda spec, row: "run" in row and row["name"] == "Who decides",
    "vital_lines": lambda spec, row: "shown" in row,
}
"""What tells each chart of the deep check apart in what is drawn, in English."""


def charts_of(app: AppTest) -> dict[str, Spec]:
    """The charts of the deep check on a page, by the name of their function."""
    specs = [spec_of(chart.proto) for chart in app.get("vega_lite_chart")]
    return {
        name: spec
        for spec in specs
        for name, is_it in SIGNS_OF_CHARTS.items()
        if is_it(spec, next(iter(spec["data"]["values"]), {}))
    }


def spec_of(proto: Any) -> Spec:
    """A chart's spec, with the rows that Streamlit sends beside it put back."""
    rows = convert_arrow_bytes_to_pandas_df(proto.data.data).to_dict("records")
    spec: Spec = json.loads(proto.spec)
    return spec | {"data": {"values": rows}}


def links_of(app: AppTest) -> list[str]:
    """The labels of the page's links."""
    return [link.proto.label.replace("\\", "") for link in app.get("page_link")]


# The squad page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_squad_shows_map_fit_findings_charter_lenses_and_signs(
    language: str, empty_store: Path
) -> None:
    store_of(empty_store, deep_assessment(answers=EXAMPLE_1), setup("pm", "po"))
    drawn: set[str] = set()
    titles: list[str] = []
    for view in ("who-decides", "lenses", "numbers"):
        app = app_on(page_files.SQUAD, language=language, view=view)
        assert not app.exception
        drawn |= charts_of(app).keys()
        titles += [part.value.lstrip("# ") for part in elements_of(app, "subheader", "markdown")]
        titles += [folded.label for folded in app.expander]
    assert {"deciders_map", "fit_beside_maturity", "lens_bars"} <= drawn
    expected = {
        "en": ["What is wrong", "The squad's charter", "Vital signs"],
        "fr": ["Ce qui ne va pas", "La charte de la squad", "Signes vitaux"],
    }[language]
    assert [title for title in titles if title in expected] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_quick_check_the_page_leads_with_the_deep_check(
    language: str, empty_store: Path
) -> None:
    store_of(empty_store, with_deciders(AMISS, answers={}), setup("pm", "po"))
    app = app_on(page_files.SQUAD, language=language)
    assert not app.exception
    heading = {
        "en": "Nobody decides, or it is unclear who, on “What is cut” and “What is pushed back”",
        "fr": "Personne ne décide, ou l’on ne sait pas qui, pour «\u202fCe que l’on "
        "coupe\u202f» et «\u202fCe que l’on repousse\u202f»",
    }
    assert app.header[0].value.startswith(heading[language])
    assert text_of(app).count(heading[language]) == 1
    first = {"en": "Who decides", "fr": "Qui décide"}
    assert app.subheader[0].value == first[language]
    assert words_in(language).gettext("not enough answers") not in text_of(app)
    app.button(keys.RESULT_CHECK).click().run()
    assert app.title[0].value == words_in(language).gettext("Quick check")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deep_check_alone_says_where_the_levels_were_scored_and_leads_there(
    language: str, empty_store: Path
) -> None:
    quick = assessment(assessed_on=date(2026, 10, 5), answers=EXAMPLE_1)
    store_of(empty_store, quick, with_deciders(AMISS, answers={}), setup("pm", "po"))

    app = app_on(page_files.SQUAD, language=language)

    assert not [button for button in app.button if button.key == keys.RESULT_CHECK]
    expected = {
        "en": "This check gives no scores; the last scores of the levels: October 2026.",
        "fr": "Ce diagnostic ne donne pas de scores\u202f; derniers scores des niveaux\u00a0: "
        "octobre 2026.",
    }
    assert expected[language] in text_of(app)
    ways = {
        "en": {"October 2026": "2026-10", "Q4 2026, all together": "2026-Q4"},
        "fr": {"octobre 2026": "2026-10", "T4 2026, tous les diagnostics réunis": "2026-Q4"},
    }
    links = [link.proto for link in app.get("page_link")]
    labelled = {link.label.replace("\xa0", " "): link.query_string for link in links}
    for label, period in ways[language].items():
        assert f"period={period}" in labelled[label]


def test_only_the_section_that_is_asked_for_is_on_the_page(empty_store: Path) -> None:
    voices = [with_deciders(AMISS, voice="Ana"), with_deciders(following(ARTICLE_A), voice="Bo")]
    store_of(empty_store, *voices, setup("pm", "po"))
    of_view = {
        "who-decides": "deciders_map",
        "lenses": "lens_bars",
        "numbers": "fit_beside_maturity",
    }
    for view in of_view:
        drawn = charts_of(app_on(page_files.SQUAD, view=view)).keys()
        assert drawn & set(of_view.values()) == {of_view[view]}


def test_fit_is_told_in_numbers(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS), setup("pm", "po"))
    app = app_on(page_files.SQUAD, view="numbers")
    # Vision (0 + 1 + 1) / 3, arbitration (1 + 0 + 0 + 1) / 4, daily (0 + 1 + 1 + 1) / 4.
    rows = charts_of(app)["fit_beside_maturity"]["data"]["values"]
    assert [row["fit_value"] for row in rows] == ["67", "100", "50", "75", "100"]


def test_findings_come_with_evidence_lever_and_passage(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS), setup("pm", "po"))
    app = app_on(page_files.SQUAD, view="who-decides")
    text = text_of(app)
    assert "What is cut: nobody decides; expected: CPO, CTO and PM." in text
    assert (
        "Priority segment: the PO decides; that role should not decide at this level (Vision)."
        in text
    )
    links = links_of(app)
    assert "What helps: Give the direction to a PM" in links
    assert "In the playbook: How decisions get lost" in links


def test_each_kind_of_mismatch_says_how_many_there_are_and_opens_on_them(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS), setup("pm", "po"))
    app = app_on(page_files.SQUAD, view="who-decides")
    kinds = [folded.label for folded in app.expander if "·" in folded.label]
    assert kinds == [
        "Nobody decides · 1",
        "Unclear · 1",
        "Decided by the wrong role · 1",
        "Escalation · 1",
    ]
    assert "Sprint content: the CPO decides; daily matters should be settled" in text_of(app)


def test_a_squad_that_follows_the_article_has_nothing_amiss(empty_store: Path) -> None:
    two_each = {decision: named[:2] for decision, named in following(ARTICLE_A).items()}
    store_of(empty_store, with_deciders(two_each), setup("pm", "po"))
    text = text_of(app_on(page_files.SQUAD, view="who-decides"))
    assert "19 clear decisions (one voice each); every decision answered sits" in text
    assert (
        "Nothing: no decision is taken by the wrong role, and none is left without a decider."
        in text
    )


def test_without_a_setup_the_page_says_what_it_assumes(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS))
    assert "Setup not described yet: we assume that each role" in text_of(
        app_on(page_files.SQUAD, view="who-decides")
    )


def test_with_a_setup_left_out_answers_are_told_and_nothing_is_assumed(empty_store: Path) -> None:
    answers = {"bets": ("pm",), "slicing": ("em", "tl"), "risk-reduction": ("em",)}
    store_of(
        empty_store, with_deciders(answers), setup("pm", "po", seats=seats("pm", "po", em="absent"))
    )
    text = text_of(app_on(page_files.SQUAD, view="who-decides"))
    assert "2 answers are left out: they name a role that nobody holds in the setup" in text
    assert "Slicing the work: 1 answer is left out, because it names the EM" in text
    assert "No setup told yet" not in text


@pytest.mark.parametrize(
    ("language", "head", "told"),
    [
        (
            "en",
            "PM and PO since 15 Oct 2026",
            "The setup changed on 15 Oct 2026:",
        ),
        (
            "fr",
            "PM et PO depuis le 15 oct. 2026",
            "L’organisation a changé pendant cette période (15 oct. 2026)",
        ),
    ],
)
def test_a_setup_that_changed_within_the_round_is_told_with_its_day(
    language: str, head: str, told: str, empty_store: Path
) -> None:
    early, late = date(2026, 10, 2), date(2026, 10, 20)
    store_of(
        empty_store,
        setup("pm", since=date(2026, 1, 1)),
        setup("pm", "po", since=date(2026, 10, 15)),
        with_deciders({"sprint-content": ("pm",)}, assessed_on=early),
        assessment(assessed_on=late),
    )

    mapped = app_on(page_files.SQUAD, view="who-decides", language=language)
    assert told in " ".join(text_of(mapped).split())
    levels = app_on(page_files.SQUAD, language=language)
    assert head in " ".join(text_of(levels).split())


def test_a_setup_saved_later_changes_the_map(empty_store: Path) -> None:
    store_of(empty_store, with_deciders({"sprint-content": ("pm",)}))
    before = app_on(page_files.SQUAD, view="who-decides")
    assert (
        "1 clear decision (one voice alone, 1 taken by an unexpected role); decisions sit only "
        "in part with the expected roles." in text_of(before)
    )
    store_of(empty_store, setup("pm"))
    after = app_on(page_files.SQUAD, view="who-decides")
    assert (
        "1 clear decision (one voice alone); every decision answered sits with the expected roles."
        in text_of(after)
    )
    assert charts_of(before)["deciders_map"] != charts_of(after)["deciders_map"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_voices_that_name_different_deciders_are_shown_strongest_first(
    language: str, empty_store: Path
) -> None:
    store_of(
        empty_store,
        with_deciders(on("vision", ("pm",), ("cpo", "pm")), voice="Ana"),
        with_deciders(on("vision", ("po",), ("cpo",)), voice="Bo"),
        setup("pm", "po"),
    )
    app = app_on(page_files.SQUAD, language=language, view="who-decides")
    headline = {
        "en": "Voices differ most on who decides “Priority segment”: PM (1) and PO (1).",
        "fr": "Les voix divergent le plus sur qui décide pour « Segment prioritaire » : PM (1)",
    }[language]
    assert headline in text_of(app).replace("\u202f", " ").replace("\u00a0", " ")
    names = rows_of(charts_of(app)["contested_bars"], "decisions")
    assert [row["apart"] for row in names] == {
        "en": ["100% apart", "50% apart"],
        "fr": ["100\u00a0% d’écart", "50\u00a0% d’écart"],
    }[language]


def test_one_voice_contests_nothing(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS))
    assert "do not agree who decides" not in text_of(app_on(page_files.SQUAD, view="who-decides"))


def test_mandates_are_shown_as_text_differing_ones_side_by_side(empty_store: Path) -> None:
    def writing(voice: str, sentence: str) -> Assessment:
        deep = {"mandates": {"pm": sentence, "cpo": "Decides what and why."}}
        return deep_assessment(answers=EXAMPLE_1, deep=deep, voice=voice)

    store_of(empty_store, writing("Ana", HOSTILE), writing("B*", "Decides nothing."))
    app = app_on(page_files.SQUAD, view="who-decides")
    text = text_of(app)
    assert HOSTILE in text
    assert not [markdown for markdown in app.markdown if HOSTILE in markdown.value]
    assert "Decides nothing." in text
    assert "Ana and B*" in text
    assert "Not written yet: CTO, PO, EM and Tech Lead." in text
    # Who decides is not answered, so that there is no map.
    assert "deciders_map" not in charts_of(app)


def test_clear_mandates_without_a_sentence_get_a_nudge(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS))
    assert any(
        "write each of them down" in info.value
        for info in app_on(page_files.SQUAD, view="who-decides").info
    )


def test_the_type_of_company_colours_the_cpos_seat(empty_store: Path) -> None:
    deep = {"options": {"seat-deployment": "by-default"}}
    store_of(
        empty_store,
        deep_assessment(answers=EXAMPLE_1, deep=deep),
        setup("pm", "po", company="large-group"),
    )
    text = text_of(app_on(page_files.SQUAD, view="lenses"))
    assert "In a large group the CPO steers many product teams" in text
    assert "Deployment and processes (what helps: “" in text


def test_a_vital_sign_is_told_with_what_it_was(empty_store: Path) -> None:
    for month, days in ((9, 8.0), (11, 6.5)):
        deep = {"signs": {"days-to-arbitrate": days}}
        store_of(
            empty_store,
            deep_assessment(answers=EXAMPLE_1, deep=deep, assessed_on=date(2026, month, 3)),
        )
    (metric,) = app_on(page_files.SQUAD, view="lenses").metric
    assert (metric.label, metric.value, metric.delta) == (
        "Days to make a trade-off call",
        "6.5 days",
        "8 days last time",
    )


def test_the_map_is_there_as_a_table_and_to_take_away(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS), setup("pm", "po"))
    app = with_table_open(app_on(page_files.SQUAD, view="who-decides"), "deciders_map")
    (table,) = [element.value for element in app.table]
    row = table.set_index("Decision").loc["Priority segment"]
    assert (row["Should decide"], row["Decides today"], row["Fit"]) == (
        "Leadership, CPO and PM",
        "PO",
        "0",
    )
    app = app_on(page_files.SQUAD, view="numbers")
    labels = {button.proto.label for button in app.get("download_button")}
    assert {"Map (PNG)", "Map (SVG)", "Map (CSV)"} <= labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_took_the_deep_check_there_is_one_invitation(
    language: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[object] = []

    def noted(*given: object) -> tuple[()]:
        computed.append(given)
        return ()

    monkeypatch.setattr(deep_result, "lens_scores_of", noted)
    store_of(empty_store, assessment(answers=EXAMPLE_1), setup("pm", "po"))
    app = app_on(page_files.SQUAD, language=language, view="who-decides")
    assert app.button(keys.RESULT_DEEP_CHECK)
    invitation = {"en": "Who really decides what?", "fr": "Qui décide vraiment de quoi"}[language]
    assert invitation in text_of(app)
    assert not {"deciders_map", "fit_beside_maturity", "lens_bars"} & charts_of(app).keys()
    assert not app.metric
    assert computed == []


@pytest.mark.parametrize(
    ("view", "chart"), [("who-decides", "deciders_map"), ("lenses", "lens_bars")]
)
def test_a_deep_check_beside_the_session_that_counts_can_be_read(
    view: str, chart: str, empty_store: Path
) -> None:
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    held = revealed(gathering(privacy="open"), voices=1, now=now)
    answer = deep_assessment(answers=EXAMPLE_1, assessed_on=date(2026, 11, 4))
    early = deep_assessment(answers=EXAMPLE_1)
    store_of(empty_store, held, answer_as_stored(answer, held), early)
    app = app_on(page_files.SQUAD, view=view)
    assert "Not counted here: single checks, 3\u00a0Nov\u00a02026 (1 voice)." in text_of(app)
    count = len(app.get("vega_lite_chart"))
    app.session_state[keys.beside(0)] = True
    app.run()
    assert not app.exception
    assert chart in charts_of(app)
    assert len(app.get("vega_lite_chart")) == count + 1


# Compare ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_sets_fit_and_lenses_of_squads_side_by_side(
    language: str, empty_store: Path
) -> None:
    store_of(
        empty_store,
        with_deciders(AMISS, squad="Atlas"),
        with_deciders(following(ARTICLE_A), squad="Dune"),
        assessment(squad="Faro", answers=EXAMPLE_1),
        setup("pm", "po", squad="Atlas"),
    )
    app = app_on(page_files.COMPARE, language=language, view="who-decides")
    assert not app.exception
    rows = charts_of(app)["fit_map"]["data"]["values"]
    arbitration = [row for row in rows if row["level"] == "arbitration"]
    assert [(row["squad"], row["clear"], row["fit"]) for row in arbitration] == [
        ("Atlas", "2/4", "50"),
        ("Dune", "4/4", "100"),
    ]
    in_lenses = app_on(page_files.COMPARE, language=language, view="lenses")
    lenses = charts_of(in_lenses)["lens_map"]["data"]["values"]
    # Atlas: 2 of 3, 4 of 4, 2 of 4, 3 of 4 and 4 of 4 decisions make 15 of 19.
    assert [row["value"] for row in lenses if row["lens"] == "who-decides"] == ["79", "100"]
    absent = {"en": "No deep check in this period: Faro.", "fr": "Pas de diagnostic approfondi"}
    assert absent[language] in text_of(app)


def test_compare_counts_many_squads_without_a_deep_check_and_names_them_on_a_tap(
    empty_store: Path,
) -> None:
    without = [assessment(squad=f"Squad {number}") for number in range(1, 7)]
    store_of(empty_store, with_deciders(AMISS, squad="Atlas"), *without[:5])
    app = app_on(page_files.COMPARE, view="who-decides")
    assert "period: Squad 1, Squad 2, Squad 3, Squad 4 and Squad 5." in text_of(app)
    store_of(empty_store, without[5])
    app = app_on(page_files.COMPARE, view="who-decides")
    (tap,) = [expander for expander in app.expander if expander.label.endswith("in this period")]
    assert tap.label == "6 squads without a deep check in this period"
    assert "Squad 6" in tap.markdown[0].value


def test_compare_names_the_decision_contested_in_most_squads(empty_store: Path) -> None:
    def round_of(squad: str, *segment: str) -> list[Assessment]:
        return [
            with_deciders({"priority-segment": (role,), "bets": ("pm",)}, squad=squad, voice=role)
            for role in segment
        ]

    store_of(
        empty_store, *round_of("A", "pm", "po"), *round_of("B", "pm", "cpo"), *round_of("C", "pm")
    )
    app = app_on(page_files.COMPARE, view="who-decides")
    assert "Contested most often: “Priority segment”, in 2 of the 2 squads where" in text_of(app)
    table = next(element.value for element in app.table if "Contested in" in element.value.columns)
    assert table.to_dict("records") == [
        {
            "Decision": "Priority segment",
            "Level": "Vision",
            "Contested in": "2 squads out of 2",
            "Disagreement": "100%",
        }
    ]


def test_compare_without_a_deep_check_says_nothing_of_it(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="A"), assessment(squad="B"))
    app = app_on(page_files.COMPARE)
    views = app.segmented_control(keys.view("view")).options
    assert len(views) == 2
    assert "fit_map" not in charts_of(app)


# Trends -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_trends_follow_fit_lenses_and_vital_signs(language: str, empty_store: Path) -> None:
    for month, deciders in ((8, AMISS), (10, following(ARTICLE_A))):
        deep = {"deciders": dict(deciders), "signs": {"open-questions": month}}
        store_of(
            empty_store,
            deep_assessment(answers=EXAMPLE_1, deep=deep, assessed_on=date(2026, month, 3)),
        )
    store_of(empty_store, assessment(answers=EXAMPLE_1, assessed_on=date(2026, 11, 3)))
    app = app_on(page_files.TRENDS, language=language, view="who-decides")
    assert not app.exception
    lenses = app_on(page_files.TRENDS, language=language, view="lenses")
    drawn = charts_of(app).keys() | charts_of(lenses).keys()
    assert "vital_lines" in drawn
    assert language == "fr" or {"fit_lines", "lens_lines"} <= drawn
    moved = {
        "en": "Arbitration: fit +50 points, from 50 to 100.",
        "fr": "Arbitrage : adéquation +50 points, de 50 à 100.",
    }[language]
    text = text_of(app).replace("\u00a0", " ")
    assert moved in text
    assert ("From August 2026 to October 2026" in text) is (language == "en")
    assert "Strategy and bets: fit" not in text


def test_a_first_deep_check_says_to_come_back(empty_store: Path) -> None:
    store_of(empty_store, with_deciders(AMISS))
    assert "One deep check here" in text_of(app_on(page_files.TRENDS, view="who-decides"))


def test_trends_without_a_deep_check_say_nothing_of_it(empty_store: Path) -> None:
    store_of(empty_store, assessment(answers=EXAMPLE_1))
    app = app_on(page_files.TRENDS)
    assert not {"fit_lines", "lens_lines", "vital_lines"} & charts_of(app).keys()


# Languages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", RESULT_PAGES)
def test_a_french_reader_meets_no_english_sentence(page: str, empty_store: Path) -> None:
    deep = DEEP | {"deciders": {**DEEP["deciders"], "slicing": ("em",)}, "mandates": {}}
    voices = [
        deep_assessment(answers=EXAMPLE_1, deep=deep, voice=voice, assessed_on=date(2026, month, 3))
        for voice in ("Ana", "Bo")
        for month in (9, 11)
    ]
    store_of(
        empty_store, *voices, with_deciders(AMISS, voice="Cléo"), with_deciders(AMISS, squad="Dune")
    )
    store_of(empty_store, setup("pm", "po", seats=seats("pm", "po", em="absent")))
    squads = ["Atlas"] if page == page_files.TRENDS else []
    french = text_of(app_on(page, language="fr", squad=squads))
    assert OF_ANOTHER_LANGUAGE["fr"].findall(french) == []


# The method ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_explains_every_lens_and_every_kind_of_finding(
    language: str, empty_store: Path
) -> None:
    pages = [
        app_on(page_files.METHOD, language=language, view=view)
        for view in ("weights", "lenses", "findings", "items")
    ]
    text = "\n".join(map(text_of, pages))
    texts = edition_in(language).texts.lenses
    assert all(lens.title in text for lens in texts.lenses.values())
    assert all(f"- {kind.title}" in text for kind in texts.findings.values())
    assert all(company.reading in text for company in texts.companies.values())
    # Weights; the reference; one table for each lens that has items.
    assert [len(app.table) for app in pages] == [1, 1, 0, 5]


def test_the_method_tells_the_numbers_that_score(empty_store: Path) -> None:
    views = ("lenses", "findings", "items")
    text = "\n".join(text_of(app_on(page_files.METHOD, view=view)) for view in views)
    assert "1 when everyone named should decide it, 0.5 when some of them should" in text
    assert "4 people or more are named for one decision" in text
    assert "when at least 50% of those who answered say so" in text
    assert "The CPTO counts as CPO and CTO." in text
    assert "Days to make a trade-off call: a number from 0 to 365, in days." in text
    assert "There are no weights: each question counts alike." in text
