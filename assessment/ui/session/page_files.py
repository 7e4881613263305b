"""Where each page lives, as st.Page and st.switch_page name it."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlencode

from assessment.languages import LANGUAGES

_Parameters = Mapping[str, str | Sequence[str]] | Sequence[tuple[str, str]]

HOME = "pages/home/home.py"
CHECK = "pages/check/quick_check.py"
DEEP_CHECK = "pages/check/deep_check.py"
SHARED_RESULT = "pages/check/shared_result.py"
ROUNDS = "pages/check/rounds.py"
ROOM = "pages/check/room.py"
ROUND = "pages/check/round.py"
SQUAD = "pages/results/squad.py"
COMPARE = "pages/results/compare.py"
TRENDS = "pages/results/trends.py"
LEADERSHIP = "pages/results/leadership.py"
PLAYBOOK = "pages/learn/playbook.py"
METHOD = "pages/learn/method.py"
DATA = "pages/manage/data.py"
SHARING = "pages/manage/sharing.py"
STATUS = "pages/manage/status.py"
PRIVACY = "pages/manage/privacy.py"

UNKNOWN_PAGE = "unknown"
"""The parameter by which the first page is told which page was asked for that is not there."""

LOST = "lost"
"""The parameter by which a page that loads again is told that what was under way on it is gone."""

SIGN_IN_FAILED = "sign-in-failed"
"""The parameter by which a page is told that signing in came to nothing."""

CAME_FOR = "who-decides-came-for"  # the cookie that says for which page somebody signs in


def name_in_url(file: str) -> str:
    """What the address of a page ends in; the first page's own ends in nothing."""
    return PurePosixPath(file).stem.replace("_", "-")


_FILES = [file for file in vars().values() if isinstance(file, str) and file.startswith("pages/")]
BY_NAME_IN_URL = {"" if file == HOME else name_in_url(file): file for file in _FILES}
NAMES_IN_URLS = (BY_NAME_IN_URL.keys() | LANGUAGES.keys()) - {""}
"""What addresses of the app's pages end in; each language is a page of the menu."""


def way_to(name: str, parameters: _Parameters) -> str:
    """The way to a page below the app's own address; the first page's name is empty."""
    return f"/{name}?{urlencode(parameters, doseq=True)}" if parameters else f"/{name}"
