"""A result without saving: the link that carries the answers, and the page it opens."""

import streamlit as st

from assessment.access.links import url_of
from assessment.access.share_code import PARAMETER, answers_in, code_of
from assessment.errors import Refused
from assessment.model import Answers
from assessment.rounds.results import draft_result
from assessment.ui.check import draft, unfinished
from assessment.ui.guard.site import site
from assessment.ui.guard.visitor import current_rights
from assessment.ui.results.result import show_figures, show_levels, show_levers, show_verdict
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.ways import open_page
from assessment.wording.briefing import SquadPart


def offer(reader: Reader) -> None:
    """The link to the result of the answers given so far, for whoever asks to see it."""
    with st.expander(reader.gettext("Share this result without saving"), icon=":material/link:"):
        code = code_of(draft.answers(), reader.edition.framework)
        st.markdown(
            reader.gettext(
                "This link holds the answers themselves, without squad, name or date. Anyone who "
                "opens it reads the result; nothing is stored, and it cannot be taken back."
            )
        )
        st.code(
            url_of(site("quick-check"), page="shared-result", **{PARAMETER: code}),
            language=None,
            wrap_lines=True,
        )


def shared_answers(reader: Reader) -> Answers:
    """The answers in the URL; Refused where they cannot be read, a hint where there are none."""
    given = st.query_params.get_all(PARAMETER)
    if not given:
        text = reader.gettext("This page shows a result that came in a link; open that link.")
        st.info(text, icon=":material/link:")
        st.stop()
    if len(given) > 1:
        raise Refused("the address holds more than one result; copy the link once more")
    return answers_in(given[0], reader.edition.framework)


def show(reader: Reader, answers: Answers) -> None:
    """The result, read-only, and the way to go on from it."""
    _ = reader.gettext
    result = draft_result(reader.edition.framework, answers, today=reader.today)
    part = SquadPart(reader.edition, result, reader.today)
    st.caption(_("Somebody shared these answers with you. Nothing on this page is stored."))
    show_verdict(reader, part)
    show_levels(reader, part)
    show_levers(reader, part)
    show_figures(reader, part)
    _show_taking(reader, answers)


def _show_taking(reader: Reader, answers: Answers) -> None:
    _ = reader.gettext
    if not current_rights().may_open("check"):
        return
    if draft.answers():
        st.markdown(_("This replaces the answers you have given so far."))
    if st.button(
        _("Take these answers into a check of my own"), icon=":material/edit:", key=keys.SHARED_TAKE
    ):
        unfinished.hold(unfinished.CHECK)
        unfinished.settle()
        draft.begin(answers)
        open_page(page_files.CHECK)
