"""The container, built and run for real where buildah and a base image are at hand.

On Debian, as root: `apt-get install buildah debootstrap`; then make the base once, with
`debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm base`, link
`base/usr/bin/python` to `python3`, and bring it in with `buildah from scratch`, `buildah add` and
`buildah commit … localhost/python:3.12-slim`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.browser.server import PROJECT, free_port, running, wait_until_healthy
from tests.server.serving import Served

CONTAINERFILE = (PROJECT / "Containerfile").read_text("utf-8")
COMPOSE = (PROJECT / "compose.yaml").read_text("utf-8")
BASE = "localhost/python:3.12-slim"
PROGRAM = "/opt/who-decides/bin/who-decides"
# What pip needs to reach the registry that this machine uses.
ITS_OWN = (Path("/etc/ssl/certs"), Path("/etc/pip.conf"), Path.home() / ".config/pip/pip.conf")


def buildah(*arguments: str) -> str:
    """What buildah says; it must be done with what was asked."""
    settings = os.environ | {"STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}
    done = subprocess.run(  # noqa: S603 - our own arguments
        ["buildah", *arguments],  # noqa: S607
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def has_base() -> bool:
    if shutil.which("buildah") is None:
        return False
    try:
        return bool(buildah("inspect", "--type", "image", BASE))
    except AssertionError:
        return False


@pytest.fixture(scope="module")
def container() -> Iterator[str]:
    """A container of the image that the Containerfile makes."""
    if not has_base():
        pytest.skip(f"no buildah with an image {BASE} on this machine: see this file's first lines")
    mounts = [f"--volume={path}:{path}:ro" for path in ITS_OWN if path.exists()]
    asked = [f"--env={name}" for name in os.environ if name.startswith("PIP_")]
    buildah("build", "-q", "--network=host", *mounts, *asked, "-t", "who-decides", str(PROJECT))
    name = buildah("from", "who-decides")
    yield name
    buildah("rm", name)


def in_container(name: str, *command: str) -> Sequence[str]:
    return ["buildah", "run", "--isolation=chroot", "--network=host", name, "--", *command]


def test_the_containerfile_runs_as_nobody_special_and_tells_how_it_is() -> None:
    last = CONTAINERFILE.rpartition("FROM ")[2]

    assert re.findall(r"^USER (\w+)", last, re.MULTILINE) == ["10001"]
    assert "VOLUME /data" in last
    assert "/readyz" in last
    assert "--require-hashes" in CONTAINERFILE


def test_compose_asks_the_app_for_its_health_as_the_containerfile_does() -> None:
    """Podman builds images without health checks, and what waits for the app would wait on."""
    asked = re.search(r'"(import urllib[^"]+)"', CONTAINERFILE)
    app = COMPOSE.partition("\n  app:")[2].partition("\n  backup:")[0]

    assert asked
    assert re.findall(r"python -c \"(.*)\"$", app, re.MULTILINE) == [asked[1]]


def nightly_jobs() -> Sequence[str]:
    """What the two recipes have a shell do each night, once, to /backups."""
    compose = COMPOSE.partition("while true; do")[2].partition("sleep")[0].replace("$$", "$")
    page = (PROJECT / "docs/operating.md").read_text("utf-8")
    line = re.search(r"^15 2 .*? && (.*)$", page, re.MULTILINE)
    assert line
    return compose, line[1].replace("\\%", "%").replace("/srv/backups", "/backups")


@pytest.mark.parametrize("job", nightly_jobs(), ids=["compose", "cron"])
@pytest.mark.parametrize("export", ["true", "false"])
def test_old_exports_go_only_after_one_that_was_made(job: str, export: str, tmp_path: Path) -> None:
    old = tmp_path / "who-decides-2026-01-01.zip"
    old.touch()
    os.utime(old, (0, 0))
    job = re.sub(r"\S*/bin/who-decides export", export, job)

    subprocess.run(  # noqa: S602 - our own recipe
        job.replace("/backups", str(tmp_path)), shell=True, check=False
    )

    assert old.exists() == (export == "false")


def test_the_container_serves_as_a_user_of_no_rights_and_keeps_answers_in_data(
    container: str, tmp_path: Path
) -> None:
    who = subprocess.run(  # noqa: S603 - our own arguments
        in_container(container, "id", "-u"), capture_output=True, text=True, check=True
    )
    assert who.stdout.strip() == "10001"

    port = free_port()
    serve = in_container(container, PROGRAM, "serve", "--address", "127.0.0.1", "--port", str(port))
    with running(serve, log=tmp_path / "server.log") as process:
        wait_until_healthy(f"http://127.0.0.1:{port}/readyz", process)
        served = Served(f"http://127.0.0.1:{port}", tmp_path / "server.log")
        assert "<title>Who Decides?</title>" in served.get("/").text
        assert json.loads(served.get("/readyz").text) == {"status": "ready"}
    assert "Answers are kept in /data." in (tmp_path / "server.log").read_text("utf-8")
