"""A revealed session on the pages: its squad's editors see it, others that it exists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import revealed
from assessment.access.release import released
from assessment.access.votes import talking_about
from assessment.model import Survey
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session import keys, page_files
from tests.builders import assessment, gathering
from tests.examples import EXAMPLE_1, WORST
from tests.pages.app import app_on, store_of, text_of
from tests.pages.visitors import EDITOR, Caller, known_link

pytestmark = pytest.mark.usefixtures("protected")

NOW = datetime.now(UTC)
WITHHELD = "not released by the squad yet, so neither shown nor compared here."
SEEN = "You see it; links and the leadership page show and compare only the other answers."
ATLAS = {"squad": "Atlas"}
RESULTS = (page_files.SQUAD, page_files.COMPARE, page_files.TRENDS, page_files.LEADERSHIP)


def session(*, day: int = 3, days_ago: int = 0) -> Survey:
    """An open session of Atlas, of a check's month, which was revealed so many days ago."""
    opened_on = date(2026, 11, day)
    survey = gathering(privacy="open", opened_on=opened_on, closes_on=opened_on)
    return revealed(survey, voices=3, now=NOW - timedelta(days=days_ago))


def company(folder: Path, *surveys: Survey) -> None:
    """Two squads that are well; where Atlas held a session, it said otherwise."""
    store = store_of(folder, assessment(squad="Borea", answers=EXAMPLE_1))
    store.add([assessment(answers=EXAMPLE_1), *surveys])
    for survey in surveys:
        store.add([assessment(answers=WORST, gathering=survey.id) for _ in range(3)])


def viewer() -> Caller:
    return Caller(parameters={"link": known_link(squads=("Atlas", "Borea"))[1]})


def editor() -> Caller:
    return Caller(dict(EDITOR))


def lines(app: AppTest) -> list[str]:
    assert not app.exception
    return [line for line in text_of(app).splitlines() if "session of" not in line]


@pytest.mark.parametrize("page", RESULTS)
def test_a_link_shows_an_unreleased_session_as_if_it_were_not_there_and_says_it_exists(
    page: str, empty_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company(empty_store, session())
    with_it = viewer().cold(page)
    assert WITHHELD in text_of(with_it)
    assert "Atlas, session of 3\u00a0Nov\u00a02026" in text_of(with_it)

    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / "other"))
    company(tmp_path / "other")
    without = viewer().cold(page)
    assert WITHHELD not in text_of(without)
    assert lines(with_it) == lines(without)


@pytest.mark.parametrize("page", [page_files.SQUAD, page_files.COMPARE, page_files.LEADERSHIP])
def test_a_link_shows_a_session_once_it_is_released(page: str, empty_store: Path) -> None:
    held = session()
    company(empty_store, held)
    before = lines(viewer().cold(page))
    store_of(empty_store).revise(held, released(held))
    after = viewer().cold(page)
    assert lines(after) != before
    assert "session of" not in text_of(after)


def test_files_for_a_link_hold_nothing_of_an_unreleased_session(
    empty_store: Path,
    tmp_path: Path,
    files: list[Callable[[], bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company(empty_store, session())
    viewer().cold(page_files.COMPARE)
    (with_it,) = (make() for make in files)
    files.clear()
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / "other"))
    company(tmp_path / "other")
    viewer().cold(page_files.COMPARE)
    (without,) = (make() for make in files)
    assert with_it == without


@pytest.mark.parametrize("page", [page_files.SQUAD, page_files.COMPARE, page_files.TRENDS])
def test_an_editor_sees_it_and_is_told_that_others_do_not(page: str, empty_store: Path) -> None:
    company(empty_store, session())
    app = editor().cold(page)
    assert SEEN in text_of(app)
    assert lines(app) != lines(viewer().cold(page))


@pytest.mark.parametrize(("who", "said"), [(viewer, WITHHELD), (editor, SEEN)])
def test_two_sessions_of_a_day_are_told_once(
    who: Callable[[], Caller], said: str, empty_store: Path
) -> None:
    company(empty_store, session(), session())
    text = text_of(who().cold(page_files.SQUAD))
    assert text.count(said) == 1
    assert f"{said} (2 sessions on that day)" in text


def test_the_form_of_a_link_says_of_the_squads_chosen_what_links_do_not_show(
    empty_store: Path,
) -> None:
    company(empty_store, session())
    app = editor().cold(page_files.SHARING)
    assert SEEN in text_of(app)
    app.multiselect(keys.SHARING_SQUADS).set_value(["Borea"]).run()
    assert SEEN not in text_of(app)
    app.checkbox(keys.SHARING_EVERY).check().run()
    assert SEEN in text_of(app)


def test_the_leadership_page_leaves_it_out_for_editors_too(empty_store: Path) -> None:
    company(empty_store, session())
    app, shared = editor().cold(page_files.LEADERSHIP), viewer().cold(page_files.LEADERSHIP)
    assert WITHHELD in text_of(app)
    assert app.header[0].value == shared.header[0].value
    assert [tile.value for tile in app.metric] == [tile.value for tile in shared.metric]


def test_sessions_that_are_not_named_are_counted(empty_store: Path) -> None:
    company(empty_store, *(session(day=day) for day in range(3, 8)))
    text = text_of(editor().cold(page_files.LEADERSHIP))
    assert text.count(WITHHELD) == 3
    assert "… and 2 more sessions." in text


def test_a_link_to_a_squad_with_nothing_else_says_that_a_session_exists(empty_store: Path) -> None:
    held = session()
    store_of(empty_store, held, *(assessment(gathering=held.id) for _ in range(3)))
    for page in RESULTS:
        shown = text_of(Caller(parameters={"link": known_link()[1]}).cold(page))
        assert "Nothing is shared here yet" in shown
        assert WITHHELD in shown


def test_an_editor_releases_it_on_the_page_of_sessions(empty_store: Path) -> None:
    held = session()
    company(empty_store, held)
    app = editor().cold(page_files.ROUNDS)
    assert "Not released yet: links and the leadership page do not show it." in text_of(app)
    # The room goes on to another topic while this page stands open: that is none of its business.
    unguarded_store().revise(held, talking_about(held, "cut"))
    app.button(keys.of_survey("release", held.id)).click().run()
    assert "The session is released." in text_of(app)
    assert WITHHELD not in text_of(viewer().cold(page_files.LEADERSHIP))
    assert not [b for b in app.button if b.key == keys.of_survey("release", held.id)]


def test_an_editor_is_reminded_after_a_week(empty_store: Path) -> None:
    company(empty_store, session(days_ago=8))
    waiting = gathering(privacy="open", closed_at=NOW - timedelta(days=8))
    store_of(empty_store, waiting, assessment(gathering=waiting.id))
    shown = text_of(editor().cold(page_files.ROUNDS))
    assert "Revealed more than a week ago and not released" in shown
    assert "These answers have waited for more than a week" in shown


def test_a_quick_check_is_released_by_being_saved(empty_store: Path) -> None:
    company(empty_store)
    assert "Atlas" in text_of(app_on(page_files.SQUAD, squad="Atlas", link=known_link()[1]))


def test_a_link_stays_in_the_address_where_nothing_is_shared_yet(empty_store: Path) -> None:
    held = session()
    store_of(empty_store, held, *(assessment(gathering=held.id) for _ in range(3)))
    token = known_link()[1]
    app = Caller(parameters={"link": token}).cold(page_files.HOME)
    assert app.title[0].value == "Leadership"
    assert app.query_params["link"] == token


# Sessions of which too few answered ---------------------------------------------------------------

CLOSED = {"closed_at": NOW, "revealed_at": NOW}
TOO_FEW = (
    "Atlas, session of 16\u00a0Sept\u00a02026: fewer than 5 answers are stored here, so nothing of "
    "it is shown."
)


def with_too_few(folder: Path, **changes: object) -> None:
    """Two squads with checks in November, one of which had a session that four answered."""
    company(folder)
    opened_on = date(2026, 9, 16)
    survey = gathering(opened_on=opened_on, closes_on=opened_on, **CLOSED, **changes)
    votes = [assessment(gathering=survey.id, assessed_on=opened_on, answers=WORST)] * 4
    september = assessment(squad="Borea", assessed_on=opened_on, answers=EXAMPLE_1)
    voices = [vote.model_copy(update={"assessment_id": uuid4()}) for vote in votes]
    store_of(folder, survey, september, *voices)


@pytest.mark.parametrize("who", [viewer, editor])
@pytest.mark.parametrize("page", RESULTS)
def test_a_session_that_too_few_answered_is_told_where_its_result_is_looked_for(
    page: str, who: Callable[[], Caller], empty_store: Path
) -> None:
    with_too_few(empty_store)
    caller = who()
    caller.parameters |= {"period": "2026-09"}
    caller.parameters |= {} if page in (page_files.COMPARE, page_files.LEADERSHIP) else ATLAS
    app = caller.cold(page)
    assert not app.exception
    assert TOO_FEW in text_of(app)
    if page == page_files.SQUAD:
        assert "There is no result for September 2026; you see the latest." in text_of(app)


def test_a_session_that_too_few_answered_leads_to_no_result_and_to_no_release(
    empty_store: Path,
) -> None:
    with_too_few(empty_store, released=False)
    app = editor().cold(page_files.ROUNDS)
    assert TOO_FEW in text_of(app)
    assert not {"See the result", "Release…"} & set(text_of(app).splitlines())
    assert SEEN not in text_of(editor().cold(page_files.SQUAD))
    caller = viewer()
    caller.parameters |= ATLAS
    shown = text_of(caller.cold(page_files.TRENDS))
    assert TOO_FEW not in shown
    assert WITHHELD in shown
