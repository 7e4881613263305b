"""What a run does once only, or not at all where nothing has changed since the run before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessment.access import guarded_store
from assessment.exchange.sample import sample_records
from assessment.rounds import room_records
from assessment.rounds import round as of_round
from assessment.rounds.round import Round
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Stored
from assessment.ui.check import draft
from assessment.ui.guard import visitor
from assessment.ui.guard.whole_store import (
    look_anew,
    looking_once,
    stored_now,
    unguarded_store,
)
from assessment.ui.home import home
from assessment.ui.manage import data
from assessment.ui.parts import charts, stages, unreleased
from assessment.ui.results import take_away
from assessment.ui.session import keys, page_files
from tests.builders import agreement, assessment, gathering
from tests.pages.app import app_on
from tests.pages.visitors import known_link

CHECK = "pages/check/quick_check.py"
DATA = "pages/manage/data.py"
COMPARE = "pages/results/compare.py"
LEADERSHIP = "pages/results/leadership.py"
SQUAD = "pages/results/squad.py"


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[object]:
    """The results of every call of a function from now on."""
    original: Callable[..., object] = getattr(module, name)
    results: list[object] = []

    def call(*given: object, **options: object) -> object:
        results.append(original(*given, **options))
        return results[-1]

    monkeypatch.setattr(module, name, call)
    return results


@pytest.mark.usefixtures("empty_store")
@pytest.mark.parametrize("page", [LEADERSHIP, DATA])
def test_a_run_decides_who_its_visitor_is_once(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded_store().add(sample_records())
    app = app_on(page)
    decisions = counted(monkeypatch, visitor, "visitor_of")
    claims = counted(monkeypatch, type(st.user), "to_dict")
    app.run()
    assert len(decisions) == 1
    assert len(claims) == 1


@pytest.mark.usefixtures("empty_store")
def test_pages_of_the_menu_are_made_once_a_language(
    menu: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, title in (("en", "Quick check"), ("fr", "Diagnostic rapide")):
        app = app_on(DATA, language=language)
        with monkeypatch.context() as of_this_run:
            made = counted(of_this_run, st, "Page")
            app.run()
        assert made == []
        assert title in menu


@pytest.mark.usefixtures("empty_store")
def test_a_run_sends_scripts_in_one_element_and_no_looks() -> None:
    sent = [element.proto.body for element in app_on(SQUAD).get("html")]
    looks = [body for body in sent if body.startswith("<style>")]
    scripts = [body for body in sent if "<script>" in body]
    assert (len(looks), len(scripts)) == (0, 1)


@pytest.mark.usefixtures("empty_store")
def test_the_data_page_asks_whether_any_squad_is_known_without_a_list_of_all_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unguarded_store().add([assessment(squad="Atlas")])
    app = app_on(DATA)
    monkeypatch.delattr(Stored, "squad_records")
    assert not app.run().exception
    assert not app.button(keys.DATA_SQUAD_OPEN).disabled


@pytest.mark.usefixtures("full_store")
def test_the_data_page_looks_for_days_to_come_among_the_latest_rows_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = app_on(DATA)
    looks = counted(monkeypatch, data, "is_ahead")
    app.run()
    assert looks == [False]


@pytest.mark.usefixtures("full_store")
def test_strips_of_stages_are_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(LEADERSHIP)
    cells = counted(monkeypatch, stages, "_scored_cell")
    app.run()
    assert cells == []


@pytest.mark.usefixtures("full_store")
@pytest.mark.parametrize("page", [LEADERSHIP, COMPARE, SQUAD])
def test_a_run_looks_through_no_voice_for_the_mark_of_sample_data_again(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(page)
    looks = counted(monkeypatch, of_round, "holds_sample")
    app.run()
    assert looks == []


@pytest.mark.usefixtures("empty_store")
def test_an_answer_to_a_survey_looks_once_at_what_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unguarded_store().add([survey := gathering(closes_on=date(2099, 1, 1))])
    _link, token = known_link("invite", round_id=survey.id)
    app = app_on(page_files.ROUND, link=token)
    looks = counted(monkeypatch, CsvStore, "read")
    app.run()
    assert len(looks) == 1


@pytest.mark.usefixtures("empty_store")
def test_what_a_run_changes_and_whom_it_decides_about_is_looked_at_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = counted(monkeypatch, CsvStore, "read")
    with looking_once():
        before = stored_now()
        assert stored_now() is before
        unguarded_store().add([assessment()])
        assert len(stored_now().assessments) == 1
        assert (len(before.assessments), len(looks)) == (0, 2)
        look_anew()
        stored_now()
    stored_now()
    assert len(looks) == 4


@pytest.mark.usefixtures("empty_store")
def test_the_fields_of_the_deep_check_are_read_once_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = app_on(CHECK)
    readings = counted(monkeypatch, draft, "deep_form")
    app.run()
    assert len(readings) == 1


@pytest.mark.usefixtures("empty_store")
def test_the_data_page_walks_the_stored_answers_once_after_each_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = unguarded_store()
    store.add([assessment(squad="Atlas") for _ in range(3)])
    app = app_on(DATA)
    calls = counted(monkeypatch, guarded_store, "survey_answered")
    app.run()
    assert calls == []

    store.add([assessment(squad="Boréal")])
    app.run()
    assert len(calls) >= 4


@pytest.mark.usefixtures("empty_store")
def test_which_sessions_too_few_answered_is_looked_up_once_after_each_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = unguarded_store()
    store.add([*sample_records(), assessment()])
    looks = counted(monkeypatch, unreleased, "without_result")
    app = app_on(LEADERSHIP)
    app.run()
    assert len(looks) == 1

    store.add([assessment()])
    app.run()
    assert len(looks) == 2


@pytest.mark.usefixtures("empty_store")
def test_bars_are_drawn_once_for_all_squads_of_one_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded_store().add([assessment(squad="Atlas"), assessment(squad="Boréal")])
    app_on(SQUAD, squad="Atlas")
    drawn = counted(monkeypatch, charts, "spec_of")
    app_on(SQUAD, squad="Boréal")
    assert len(drawn) == 1  # the radar


@pytest.mark.usefixtures("full_store")
@pytest.mark.parametrize("page", [SQUAD, COMPARE])
def test_rows_of_pictures_are_put_into_tables_once_a_language(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent(app: AppTest) -> list[bytes]:
        return [chart.proto.data.data for chart in app.get("vega_lite_chart")]

    app = app_on(page)
    rows = sent(app)
    assert rows
    assert all(rows)
    made = counted(monkeypatch, charts, "_rows_of")
    assert sent(app.run()) == rows
    assert made == []

    app.query_params["lang"] = "fr"
    assert not {*sent(app.run())} & {*rows}


@pytest.mark.usefixtures("full_store")
def test_lines_for_a_chat_are_put_together_anew_in_another_language_and_once_something_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take_away._days_and_chat.forget()
    made = counted(monkeypatch, take_away, "chat_lines")
    app = app_on(SQUAD, squad="Atlas · demo").run()
    assert len(made) == 1

    app.query_params["lang"] = "fr"
    app.run()
    assert len(made) == 2

    unguarded_store().add([assessment()])
    app.run()
    assert len(made) == 3


@pytest.mark.usefixtures("empty_store")
def test_what_each_room_says_is_worked_out_once_until_something_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moment = datetime(2026, 12, 5, tzinfo=UTC)
    surveys = [
        gathering(squad=squad, privacy="open", closed_at=moment, revealed_at=moment)
        for squad in ("Atlas", "Boréal")
    ]
    unguarded_store().add(surveys)
    unguarded_store().add([assessment(squad=of.squad, gathering=of.id) for of in surveys])
    rounds = counted(monkeypatch, room_records, "survey_round")

    rooms = [app_on(page_files.ROOM, survey=str(survey.id)) for survey in surveys]
    for room in rooms:
        room.run()
    assert [cast("Round", shown).squad for shown in rounds] == ["Atlas", "Boréal"]

    unguarded_store().add([assessment()])
    rooms[0].run()
    assert len(rounds) == 3


def links_of(app: AppTest) -> str:
    """What the links of a page say."""
    return "\n".join(link.proto.label for link in app.get("page_link")).replace("\\", "")


@pytest.mark.usefixtures("full_store")
def test_what_waits_is_told_from_what_was_read_until_something_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app_on(page_files.HOME)
    parts = counted(monkeypatch, home, "AgreementsPart")
    app = app_on(page_files.HOME)
    assert parts == []

    today = datetime.now(UTC).date()
    unguarded_store().add([agreement(squad="Boréal · demo", decides="cto", agreed_on=today)])
    app.run()
    assert parts
    assert "Boréal · demo · Proposed" in links_of(app)
    app.query_params["lang"] = "fr"
    assert "Boréal · demo · Propos" in links_of(app.run())
