"""A result without saving: the link on the result step, and the page that it opens."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from assessment.access.share_code import code_of
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.ui.session import keys, page_files
from tests.builders import ANSWERS
from tests.examples import EXAMPLE_1, EXAMPLE_3
from tests.pages.app import answer, app_on, stored, text_of
from tests.pages.visitors import EDITOR, STRANGER, Caller, everything, known_link

CODE = code_of(EXAMPLE_3, shipped_framework())


@pytest.fixture
def shared(empty_store: Path) -> AppTest:
    return app_on(page_files.SHARED_RESULT, answers=CODE)


def given(app: AppTest) -> dict[str, str]:
    """The answers of the check in progress."""
    answers = {item: app.session_state[keys.answer(item)] for item in shipped_framework().item_ids}
    return {item: option for item, option in answers.items() if option}


def test_an_unsaved_result_tells_what_cost_each_level_its_points(shared: AppTest) -> None:
    shared.session_state[keys.RESULT_HOLDS] = True
    shared.run()
    assert not shared.exception
    # Of 11 the channel weighs 3 and rituals 2, both no; the mandates 2, partly.
    assert (
        "Arbitration, 45: One channel for urgent requests −27, Meetings that decide −18 and Clear "
        "mandates −9."
    ) in text_of(shared)


def test_the_result_step_gives_a_link_that_brings_the_answers_back(empty_store: Path) -> None:
    app = app_on(page_files.CHECK)
    app.context = {"url": "https://example.org/governance/"}
    answer(app, dict(ANSWERS))
    app.segmented_control(keys.CHECK_STEP).set_value("result").run()
    (link,) = [code.value for code in app.code if "://" in code.value]
    address = urlsplit(link)
    assert link.startswith("https://example.org/governance/shared-result?answers=")
    app = app_on(page_files.SHARED_RESULT, answers=parse_qs(address.query)["answers"][0])
    app.button(keys.SHARED_TAKE).click().run()
    assert given(app) == ANSWERS
    assert stored(empty_store) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_verdict_the_levels_and_the_levers(
    language: str, empty_store: Path
) -> None:
    app = app_on(page_files.SHARED_RESULT, language=language, answers=CODE)
    assert not app.exception
    assert not app.error
    # Worked example 3: arbitration is the weakest, held there by the single channel.
    assert words_in(language).gettext("What to do first") in text_of(app)
    assert "45" in everything(app)
    folds = [fold.label for fold in app.expander]
    assert folds[-1] == words_in(language).gettext("Seats and figures")
    assert "45" in "".join(table.value.to_csv() for table in app.expander[-1].table)
    assert stored(empty_store) == ()


def test_taking_the_answers_over_begins_a_check_of_one_s_own(shared: AppTest) -> None:
    app = shared.button(keys.SHARED_TAKE).click().run()
    assert app.title[0].value == "Quick check"
    assert given(app) == EXAMPLE_3
    assert keys.move("blanks") not in [button.key for button in app.button]


def test_taking_answers_over_says_what_it_replaces(empty_store: Path) -> None:
    app = answer(app_on(page_files.CHECK), {"late-scope": "often"})
    app.switch_page(page_files.SHARED_RESULT)
    app.query_params["answers"] = code_of(EXAMPLE_1, shipped_framework())
    app.run()
    assert "This replaces the answers you have given so far." in text_of(app)
    assert given(app.button(keys.SHARED_TAKE).click().run()) == EXAMPLE_1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (CODE[:-1], "incomplete or was changed"),
        (CODE.swapcase(), "incomplete or was changed"),
        ("<script>alert(1)</script>", "incomplete or was changed"),
        ("", "incomplete or was changed"),
        ([CODE, CODE], "more than one result"),
        (
            code_of(EXAMPLE_1, shipped_framework().model_copy(update={"version": "core@0"})),
            "another version of the check",
        ),
    ],
)
def test_a_code_that_cannot_be_read_says_why_and_shows_nothing(
    code: str | list[str], sentence: str, empty_store: Path
) -> None:
    app = app_on(page_files.SHARED_RESULT, answers=code)
    assert not app.exception
    assert sentence in app.error[0].value
    assert not app.get("vega_lite_chart")


def test_without_a_code_the_page_says_how_it_is_opened(empty_store: Path) -> None:
    app = app_on(page_files.SHARED_RESULT)
    assert "This page shows a result that came in a link" in app.info[0].value


@pytest.mark.parametrize("who", ["nobody", "stranger", "viewer", "editor"])
def test_in_a_protected_app_everyone_reads_it_and_editors_take_it_over(
    who: str, protected: Path, empty_store: Path
) -> None:
    someone = {
        "nobody": Caller(),
        "stranger": Caller(dict(STRANGER)),
        "viewer": Caller(parameters={"link": known_link()[1]}),
        "editor": Caller(dict(EDITOR)),
    }[who]
    someone.parameters["answers"] = CODE
    app = someone.cold(page_files.SHARED_RESULT)
    assert len(app.get("vega_lite_chart")) == 2
    offered = [button for button in app.button if button.key == keys.SHARED_TAKE]
    assert bool(offered) == (who == "editor")
