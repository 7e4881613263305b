"""`who-decides serve`: what it refuses before it starts."""

from __future__ import annotations

import errno
import socket

import pytest
from streamlit import config

from assessment import __version__
from assessment.__main__ import main
from assessment.ui.server import application
from tests.browser.server import free_port


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--port", "99999"], "expected a port from 1 to 65535, not '99999'"),
        (["--port", "web"], "expected a port from 1 to 65535, not 'web'"),
        (["--base-path", "/gov ernance/"], "expected letters, digits"),
    ],
)
def test_where_nothing_can_be_served_is_refused_with_the_reason(
    options: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serve", *options])

    assert end.value.code == 2
    assert reason in capsys.readouterr().err


def test_a_port_that_is_taken_and_a_wrong_address_are_told_with_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port]) == 2
    assert main(["serve", "--address", "198.51.100.7"]) == 2

    used, elsewhere = capsys.readouterr().err.splitlines()
    assert used.startswith(f"nothing can listen on 127.0.0.1, port {port} (Address already in use)")
    assert elsewhere.startswith("nothing can listen on 198.51.100.7, port 8501 (")


def test_a_port_that_only_the_system_may_use_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forbidden(*_: object, **__: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(application, "create_server", forbidden)

    assert main(["serve", "--port", "80"]) == 2

    assert capsys.readouterr().err == (
        "nothing can listen on 127.0.0.1, port 80 (Permission denied); ports below 1024 are kept "
        "for the system: name one from 1024 up by --port, and let a proxy lead there\n"
    )


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://u:p@ss@host/b", "host/b"])
def test_what_names_no_database_is_told_before_anything_is_served(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", address)
    monkeypatch.setattr(config, "set_option", lambda *_: None)  # it would outlast this test
    monkeypatch.setattr("uvicorn.Server.run", lambda *_: pytest.fail("it is served"))

    assert main(["serve", "--port", str(free_port())]) == 2

    assert capsys.readouterr().err.startswith("what names the database (WHO_DECIDES_DATABASE_URL")


def test_the_command_line_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])

    assert capsys.readouterr().out == f"who-decides {__version__}\n"
