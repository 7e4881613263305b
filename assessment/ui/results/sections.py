"""The squad page's sections: one at a time, by its id in the address, only that one computed."""

from collections.abc import Callable, Mapping

import streamlit as st

from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.url_choices import opened_view
from assessment.ui.results.actions import show_decided
from assessment.ui.results.agreements import show_to_settle
from assessment.ui.results.deep_result import show_lenses_and_signs, show_who_decides
from assessment.ui.results.result import show_lever_cards, show_seats, show_tables, show_voices
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_captions, show_texts
from assessment.ui.session.ways import show_link
from assessment.wording.briefing import SquadPart

Section = Callable[[Reader, SquadPart], None]


def show_sections(reader: Reader, part: SquadPart) -> None:
    """The names of the sections, and the one that the reader chose.

    At first it is what this result is about: where invited voices differ, who decides without a
    quick check, else what to do.
    """
    first = "voices" if part.disagreement else "who-decides" if part.is_deep_only else "do"
    with st.container(key=keys.RESULT_SECTIONS):
        show = opened_view(sections(reader), label=reader.gettext("Section"), first=first)
    with st.container(key=keys.RESULT_SECTION):
        show(reader, part)


def sections(reader: Reader) -> Mapping[str, tuple[str, Section]]:
    """The sections by id, each with its name and what shows it."""
    _ = reader.gettext
    return {
        "do": (_("Do"), _do),
        "voices": (_("Voices"), _voices),
        "who-decides": (_("Who decides"), show_who_decides),
        "lenses": (_("Lenses and signs"), _lenses),
        "numbers": (_("Numbers"), show_tables),
    }


def _do(reader: Reader, part: SquadPart) -> None:
    """What was decided, what to do; without a quick check what to settle, and why no lever."""
    if part.is_deep_only:
        show_to_settle(reader, part.agreed, title=reader.gettext("To settle"))
    show_decided(reader, part)
    show_lever_cards(reader, part)
    if part.is_deep_only:
        st.markdown(as_plain_text(part.no_lever))


def _voices(reader: Reader, part: SquadPart) -> None:
    """Where the voices of the period differ; of a single voice, what a second one would show."""
    show_disagreement(part)
    show_voices(reader, part)
    if part.voices is None and part.disagreement is None:
        _ = reader.gettext
        st.subheader(_("One voice"), anchor=False)
        st.markdown(
            _(
                "With a second voice you see, question by question, where you answer differently, "
                "whether the verdict holds whoever is left out, and which decisions each of you "
                "gives to somebody else."
            )
        )
        if current_rights().may_open("manage"):
            label, where = _("Ask the squad"), {"squad": part.squad}
            show_link(reader, page_files.ROUNDS, label, where, icon=":material/groups:")


def _lenses(reader: Reader, part: SquadPart) -> None:
    if not part.is_deep_only:
        show_seats(reader, part)
    show_lenses_and_signs(reader, part)


def show_disagreement(part: SquadPart) -> None:
    """What voices say first: where they differ most, and role against role."""
    headline = part.disagreement
    if headline is None:
        return
    first, *others = headline.sentences
    st.subheader(as_plain_text(first), anchor=False)
    show_texts(*others)
    show_captions(headline.too_few)
