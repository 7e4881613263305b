"""The data page: list, deletion after confirmation, sample data, rows set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest

from assessment.access.invitations import revealed
from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Assessment, Setup
from assessment.model.period import Period
from assessment.model.sample import is_sample
from assessment.model.setup import preset_seats
from assessment.project import SAMPLE
from assessment.storage.csv.layouts import layouts
from assessment.storage.csv.store import CsvStore
from assessment.ui.manage import stored_list
from assessment.ui.manage.stored_list import Entry
from assessment.ui.session import keys, page_files
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    link,
    sample_assessments,
    setup,
    squads_of,
)
from tests.examples import healthy
from tests.pages.app import (
    app_on,
    double_click,
    elements_of,
    out_of_reach,
    records,
    store_of,
    stored,
    text_of,
    with_rows_selected,
    with_rows_ticked,
    with_squad_open,
)
from tests.pages.visitors import everything
from tests.storage.rows import rows_in


def test_the_list_shows_the_latest_assessment_first(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Old"), assessment(squad="New", note="=1+1")])
    listed = app_on(page_files.DATA).dataframe[0].value
    assert list(listed["Squad"]) == ["New", "Old"]
    assert listed["Note"][0] == "=1+1"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "2 rows, first in the list below, are of days to come"),
        ("fr", "2 lignes, en tête de la liste ci-dessous, portent sur des jours à venir"),
    ],
)
def test_checks_that_a_wrong_clock_dated_are_told_and_open_no_page(
    language: str, told: str, empty_store: Path
) -> None:
    today = datetime.now(UTC).date()
    store = store_of(empty_store)
    store.add([assessment(squad="Atlas", assessed_on=today)])
    assert told not in text_of(app_on(page_files.DATA, language=language))

    store.add([assessment(squad="Zebra", assessed_on=today + timedelta(days=400))])
    store.add([assessment(squad="Zebra", assessed_on=today + timedelta(days=500))])

    assert told in text_of(app_on(page_files.DATA, language=language))
    assert app_on(page_files.SQUAD, language=language).title[0].value == "Atlas"
    edition = edition_in(language)
    month = edition.period(Period.of(today, "month"))
    assert f"{month} · 1 squad" in text_of(app_on(page_files.LEADERSHIP, language=language))
    one = edition.words.counted("{count} period", "{count} periods", 1)
    assert f"Atlas · {one} · {month}" in text_of(app_on(page_files.TRENDS, language=language))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "1 row, first in the list below, is of a day to come"),
        ("fr", "1 ligne, en tête de la liste ci-dessous, porte sur un jour à venir"),
    ],
)
def test_a_confidential_session_of_a_day_to_come_is_told_as_the_one_row_that_it_is(
    language: str, told: str, empty_store: Path
) -> None:
    ahead = datetime.now(UTC).date() + timedelta(days=400)
    asked = gathering(opened_on=ahead, closes_on=ahead)
    session = revealed(asked, voices=7, now=datetime.now(UTC))
    voices = [assessment(gathering=session.id, assessed_on=ahead) for _ in range(7)]
    store_of(empty_store).add([session, *voices])

    app = app_on(page_files.DATA, language=language)

    assert len(app.dataframe[0].value) == 1
    assert told in text_of(app)


def test_the_list_tells_what_each_check_answers(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(), deep_assessment(answers={})])
    listed = app_on(page_files.DATA).dataframe[0].value
    # Four deciders, four options besides an “I don't know”, two signs and two sentences; seven
    # items besides another.
    counts = listed[["Quick check", "Deep check"]].to_numpy().tolist()
    assert counts == [["0/14", "12"], ["7/14", ""]]


def test_the_list_and_the_check_count_an_i_dont_know_as_no_answer(empty_store: Path) -> None:
    # One "I don't know" is no answer; a "doesn't apply" is one.
    answers = healthy({"single-channel": "unknown", "pm-runs-sprint": "not-applicable"})
    store_of(empty_store).add([assessment(squad="Atlas", answers=answers)])
    app = app_on(page_files.CHECK)
    for item, option in answers.items():
        app.session_state[keys.answer(item)] = option

    (progress,) = app.run().get("progress")
    assert progress.proto.text == "13 of 14 answered, 1 “I don't know”"
    assert progress.proto.value == 100
    assert app_on(page_files.DATA).dataframe[0].value["Quick check"][0] == "13/14"

    no_po = preset_seats(shipped_framework(), "pm-only")
    store_of(empty_store).add([setup(squad="Atlas", seats=no_po, since=date(2026, 1, 1))])

    # Two items are about a PO, whom this squad does not have: they are not asked.
    assert app_on(page_files.DATA).dataframe[0].value["Quick check"][0] == "11/12"


def test_deleting_asks_first_says_what_goes_and_can_be_undone(empty_store: Path) -> None:
    kept, gone = assessment(squad="Atlas", voice="Ana"), assessment(squad="Atlas", voice="Yann")
    store_of(empty_store).add([kept, gone])
    app = with_rows_selected(app_on(page_files.DATA), 0)
    assert stored(empty_store) == (kept, gone)
    assert "This removes 1 check, with its note:" in text_of(app)
    assert "- Atlas · 3\u00a0Nov\u00a02026 · Yann · " in text_of(app)
    app.button(keys.DATA_DELETE_CONFIRM).click().run()
    assert stored(empty_store) == (kept,)
    assert "Entries deleted: 1." in text_of(app)

    app.button(keys.DEED_UNDO).click().run()

    assert stored(empty_store) == (kept, gone)
    assert "Undone: it is as it was before." in text_of(app)
    assert not [button for button in app.button if button.key == keys.DEED_UNDO]


def test_several_selected_checks_go_together(empty_store: Path) -> None:
    first, second, third = (assessment(squad=name) for name in ("Atlas", "Boréal", "Cobalt"))
    store_of(empty_store).add([first, second, third])
    app = with_rows_selected(app_on(page_files.DATA), 0, 2)
    assert "This removes 2 checks, with their notes:" in text_of(app)
    app.button(keys.DATA_DELETE_CONFIRM).click().run()
    assert stored(empty_store) == (second,)


def test_the_list_marks_sample_data_by_a_word_that_is_no_box_to_tick(full_store: Path) -> None:
    store_of(full_store, assessment(squad="Mine", assessed_on=date(2026, 11, 20)))
    marks = app_on(page_files.DATA).dataframe[0].value["Sample data"]
    assert list(marks[:2]) == ["", "yes"]


def test_no_row_stays_ticked_where_somebody_else_saved_another_above_it(
    empty_store: Path,
) -> None:
    store_of(empty_store, assessment(squad="A", assessed_on=date(2026, 9, 3)))
    app = with_rows_ticked(app_on(page_files.DATA), 0)
    assert [button for button in app.button if button.key == keys.DATA_DELETE]

    store_of(empty_store, assessment(squad="B", assessed_on=date(2026, 10, 3)))
    app.run()

    assert list(app.dataframe[0].value["Squad"]) == ["B", "A"]
    assert not [button for button in app.button if button.key == keys.DATA_DELETE]


def test_no_row_stays_ticked_where_its_squad_has_another_name(empty_store: Path) -> None:
    store = store_of(empty_store, assessment(squad="A"))
    app = with_rows_ticked(app_on(page_files.DATA), 0)
    store.rename("A", "B")
    app.run()

    assert list(app.dataframe[0].value["Squad"]) == ["B"]
    assert not [button for button in app.button if button.key == keys.DATA_DELETE]


def test_deleting_the_last_assessment_leads_to_the_empty_page(empty_store: Path) -> None:
    store_of(empty_store).add([assessment()])
    app = with_rows_selected(app_on(page_files.DATA), 0)
    app.button(keys.DATA_DELETE_CONFIRM).click().run()
    assert not app.exception
    assert "Nothing is stored yet" in text_of(app)


# One page of rows ---------------------------------------------------------------------------------


def many(count: int) -> list[Assessment]:
    """Checks of squads 001, 002 and so on, the last one latest."""
    return [
        assessment(squad=f"Squad {number:03}", note="roadmap" if number % 60 == 0 else "")
        for number in range(1, count + 1)
    ]


def test_one_page_of_rows_goes_to_the_browser_and_the_others_on_demand(empty_store: Path) -> None:
    store_of(empty_store).add(many(123))
    app = app_on(page_files.DATA)

    assert list(app.dataframe[0].value["Squad"]) == [f"Squad {n:03}" for n in range(123, 73, -1)]
    assert "Rows 1 to 50 of 123" in text_of(app)
    assert "Squad 073" not in everything(app)
    back, on = keys.data_page("chevron_left"), keys.data_page("chevron_right")
    assert app.button(back).disabled
    app.button(on).click().run()
    app.button(on).click().run()
    assert list(app.dataframe[0].value["Squad"]) == [f"Squad {n:03}" for n in range(23, 0, -1)]
    assert "Rows 101 to 123 of 123" in text_of(app)
    assert app.button(on).disabled


def test_a_search_looks_at_everything_and_shows_a_page_of_it(empty_store: Path) -> None:
    store_of(empty_store).add(many(123))
    app = app_on(page_files.DATA)
    app.text_input(keys.DATA_SEARCH).set_value("ROADMAP squad").run()

    assert list(app.dataframe[0].value["Squad"]) == ["Squad 120", "Squad 060"]
    app.text_input(keys.DATA_SEARCH).set_value("<b>nothing</b>").run()
    assert "Nothing stored contains “<b>nothing</b>”." in text_of(app)
    assert not app.dataframe


@pytest.mark.parametrize("day", ["3\u00a0Nov\u00a02026", "2026-11-03", "03/11/2026"])
def test_a_search_finds_a_day_as_it_is_written_anywhere(day: str, empty_store: Path) -> None:
    store_of(empty_store).add(
        [assessment(squad="Atlas"), assessment(squad="Dune", assessed_on=date(2026, 11, 4))]
    )
    app = app_on(page_files.DATA)

    app.text_input(keys.DATA_SEARCH).set_value(day).run()

    assert list(app.dataframe[0].value["Squad"]) == ["Atlas"]


def test_a_search_that_is_shorter_than_the_page_shown_begins_at_its_first_row(
    empty_store: Path,
) -> None:
    store_of(empty_store).add(many(123))
    app = app_on(page_files.DATA)
    app.button(keys.data_page("chevron_right")).click().run()
    app.text_input(keys.DATA_SEARCH).set_value("roadmap").run()

    assert len(app.dataframe[0].value) == 2


def test_the_table_is_made_anew_only_once_something_is_stored(empty_store: Path) -> None:
    store_of(empty_store).add(many(3))
    with pytest.MonkeyPatch.context() as patch:
        made: list[int] = []
        original = stored_list._counts

        def counted(edition: Edition, entry: Entry, setups: Sequence[Setup]) -> tuple[str, str]:
            made.append(1)
            return original(edition, entry, setups)

        patch.setattr(stored_list, "_counts", counted)
        app = app_on(page_files.DATA)
        assert len(made) == 3
        app.run()
        app.text_input(keys.DATA_SEARCH).set_value("").run()
        assert len(made) == 3
        store_of(empty_store).add([assessment()])
        app.run()
        assert len(made) == 3 + 4


def test_removing_sample_data_leaves_own_checks(full_store: Path) -> None:
    own = assessment(squad="Atlas · demo")
    store_of(full_store).add([own])
    before = records(full_store)
    app = app_on(page_files.DATA).button(keys.SAMPLE_REMOVE).click().run()
    assert stored(full_store) == (own,)
    app.button(keys.DEED_UNDO).click().run()
    assert {record.id for record in records(full_store)} == {record.id for record in before}


def test_removing_sample_data_is_undone_with_what_was_answered_to_it(full_store: Path) -> None:
    agreed = store_of(full_store).read().agreements[0]
    answer = confirmation(agreement_id=agreed.id, squad=agreed.squad, role=agreed.decides)
    store_of(full_store).add([answer])
    app = app_on(page_files.DATA).button(keys.SAMPLE_REMOVE).click().run()
    assert records(full_store) == ()
    app.button(keys.DEED_UNDO).click().run()
    assert answer in records(full_store)


def test_loading_sample_data_twice_stores_them_once(full_store: Path) -> None:
    before = len(stored(full_store))
    store_of(full_store).add([assessment()])
    app = app_on(page_files.DATA)
    app.button(keys.SAMPLE_REMOVE).click().run()
    app.button(keys.SAMPLE_LOAD).click().run()
    assert len(stored(full_store)) == before + 1


def test_rows_set_aside_are_listed_with_line_and_reason(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas", answers={"rituals-decide": "yes"})])
    path = empty_store / "assessments.csv"
    good = path.read_text(encoding="utf-8").splitlines()
    bad = good[1].replace(",yes", ",oui").replace("00000000-", "00000001-", 1)
    path.write_text("\n".join([*good, bad]) + "\n", encoding="utf-8")
    app = app_on(page_files.DATA)
    assert "1 row could not be read." in text_of(app)
    listed = app.table[0].value
    assert list(listed["Line"]) == [3]
    assert listed["Reason"][0].replace("\\", "") == (
        "Unknown option 'oui' for 'rituals-decide'; expected yes, partly, no, unknown or empty."
    )
    assert len(app.dataframe[0].value) == 1


def test_set_aside_rows_are_told_in_french(empty_store: Path) -> None:
    store_of(empty_store).add([assessment()])
    with (empty_store / "assessments.csv").open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    app = app_on(page_files.DATA, language="fr")
    assert "1 ligne n’a pas pu être lue." in text_of(app)
    assert app.table[0].value["Raison"][0].startswith("La ligne compte 1 colonnes")


def test_a_file_of_another_kind_is_told_on_every_page_and_left_alone(empty_store: Path) -> None:
    path = empty_store / "assessments.csv"
    path.write_text("name,score\nAtlas,12\n", encoding="utf-8")
    for page in (page_files.SQUAD, page_files.COMPARE, page_files.TRENDS, page_files.DATA):
        app = app_on(page)
        assert not app.exception
        assert "is not the header; expected" in app.error[0].value.replace("\\", "")
    assert path.read_text(encoding="utf-8") == "name,score\nAtlas,12\n"


def test_spellings_of_one_squad_are_one_squad_to_choose(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas"), assessment(squad=" ATLAS ")])
    app = app_on(page_files.DATA)
    app.button(keys.DATA_SQUAD_OPEN).click().run()
    assert app.selectbox(keys.DATA_SQUAD).options == ["Atlas"]


def test_sample_data_that_cannot_be_stored_are_told_where_they_were_asked_for(
    empty_store: Path,
) -> None:
    app = app_on(page_files.COMPARE)
    with out_of_reach("add") as text:
        app.button(keys.SAMPLE_LOAD).click().run()
    assert text in text_of(app)


def test_every_shipped_sample_row_loads() -> None:
    for file in SAMPLE.glob("*.csv"):
        (layout,) = [
            layout for layout in layouts(shipped_framework()) if layout.kind.file == file.name
        ]
        reading = rows_in(file.read_bytes(), layout, file=file.name, last_line_may_be_open=False)
        assert reading.set_aside == ()
        assert all(is_sample(record.id) for record in reading.records)
    assert len(sample_assessments()) > 30


def test_a_squad_is_renamed_in_every_spelling(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas"), assessment(squad="ATLAS")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    assert "“Atlas” becomes “Boréal”." in text_of(app)
    app.button(keys.SQUADS_RENAME).click().run()
    assert [check.squad for check in stored(empty_store)] == ["Boréal", "Boréal"]
    assert "Renamed to “Boréal”. Entries moved: 2." in text_of(app)
    # Two spellings became one, which no renaming back would part again.
    assert not [button for button in app.button if button.key == keys.DEED_UNDO]


def test_a_squad_is_not_renamed_back_into_another_one(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    app.button(keys.SQUADS_RENAME).click().run()
    store_of(empty_store).add([assessment(squad="Atlas")])
    app.button(keys.DEED_UNDO).click().run()
    assert [check.squad for check in stored(empty_store)] == ["Boréal", "Atlas"]
    assert "This could not be taken back, since somebody changed it meanwhile" in text_of(app)


@pytest.mark.parametrize("new", ["Cobalt", "boréal"])
def test_what_was_undone_though_nobody_could_vouch_for_it_is_told_as_undone_the_second_time(
    new: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_of(empty_store).add([assessment(squad="Atlas"), assessment(squad="Boréal")])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.text_input(keys.new_name("atlas")).set_value(new).run()
    app.button(keys.SQUADS_RENAME).click().run()
    rename = CsvStore.rename

    def unconfirmed(*given: Any, **further: Any) -> NoReturn:
        rename(*given, **further)
        raise StorageError("nobody can tell")

    with monkeypatch.context() as broken:
        broken.setattr(CsvStore, "rename", unconfirmed)
        app.button(keys.DEED_UNDO).click().run()
    assert "Nobody can tell" in text_of(app)
    app.button(keys.DEED_UNDO).click().run()
    assert "Undone: it is as it was before." in text_of(app)
    assert [check.squad for check in stored(empty_store)] == ["Atlas", "Boréal"]


def test_merging_two_squads_says_first_who_becomes_one_voice_and_is_undone(
    empty_store: Path,
) -> None:
    records = (
        assessment(squad="Atlas", voice="Zoé"),
        assessment(squad="Atlas", voice="Léo", assessed_on=date(2026, 10, 3)),
        assessment(squad="Boréal", voice="zoé"),
        assessment(squad="Boréal", voice="Léo"),
        setup(squad="Atlas"),
    )
    store_of(empty_store).add(records)
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("boréal").run()
    assert "“Atlas” and “Boréal” become one squad, “Boréal”" in text_of(app)
    assert "2 aliases stand in both, and each becomes one voice." in text_of(app)
    assert "1 check will then not count" in text_of(app)
    app.button(keys.SQUADS_RENAME).click().run()
    assert {record.squad for record in store_of(empty_store).read().squad_records} == {"Boréal"}
    assert "Merged into “Boréal”. Entries moved: 3." in text_of(app)
    app.button(keys.DEED_UNDO).click().run()
    assert store_of(empty_store).read().records == records


def test_renaming_what_somebody_renamed_before_is_not_told_as_done(empty_store: Path) -> None:
    store = store_of(empty_store)
    store.add([assessment(squad="Atlas")])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    store.rename("Atlas", "Cobalt")
    app.button(keys.SQUADS_RENAME).click().run()
    assert "Atlas was renamed meanwhile" in text_of(app)
    assert "Entries moved" not in text_of(app)
    assert not [button for button in app.button if button.key == keys.DEED_UNDO]
    assert [check.squad for check in stored(empty_store)] == ["Cobalt"]


def test_deleting_what_somebody_deleted_before_is_not_told_as_done(empty_store: Path) -> None:
    store = store_of(empty_store)
    store.add([check := assessment(squad="Atlas"), assessment(squad="Boréal")])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    store.delete([check.id])
    app.button(keys.SQUADS_DELETE).click().run()
    assert "This was deleted meanwhile" in text_of(app)
    assert "Entries deleted" not in text_of(app)
    assert not [button for button in app.button if button.key == keys.DEED_UNDO]


def test_a_double_click_deletes_once_and_refuses_nothing(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas"), assessment(squad="Boréal")])
    app = double_click(with_squad_open(app_on(page_files.DATA), "atlas"), keys.SQUADS_DELETE)
    assert [check.squad for check in stored(empty_store)] == ["Boréal"]
    assert not app.error
    assert "Entries deleted: 1." in text_of(app)
    assert app.button(keys.DEED_UNDO)


@pytest.mark.parametrize("key", [keys.SQUADS_DELETE, keys.SQUADS_RENAME])
def test_a_double_click_tells_once_more_why_nothing_was_done(key: str, empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas")])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    with out_of_reach("delete", "rename") as text:
        double_click(app, key)
    assert text in text_of(app)


def test_a_merge_is_not_undone_once_the_squad_was_renamed_again(empty_store: Path) -> None:
    store = store_of(empty_store)
    store.add([assessment(squad="Atlas"), assessment(squad="Boréal")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("boréal").run()
    app.button(keys.SQUADS_RENAME).click().run()
    store.rename("Boréal", "Cobalt")
    app.button(keys.DEED_UNDO).click().run()
    assert "This could not be taken back, since somebody changed it meanwhile" in text_of(app)


@pytest.mark.parametrize("new", ["Cobalt", "boréal"])
def test_what_somebody_deleted_is_not_renamed_back_but_said_to_be_gone(
    new: str, empty_store: Path
) -> None:
    store = store_of(empty_store)
    store.add([check := assessment(squad="Atlas"), assessment(squad="Boréal")])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.text_input(keys.new_name("atlas")).set_value(new).run()
    app.button(keys.SQUADS_RENAME).click().run()
    store.delete([check.id])
    app.button(keys.DEED_UNDO).click().run()
    assert "This was deleted meanwhile" in text_of(app)


def test_a_merge_that_a_link_cannot_tell_apart_is_said_not_to_be_undone(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas"), assessment(squad="Boréal")])
    store_of(empty_store).add([link(squads=("Atlas", "Boréal"))])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("boréal").run()
    assert "It cannot be undone." in text_of(app)
    assert "will then not count" not in text_of(app)
    app.button(keys.SQUADS_RENAME).click().run()
    assert not [button for button in app.button if button.key == keys.DEED_UNDO]


def test_a_new_name_that_is_none_is_refused_beside_it(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("x" * 81).run()
    assert "The name has 81 characters; keep it to 80" in text_of(app)


def test_deleting_a_squad_says_how_much_goes_and_leaves_the_others(empty_store: Path) -> None:
    other = assessment(squad="Boréal")
    store_of(empty_store).add([assessment(squad="Atlas"), other, assessment(squad="atlas")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    assert "This removes 2 checks of Atlas, notes included." in text_of(app)
    app.button(keys.SQUADS_DELETE).click().run()
    assert stored(empty_store) == (other,)


def test_deleting_a_voice_takes_every_check_of_that_person(empty_store: Path) -> None:
    kept = assessment(voice="Yann")
    store_of(empty_store).add([assessment(voice="Ana"), kept, assessment(voice="ANA")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.selectbox(keys.SQUADS_VOICE).set_value("ana").run()
    assert "Deleting removes 2 checks of ANA in Atlas." in text_of(app)
    app.button(keys.SQUADS_DELETE_VOICE).click().run()
    assert stored(empty_store) == (kept,)


def test_everything_of_a_voice_is_exported_and_deleted(empty_store: Path) -> None:
    agreed = agreement()
    own = confirmation(agreement_id=agreed.id, voice="Ana")
    others = confirmation(agreement_id=agreed.id, voice="Yann", role="po")
    check = assessment(voice="Ana")
    store_of(empty_store).add([check, agreed, own, others])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.selectbox(keys.SQUADS_VOICE).set_value("ana").run()

    assert "Deleting removes 1 check and 1 answer to an agreement of Ana" in text_of(app)
    offered = [button.proto.label for button in app.get("download_button")]
    assert "Export this voice (ZIP)" in offered
    app.button(keys.SQUADS_DELETE_VOICE).click().run()
    left = store_of(empty_store).read()
    assert (left.assessments, left.agreements, left.confirmations) == ((), (agreed,), (others,))


def test_an_action_that_names_a_person_goes_along_and_stays_without_the_name(
    empty_store: Path,
) -> None:
    check, others = assessment(voice="Ana"), action(owner_name="Yann")
    named = action(owner_name="ANA")
    store_of(empty_store).add([check, named, others])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.selectbox(keys.SQUADS_VOICE).set_value("ana").run()

    text = text_of(app)
    assert "Deleting removes 1 check of ANA in Atlas." in text
    assert "1 action stays, without the name." in text
    app.button(keys.SQUADS_DELETE_VOICE).click().run()
    left = store_of(empty_store).read()
    assert left.assessments == ()
    assert set(left.actions) == {named.model_copy(update={"owner_name": None}), others}


def test_an_action_of_a_person_that_somebody_changed_is_told_and_nothing_deleted(
    empty_store: Path,
) -> None:
    check, named = assessment(voice="Ana"), action(owner_name="Ana")
    store = store_of(empty_store)
    store.add([check, named])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.selectbox(keys.SQUADS_VOICE).set_value("ana").run()
    changed = named.model_copy(update={"note": "theirs"})
    store.revise(named, changed)
    app.button(keys.SQUADS_DELETE_VOICE).click().run()
    assert store.read().records == (check, changed)
    assert "Somebody changed this meanwhile, so nothing was deleted" in text_of(app)


@pytest.mark.parametrize("theirs", ["check", "action"])
def test_a_person_s_entries_that_somebody_deleted_or_changed_meanwhile_stay_as_they_are(
    theirs: str, empty_store: Path
) -> None:
    check, one, other = assessment(voice="Ana"), action(owner_name="Ana"), action(owner_name="Ana")
    store = store_of(empty_store)
    store.add([check, one, other])
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.selectbox(keys.SQUADS_VOICE).set_value("ana").run()
    store.delete([check.id if theirs == "check" else other.id])
    before = store.read()
    app.button(keys.SQUADS_DELETE_VOICE).click().run()
    assert (store.read().assessments, store.read().actions) == (before.assessments, before.actions)
    assert "This was deleted meanwhile" in text_of(app)


def test_a_new_name_never_carries_over_to_another_squad(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(squad="Atlas"), assessment(squad="Boréal")])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Cobalt").run()
    with_squad_open(app, "boréal")
    assert app.text_input(keys.new_name("boréal")).value == ""


def test_the_list_goes_by_the_day_of_the_check(empty_store: Path) -> None:
    store_of(empty_store).add(
        [
            assessment(squad="Recent", assessed_on=date(2026, 11, 2)),
            assessment(squad="Older", assessed_on=date(2026, 10, 2)),
        ]
    )
    assert list(app_on(page_files.DATA).dataframe[0].value["Squad"]) == ["Recent", "Older"]
    assert app_on(page_files.SQUAD).selectbox(keys.CHOICE_SQUAD).value == "Recent"


def test_deleting_a_squad_takes_its_setups_and_actions_and_says_so(empty_store: Path) -> None:
    kept = (assessment(squad="Boréal"), setup(squad="Boréal"), action(squad="Boréal"))
    store_of(empty_store).add(
        [
            *(*kept, deep_assessment(), setup(squad="ATLAS"), setup(), action(squad="atlas ")),
            setup(since=date(2026, 11, 9), seats={}, company=None, ended=True),
        ]
    )
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    said = "This removes 1 check, 2 setups, 1 last day and 1 action of Atlas, notes included."
    assert said in text_of(app)
    app.button(keys.SQUADS_DELETE).click().run()
    assert records(empty_store) == kept
    assert "Entries deleted: 5." in text_of(app)


def test_renaming_a_squad_takes_its_setups_and_actions_along(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(), setup(), action()])
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    app.button(keys.SQUADS_RENAME).click().run()
    assert [squads_of(record) for record in records(empty_store)] == [("Boréal",)] * 3
    assert "Renamed to “Boréal”. Entries moved: 3." in text_of(app)
    app.button(keys.DEED_UNDO).click().run()
    assert [squads_of(record) for record in records(empty_store)] == [("Atlas",)] * 3


def test_a_squad_without_checks_can_still_be_exported_and_deleted(empty_store: Path) -> None:
    store_of(empty_store).add([setup(), action()])
    app = app_on(page_files.DATA, language="fr")
    assert "Aucun diagnostic n’est enregistré" in text_of(app)
    assert "Rien n’est encore enregistré" not in text_of(app)
    with_squad_open(app, "atlas")
    assert not app.exception
    assert [button.label for button in elements_of(app, "download_button")] == [
        "Un fichier à remplir (CSV)",
        "Exporter cette squad (ZIP)",
    ]
    assert (
        "Ceci supprime 1 organisation et 1 action de la squad Atlas, notes comprises."
        in text_of(app)
    )
    app.button(keys.SQUADS_DELETE).click().run()
    assert records(empty_store) == ()
    assert not app.exception


def test_rows_that_go_with_a_deleted_assessment_are_named_before(empty_store: Path) -> None:
    only, other = assessment(), assessment()
    store_of(empty_store).add([only, other])
    path = empty_store / "assessments.csv"
    header, first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(header + first + second + first.replace(b"Atlas", b"Elsewhere"))
    text = "1 row set aside has the same id and is deleted too: assessments.csv:4."
    assert text in text_of(with_squad_open(app_on(page_files.DATA), "atlas"))
    assert text not in text_of(with_rows_selected(app_on(page_files.DATA), 0))
    app = with_rows_selected(app_on(page_files.DATA), 1)
    assert text in text_of(app)
    app.button(keys.DATA_DELETE_CONFIRM).click().run()
    assert records(empty_store) == (other,)
    assert store_of(empty_store).read().set_aside == ()


def test_removing_sample_data_takes_every_kind(empty_store: Path) -> None:
    sample = "5a3b1e00-0000-4000-8000-00000000000"
    own = (assessment(), setup(), action())
    store_of(empty_store).add(
        [
            *own,
            assessment(assessment_id=f"{sample}1"),
            setup(setup_id=f"{sample}2"),
            action(action_id=f"{sample}3"),
        ]
    )
    app_on(page_files.DATA).button(keys.SAMPLE_REMOVE).click().run()
    assert records(empty_store) == own


def test_what_another_program_saved_over_is_told_and_brought_back_with_one_click(
    empty_store: Path,
) -> None:
    first, second = assessment(), assessment()
    store_of(empty_store).add([first])
    stale = (empty_store / "assessments.csv").read_bytes()
    store_of(empty_store).add([second])
    app = app_on(page_files.DATA)
    assert not [button for button in app.button if button.key == keys.VANISHED_BACK]

    (empty_store / "assessments.csv").write_bytes(stale)
    app.run()

    assert "1 entry that was saved here is gone" in text_of(app)
    assert "can be brought back: 1 check." in text_of(app)
    app.button(keys.VANISHED_BACK).click().run()
    assert stored(empty_store) == (first, second)
    assert "Entries brought back: 1." in text_of(app)
    assert not [button for button in app.button if button.key == keys.VANISHED_BACK]


def test_what_another_program_saved_over_can_be_left_out(empty_store: Path) -> None:
    first, second = assessment(), assessment()
    store_of(empty_store).add([first, second])
    app = app_on(page_files.DATA)
    data = (empty_store / "assessments.csv").read_bytes()
    (empty_store / "assessments.csv").write_bytes(b"".join(data.splitlines(keepends=True)[:2]))
    app.run()

    app.button(keys.VANISHED_LET_GO).click().run()

    assert stored(empty_store) == (first,)
    assert "is gone" not in text_of(app)
