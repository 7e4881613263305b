"""That a browser answers a survey once: told by its session, its cookie, and what this server saw.

A tab that was open before another one sent has an old cookie. All tabs of a browser carry the token
by which Streamlit protects its forms, so the server remembers, in memory alone and in no relation
to any answer, which tokens have answered which survey.
"""

import hashlib
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import UUID, uuid4

import streamlit as st

from assessment.model.vote import Ballot
from assessment.ui.session import keys
from assessment.ui.session.look import run_script

MOST = 20_000  # how many answers of browsers are remembered; the oldest are forgotten first

_lock = threading.Lock()
_answered: dict[bytes, None] = {}


def has_answered(survey_id: UUID) -> bool:
    """Whether this session has answered a survey, or this browser since it was opened.

    Cookies may be deleted, and another browser or a private window has its own: whoever holds the
    link is trusted to answer once.
    """
    if survey_id in st.session_state.get(keys.ROUND_SENT, ()):
        return True
    mark = _mark_of_browser(survey_id)
    return st.context.cookies.get(_cookie(survey_id)) == "1" or mark in _answered


@contextmanager
def answering(survey_id: UUID) -> Iterator[bool]:
    """Whether this browser may send now: not where it has, in another tab even at this moment.

    What raises an error inside was not sent, and may be sent again.
    """
    mark = _mark_of_browser(survey_id)
    with _lock:
        is_first = not has_answered(survey_id)
        if is_first and mark:
            _answered[mark] = None
            for oldest in list(_answered)[: max(0, len(_answered) - MOST)]:
                del _answered[oldest]
    try:
        yield is_first
    except BaseException:
        if is_first and mark:
            _answered.pop(mark, None)
        raise
    if is_first:
        st.session_state.setdefault(keys.ROUND_SENT, set()).add(survey_id)


def voter_of_browser(ballot: Ballot) -> UUID:
    """What stands for this browser in one vote alone; the same as ever, since votes keep it."""
    return browser_in(ballot[0], repr(ballot))


def answerer_of_browser(survey_id: UUID, agreement_id: UUID, role: str) -> UUID:
    """What stands for this browser where it answers an agreement for a role: stored by it."""
    return browser_in(survey_id, f"{agreement_id} {role}")


def browser_in(survey_id: UUID, purpose: str) -> UUID:
    """What stands for this browser in a survey for one purpose, and for nothing in any other."""
    return UUID(bytes=hashlib.sha256(_own_mark(survey_id) + purpose.encode()).digest()[:16])


def role_told(answered: UUID, *, among: Collection[str]) -> str | None:
    """The role told with the answers, in this session or in this browser before; one of these."""
    kept = st.context.cookies.get(_role_cookie(answered))
    role: str | None = st.session_state.get(keys.ROUND_ROLES, {}).get(answered, kept)
    return role if role in among else None


def remember_in_browser(
    answered: UUID, survey_id: UUID, *, role: str | None, until: datetime
) -> None:
    """Have the browser remember what it has answered, and its mark: until then, for this app alone.

    It says that an answer was sent, not which, and for which role: no id of an answer ever leaves
    the server. The mark makes it the same browser in the survey once it was closed, which ends the
    token.
    """
    lasting = f"expires={format_datetime(until.astimezone(UTC), usegmt=True)}"
    cookies = {_cookie(answered): "1", _mark_cookie(survey_id): _own_mark(survey_id).hex()}
    if role:
        cookies[_role_cookie(answered)] = role
    run_script("cookies", cookies=cookies, lasting=lasting, same_site="Strict")


def _own_mark(survey_id: UUID) -> bytes:
    """The mark that this browser remembers, else that of its token, else of its session."""
    own = st.session_state.setdefault(keys.ROUND_VOTER, uuid4().hex)
    try:
        kept = bytes.fromhex(str(st.context.cookies.get(_mark_cookie(survey_id), "")))
    except ValueError:
        kept = b""
    return kept or _mark_of_browser(survey_id) or own.encode()


def _mark_cookie(survey_id: UUID) -> str:
    return f"who-decides-browser-{survey_id}"


def _role_cookie(answered: UUID) -> str:
    return f"who-decides-role-{answered}"


def _cookie(survey_id: UUID) -> str:
    return f"who-decides-answered-{survey_id}"


def _mark_of_browser(survey_id: UUID) -> bytes | None:
    """What stands for this browser and a survey; None where it carries no token.

    The token is written anew with each page, as `2|mask|masked token|time`: the same beneath.
    """
    try:
        parts = st.context.cookies.get("_streamlit_xsrf", "").strip("\"'").split("|")
        _version, mask, masked, _time = parts
        key, text = bytes.fromhex(mask), bytes.fromhex(masked)
    except ValueError:
        return None
    if not (key and text):
        return None
    token = bytes(byte ^ key[index % len(key)] for index, byte in enumerate(text))
    return hashlib.sha256(token + survey_id.bytes).digest()
