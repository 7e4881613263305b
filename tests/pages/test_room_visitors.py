"""A session's room, its votes, what it agreed and its release: who sees what, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from assessment.access.release import released
from assessment.access.votes import asking_again, vote_ended
from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.model import Survey
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import keys, page_files
from tests.builders import agreement, confirmation, gathering, vote
from tests.pages.app import PROJECT, text_of
from tests.pages.test_room import SPRINT, session
from tests.pages.visitors import EDITOR, SIGNED_OUT, STRANGER, everything, known_link

pytestmark = pytest.mark.usefixtures("protected")

NOW = datetime.now(UTC)
TODAY = NOW.date()
ANOTHER = uuid4()
MARKS = {
    "answers": "PM (2), PO (2), CPO (1), EM (1) and Tech Lead (1)",
    "votes": "PO (5) and Tech Lead (1)",
    "agreed": "the PO decides, consults the Tech Lead",
}
"""What the first answers, the second vote and the agreement read like, wherever they stand."""

NOTHING: set[str] = set()
ALL = set(MARKS)
WHO = (
    "nobody",
    "stranger",
    "bad link",
    "ended link",
    "viewer",
    "who answered",
    "who did not answer",
    "who answered another session",
    "editor",
)
WALL: dict[str, dict[str, str]] = {
    "the headline": {"step": "headline"},
    "the plan": {"step": "walk"},
    "a topic": SPRINT,
    "agreeing": {**SPRINT, "do": "agree"},
    "the close": {"step": "close"},
}
ON_THE_WALL = {
    "the headline": NOTHING,
    "the plan": NOTHING,  # what is agreed is settled, and its answers are told no more
    "a topic": ALL,
    "agreeing": {"agreed"},
    "the close": {"agreed"},
}
"""What an editor reads on each screen of the room; nobody else opens it."""


@dataclass(frozen=True)
class Session:
    """A session that is stored in a folder, and the links that its visitors have."""

    survey: Survey
    folder: Path
    tokens: Mapping[str, str]


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Session]:
    """A session of seven, revealed, which voted again and agreed; tests only look at it."""

    @cache
    def held(privacy: str, is_released: bool) -> Session:
        folder = tmp_path_factory.mktemp("held")
        survey = session(folder, privacy=privacy)
        store = CsvStore(folder, shipped_framework())
        asking = asking_again(survey, "sprint-content", ())
        store.revise(survey, asking)
        assert asking.ballot
        fields = dict(zip(("gathering", "decision", "pass_number"), asking.ballot, strict=True))
        named = ["po"] * 5 + ["tl"]
        store.add([vote(vote_id=uuid4(), voter=uuid4(), named=(one,), **fields) for one in named])
        survey = vote_ended(asking)
        store.revise(asking, survey)
        made = agreement(
            survey=survey.id,
            limits="",
            escalation="",
            agreed_on=TODAY,
            valid_until=TODAY + timedelta(days=90),
        )
        store.add([made, confirmation(agreement_id=made.id, role="po")])
        if is_released:
            store.revise(survey, after := released(survey))
            survey = after
        other = gathering(gathering_id=ANOTHER, squad="Borea")
        store.add([other])
        with pytest.MonkeyPatch.context() as app:
            app.setenv("WHO_DECIDES_DATA", str(folder))
            invited = known_link("invite", round_id=survey.id)[1]
            tokens = {
                "bad link": "A" * 43,
                "ended link": known_link("invite", round_id=survey.id, days=1, age=3)[1],
                "viewer": known_link()[1],
                "who answered": invited,
                "who did not answer": invited,
                "who answered another session": known_link("invite", round_id=other.id)[1],
            }
        return Session(survey, folder, tokens)

    return held


@pytest.fixture
def is_released() -> bool:
    return False


@pytest.fixture(params=["open", "confidential"])
def held(
    request: pytest.FixtureRequest,
    is_released: bool,
    sessions: Callable[[str, bool], Session],
    monkeypatch: pytest.MonkeyPatch,
) -> Session:
    """Such a session in the app's store."""
    stored = sessions(request.param, is_released)
    monkeypatch.setenv("WHO_DECIDES_DATA", str(stored.folder))
    return stored


def opens(who: str, page: str, held: Session, **parameters: str) -> AppTest:
    """A page as somebody opens it cold, with a link where they have one."""
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    app.user = dict({"editor": EDITOR, "stranger": STRANGER}.get(who, SIGNED_OUT))
    if who in ("who answered", "who answered another session"):
        app.session_state[keys.ROUND_SENT] = {held.survey.id, ANOTHER}
    app.switch_page(page)
    app._page_hash = calc_hash(Path(page).stem.replace("_", "-"))
    app.query_params["lang"] = "en"
    for name, value in parameters.items():
        app.query_params[name] = value
    if who in held.tokens:
        app.query_params["link"] = held.tokens[who]
    app.run()
    assert not app.exception
    return app


def marks(app: AppTest) -> set[str]:
    sent = everything(app)
    return {name for name, text in MARKS.items() if text in sent}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("screen", WALL)
def test_the_wall_is_an_editor_s_alone(screen: str, who: str, held: Session) -> None:
    app = opens(who, page_files.ROOM, held, survey=str(held.survey.id), **WALL[screen])
    assert marks(app) == (ON_THE_WALL[screen] if who == "editor" else NOTHING)


@pytest.mark.parametrize("who", WHO)
def test_a_phone_follows_its_own_session_and_no_other(who: str, held: Session) -> None:
    app = opens(who, page_files.ROUND, held)
    assert marks(app) == (ALL if who == "who answered" else NOTHING)


@pytest.mark.parametrize("is_released", [False, True], ids=["held", "released"])
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "page", [page_files.SQUAD, page_files.LEADERSHIP, page_files.COMPARE, page_files.TRENDS]
)
def test_results_show_a_session_to_editors_first_and_to_links_once_it_is_released(
    page: str, who: str, is_released: bool, held: Session
) -> None:
    app = opens(who, page, held, squad="Atlas", view="who-decides")
    shown = marks(app)
    assert "votes" not in shown  # a second vote is the room's and its phones' alone
    if who not in ("viewer", "editor"):
        assert shown == NOTHING
    is_said = "not released by the squad yet, so neither shown nor compared here." in text_of(app)
    day = words_in("en").date(held.survey.opened_on)
    if who == "viewer" and not is_released:
        assert is_said
        assert f"Atlas, session of {day}" in text_of(app)
    if is_released:
        assert not is_said


@pytest.mark.parametrize("who", WHO)
def test_the_charter_of_the_room_is_an_editor_s_to_take(
    who: str, held: Session, files: list[Callable[[], bytes]]
) -> None:
    opens(who, page_files.ROOM, held, survey=str(held.survey.id), step="end")
    assert [make()[:4] for make in files] == ([b"%PDF"] if who == "editor" else [])


def test_a_file_of_everything_holds_no_vote_of_a_confidential_session(
    held: Session, files: list[Callable[[], bytes]]
) -> None:
    opens("editor", page_files.DATA, held)
    zips = [ZipFile(BytesIO(made)) for made in (make() for make in files) if made[:2] == b"PK"]
    votes = [file.read("votes.csv") for file in zips if "votes.csv" in file.namelist()]
    assert [file.count(b"\n") - 1 for file in votes] == [6 if held.survey.privacy == "open" else 0]
