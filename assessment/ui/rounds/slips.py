"""One-time codes to a survey: made, printed as slips to hand out, and never shown again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from assessment.access.codes import new_codes, written
from assessment.access.links import PARAMETER, url_of
from assessment.model import Survey
from assessment.model.link import Link
from assessment.reports.downloads import file_name
from assessment.reports.slips import Slip, slips_page
from assessment.ui.guard.site import site
from assessment.ui.guard.stored import store, visible_records
from assessment.ui.parts.downloads import download
from assessment.ui.parts.fields import ask_count
from assessment.ui.session import keys
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.wording.surveys import asked_in, in_confidence, invitation_title

USUAL_PEOPLE = 7


@dataclass(frozen=True, slots=True)
class NewCodes:
    """Codes just made: this session shows them until they are printed."""

    survey: Survey
    codes: tuple[str, ...]


def ask_how_many(reader: Reader, *, key: str) -> None:
    """How many people are to answer."""
    ask_count(reader.gettext("How many people"), key=key, value=USUAL_PEOPLE)


def people_in(key: str) -> int:
    """How many people a field says there are; a browser may send anything."""
    people = st.session_state.get(key, USUAL_PEOPLE)
    return people if isinstance(people, int) else 0


def hand_out(survey: Survey, *, key: str) -> None:
    """Make as many codes to a survey as a field says, which this session shows until printed."""
    links, new = codes_for(survey, people_in(key))
    store().add(links)
    st.session_state[keys.ROUNDS_MADE] = new


def codes_for(survey: Survey, people: int) -> tuple[Sequence[Link], NewCodes]:
    """As many codes to a survey: what is to be stored of them, and what is shown once."""
    links, codes = new_codes(survey, people, mint=secrets.token_bytes, new_id=uuid4)
    return links, NewCodes(survey, tuple(codes))


def show_slips(reader: Reader) -> None:
    """The codes just made, to print and cut: also of a closed session, which may open again."""
    new = st.session_state.get(keys.ROUNDS_MADE)
    if not isinstance(new, NewCodes):
        return
    if not any(s.id == new.survey.id and not s.revealed_at for s in visible_records().surveys):
        st.session_state.pop(keys.ROUNDS_MADE)
        return
    count = len(new.codes)
    with st.container(border=True, key=(key := keys.made(hash(new.codes)))):
        shown = reader.counted(
            "{count} one-time code for {squad} is ready",
            "{count} one-time codes for {squad} are ready",
            count,
            squad=new.survey.squad,
        )
        st.header(as_plain_text(shown), anchor=False)
        take_focus(f".st-key-{key} h2", occasion=str(new.survey.id))
        st.markdown(
            reader.gettext(
                "Print the slips now, and hand out one to each: only the codes' fingerprints are "
                "kept, so they cannot be shown again. Each code works once. Do not note who got "
                "which slip: with it you could see whether somebody has answered, though never "
                "what."
            )
        )
        page = _slips(reader, new)
        download(
            reader.gettext("Slips to print"),
            lambda: page,
            name=file_name(reader.gettext("slips"), new.survey.squad) + ".html",
            what="slips",
        )
        button(
            reader.gettext("I have printed them"),
            lambda: st.session_state.pop(keys.ROUNDS_MADE, None),
            key=keys.ROUNDS_DONE,
        )


def _slips(reader: Reader, new: NewCodes) -> bytes:
    _, edition = reader.gettext, reader.edition
    root = site("rounds")
    day = edition.words.date(new.survey.closes_on)
    lines = (
        asked_in(edition, new.survey),
        in_confidence(edition, new.survey),
        _("Until {day}, included. This code works once.").format(day=day),
    )
    return slips_page(
        [
            Slip(written(code), url_of(root, page="round", **{PARAMETER: written(code)}))
            for code in new.codes
        ],
        language=reader.language,
        title=invitation_title(edition, new.survey),
        lines=[line for line in lines if line],
        alt=_("QR code of the invitation"),
    )
