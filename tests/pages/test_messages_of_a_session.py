"""What any session may send the server, an anonymous one above all, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.storage.csv.store import CsvStore
from assessment.storage.postgres.store import PostgresStore
from tests.browser.server import PROJECT, served
from tests.builders import assessment
from tests.pages.visitors import SECRETS
from tests.storage.postgres import GROUP, Server

POOL = 3
"""How many connections one store keeps at rest."""


@contextmanager
def session(url: str, *, host: str = "127.0.0.1") -> Iterator[ClientConnection]:
    """The connection of an anonymous visitor, who takes the server for a host."""
    port = urlsplit(url).port
    with (
        create_connection(("127.0.0.1", port)) as way,
        connect(
            f"ws://{host}:{port}/_stcore/stream",
            sock=way,
            origin=Origin(f"http://{host}:{port}"),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
        ) as socket,
    ):
        yield socket


def send(socket: ClientConnection, message: BackMsg) -> None:
    socket.send(message.SerializeToString())


def run(socket: ClientConnection, page: str = "") -> str:
    """Run a page by what its address ends in, and return all that the server sent for it."""
    message = BackMsg()
    message.rerun_script.query_string = "lang=fr" if page else "lang=en"
    message.rerun_script.page_name = page
    send(socket, message)
    return until_finished(socket)


def until_finished(socket: ClientConnection) -> str:
    answers = []
    while True:
        answer = ForwardMsg.FromString(socket.recv(timeout=30))
        answers.append(str(answer))
        if answer.WhichOneof("type") == "script_finished":
            return "\n".join(answers)


def connections(server: Server, database: str) -> int:
    """How many connections the app holds to a database."""
    name = re.search(r"/(\w+)\?", database)
    assert name
    ((count,),) = server.run(
        "select count(*)::int from pg_stat_activity "  # noqa: S608 - a name of ours
        f"where datname = '{name[1]}' and application_name = 'who-decides'"
    )
    assert isinstance(count, int)
    return count


def test_the_decisions_say_of_every_message_what_it_can_do_here() -> None:
    decisions = (PROJECT / "docs" / "decisions.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", decisions, flags=re.MULTILINE)
    messages = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
    payload = BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields
    messages.remove("backend_operation_request")  # told by what it may carry
    assert sorted(named) == sorted([*messages, *(field.name for field in payload)])


def test_a_visitor_who_is_not_signed_in_gets_nothing_by_other_messages(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS, encoding="utf-8")
    folder = tmp_path / "data"
    with closing(CsvStore(folder, shipped_framework())) as store:
        store.add([assessment(squad="Atlas")])
    before = {file.name: file.read_bytes() for file in PROJECT.glob("*") if file.is_file()}
    with served(folder, options=["--secrets.files", str(secrets)]) as url, session(url) as visitor:
        for name in ("stop_script", "set_run_on_save", "app_heartbeat", "clear_cache"):
            send(visitor, BackMsg(**{name: True}))  # type: ignore[arg-type]
        for name in ("debug_disconnect_websocket", "debug_shutdown_runtime"):
            send(visitor, BackMsg(**{name: True}))  # type: ignore[arg-type]
        for payload in ("deferred_file", "install_skills", "dismiss_skills_nudge"):
            request = BackMsg()
            request.backend_operation_request.session_id = "another"
            getattr(request.backend_operation_request, payload).SetInParent()
            send(visitor, request)
        sent = run(visitor)
        assert "This page is for its editors." in sent
        assert "Atlas" not in sent
        with session(url) as other:
            assert "This page is for its editors." in run(other)
    assert before == {file.name: file.read_bytes() for file in PROJECT.glob("*") if file.is_file()}


@pytest.fixture(scope="module")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with an empty store, in which nobody has to sign in."""
    with served(tmp_path_factory.mktemp("data")) as url:
        yield url


@pytest.mark.xdist_group("open app")
def test_a_page_elsewhere_that_lets_its_name_point_here_finds_the_app_closed(
    open_app: str,
) -> None:
    with session(open_app, host="evil.test") as visitor:
        sent = run(visitor)
        assert "Closed for now" in sent
        assert "Three questions" not in sent
    with session(open_app) as visitor:
        assert "Closed for now" not in run(visitor)


@pytest.mark.xdist_group("open app")
def test_the_quick_check_opens_by_its_own_name_too(open_app: str) -> None:
    with session(open_app) as visitor:
        run(visitor)
        assert "page_not_found" in run(visitor, "nowhere")
        sent = run(visitor, "quick-check")
        while words_in("fr").gettext("Next step") not in sent:  # it goes on to the start page
            sent += until_finished(visitor)
        assert "page_not_found" not in sent


@pytest.mark.xdist_group(GROUP)
def test_a_visitor_who_clears_the_caches_takes_nothing_from_anybody(
    postgres: Server, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", database)
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS, encoding="utf-8")
    with closing(PostgresStore(database, shipped_framework())) as store:
        store.add([assessment(squad="Atlas")])
    options = ["--secrets.files", str(secrets)]
    with served(tmp_path / "data", options=options) as url, session(url) as visitor:
        for _time in range(20):
            send(visitor, BackMsg(clear_cache=True))
            # A link is looked up in the store, whatever it is.
            message = BackMsg()
            message.rerun_script.query_string = "lang=en&link=none"
            send(visitor, message)
            assert "This link is not valid" in until_finished(visitor)
        assert connections(postgres, database) <= POOL


def test_a_choice_that_no_control_offers_is_none() -> None:
    def chooses() -> None:
        import streamlit as st

        from assessment.ui.session import address

        st.query_params["view"] = "do"
        st.session_state["chosen"] = 0.5
        address.write_choice("view", "chosen")

    app = AppTest.from_function(chooses).run()
    assert not app.exception
    assert "view" not in app.query_params
