"""The operator's secrets as their files hold them now.

Streamlit watches these files, but stops for good once it has met one that is away or cannot be
read for a moment; so they are read here at every run, and parsed where their bytes have changed.
What Streamlit itself looks up in them it has read here too.
"""

import logging
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import Secrets

from assessment.access.policy import SECRETS
from assessment.errors import SetupError, template

LOG = logging.getLogger("who_decides")

_UNREADABLE = template("{file} cannot be read; correct it, the server's log says where")
_EMPTY = template(
    "{file} is there and sets nothing; fill it in as docs/secrets.example.toml shows, or remove it "
    "to open the app to everybody"
)
_CLOSED = template(
    "{file} cannot be opened ({reason}); let the user that runs the app read it, then start again"
)

_Content: TypeAlias = "bytes | str | tuple[tuple[str, str, _Content], ...] | None"
"""What a path holds: a file's bytes, why they cannot be read, nothing, or a folder's files."""


def current_secrets() -> Mapping[str, Any]:
    """The secrets there are right now; none where there is no file.

    Raises SetupError where one is there and cannot be read; later files come before earlier ones.
    """
    paths = tuple(st.get_option("secrets.files"))
    contents = tuple(_content(Path(path)) for path in paths)
    secrets = _parsed(paths, contents)
    if secrets is None:
        raise SetupError(_UNREADABLE, file=SECRETS)
    if not secrets and any(content is not None for content in contents):
        raise SetupError(_EMPTY, file=SECRETS)
    return secrets


def have_streamlit_read_alike() -> None:
    """Have Streamlit take from the files what is read here, and what is broken as not there.

    It would answer every request with an error of its own on bytes that are no UTF-8.
    """

    def read(_secrets: Secrets, path: str) -> tuple[Mapping[str, Any], bool]:
        content = _content(Path(path))
        try:
            return _secrets_in(content), content is not None
        except ValueError as error:
            raise StreamlitSecretNotFoundError(f"{path}: {error}") from error

    Secrets._parse_file_path = read  # type: ignore[assignment, method-assign]


def check_secrets_can_be_opened() -> None:
    """Raise SetupError where a file of secrets is there and its bytes are out of reach.

    So would one be that is a link to nothing: somebody meant it to be there.
    """
    for path in st.get_option("secrets.files"):
        content = _content(Path(path))
        files = content if isinstance(content, tuple) else ((path, "", content),)
        for folder, name, text in files:
            if isinstance(text, str):
                file = str(Path(path, folder, name)) if name else path
                raise SetupError(_CLOSED, file=file, reason=text)


def _content(path: Path) -> _Content:
    try:
        if path.suffix != ".toml" and path.is_dir():
            return tuple(
                (file.parent.name, file.name, _content(file))
                for file in sorted(path.glob("*/*"))
                if not file.is_dir()
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        is_meant = any(link.is_symlink() and not link.exists() for link in (path, path.parent))
        return error.strerror if is_meant else None
    except OSError as error:
        return error.strerror or str(error)


@lru_cache(maxsize=1)
def _parsed(paths: tuple[str, ...], contents: tuple[_Content, ...]) -> Mapping[str, Any] | None:
    """The secrets in these files together; None, told in the log once, where one is broken."""
    secrets: dict[str, Any] = {}
    for path, content in zip(paths, contents, strict=True):
        try:
            secrets |= _secrets_in(content)
        except ValueError as error:
            LOG.error("%s: %s", path, error)
            return None
    return secrets


def _secrets_in(content: _Content) -> dict[str, Any]:
    """The secrets a path holds, as Streamlit reads them; ValueError where it is broken."""
    match content:
        case None:
            return {}
        case bytes():
            return tomllib.loads(_text(content))
        case str():
            raise ValueError(content)
    folders: dict[str, dict[str, str]] = {}
    for folder, name, text in content:
        if not isinstance(text, bytes):
            raise ValueError(f"{folder}/{name}: {text}")
        folders.setdefault(folder, {})[name] = _text(text).strip()
    return {
        folder: next(iter(files.values())) if len(files) == 1 else files
        for folder, files in folders.items()
    }


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")  # with the mark that Windows programs put before it
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1}; save it as UTF-8") from error
