"""The sharing page: how access is decided, a link made and shown once, and its end."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import streamlit
from streamlit import config
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import end_of
from assessment.access.links import link_for
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model.link import EVERY_SQUAD
from assessment.storage.csv.store import CsvStore
from assessment.ui.guard import network_exposure, shared_links
from assessment.ui.manage import sharing
from assessment.ui.session import keys, page_files
from tests.builders import assessment, gathering, link
from tests.pages.app import app_on, double_click, text_of
from tests.pages.visitors import EDITOR, Caller, everything, known_link

pytestmark = pytest.mark.usefixtures("secrets")

HERE = "https://example.org/governance/sharing"


@pytest.fixture
def squads(empty_store: Path) -> Path:
    CsvStore(empty_store, shipped_framework()).add(
        [
            assessment(squad="Atlas", assessed_on=date(2026, 10, 5)),
            assessment(squad="Boréal", assessed_on=date(2026, 11, 3)),
        ]
    )
    return empty_store


@pytest.fixture
def page(squads: Path) -> AppTest:
    return app_on(page_files.SHARING)


@pytest.fixture
def on_this_machine() -> Iterator[None]:
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)


def filled(app: AppTest, *, label: str = "Board") -> AppTest:
    app.text_input(keys.SHARING_LABEL).set_value(label)
    app.multiselect(keys.SHARING_SQUADS).set_value(["Atlas"])
    return app


def test_a_new_link_shares_every_squad_there_is_until_some_are_taken_out(page: AppTest) -> None:
    assert page.multiselect(keys.SHARING_SQUADS).value == ["Atlas", "Boréal"]
    page.text_input(keys.SHARING_LABEL).set_value("Board")

    made(page)

    (stored,) = shared_links.listed_links()
    assert stored.squads == ("Atlas", "Boréal")


@pytest.mark.parametrize(
    ("file", "shown"), [(page_files.SQUAD, ["Atlas"]), (page_files.COMPARE, ["Atlas", "Boréal"])]
)
def test_the_menu_of_results_begins_a_link_to_the_squads_shown(
    squads: Path, file: str, shown: list[str]
) -> None:
    results = app_on(file, squad=shown, by="quarter")

    page = results.button(keys.HEAD_SHARE).click().run()

    assert [title.value for title in page.title] == ["Sharing"]
    assert page.multiselect(keys.SHARING_SQUADS).value == shown
    assert not page.checkbox(keys.SHARING_EVERY).value
    assert page.selectbox(keys.SHARING_PERIOD).value == "2026-Q4"


@pytest.mark.parametrize(("looked_at", "shared"), [("2026-11", ""), ("2026-10", "2026-10")])
def test_a_link_shares_one_period_alone_where_it_would_open_on_another(
    squads: Path, looked_at: str, shared: str
) -> None:
    results = app_on(page_files.LEADERSHIP, squad=["Atlas", "Boréal"], period=looked_at)

    page = results.button(keys.HEAD_SHARE).click().run()

    assert page.selectbox(keys.SHARING_PERIOD).value == shared


def test_a_link_begun_at_a_result_not_released_shares_every_period(empty_store: Path) -> None:
    moment = datetime(2026, 11, 4, tzinfo=UTC)
    kept_back = gathering(privacy="open", closed_at=moment, revealed_at=moment, released=False)
    CsvStore(empty_store, shipped_framework()).add(
        [
            kept_back,
            assessment(squad="Atlas", assessed_on=date(2026, 9, 5)),
            assessment(squad="Atlas", assessed_on=date(2026, 11, 3), gathering=kept_back.id),
        ]
    )
    results = app_on(page_files.SQUAD, squad="Atlas", period="2026-11")

    page = results.button(keys.HEAD_SHARE).click().run()

    assert page.selectbox(keys.SHARING_PERIOD).value == ""


def test_the_form_of_a_new_link_stands_above_the_links_there_are_however_many(squads: Path) -> None:
    known_link()
    assert [part.value for part in app_on(page_files.SHARING).header] == [
        "Share results by a link",
        "Links",
    ]


def made(app: AppTest) -> AppTest:
    return app.button(keys.SHARING_MAKE).click().run()


def token_of(app: AppTest) -> str:
    return str(app.code[0].value).partition("?link=")[2]


# Which mode runs ----------------------------------------------------------------------------------


def test_an_open_app_that_others_reach_says_so_plainly(page: AppTest) -> None:
    assert "Open, and reached from beyond this machine." in page.warning[0].value


@pytest.mark.usefixtures("on_this_machine")
def test_an_open_app_on_this_machine_says_so(squads: Path) -> None:
    app = app_on(page_files.SHARING)
    assert not app.warning
    assert "Open, on this machine only." in app.info[0].value


def test_a_protected_app_names_its_editors(squads: Path, protected: Path) -> None:
    app = Caller(dict(EDITOR)).cold(page_files.SHARING)
    text = app.success[0].value.replace("\\", "").replace("\u2060", "")
    assert "Protected." in text
    assert "@company.example and ana@example.org" in text


@pytest.mark.parametrize(
    ("address", "beyond"),
    [
        (None, True),
        ("0.0.0.0", True),  # noqa: S104 - what an operator may set
        ("::", True),
        ("192.0.2.7", True),
        ("app.example.org", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("::1", False),
        ("localhost", False),
    ],
)
def test_only_loopback_addresses_count_as_this_machine(
    address: str | None, beyond: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streamlit, "get_option", lambda _name: address)
    assert network_exposure.listens_beyond_this_machine() == beyond


def logged(caplog: pytest.LogCaptureFixture) -> str:
    with caplog.at_level(logging.WARNING, logger="who_decides"):
        network_exposure.warn_of_exposure()
    return "\n".join(record.message for record in caplog.records if record.name == "who_decides")


def test_the_log_says_that_an_open_server_is_reached_by_others(
    secrets: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert "listens beyond this machine without sign-in" in logged(caplog)


@pytest.mark.usefixtures("on_this_machine", "squads")
@pytest.mark.parametrize(
    ("headers", "beyond"),
    [
        ({"Host": "localhost:8501"}, False),
        ({"Host": "127.0.0.1:8501", "X-Forwarded-For": "127.0.0.1"}, False),
        ({"Host": "[::1]:8501", "X-Forwarded-For": "::1"}, False),
        ({"Host": "192.0.2.7"}, True),
        ({"Host": "intranet"}, True),
        ({"Host": "localhost", "X-Forwarded-For": "127.0.0.1, 192.0.2.9"}, True),
        ({"Host": "localhost", "X-Forwarded-For": "2001:db8::1"}, True),
        ({"Host": "localhost", "X-Forwarded-For": "127.0.0.1:4711, [::1]:4711, [::1]"}, False),
        ({"Host": "localhost", "X-Forwarded-For": "192.0.2.9:4711"}, True),
        ({"Host": "localhost", "X-Forwarded-For": "[2001:db8::1]:4711"}, True),
        ({"Host": "localhost", "X-Forwarded-For": "[2001:db8::1]"}, True),
        ({"Host": "localhost", "X-Forwarded-For": "unknown"}, True),
    ],
)
def test_an_open_app_that_others_reach_through_a_proxy_says_so_and_the_log_once(
    headers: dict[str, str],
    beyond: bool,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network_exposure._proxy_logged.clear()
    monkeypatch.setattr(type(streamlit.context), "headers", headers)
    app = app_on(page_files.SHARING)
    app.run()

    assert ["beyond this machine." in warning.value for warning in app.warning] == [True] * beyond
    told = [text for text in caplog.messages if "is reached from beyond this machine" in text]
    assert len(told) == beyond


@pytest.mark.usefixtures("on_this_machine")
def test_the_log_is_silent_on_this_machine(caplog: pytest.LogCaptureFixture) -> None:
    assert logged(caplog) == ""


def test_the_log_is_silent_where_editors_sign_in(
    protected: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert logged(caplog) == ""


def test_the_log_says_why_nobody_gets_in(secrets: Path, caplog: pytest.LogCaptureFixture) -> None:
    secrets.write_text("[access]\neditors = ['ana@example.org']\n", encoding="utf-8")
    assert "Nobody gets in: secrets.toml" in logged(caplog)


def test_an_invitation_ends_on_the_day_that_its_round_tells(squads: Path) -> None:
    closes = datetime.now(UTC).date() + timedelta(days=5)
    survey = gathering(opened_on=date(2026, 11, 3), closes_on=closes)
    known_link("invite", round_id=survey.id, until=end_of(survey))
    for timezone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
        app = app_on(page_files.SHARING)
        app.context = {"timezone": timezone}
        app.run()
        assert list(app.table[0].value["Until"]) == [words_in("en").date(closes)]


def test_days_of_links_are_the_reader_s(squads: Path) -> None:
    link, _token = known_link(days=1)
    app = app_on(page_files.SHARING)
    app.context = {"timezone": "Pacific/Kiritimati"}
    app.run()
    zone = ZoneInfo("Pacific/Kiritimati")
    days = [moment.astimezone(zone).date() for moment in (link.created_at, link.expires_at)]
    (line,) = app.table[0].value.to_dict("records")
    assert [line["Made"], line["Until"]] == [words_in("en").date(day) for day in days]


def test_the_day_on_which_an_older_copy_was_put_back_is_the_reader_s(
    squads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = datetime(2026, 11, 29, 1, tzinfo=UTC)
    monkeypatch.setattr(CsvStore, "links_restored_at", lambda _store: restored)
    app = app_on(page_files.SHARING)
    assert "On 29\u00a0Nov\u00a02026 an older copy" in text_of(app)
    app.context = {"timezone": "America/New_York"}
    assert "On 28\u00a0Nov\u00a02026 an older copy" in text_of(app.run())


# A link is made -----------------------------------------------------------------------------------


def test_a_link_is_made_shown_once_and_kept_without_its_token(page: AppTest) -> None:
    app = made(filled(page))
    assert not app.exception
    token = token_of(app)
    (link,) = shared_links.links()
    assert link_for(token, [link], now=link.created_at) == link
    assert (link.kind, link.label, link.squads) == ("view", "Board", ("Atlas",))
    assert (link.period, link.with_notes, link.with_roles) == (None, False, False)
    assert link.expires_at.date() - link.created_at.date() == timedelta(days=30)
    assert token not in link.model_dump_json()
    app.button(keys.SHARING_DONE).click().run()
    assert token not in everything(app)
    assert list(app.table[0].value["For"]) == ["Board"]


def test_a_link_s_qr_code_says_what_it_is(page: AppTest) -> None:
    sent = everything(made(filled(page)))
    assert "QR code of the link above" in sent
    assert "data:image/svg+xml" in sent


def test_a_link_carries_the_address_the_browser_sees_base_path_included(squads: Path) -> None:
    app = app_on(page_files.SHARING)
    app.context = {"url": HERE}
    app = made(filled(app))
    assert app.code[0].value.startswith("https://example.org/governance/?link=")


def test_the_operator_s_address_comes_before_the_browser_s(squads: Path, secrets: Path) -> None:
    secrets.write_text('[access]\naddress = "https://who.example/decides/"\n', encoding="utf-8")
    app = app_on(page_files.SHARING)
    app.context = {"url": HERE}
    app = made(filled(app))
    assert app.code[0].value.startswith("https://who.example/decides/?link=")


def test_scope_end_notes_and_roles_are_as_chosen(page: AppTest) -> None:
    filled(page)
    page.checkbox(keys.SHARING_EVERY).check()
    page.selectbox(keys.SHARING_PERIOD).set_value("2026-Q4")
    page.selectbox(keys.SHARING_DAYS).set_value(7)
    page.checkbox(keys.SHARING_NOTES).check()
    page.checkbox(keys.SHARING_ROLES).check()
    made(page)
    (link,) = shared_links.links()
    assert link.squads == EVERY_SQUAD
    assert str(link.period) == "2026-Q4"
    assert link.expires_at.date() - link.created_at.date() == timedelta(days=7)
    assert link.with_notes
    assert link.with_roles


def test_periods_are_offered_as_months_and_quarters_latest_first(page: AppTest) -> None:
    offered = page.selectbox(keys.SHARING_PERIOD).options
    every = "Every period, and how results moved"
    assert offered == [every, "November 2026", "Q4 2026", "October 2026"]
    assert page.selectbox(keys.SHARING_PERIOD).value == ""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The label is empty; write whom the link is for."),
        ("fr", "Le destinataire manque\u202f; écrivez à qui le lien est destiné."),
    ],
)
def test_a_link_for_nobody_is_refused(language: str, text: str, squads: Path) -> None:
    app = made(filled(app_on(page_files.SHARING, language=language), label=" "))
    assert text_of(app).count(text) == 1
    assert text not in text_of(app.run())
    assert shared_links.links() == ()


def test_a_link_that_shares_nothing_is_refused(page: AppTest) -> None:
    page.text_input(keys.SHARING_LABEL).set_value("Board")
    page.multiselect(keys.SHARING_SQUADS).set_value([])
    assert "The link shares no squad; choose at least one." in text_of(made(page))
    assert shared_links.links() == ()


def test_the_button_says_how_many_squads_it_shares(page: AppTest) -> None:
    names = page.multiselect(keys.SHARING_SQUADS).options
    label = page.button(keys.SHARING_MAKE).label
    assert label == f"Make the link to {len(names)} squads"
    page.multiselect(keys.SHARING_SQUADS).set_value(names[:1]).run()
    assert page.button(keys.SHARING_MAKE).label == "Make the link to 1 squad"
    page.checkbox(keys.SHARING_EVERY).check().run()
    assert page.button(keys.SHARING_MAKE).label == "Make the link to every squad"


def test_a_double_click_makes_one_link(squads: Path) -> None:
    double_click(filled(app_on(page_files.SHARING)), keys.SHARING_MAKE)
    assert len(shared_links.links()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_check_there_is_nothing_to_share(language: str, empty_store: Path) -> None:
    app = app_on(page_files.SHARING, language=language)
    assert not app.exception
    assert not [button for button in app.button if button.key == keys.SHARING_MAKE]


# A link ends --------------------------------------------------------------------------------------


def test_a_link_is_switched_off_after_one_confirmation(squads: Path) -> None:
    link, _ = known_link()
    app = app_on(page_files.SHARING)
    app.selectbox(keys.SHARING_LINK).set_value(str(link.link_id)).run()
    assert "Anyone who holds link 1 for Board loses access at their next click." in text_of(app)
    assert shared_links.links()[0].revoked_at is None
    app.button(keys.SHARING_REVOKE).click().run()
    assert shared_links.links()[0].revoked_at is not None
    assert "The link is switched off." in text_of(app)
    assert "The link is switched off." not in text_of(app.run())
    assert list(app.table[0].value["State"]) == ["Switched off"]
    assert not [box for box in app.selectbox if box.key == keys.SHARING_LINK]


def test_of_two_links_alike_the_one_that_was_chosen_is_switched_off(squads: Path) -> None:
    older, newer = known_link(age=1)[0], known_link()[0]
    app = app_on(page_files.SHARING)
    assert app.selectbox(keys.SHARING_LINK).options == ["2 · Board · Atlas", "1 · Board · Atlas"]
    app.selectbox(keys.SHARING_LINK).set_value(str(newer.link_id)).run()
    app.button(keys.SHARING_REVOKE).click().run()
    links = {link.link_id: link for link in shared_links.links()}
    assert links[newer.link_id].revoked_at is not None
    assert links[older.link_id].revoked_at is None
    assert list(app.table[0].value["No."]) == [2, 1]
    assert list(app.table[0].value["State"]) == ["Switched off", "Valid"]


def test_a_link_just_made_and_switched_off_is_no_longer_shown(page: AppTest) -> None:
    app = made(filled(page))
    (link,) = shared_links.links()
    app.selectbox(keys.SHARING_LINK).set_value(str(link.link_id)).run()
    app.button(keys.SHARING_REVOKE).click().run()
    assert not app.code


def test_every_link_is_listed_with_kind_scope_end_and_state(squads: Path) -> None:
    known_link(days=1, age=2, squads=("Atlas", "Boréal"))
    known_link("invite", squads=EVERY_SQUAD, with_notes=True)
    listed = app_on(page_files.SHARING).table[0].value
    assert list(listed["Kind"]) == ["Answers and follows a session", "Reads results"]
    assert [text.replace("\\", "") for text in listed["Shares"]] == [
        "Every squad · with notes",
        "Atlas and Boréal",
    ]
    assert list(listed["State"]) == ["Valid", "Expired"]


# Whatever a browser sends -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "forged"),
    [
        (keys.SHARING_DAYS, 100_000),
        (keys.SHARING_DAYS, "thirty"),
        (keys.SHARING_DAYS, None),
        (keys.SHARING_PERIOD, "2026-13"),
        (keys.SHARING_PERIOD, "<b>"),
        (keys.SHARING_SQUADS, ["\u202e"]),
        (keys.SHARING_SQUADS, ["x" * 81]),
        (keys.SHARING_LABEL, "a\x00b"),
    ],
)
def test_forged_values_are_refused_and_nothing_is_kept(
    key: str, forged: object, squads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = sharing._link_request

    def forging() -> object:
        state = streamlit.session_state.to_dict() | {key: forged}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(streamlit, "session_state", state)
            return original()

    app = app_on(page_files.SHARING)
    filled(app)
    monkeypatch.setattr(sharing, "_link_request", forging)
    made(app)
    assert not app.exception
    assert app.error
    assert shared_links.links() == ()


def test_links_of_an_older_copy_are_told_to_be_off(squads: Path, tmp_path: Path) -> None:
    CsvStore(squads, shipped_framework()).add([link()])
    copy = shutil.copytree(squads, tmp_path.with_name(f"{tmp_path.name}-copy"))
    shutil.rmtree(squads)
    shutil.copytree(copy, squads)

    page = app_on(page_files.SHARING)

    assert "all of its links are off" in text_of(page)
    assert shared_links.links()[0].revoked_at is not None
