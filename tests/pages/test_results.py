"""Squad, compare and trends: what they say, what the URL says, what it may not say."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import closed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model.period import Period
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Stored
from assessment.ui.session import keys, page_files
from assessment.ui.session.saying import as_plain_text
from tests.builders import assessment, gathering
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.examples import WORST as TROUBLED
from tests.expected import french
from tests.pages.app import app_on, elements_of, store_of, text_of, with_table_open
from tests.pages.visitors import Caller, known_link

FRAMEWORK = shipped_framework()
HOSTILE = "<b>x</b> [l](http://x.y) www.x.org :smile: $a$ `c` *i*"


def specs(app: AppTest) -> str:
    return json.dumps([json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")])


def opened(app: AppTest, page: str, **parameters: str) -> AppTest:
    """Another page of the same session, as the menu or a link leads to it."""
    app.query_params.clear()
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page(page).run()


def test_squad_page_opens_on_the_squad_saved_last(empty_store: Path) -> None:
    before, saved_last = (datetime(2026, 11, 3, hour, tzinfo=UTC) for hour in (9, 10))
    zed, atlas = assessment(squad="Zed", saved_at=before), assessment(saved_at=saved_last)
    store_of(empty_store, atlas, zed)
    assert app_on(page_files.SQUAD).selectbox(keys.CHOICE_SQUAD).value == "Atlas"


def test_a_link_names_squad_and_period_whatever_its_case(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(squad="Atlas", assessed_on=date(2026, 5, 4), answers=TROUBLED),
        assessment(squad="Atlas", assessed_on=date(2026, 9, 1), answers=HEALTHY),
        assessment(squad="Zed"),
    )
    app = app_on(page_files.SQUAD, squad="aTLAS", period="2026-05")
    assert app.selectbox(keys.CHOICE_SQUAD).value == "Atlas"
    assert "May 2026" in text_of(app)
    assert "decisions are blurred" in app.header[0].value


def test_no_page_tells_of_a_later_check_that_a_wrong_clock_dated(empty_store: Path) -> None:
    today = datetime.now(UTC).date()
    before, ahead = today - timedelta(days=40), today + timedelta(days=70)
    store_of(empty_store).add(
        [
            assessment(squad="Atlas", assessed_on=before),
            deep_only(squad="Atlas", assessed_on=today),
            *(assessment(squad=squad, assessed_on=today) for squad in ("Borea", "Cobalt")),
            *(assessment(squad=squad, assessed_on=ahead) for squad in ("Atlas", "Borea")),
        ]
    )
    month = str(Period.of(today, "month"))

    squad = text_of(app_on(page_files.SQUAD, squad="Atlas", period=month))
    across = [
        text_of(app_on(page, period=month)) for page in (page_files.COMPARE, page_files.LEADERSHIP)
    ]

    earlier = edition_in("en").period(Period.of(before, "month"))
    assert f"the last scores of the levels: {earlier}." in squad
    for text in across:
        assert "later check" not in text
        assert (
            f"1 squad has no scores in this period, but in another (the latest: {earlier})" in text
        )


def test_no_squad_can_be_taken_away_from_its_own_page(seen_store: Path) -> None:
    (squad,) = (box for box in app_on(page_files.SQUAD).selectbox if box.key == keys.CHOICE_SQUAD)
    assert squad.proto.HasField("default")  # without, it could be cleared


def test_a_quarter_in_the_link_pools_its_months(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(squad="Atlas", assessed_on=date(2026, 10, 1), answers=HEALTHY),
        assessment(squad="Atlas", assessed_on=date(2026, 11, 1), answers=TROUBLED),
    )
    app = app_on(page_files.SQUAD, squad="Atlas", period="2026-Q4")
    assert "Q4 2026" in text_of(app)
    assert "2 voices" in text_of(app)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"period": "2026-13"}, "'2026-13' is not a period"),
        ({"period": "2019-01"}, "There is no result for January 2019; you see the latest."),
        ({"by": "week"}, "The link groups checks by “week”"),
        ({"view": "<b>x</b>"}, "This page has no section “<b>x</b>”; you see “Do”."),
        ({"lang": "xx"}, "a language this product does not speak: xx"),
    ],
)
def test_what_a_link_gets_wrong_is_told_and_left_out(
    parameters: dict[str, str], sentence: str, seen_store: Path
) -> None:
    app = app_on(page_files.SQUAD, **{"language": parameters.pop("lang", "en"), **parameters})
    assert not app.exception
    assert sentence in text_of(app).replace("\u202f", " ").replace("\xa0", " ")
    assert app.header


def test_where_a_period_has_no_result_the_latest_is_shown_whatever_was_looked_at(
    empty_store: Path,
) -> None:
    for month in (8, 10):
        store_of(empty_store, assessment(squad="Borea", assessed_on=date(2026, month, 3)))
    app = app_on(page_files.SQUAD, squad="Borea", period="2026-08")
    assert app.selectbox(keys.CHOICE_PERIOD).value == "2026-08"
    app.query_params["period"] = "2026-11"
    assert "There is no result for November 2026; you see the latest." in text_of(app.run())
    assert app.selectbox(keys.CHOICE_PERIOD).value == "2026-10"


ACROSS = (page_files.LEADERSHIP, page_files.COMPARE, page_files.TRENDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [page_files.SQUAD, *ACROSS])
def test_an_address_of_a_squad_that_is_gone_shows_no_other_and_offers_a_choice(
    page: str, language: str, seen_store: Path
) -> None:
    app = app_on(page, language=language, squad="Nowhere")
    assert not app.exception
    text = {
        "en": "Not found here: “Nowhere”. A squad may have been renamed.",
        "fr": "Introuvable ici : « Nowhere ». Une squad a pu être renommée.",
    }
    assert text[language] in text_of(app).replace("\u202f", " ").replace("\xa0", " ")
    assert not app.header
    if page == page_files.SQUAD:
        app.selectbox(keys.CHOICE_SQUAD).set_value("Cobalt · demo").run()
    else:
        app.multiselect(keys.CHOICE_SQUADS).set_value(["Cobalt · demo", "Atlas · demo"]).run()
    assert not app.exception
    assert app.header
    assert "Nowhere" not in text_of(app)


@pytest.mark.parametrize("page", [page_files.SQUAD, *ACROSS])
def test_a_squad_that_has_only_a_session_to_reveal_is_said_to_have_it(
    page: str, full_store: Path
) -> None:
    day = datetime.now(UTC).date()
    survey = gathering(squad="Nord", opened_on=day, closes_on=day + timedelta(days=3))
    store = CsvStore(full_store, shipped_framework())
    store.add([survey])
    until = words_in("en").date(survey.closes_on)
    for is_closed, state in ((False, f"open until {until}"), (True, "closed")):
        if is_closed:
            store.revise(survey, closed(survey, now=datetime.now(UTC)))
        app = app_on(page, squad="Nord")
        assert not app.exception
        assert f"{state}. Its results stand here once somebody reveals them" in text_of(app)
        assert "Not found here" not in text_of(app)


def test_a_session_to_reveal_is_unknown_to_who_came_by_a_link(
    full_store: Path, protected: Path
) -> None:
    CsvStore(full_store, shipped_framework()).add([gathering(squad="Nord")])
    _, token = known_link(squads="every-squad")
    app = Caller(parameters={"link": token, "squad": "Nord"}).cold(page_files.SQUAD)
    assert "Not found here: “Nord”." in text_of(app)


@pytest.mark.parametrize("page", ACROSS)
def test_an_address_of_a_squad_that_is_gone_leads_to_all_that_are_there(
    page: str, empty_store: Path
) -> None:
    for squad, month in itertools.product(("Atlas", "Borea", "Cobalt"), (8, 10)):
        store_of(empty_store, assessment(squad=squad, assessed_on=date(2026, month, 3)))
    app = app_on(page, squad=["Cobalt", "Earlier", "Borea"])
    assert "Not found here: “Earlier”." in text_of(app)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Cobalt", "Borea"]
    app.run().button(keys.CHOICE_ALL).click().run()
    assert not app.exception
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas", "Borea", "Cobalt"]
    for seen in (app, app_on(page, squad=["Cobalt", "Borea"])):
        assert keys.CHOICE_ALL not in {button.key for button in seen.button}


@pytest.mark.parametrize("page", [page_files.SQUAD, *ACROSS])
def test_a_squad_that_is_gone_is_told_beside_those_that_are_shown(
    page: str, seen_store: Path
) -> None:
    app = app_on(page, squad=["Nowhere", "Cobalt · demo"])
    assert not app.exception
    assert "Not found here: “Nowhere”." in text_of(app)
    assert app.header


@pytest.mark.parametrize(
    ("page", "parameter"),
    [
        (page_files.COMPARE, "view"),
        (page_files.TRENDS, "view"),
        (page_files.TRENDS, "level"),
        (page_files.LEADERSHIP, "role"),
        (page_files.PLAYBOOK, "view"),
        (page_files.METHOD, "view"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_that_is_unknown_is_ignored_with_a_word(
    page: str, parameter: str, language: str, seen_store: Path
) -> None:
    parameters = {parameter: "<b>x</b>"} | ({"squad": "Cobalt · demo"} if "trends" in page else {})
    app = app_on(page, language=language, **parameters)
    assert not app.exception
    assert "<b>x</b>" in text_of(app)
    opened_without = app_on(page, language=language, **(parameters | {parameter: ""}))
    assert "<b>x</b>" not in text_of(opened_without)


def test_voices_who_disagree_are_shown_strongest_first(seen_store: Path) -> None:
    app = app_on(page_files.SQUAD, squad="Cobalt · demo", period="2026-10", view="voices")
    text = text_of(app)
    assert "7 voices" in text
    assert "Voices differ most on" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_that_all_voices_share_fold_behind_those_that_differ(
    language: str, empty_store: Path
) -> None:
    voices = [assessment(voice="Ana", answers=HEALTHY)]
    voices.append(assessment(voice="Bo", answers=HEALTHY | {"single-channel": "no"}))
    store_of(empty_store, *voices)
    app = app_on(page_files.SQUAD, language=language, view="voices")
    assert not app.exception
    label = {
        "en": "13 questions on which all voices agree",
        "fr": "13 questions où toutes les voix",
    }
    (folded,) = [
        expander for expander in app.expander if expander.label.startswith(label[language])
    ]
    assert len(folded.get("vega_lite_chart")) == 1
    # The levels twice, and the one item on which voices differ.
    assert len(app.get("vega_lite_chart")) == 3 + 1


def test_one_voice_shows_no_disagreement(empty_store: Path) -> None:
    store_of(empty_store, assessment(answers=HEALTHY))
    assert "Where voices agree" not in text_of(app_on(page_files.SQUAD, view="voices"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_single_voice_reads_what_a_second_would_show_and_how_to_get_it(
    language: str, empty_store: Path
) -> None:
    store_of(empty_store, assessment())
    app = app_on(page_files.SQUAD, language=language, view="voices")

    sentence = {"en": "With a second voice you see", "fr": "Avec une deuxième voix, vous verrez"}
    assert sentence[language] in text_of(app)
    (way,) = [link.proto for link in app.get("page_link") if link.proto.page == "rounds"]
    assert way.label == words_in(language).gettext("Ask the squad")


def test_levers_come_with_gain_reason_owner_step_and_agenda(empty_store: Path) -> None:
    # Worked example 3 of the framework: single-channel gains most (9.14 points).
    answers = HEALTHY | {
        "mandates-clear": "partly",
        "rituals-decide": "no",
        "single-channel": "no",
    }
    store_of(empty_store, assessment(answers=answers))
    app = app_on(page_files.SQUAD)
    text = text_of(app)
    assert "1. Open one channel for urgent requests" in text
    assert "Points to gain at most: Arbitration +27, Daily +12 and Delivery +7." in text
    assert "Urgent requests bypass the channel." in text
    assert "Whose move\n" not in text  # label and value stand together
    assert "Whose move**  \nPM" in text
    assert len([code for code in app.code if "Purpose: " in code.value]) == 3
    assert any(app.header[0].value.replace("\\", "") in code.value for code in app.code)


def test_the_early_warning_is_raised_by_its_answer_alone(empty_store: Path) -> None:
    store_of(empty_store, assessment(answers={"po-explains-direction": "often"}))
    app = app_on(page_files.SQUAD)
    assert app.header[0].value.startswith("A PM is missing, not a better PO")
    assert "PM seat: early warning" in text_of(app)


def test_change_since_the_last_round_stands_in_the_table(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(assessed_on=date(2026, 9, 1), answers=TROUBLED),
        assessment(assessed_on=date(2026, 10, 1), answers=HEALTHY),
    )
    table = app_on(page_files.SQUAD, view="numbers").table[0].value
    assert list(table["Change"]) == ["+100"] * 5


def test_squad_names_are_shown_as_text_on_every_result_page(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad=HOSTILE), assessment(squad="Atlas"))
    for page in (page_files.SQUAD, page_files.COMPARE, page_files.TRENDS):
        app = app_on(page, squad=[HOSTILE, "Atlas"])
        assert not app.exception
        written = [
            element.value
            for element in elements_of(app, "markdown", "header", "subheader", "info", "success")
        ]
        assert not [text for text in written if HOSTILE in text]
    assert app_on(page_files.SQUAD, squad=HOSTILE).title[0].value == as_plain_text(HOSTILE)


def test_compare_of_one_squad_shows_them_all_and_the_way_to_choose(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="Atlas"), assessment(squad="Boréal"))
    app = app_on(page_files.COMPARE, squad=["Atlas"])
    (choices,) = [popover for popover in app.get("popover") if popover.get("multiselect")]
    assert choices.multiselect(keys.CHOICE_SQUADS).value == ["Atlas"]  # where it always stands
    assert "Too few squads are chosen: you see all of them." in text_of(app)
    assert list(with_table_open(app, "heat_map").table[0].value["Squad"]) == ["Atlas", "Boréal"]


def test_compare_counts_the_squads_that_have_a_check_in_the_period(empty_store: Path) -> None:
    september = date(2026, 9, 3)
    for squad in ("Atlas", "Boréal"):
        store_of(empty_store, assessment(squad=squad, assessed_on=september))
    store_of(empty_store, assessment(squad="Mine", assessed_on=date(2026, 10, 2)))
    assert "September 2026 · 2 of 3 squads · 2 voices" in text_of(app_on(page_files.COMPARE))


def test_compare_opens_on_a_period_with_two_squads_unless_the_link_names_another(
    full_store: Path,
) -> None:
    store_of(full_store, assessment(squad="Mine", assessed_on=date(2026, 11, 20)))
    opened = app_on(page_files.COMPARE)
    alone = app_on(page_files.COMPARE, period="2026-11")

    assert "October 2026 · 6 of 7 squads" in text_of(opened)
    assert opened.header
    assert "November 2026 · 1 of 7 squads" in text_of(alone)
    assert "Fewer than two of these squads have a check in this period" in text_of(alone)
    assert "Mine" in text_of(app_on(page_files.LEADERSHIP))  # opens on one's own


def test_compare_says_when_there_is_no_second_squad_to_choose(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="Atlas"))
    assert "only one has a check so far" in text_of(app_on(page_files.COMPARE))


def test_compare_counts_the_squads_in_which_the_widest_leak_is(empty_store: Path) -> None:
    leaking = HEALTHY | {"single-channel": "no", "rituals-decide": "no"}
    store_of(
        empty_store,
        assessment(squad="A", answers=leaking),
        assessment(squad="B", answers=leaking),
        assessment(squad="C", answers=HEALTHY),
    )
    header = app_on(page_files.COMPARE).header[0].value.replace("\\", "")
    # Arbitration: (11 - 5) / 11 = 54.5, capped at propped up by single-channel = no.
    assert header == (
        "Decisions leak at the Arbitration level in 2 of 3 squads, above all because urgent "
        "requests bypass the channel."
    )


def test_compare_keeps_the_order_the_reader_chose(empty_store: Path) -> None:
    store_of(empty_store, *[assessment(squad=name, answers=HEALTHY) for name in "ABC"])
    app = app_on(page_files.COMPARE, squad=["C", "A"])
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["C", "A"]
    table = with_table_open(app, "heat_map").table[0].value
    assert list(table["Squad"]) == ["C", "A"]
    assert "Overall" not in table.columns


def test_compare_lists_squads_by_name_at_first(empty_store: Path) -> None:
    store_of(empty_store, *[assessment(squad=name) for name in ("Zed", "élan", "Atlas")])
    app = app_on(page_files.COMPARE)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas", "élan", "Zed"]


def test_compare_names_squads_without_a_check_in_the_period(seen_store: Path) -> None:
    app = app_on(page_files.COMPARE, squad=["Atlas · demo", "Faro · demo"], period="2026-06")
    assert "No check to show in this period: Faro · demo (last on " in text_of(app)


def test_three_squads_share_a_radar_and_four_get_one_each(empty_store: Path) -> None:
    four = ["Atlas", "Boréal", "Cobalt", "Faro"]
    store_of(empty_store, *[assessment(squad=name) for name in four])
    overlaid = app_on(page_files.COMPARE, squad=four[:3], view="profiles")
    apart = app_on(page_files.COMPARE, squad=four, view="profiles")
    # Besides the map; the other views are not drawn.
    assert len(overlaid.get("vega_lite_chart")) == 1 + 1
    assert len(apart.get("vega_lite_chart")) == 1 + 4


def test_one_view_of_a_comparison_is_drawn_and_the_url_names_it(seen_store: Path) -> None:
    app = app_on(page_files.COMPARE, view="nonsense")
    assert app.segmented_control(keys.view("view")).value == "levels"
    app.segmented_control(keys.view("view")).set_value("lenses").run()
    assert app.query_params["view"] == "lenses"
    assert len(app.get("vega_lite_chart")) == 2


def test_the_line_in_the_head_says_which_of_the_squads_are_compared(empty_store: Path) -> None:
    store_of(empty_store, *[assessment(squad=name) for name in "ABC"])
    assert "November 2026 · 2 of 3 squads · 2 voices" in text_of(
        app_on(page_files.COMPARE, squad=["A", "B"])
    )


def test_fifty_squads_fit_on_one_page(empty_store: Path) -> None:
    squads = [assessment(squad=f"Squad {number:02}", answers=HEALTHY) for number in range(50)]
    store_of(empty_store, *squads)
    app = with_table_open(app_on(page_files.COMPARE, view="profiles"), "heat_map")
    assert not app.exception
    assert len(app.table[0].value) == 50
    assert "38 more squads" in text_of(app)


SAMPLE_SQUADS = (
    "Atlas",
    "Boréal",
    "Cobalt",
    "Dune",
    "Équipe Paiements & abonnements grands comptes Europe du Sud",
    "Faro",
)
"""The squads of the sample company, Dune without scores."""


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (page_files.COMPARE, []),
        (page_files.TRENDS, [f"{name} · demo" for name in SAMPLE_SQUADS]),
    ],
)
def test_clearing_the_selection_shows_what_the_page_opens_with(
    page: str, left: list[str], seen_store: Path
) -> None:
    app = app_on(page)
    verdict = app.header[0].value
    app.multiselect(keys.CHOICE_SQUADS).set_value([]).run()
    assert app.multiselect(keys.CHOICE_SQUADS).value == left
    assert app.header[0].value == verdict


def test_the_selection_is_written_to_the_url(seen_store: Path) -> None:
    app = app_on(page_files.COMPARE)
    app.multiselect(keys.CHOICE_SQUADS).set_value(["Faro · demo", "Atlas · demo"]).run()
    app.segmented_control(keys.CHOICE_BY).set_value("quarter").run()
    assert app.query_params["squad"] == ["Faro · demo", "Atlas · demo"]
    assert app.query_params["by"] == "quarter"
    assert app.query_params["period"] == "2026-Q4"


def test_trends_of_one_squad_say_what_moved_since_last_time(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(
            assessed_on=date(2026, 9, 1), answers=HEALTHY | {"vision-not-restated": "often"}
        ),
        assessment(assessed_on=date(2026, 10, 1), answers=HEALTHY),
    )
    app = app_on(page_files.TRENDS)
    # Vision (9 - 3) / 9 = 66.7, capped at the second stage; strategy (12 - 1) / 12 = 91.7.
    assert app.header[0].value == (
        "Vision rose most since September 2026 (1 voice, then 1)\\: from 67 to 100\\."
    )
    text = text_of(app)
    texts = edition_in("en").texts.stages
    stages = f"from “{texts['2'].name.lower()}” to “{texts['4'].name.lower()}”"
    assert f"Vision: {stages}." in text
    assert "Strategy and bets: " not in text  # its stage stayed: the picture says its points


def test_trends_open_on_what_was_seen_last_or_on_every_squad_once_several_move(
    empty_store: Path,
) -> None:
    for squad, months in (("Zed", (9, 11)), ("New", (11,))):
        checks = [
            assessment(squad=squad, assessed_on=date(2026, month, 1), answers=HEALTHY)
            for month in months
        ]
        store_of(empty_store, *checks)
    assert app_on(page_files.TRENDS).multiselect(keys.CHOICE_SQUADS).value == ["Zed"]
    for squad in ("Atlas", "Mio"):
        checks = [
            assessment(squad=squad, assessed_on=date(2026, month, 1), answers=HEALTHY)
            for month in (9, 11)
        ]
        store_of(empty_store, *checks)

    app = app_on(page_files.TRENDS)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas", "Mio", "New", "Zed"]
    assert "First check with scores: New; the next shows what moved." in text_of(app)

    app = app_on(page_files.COMPARE)
    app.multiselect(keys.CHOICE_SQUADS).set_value(["Mio", "Zed"]).run()
    app = opened(app, page_files.TRENDS)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Mio", "Zed"]

    app = app_on(page_files.LEADERSHIP)
    app = opened(opened(app, page_files.SQUAD, squad="Atlas"), page_files.TRENDS)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas"]

    app = app_on(page_files.SQUAD, squad="Zed")
    app = opened(opened(app, page_files.LEADERSHIP), page_files.TRENDS)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas", "Mio", "New", "Zed"]


@pytest.mark.parametrize("page", [page_files.TRENDS, page_files.COMPARE])
def test_squads_that_were_spelled_otherwise_meanwhile_stay_chosen(
    page: str, empty_store: Path
) -> None:
    for squad in ("Atlas", "Mio", "Zed"):
        store_of(empty_store, assessment(squad=squad))
    app = app_on(page_files.COMPARE)
    app.multiselect(keys.CHOICE_SQUADS).set_value(["Atlas", "Zed"]).run()
    store_of(empty_store).rename("Atlas", "ATLAS")
    app = opened(app, page)
    assert app.multiselect(keys.CHOICE_SQUADS).value == ["ATLAS", "Zed"]


def test_trends_compare_with_the_period_that_one_chooses(empty_store: Path) -> None:
    for day, answers in (
        (date(2025, 9, 1), TROUBLED),
        (date(2026, 9, 1), HEALTHY),
        (date(2026, 10, 1), HEALTHY),
    ):
        store_of(empty_store, assessment(voice="Ana", assessed_on=day, answers=answers))
    app = app_on(page_files.TRENDS)
    since = app.selectbox(keys.CHOICE_SINCE)
    assert since.options == ["The previous check (September 2026)", "September 2025"]
    assert app.header[0].value.startswith("No clear change since September 2026")

    since.set_value("2025-09").run()

    assert app.query_params["since"] == "2025-09"
    assert app.header[0].value.startswith("Vision rose most since September 2025")
    app.segmented_control(keys.CHOICE_BY).set_value("quarter").run()
    assert "since" not in app.query_params


def test_a_period_without_a_check_to_compare_with_is_told(empty_store: Path) -> None:
    store_of(empty_store, assessment(assessed_on=date(2026, 9, 1)), assessment())
    app = app_on(page_files.TRENDS, since="2020-01")
    assert "There is nothing to compare with there" in text_of(app)
    assert "since" not in app.query_params


@pytest.mark.parametrize("other", ["Atlas", "Borea"])
def test_where_there_is_no_earlier_check_none_is_spoken_of(other: str, empty_store: Path) -> None:
    store_of(empty_store, assessment(), assessment(squad=other))
    app = app_on(page_files.TRENDS, squad=["Atlas", other], since="2020-01")
    assert "nothing to compare with there" not in text_of(app)
    assert "since" not in app.query_params


@pytest.mark.parametrize("language", LANGUAGES)
def test_trends_of_a_first_check_say_that_the_next_shows_what_moved(
    language: str, empty_store: Path
) -> None:
    store_of(empty_store, assessment(answers=HEALTHY), assessment(squad="B", answers=HEALTHY))
    sentences = {
        "en": (
            "One check here: it takes a second one to show what moved.",
            "One check per squad here: it takes a second one to show what moved.",
        ),
        "fr": (
            french("Un seul diagnostic ici : il en faut un deuxième pour savoir ce qui a bougé."),
            french(
                "Un seul diagnostic par squad ici : il en faut un deuxième pour savoir ce qui a "
                "bougé."
            ),
        ),
    }[language]
    for squads, sentence in zip((["B"], ["Atlas", "B"]), sentences, strict=True):
        assert sentence in text_of(app_on(page_files.TRENDS, language=language, squad=squads))


def test_a_level_of_a_squad_is_drawn_large_once_it_is_chosen(seen_store: Path) -> None:
    app = app_on(page_files.TRENDS, squad="Atlas · demo", level="daily")
    assert app.get("vega_lite_chart")[0].proto.alt == (
        "Line: score of a level, period by period · Atlas · demo: "
        "Daily product decisions, period by period"
    )
    app.segmented_control(keys.view("level")).set_value("all").run()
    assert app.query_params["level"] == "all"
    assert app.get("vega_lite_chart")[0].proto.alt == (
        "Lines: scores of each level, period by period · Atlas · demo: "
        + app.header[0].value.replace("\\", "")
    )


def test_trends_of_several_squads_show_the_overall_score(seen_store: Path) -> None:
    # By name, whatever order the link names them in.
    app = app_on(page_files.TRENDS, squad=["Faro · demo", "Atlas · demo"], by="quarter")
    table = with_table_open(app, "squad_lines").table[0].value
    assert list(table["Squad"]) == ["Atlas · demo", "Faro · demo"]
    assert list(table["Last check"]) == ["Q4 2026", "Q4 2026"]


def test_sample_data_are_badged_on_every_result_page(seen_store: Path) -> None:
    for page in (page_files.SQUAD, page_files.COMPARE, page_files.TRENDS, page_files.DATA):
        assert "Sample data" in text_of(app_on(page))


def test_real_data_carry_no_sample_badge(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="A"), assessment(squad="B"))
    for page in (page_files.SQUAD, page_files.COMPARE, page_files.TRENDS):
        assert "Sample data" not in text_of(app_on(page))


def test_compare_opens_on_a_period_in_which_squads_can_be_compared(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(squad="A", assessed_on=date(2026, 9, 1), answers=HEALTHY),
        assessment(squad="B", assessed_on=date(2026, 9, 2), answers=HEALTHY),
        assessment(squad="A", assessed_on=date(2026, 10, 1), answers=HEALTHY),
    )
    store_of(empty_store, assessment(squad="E", assessed_on=date(2026, 9, 4), answers=HEALTHY))
    store_of(empty_store, assessment(squad="C", assessed_on=date(2026, 10, 4), answers=HEALTHY))
    store_of(empty_store, assessment(squad="D", assessed_on=date(2026, 9, 4), answers=HEALTHY))
    app = app_on(page_files.COMPARE)
    assert app.query_params["period"] == "2026-09"
    assert (
        "Shown: September 2026. 2 squads have a later check (the last: October 2026). No check to "
        "show in this period: C (last on 4\u00a0Oct\u00a02026)."
    ) in text_of(app)
    assert list(with_table_open(app, "heat_map").table[0].value["Squad"]) == ["A", "B", "D", "E"]


def test_compare_of_a_period_with_one_squad_says_what_is_missing(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(squad="A", assessed_on=date(2026, 9, 1)),
        assessment(squad="B", assessed_on=date(2026, 10, 1)),
    )
    text = text_of(app_on(page_files.COMPARE, period="2026-09"))
    assert (
        "Shown: September 2026. 1 squad has a later check (October 2026). No check to show in this "
        "period: B (last on 1\u00a0Oct\u00a02026)."
    ) in text
    assert "Fewer than two of these squads have a check in this period" in text


@pytest.mark.parametrize("asked", ["FR", "fr-CA", "fr_FR"])
def test_a_language_asked_for_in_another_spelling_is_spoken(asked: str, seen_store: Path) -> None:
    app = app_on(page_files.METHOD, language=asked)
    assert app.title[0].value == "Méthode"
    assert not app.info


def test_a_month_opens_its_own_quarter(seen_store: Path) -> None:
    app = app_on(page_files.SQUAD, squad="Faro · demo", period="2026-02")
    app.segmented_control(keys.CHOICE_BY).set_value("quarter").run()
    assert app.query_params["period"] == "2026-Q1"


def test_a_month_that_the_browser_has_not_heard_of_opens_its_own_quarter(seen_store: Path) -> None:
    app = app_on(page_files.SQUAD, squad="Faro · demo")
    heard = dict(app.query_params)
    app.selectbox(keys.CHOICE_PERIOD).set_value("2026-02").run()
    app.query_params = heard
    app.segmented_control(keys.CHOICE_BY).set_value("quarter").run()
    assert app.query_params["period"] == "2026-Q1"


def test_each_of_three_clicks_counts_though_the_browser_has_heard_of_none(seen_store: Path) -> None:
    app = app_on(page_files.SQUAD, squad="Faro · demo")
    heard = dict(app.query_params)
    app.selectbox(keys.CHOICE_PERIOD).set_value("2026-02").run()
    app.query_params = heard
    app.segmented_control(keys.view("view")).set_value("numbers").run()
    app.query_params = heard
    app.segmented_control(keys.CHOICE_BY).set_value("quarter").run()
    assert app.query_params["period"] == "2026-Q1"
    assert app.query_params["view"] == "numbers"


def test_a_click_two_steps_back_is_about_what_stands_there(seen_store: Path) -> None:
    # Streamlit makes one run of Back and of a click that comes before its run has begun.
    app = app_on(page_files.SQUAD, squad="Faro · demo", period="2026-02")
    first = dict(app.query_params)
    for view in ("voices", "numbers"):
        app.segmented_control(keys.view("view")).set_value(view).run()
    app.query_params = first
    app.segmented_control(keys.CHOICE_BY).set_value("quarter").run()
    assert app.query_params["period"] == "2026-Q1"
    assert "view" not in app.query_params


def test_a_link_with_several_squads_says_that_the_page_shows_one(seen_store: Path) -> None:
    app = app_on(page_files.SQUAD, squad=["Atlas · demo", "Faro · demo"])
    assert "This page shows one squad, Atlas · demo; the others are left out." in text_of(app)


def test_an_endless_parameter_is_told_in_short(seen_store: Path) -> None:
    app = app_on(page_files.SQUAD, by="x" * 5_000)
    (sentence,) = [info.value for info in app.info if "xxx" in info.value]
    assert len(sentence) < 700


def test_a_page_draws_what_it_computed_while_others_save(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_of(empty_store, assessment(voice="Ana", answers=TROUBLED))
    read = CsvStore.read
    reads: list[bool] = []

    def read_just_before_a_save(self: CsvStore) -> Stored:
        records = read(self)
        if not reads:
            reads.append(True)
            store_of(empty_store, assessment(voice="Ana", answers=HEALTHY))
        return records

    monkeypatch.setattr(CsvStore, "read", read_just_before_a_save)
    for verdict, shows_fluid in (("decisions are blurred", False), ("The rules are clear", True)):
        app = app_on(page_files.SQUAD)
        assert verdict in app.header[0].value
        assert ("100 out of 100" in str(app.get("vega_lite_chart")[0].proto)) is shows_fluid
