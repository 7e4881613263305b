"""Who gets what, page by page and file by file, in a protected app; cold starts included."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
import streamlit
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.errors import Refused, SetupError
from assessment.languages import LANGUAGES, words_in
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import DATA_FOLDER
from assessment.ui.guard import shared_links, visitor
from assessment.ui.guard.secrets_files import check_secrets_can_be_opened, current_secrets
from assessment.ui.guard.stored import vanished_records
from assessment.ui.server.application import surroundings
from assessment.ui.session import keys, page_files
from tests.builders import action, assessment
from tests.examples import HALF
from tests.pages.app import answer, app_on, stored, text_of, with_squad_open
from tests.pages.app import page_files as every_page
from tests.pages.visitors import (
    EDITOR,
    SECRETS,
    SIGNED_OUT,
    STRANGER,
    Caller,
    everything,
    known_link,
)

pytestmark = pytest.mark.usefixtures("protected")

INVALID = "This link is not valid"
ELSEWHERE = "This link does not open this page"
SIGN_IN = "Who Decides?"
ALL = {"nobody", "stranger", "bad link", "viewer", "invitee", "editor"}
ALLOWED = {
    "pages/check/": {"editor"},
    "pages/home/": {"editor"},
    "pages/check/round.py": {"invitee", "editor"},
    "pages/check/shared_result.py": ALL,
    "pages/learn/": {"viewer", "invitee", "editor"},
    "pages/manage/": {"editor"},
    "pages/manage/privacy.py": ALL,
    "pages/results/": {"viewer", "editor"},
}
"""Who may open a page; its own line where it has one, else its folder's."""

HIDDEN = ("Cobalt-hidden", "Alias-hidden", "Note-hidden")
"""What only editors read: another squad, an alias, a note."""


def allowed(page: str) -> set[str]:
    return ALLOWED.get(page) or ALLOWED[page[: page.rindex("/") + 1]]


def caller(who: str) -> Caller:
    match who:
        case "editor":
            return Caller(dict(EDITOR))
        case "stranger":
            return Caller(dict(STRANGER))
        case "viewer":
            return Caller(parameters={"link": known_link()[1]})
        case "invitee":
            return Caller(parameters={"link": known_link("invite")[1]})
        case "bad link":
            return Caller(parameters={"link": "A" * 43})
    return Caller()


@pytest.fixture(scope="module")
def stored_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two squads; Atlas is shared, with a note and an alias that are not."""
    folder = tmp_path_factory.mktemp("company")
    CsvStore(folder, shipped_framework()).add(
        [
            assessment(squad="Atlas", voice="Alias-hidden", note="Note-hidden", answers=HALF),
            assessment(squad="Atlas", role="pm", answers=HALF),
            assessment(squad="Cobalt-hidden", answers=HALF),
        ]
    )
    return folder


@pytest.fixture(autouse=True)
def company(stored_company: Path, empty_store: Path) -> Path:
    """That company in a store of the test's own."""
    copytree(stored_company, empty_store, dirs_exist_ok=True)
    return empty_store


@pytest.fixture(scope="module")
def seen_company(stored_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That company where tests only look at it."""
    folder = tmp_path_factory.mktemp("seen")
    copytree(stored_company, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def visitors(seen_company: Path) -> Mapping[str, Caller]:
    """Somebody of every kind, those with a link to that company."""
    with pytest.MonkeyPatch.context() as app:
        app.setenv(DATA_FOLDER, str(seen_company))
        return {who: caller(who) for who in ALL}


@pytest.fixture
def looked_at(seen_company: Path, company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's store is the one that those visitors look at, read once for all of them."""
    monkeypatch.setenv(DATA_FOLDER, str(seen_company))


def was_refused(app: AppTest) -> bool:
    assert not app.exception
    assert len(app.title) == 1
    return app.title[0].value in (INVALID, ELSEWHERE, SIGN_IN)


def test_every_page_has_its_line_in_the_table() -> None:
    assert all(allowed(page) for page in every_page())


@pytest.mark.usefixtures("looked_at")
@pytest.mark.parametrize("start", ["cold", "warm"])
@pytest.mark.parametrize("who", sorted(ALL))
@pytest.mark.parametrize("page", every_page())
def test_a_page_opens_to_those_it_is_for_and_tells_others_nothing(
    page: str,
    who: str,
    start: str,
    visitors: Mapping[str, Caller],
    files: list[Callable[[], bytes]],
) -> None:
    someone = visitors[who]
    app = someone.cold(page) if start == "cold" else someone.warm(page)
    sent = everything(app)
    homes = {"viewer": "Atlas", "invitee": "Your view · Atlas"}  # a link to one squad opens it
    if who in homes and page in (page_files.HOME, page_files.CHECK, page_files.DEEP_CHECK):
        # A link may be opened at the start page, which leads its holder on.
        assert app.title[0].value == homes[who]
    else:
        assert was_refused(app) == (who not in allowed(page))
    if was_refused(app):
        assert start == "warm" or files == []
        assert "Atlas" not in sent
    if who != "editor":
        assert [word for word in HIDDEN if word in sent] == []


@pytest.mark.parametrize(("who", "offered"), [("editor", True), ("viewer", False)])
def test_only_who_may_make_links_is_led_to_make_one(who: str, offered: bool) -> None:
    app = caller(who).cold(page_files.SQUAD)
    assert (keys.HEAD_SHARE in [button.key for button in app.button]) == offered


def test_the_shared_squad_is_really_there_to_be_seen() -> None:
    assert "Atlas" in everything(caller("viewer").cold(page_files.SQUAD))
    sent = everything(caller("editor").cold(page_files.DATA))
    assert [word for word in HIDDEN if word not in sent] == []


@pytest.mark.usefixtures("looked_at")
@pytest.mark.parametrize("page", every_page())
def test_files_hold_nothing_that_the_page_hides(
    page: str, visitors: Mapping[str, Caller], files: list[Callable[[], bytes]]
) -> None:
    for who in ("viewer", "invitee", "nobody"):
        files.clear()
        visitors[who].cold(page)
        for make in files:
            made = make()
            assert [word for word in HIDDEN if word.encode() in made] == [], who


# The end of a link, while a session is open -------------------------------------------------------


def test_a_revoked_link_ends_an_open_session_at_its_next_run() -> None:
    link, token = known_link()
    app = Caller(parameters={"link": token}).cold(page_files.SQUAD)
    assert not was_refused(app)
    shared_links.revoke(link.link_id, now=datetime.now(UTC))
    app.run()
    assert app.title[0].value == INVALID
    assert "Atlas" not in everything(app)


def test_a_revoked_link_ends_its_downloads_at_the_next_click(
    files: list[Callable[[], bytes]],
) -> None:
    link, token = known_link()
    Caller(parameters={"link": token}).cold(page_files.SQUAD)
    assert files
    assert all(make() for make in files)
    shared_links.revoke(link.link_id, now=datetime.now(UTC))
    for make in files:
        with pytest.raises(Refused, match="access has ended"):
            make()


def shut_out_ana(secrets: Path) -> None:
    text = secrets.read_text(encoding="utf-8").replace("ana@example.org", "bob@example.org")
    secrets.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("deed", [keys.VANISHED_BACK, keys.VANISHED_LET_GO])
def test_whoever_lost_editing_before_a_click_does_nothing_to_what_vanished_nor_sees_it(
    deed: str, protected: Path, company: Path
) -> None:
    file = company / "assessments.csv"
    stale = file.read_bytes()
    CsvStore(company, shipped_framework()).add([gone := assessment()])
    app = caller("editor").cold(page_files.DATA)
    file.write_bytes(stale)
    app.run()
    shut_out_ana(protected)

    app.button(deed).click().run()

    store = CsvStore(company, shipped_framework())
    assert (tuple(store.vanished()), len(store.read().assessments)) == ((gone,), 3)
    with pytest.raises(Refused, match="only editors may do this"):
        vanished_records()


def a_page_that_reruns_itself() -> None:
    """A page whose link is switched off as it runs."""
    from datetime import UTC, datetime

    import streamlit as st

    from assessment.ui.guard import shared_links
    from assessment.ui.guard.visitor import rights_decided

    with rights_decided() as rights:
        st.markdown(rights.visitor.kind)
        if rights.visitor.link:
            shared_links.revoke(rights.visitor.link.link_id, now=datetime.now(UTC))
            st.rerun()


def test_a_page_that_reruns_itself_once_its_link_is_off_decides_anew() -> None:
    app = AppTest.from_function(a_page_that_reruns_itself)
    app.session_state[keys.LINK] = known_link()[1]

    assert [text.value for text in app.run().markdown] == ["bad link"]


def test_an_editor_taken_off_the_list_loses_pages_and_files(
    protected: Path, files: list[Callable[[], bytes]]
) -> None:
    app = caller("editor").cold(page_files.DATA)
    assert len(files) == 5
    shut_out_ana(protected)
    for make in files:
        with pytest.raises(Refused, match="access has ended"):
            make()
    assert was_refused(app.run())


def ready_to_save(app: AppTest) -> None:
    answer(app, {"late-scope": "often"})
    app.segmented_control(keys.CHECK_STEP).set_value("result").run()
    app.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas").run()


def ready_to_delete(app: AppTest) -> None:
    with_squad_open(app, "atlas")


def ready_to_rename(app: AppTest) -> None:
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()


def ready_to_end(app: AppTest) -> None:
    with_squad_open(app, "atlas")


def ready_to_share(app: AppTest) -> None:
    app.text_input(keys.SHARING_LABEL).set_value("Board")
    app.checkbox(keys.SHARING_EVERY).check().run()


def ready_to_switch_off(app: AppTest) -> None:
    (link,) = shared_links.links()
    app.selectbox(keys.SHARING_LINK).set_value(str(link.link_id)).run()


@pytest.mark.parametrize(
    ("page", "ready", "button"),
    [
        (page_files.CHECK, ready_to_save, keys.CHECK_SAVE),
        (page_files.DATA, ready_to_delete, keys.SQUADS_DELETE),
        (page_files.DATA, ready_to_rename, keys.SQUADS_RENAME),
        (page_files.DATA, ready_to_end, keys.SQUADS_END),
        (page_files.DATA, lambda app: None, keys.SAMPLE_LOAD),
        (page_files.SHARING, ready_to_share, keys.SHARING_MAKE),
        (page_files.SHARING, ready_to_switch_off, keys.SHARING_REVOKE),
    ],
)
def test_a_click_that_comes_after_the_right_has_gone_changes_nothing(
    page: str,
    ready: Callable[[AppTest], object],
    button: str,
    protected: Path,
    company: Path,
) -> None:
    # What a click calls runs before any page, so before any page's guard.
    known_link()
    app = caller("editor").cold(page)
    ready(app)
    before, links_before = stored(company), shared_links.links()
    shut_out_ana(protected)
    app.button(button).click().run()
    assert was_refused(app)
    assert stored(company) == before
    assert shared_links.links() == links_before


def test_an_expired_link_opens_nothing() -> None:
    _, token = known_link(days=1, age=2)
    assert was_refused(Caller(parameters={"link": token}).cold(page_files.SQUAD))


# What bad input gets ------------------------------------------------------------------------------


def test_every_bad_link_gets_the_same_page() -> None:
    link, token = known_link()
    revoked, off = known_link()
    shared_links.revoke(revoked.link_id, now=datetime.now(UTC))
    parameters: list[dict[str, str | list[str]]] = [
        {"link": token[:-1]},
        {"link": token.swapcase()},
        {"link": off},
        {"link": known_link(days=1, age=2)[1]},
        {"link": [token, token]},
        {"link": [token, off]},
        {"link": "B" * 43},
        {"link": link.digest},
    ]
    pages = {everything(Caller(parameters=query).cold(page_files.SQUAD)) for query in parameters}
    assert len(pages) == 1
    assert INVALID in pages.pop()


RESULTS = [page for page in every_page() if page.startswith("pages/results/")]


@pytest.mark.parametrize("page", RESULTS)
@pytest.mark.parametrize("beside", [[], ["Atlas"], ["Atlas", "Boréal"]])
def test_a_squad_that_is_not_shared_is_to_a_link_as_one_that_never_was(
    page: str, beside: list[str], company: Path
) -> None:
    CsvStore(company, shipped_framework()).add([assessment(squad="Boréal", answers=HALF)])
    token = known_link(squads=("Atlas", "Boréal"))[1]
    sent = set[str]()
    for name in ("Cobalt-hidden", "Cobalt-unknown"):
        app = Caller(parameters={"link": token, "squad": [name, *beside]}).warm(page)
        assert not app.exception
        assert f"Not found here: “{name}”" in text_of(app)
        unnamed = everything(app).replace(name.replace("-", r"\\-"), "")
        assert name not in unnamed
        sent.add(re.sub('deferred_file_id: "[0-9a-f]+"', "", unnamed))  # by chance, each time anew
    assert len(sent) == 1


@pytest.mark.parametrize("page", [page_files.SQUAD, page_files.TRENDS])
def test_a_link_of_one_squad_shows_it_by_whatever_name_the_address_calls_it(
    page: str, company: Path
) -> None:
    token = known_link(squads=("Atlas",))[1]
    now, before = (
        text_of(Caller(parameters={"link": token, "squad": name}).cold(page)).splitlines()
        for name in ("Atlas", "Atlas before")
    )
    assert [line for line in before if line not in now] == [
        "Not found here: “Atlas before”. A squad may have been renamed."
    ]


@pytest.mark.parametrize("page", RESULTS)
def test_a_link_opens_what_it_shares_after_one_of_the_squads_was_renamed(
    page: str, company: Path
) -> None:
    CsvStore(company, shipped_framework()).add([assessment(squad="Boréal", answers=HALF)])
    token = known_link(squads=("Atlas", "Boréal"))[1]
    CsvStore(company, shipped_framework()).rename("Boréal", "Aurora")
    app = Caller(parameters={"link": token, "squad": ["Atlas", "Boréal"]}).cold(page)
    assert not app.exception
    assert "Not found here: “Boréal”" in text_of(app)
    assert "Atlas" in text_of(app)


@pytest.mark.parametrize(
    ("language", "title"), [("en", ELSEWHERE), ("fr", "Ce lien n’ouvre pas cette page")]
)
@pytest.mark.parametrize(("who", "opens"), [("viewer", "Atlas"), ("invitee", "Your view · Atlas")])
@pytest.mark.usefixtures("looked_at")
@pytest.mark.parametrize(
    "page", [page_files.DATA, page_files.SHARING, page_files.ROUNDS, page_files.STATUS]
)
def test_a_valid_link_says_which_pages_it_does_not_open_and_leads_to_its_own(
    page: str, who: str, opens: str, language: str, title: str, visitors: Mapping[str, Caller]
) -> None:
    app = visitors[who].cold(page)
    app.query_params["lang"] = language
    app.run()
    assert app.title[0].value == title
    assert "Atlas" not in everything(app)
    app.button(keys.GATE_START).click().run()
    assert not app.exception
    assert app.title[0].value == " · ".join(map(words_in(language).gettext, opens.split(" · ")))


@pytest.mark.parametrize("page", [page_files.DATA, page_files.ROUNDS])
def test_a_link_that_is_over_says_the_same_on_every_page(page: str) -> None:
    revoked, off = known_link()
    shared_links.revoke(revoked.link_id, now=datetime.now(UTC))
    for token in (off, known_link(days=1, age=2)[1], "B" * 43):
        app = Caller(parameters={"link": token}).cold(page)
        assert app.title[0].value == INVALID
        assert "Ask the person who sent it to you for a new one." in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_out_of_a_bad_link_leads_to_the_sign_in_page(language: str) -> None:
    app = Caller(parameters={"link": "B" * 43}).cold(page_files.SQUAD)
    app.query_params["lang"] = language
    app.run()
    app.button(keys.GATE_START).click().run()
    assert not app.exception
    assert "link" not in app.query_params
    assert app.button(keys.sign_in("")).label == {"en": "Sign in", "fr": "Se connecter"}[language]


def test_a_bad_link_stays_bad_when_the_reader_moves_on() -> None:
    app = Caller(parameters={"link": "B" * 43}).cold(page_files.SQUAD)
    app.query_params.pop("link")
    app.switch_page(page_files.METHOD).run()
    assert app.title[0].value == INVALID


def test_a_link_gives_a_signed_in_editor_its_view_and_no_more() -> None:
    someone = Caller(dict(EDITOR), {"link": known_link()[1]})
    assert someone.cold(page_files.DATA).title[0].value == ELSEWHERE
    app = someone.cold(page_files.SQUAD)
    assert "Cobalt-hidden" not in everything(app)
    assert "Shared with you as “Board”, until " in text_of(app)
    assert "Left out: aliases, notes, the names in actions and the roles of voices." in text_of(app)
    assert app.button[-1].key == keys.GATE_LEAVE  # quiet, and at the end of the page
    app.button(keys.GATE_LEAVE).click().run()
    assert "Cobalt-hidden" in everything(app)


def test_a_link_lasts_from_page_to_page_and_stays_in_the_address_for_a_reload() -> None:
    _, token = known_link()
    app = Caller(parameters={"link": token}).cold(page_files.SQUAD)
    app.switch_page(page_files.METHOD)
    app.query_params.clear()
    app.run()
    assert app.title[0].value == "Method"
    assert app.query_params["link"] in (token, [token])


def test_a_viewer_s_period_leaves_the_others_out(company: Path) -> None:
    CsvStore(company, shipped_framework()).add(
        [assessment(squad="Atlas", assessed_on=datetime(2026, 9, 1, tzinfo=UTC).date())]
    )
    from assessment.model.period import Period

    _, token = known_link(period=Period.parse("2026-09"))
    app = Caller(parameters={"link": token}).cold(page_files.SQUAD)
    assert app.selectbox(keys.CHOICE_PERIOD).options == ["September 2026"]


def test_a_viewer_of_a_period_is_not_told_that_an_action_was_done_after_it(company: Path) -> None:
    august = datetime(2026, 8, 10, tzinfo=UTC).date()
    days = {"decided_on": august, "due_on": august + timedelta(days=30)}
    done = action(**days, status="done", ended_on=august + timedelta(days=102))
    checked = assessment(squad="Atlas", assessed_on=august, answers=HALF)
    CsvStore(company, shipped_framework()).add([checked, done])
    from assessment.model.period import Period

    _, token = known_link(period=Period.parse("2026-08"))
    for page in (page_files.SQUAD, page_files.TRENDS):
        text = text_of(Caller(parameters={"link": token}).cold(page))
        assert "Planned, due 9\u00a0Sept\u00a02026" in text
        assert not re.search("Done on|20 Nov|verdue", text)


@pytest.mark.parametrize("asked", [{}, {"by": "month"}, {"period": "2026-09"}])
def test_a_viewer_of_a_quarter_sees_it_as_a_quarter_wherever_they_go(
    company: Path, asked: dict[str, str]
) -> None:
    days = [datetime(2026, month, 1, tzinfo=UTC).date() for month in (7, 9)]
    checks = [assessment(squad="Atlas", assessed_on=day) for day in days]
    more = [assessment(squad=name, assessed_on=days[0]) for name in ("Boréal", "Delta")]
    CsvStore(company, shipped_framework()).add([*checks, *more])
    from assessment.model.period import Period

    squads = ("Atlas", "Boréal", "Delta")
    _, token = known_link(squads=squads, period=Period.parse("2026-Q3"))
    caller = Caller(parameters={"link": token, **asked})
    for page, shown in (
        (page_files.LEADERSHIP, "Q3 2026 · 3 squads · 4 voices"),
        (page_files.COMPARE, "Q3 2026 · 3 squads · 4 voices"),
        (page_files.SQUAD, "Q3 2026 · 2 voices"),
        (page_files.TRENDS, "Q3 2026"),
    ):
        app = caller.cold(page)
        assert shown in text_of(app), page
        assert not [choice for choice in app.get("button_group") if choice.key == keys.CHOICE_BY]


def test_a_viewer_of_a_period_is_told_what_was_overdue_by_its_end(company: Path) -> None:
    decided = datetime(2026, 8, 10, tzinfo=UTC).date()
    late = action(decided_on=decided, due_on=decided + timedelta(days=30))
    checked = assessment(squad="Atlas", assessed_on=datetime(2026, 9, 1, tzinfo=UTC).date())
    CsvStore(company, shipped_framework()).add([checked, late])
    from assessment.model.period import Period

    _, token = known_link(period=Period.parse("2026-09"))
    text = text_of(Caller(parameters={"link": token}).cold(page_files.SQUAD))
    assert "1 action overdue since 9\u00a0Sept\u00a02026" in text


def test_a_viewer_of_nothing_stored_is_told_so_without_a_button_that_writes() -> None:
    _, token = known_link(squads=("Gone",))
    app = Caller(parameters={"link": token}).cold(page_files.SQUAD)
    assert "Nothing is shared here yet" in text_of(app)
    assert not [button for button in app.button if button.key == keys.SAMPLE_LOAD]


# The menu -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("nobody", ["What is kept"]),
        ("stranger", ["What is kept"]),
        ("bad link", ["What is kept"]),
        ("invitee", ["What is kept"]),  # the expected answers wait until theirs are sent
        (
            "viewer",
            ["Squad", "Leadership", "Compare", "Trends", "Playbook", "Method", "What is kept"],
        ),
    ],
)
def test_the_menu_shows_what_opens_and_nothing_else(
    who: str, titles: list[str], menu: list[str]
) -> None:
    caller(who).cold(page_files.SHARED_RESULT)
    assert menu == [*titles, "English", "Français"]


# Signing in and out -------------------------------------------------------------------------------


def test_a_stranger_is_told_which_address_is_not_an_editor_s() -> None:
    text = text_of(caller("stranger").cold(page_files.DATA))
    assert "You are signed in as eve@evil.test, which is not an editor's address here." in text


def test_whoever_signed_in_in_vain_is_told_so_and_whom_to_ask() -> None:
    text = text_of(Caller(parameters={page_files.SIGN_IN_FAILED: "1"}).cold(page_files.HOME))

    assert "Signing in did not work." in text
    assert "Signing in" not in text_of(Caller().cold(page_files.HOME))


def test_signing_out_ends_an_editor_s_session() -> None:
    app = caller("editor").cold(page_files.DATA)
    app.button(keys.GATE_SIGN_OUT).click().run()
    assert app.user == SIGNED_OUT
    assert app.title[0].value == SIGN_IN


def test_signing_out_ends_the_other_windows_of_that_sign_in_and_no_other_sign_in() -> None:
    now = int(datetime.now(UTC).timestamp())
    first, later = ({**EDITOR, "sub": "ana", "iat": now - ago} for ago in (60, 0))
    window, other, another = (Caller(user).cold(page_files.DATA) for user in (first, first, later))
    window.button(keys.GATE_SIGN_OUT).click().run()
    for app, title in ((other, SIGN_IN), (another, "Data")):
        app.run()
        assert app.title[0].value == title
        assert Caller(app.user).cold(page_files.DATA).title[0].value == title
    # Nor that of another person or provider in the same second.
    for claim in ({"iss": "id.test"}, {"sub": "yann"}, {"email": "yann@company.example"}):
        assert Caller({**first, **claim}).cold(page_files.DATA).title[0].value == "Data"


def test_an_editor_signs_in_again_once_signing_in_has_lasted_its_days() -> None:
    for days, title in ((29, "Data"), (31, SIGN_IN)):
        at = datetime.now(UTC) - timedelta(days=days)
        app = Caller({**EDITOR, "iat": int(at.timestamp())}).cold(page_files.DATA)
        assert app.title[0].value == title


# Settings that do not fit -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[auth", "secrets.toml cannot be read"),
        ("\ufffe", "secrets.toml cannot be read"),
        ("# nothing yet\n", "secrets.toml is there and sets nothing"),
        ("[Auth]\nclient_id = 'x'", "there is no table [Auth]"),
        ("[access]\neditors = ['ana@example.org']", "[auth] is missing"),
        ("[auth]\nclient_id = 'x'", "nobody is an editor"),
    ],
)
@pytest.mark.usefixtures("looked_at")
@pytest.mark.parametrize("page", every_page())
def test_settings_that_do_not_fit_close_every_page_and_say_why(
    page: str, text: str, message: str, visitors: Mapping[str, Caller], protected: Path
) -> None:
    protected.write_text(text, encoding="utf-8")
    for who in ("editor", "viewer", "nobody"):
        app = visitors[who].cold(page)
        assert not app.exception
        assert app.title[0].value == "Closed for now"
        assert message in app.error[0].value.replace("\\", "")
        assert "Atlas" not in everything(app)


@pytest.fixture
def allowed_hosts() -> Iterator[None]:
    """What else the operator lets the server be called."""
    before = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", ["decides.company.test"])
    yield
    config.set_option("server.allowedHosts", before)


@pytest.mark.usefixtures("allowed_hosts")
@pytest.mark.parametrize(
    ("host", "is_hosted", "opens"),
    [
        ("evil.test", False, False),
        ("localhost:8501", False, True),
        ("decides.company.test", False, True),
        ("pc.office.test", False, True),
        ("pc.office.test.local", False, True),
        ("atlas.streamlit.app", False, False),
        ("atlas.streamlit.app", True, True),
    ],
)
def test_an_app_opens_by_names_of_its_server_and_stays_closed_by_any_other(
    host: str, is_hosted: bool, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(streamlit.context), "headers", {"Host": host})
    monkeypatch.setattr(visitor, "gethostname", lambda: "pc.office.test")
    monkeypatch.setattr(visitor, "IS_HOSTED", is_hosted)

    app = Caller(dict(EDITOR)).cold(page_files.DATA)

    assert not app.exception
    assert (app.title[0].value == "Closed for now") is not opens
    assert ("Cobalt-hidden" in everything(app)) is opens
    assert (f"opened as {host}," in text_of(app)) is not opens


def test_secrets_that_vanish_close_the_app_instead_of_opening_it(protected: Path) -> None:
    assert was_refused(Caller().cold(page_files.DATA))
    protected.unlink()
    app = Caller().cold(page_files.DATA)
    assert app.title[0].value == "Closed for now"
    assert "restart the server" in app.error[0].value


def test_a_store_out_of_reach_keeps_a_link_s_holder_out_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from assessment.errors import StorageError
    from assessment.storage.postgres.database import WRONG_LOGIN

    def away() -> tuple[()]:
        raise StorageError(WRONG_LOGIN, database="who_decides", server="db.internal:5432")

    someone = caller("viewer")
    monkeypatch.setattr(shared_links, "links", away)
    app = someone.cold(page_files.SQUAD)
    assert app.title[0].value == "Closed for now"
    assert "The server could not read this for certain" in app.error[0].value
    assert "database" not in everything(app)
    assert "internal" not in everything(app)


def test_who_reads_by_a_link_is_told_of_nothing_that_they_filled_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from assessment.errors import StorageError

    def away() -> tuple[()]:
        raise StorageError("{file} cannot be read", file="links.csv", folder="/srv/answers")

    someone = caller("viewer")
    monkeypatch.setattr(shared_links, "links", away)
    app = someone.cold(page_files.SQUAD)
    assert "tell the person who sent you the link" in app.error[0].value
    assert "filled in" not in everything(app)


def test_while_the_settings_are_broken_the_app_is_closed_and_then_open_again(
    protected: Path,
) -> None:
    text = protected.read_text(encoding="utf-8")
    app = caller("editor").cold(page_files.DATA)
    assert app.title[0].value == "Data"
    protected.write_text("[auth", encoding="utf-8")
    assert app.run().title[0].value == "Closed for now"
    protected.unlink()
    assert app.run().title[0].value == "Closed for now"
    protected.write_text(text, encoding="utf-8")
    assert app.run().title[0].value == "Data"


@pytest.mark.parametrize("away", ["", "[auth"], ids=["vanished", "broken"])
def test_an_editor_taken_off_a_list_that_was_away_is_out_at_the_next_run(
    away: str, protected: Path
) -> None:
    text = protected.read_text(encoding="utf-8")
    app = caller("editor").cold(page_files.DATA)
    assert app.title[0].value == "Data"
    protected.write_text(away, encoding="utf-8") if away else protected.unlink()
    app.run()
    protected.write_text(text, encoding="utf-8")
    app.run()
    shut_out_ana(protected)
    assert was_refused(app.run())


def test_settings_that_cannot_be_opened_close_the_app(protected: Path) -> None:
    protected.unlink()
    protected.mkdir()
    app = caller("editor").cold(page_files.DATA)
    assert "secrets.toml cannot be read" in app.error[0].value.replace("\\", "")


def test_no_server_starts_on_settings_that_cannot_be_opened(protected: Path) -> None:
    protected.unlink()
    protected.mkdir()

    with pytest.raises(SetupError, match=f"{protected} cannot be opened"):
        surroundings()


def test_no_server_starts_on_settings_that_are_a_link_to_nothing(protected: Path) -> None:
    protected.unlink()
    protected.symlink_to("nowhere.toml")

    with pytest.raises(SetupError, match=f"{protected} cannot be opened"):
        surroundings()


def test_a_linked_folder_without_settings_leaves_the_app_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "linked").symlink_to("shared")
    path = tmp_path / "linked" / "secrets.toml"
    monkeypatch.setattr(streamlit, "get_option", lambda _name: [str(path)])

    check_secrets_can_be_opened()
    assert current_secrets() == {}

    (tmp_path / "shared").rmdir()
    with pytest.raises(SetupError, match="cannot be opened"):
        check_secrets_can_be_opened()


def test_settings_in_another_encoding_are_told_with_the_one_to_save_them_in(
    protected: Path, caplog: pytest.LogCaptureFixture
) -> None:
    surroundings()
    protected.write_bytes("# équipe\n".encode("cp1252") + protected.read_bytes())

    app = caller("editor").cold(page_files.DATA)

    assert "secrets.toml cannot be read" in app.error[0].value.replace("\\", "")
    assert f"{protected}: not UTF-8 at byte 3; save it as UTF-8" in caplog.text
    with pytest.raises(StreamlitSecretNotFoundError):
        secrets_singleton._parse_file_path(str(protected))


def test_settings_with_the_mark_that_windows_programs_put_before_them_are_read(
    protected: Path,
) -> None:
    surroundings()
    protected.write_bytes(BOM_UTF8 + protected.read_bytes())

    assert caller("editor").cold(page_files.DATA).title[0].value == "Data"
    assert "auth" in secrets_singleton._parse_file_path(str(protected))[0]


def test_the_log_tells_once_where_the_settings_are_broken(
    protected: Path, caplog: pytest.LogCaptureFixture
) -> None:
    protected.write_text("[access]\neditors = [\n", encoding="utf-8")
    for _run in range(2):
        caller("editor").cold(page_files.DATA)
    messages = [record.message for record in caplog.records if str(protected) in record.message]
    assert messages == [f"{protected}: Invalid value (at end of document)"]


def test_a_redirect_uri_beside_the_base_path_that_is_served_lets_nobody_in(
    protected: Path,
) -> None:
    config.set_option("server.baseUrlPath", "governance")
    try:
        with pytest.raises(SetupError, match=r"example\.org/governance/oauth2callback"):
            visitor.current_policy()
        named = protected.read_text("utf-8").replace("/oauth2", "/governance/oauth2")
        protected.write_text(named, encoding="utf-8")
        assert visitor.current_policy().protected
    finally:
        config.set_option("server.baseUrlPath", "")


def test_a_setting_above_the_tables_that_there_is_not_lets_nobody_in(protected: Path) -> None:
    text = protected.read_text("utf-8")
    protected.write_text(f"WHO_DECIDES_EPHEMERAL = 1\n{text}", encoding="utf-8")
    assert visitor.current_policy().protected
    protected.write_text(f'WHO_DECIDES_DB_URL = "postgresql://s3cret"\n{text}', encoding="utf-8")
    with pytest.raises(SetupError, match=r"^WHO_DECIDES_DB_URL is set, but there is no such"):
        visitor.current_policy()


def test_secrets_mounted_as_folders_count_too(tmp_path: Path, secrets: Path) -> None:
    folder = tmp_path / "mounted"
    (folder / "auth").mkdir(parents=True)
    table = tomllib.loads(SECRETS)["auth"]
    for name, value in table.items():
        (folder / "auth" / name).write_text(f"{value}\n", encoding="utf-8")
    (folder / "auth" / "..data").mkdir()  # as Kubernetes mounts them
    (folder / "WHO_DECIDES_LOG").mkdir()
    (folder / "WHO_DECIDES_LOG" / "value").write_text("json", encoding="utf-8")
    secrets.write_text('[access]\neditors = ["ana@example.org"]\n', encoding="utf-8")
    config.set_option("secrets.files", [str(secrets), str(folder)])
    assert was_refused(Caller().cold(page_files.DATA))
    assert caller("editor").cold(page_files.DATA).title[0].value == "Data"


# Open mode ----------------------------------------------------------------------------------------


def test_in_an_open_app_a_link_shows_its_view_until_it_is_left(protected: Path) -> None:
    protected.unlink()
    app = app_on(page_files.SQUAD, link=known_link()[1])
    assert "Cobalt-hidden" not in everything(app)
    app.button(keys.GATE_LEAVE).click().run()
    assert "Cobalt-hidden" in everything(app)
