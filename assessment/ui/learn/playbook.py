"""The playbook on a page: a search, an index, and one chapter at a time."""

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from assessment.ui.learn.chapters import show_index, show_next_chapter
from assessment.ui.learn.passages import marks, show_passage
from assessment.ui.parts.columns import first_then_folded
from assessment.ui.parts.playbook_links import PARAMETER, passage_link
from assessment.ui.parts.url_choices import asked_view
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.look import run_script
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, notice, show_points
from assessment.wording.credits import credit_line
from assessment.wording.playbook_search import Hit, Piece, hits

SEARCH = "q"
SOURCES = "sources"  # the chapter that credits the articles

LONGEST_SEARCH = 80
HITS_AT_ONCE = 24  # hits shown at once; the others on demand


def asked(reader: Reader) -> str:
    """What the reader searches for, which the address holds too."""
    _, query = reader.gettext, st.query_params.get(SEARCH, "")[:LONGEST_SEARCH]
    # Set only when the address says something else, or it would undo what is being typed.
    if st.session_state.get(keys.PLAYBOOK_SEARCH, "") != query:
        st.session_state[keys.PLAYBOOK_SEARCH] = query
    st.text_input(
        _("Search the playbook"),
        type="search",
        key=keys.PLAYBOOK_SEARCH,
        max_chars=LONGEST_SEARCH,
        placeholder=_("For example: backlog, roadmap, debt"),
        live=True,
        on_change=address.write_choice,
        args=(SEARCH, keys.PLAYBOOK_SEARCH),
    )
    return query.strip()


def settled_chapter(reader: Reader) -> str:
    """The chapter that the address asks for, by a passage or by its own id; at first the first."""
    playbook, asked = reader.edition.playbook, st.query_params.get(PARAMETER, "")
    if asked in playbook.section_by_anchor:
        return playbook.section_by_anchor[asked]
    if asked:
        text = reader.gettext("The link names a passage that the playbook lacks: {text}.")
        notice(text.format(text=asked))
    return asked_view(_titles(reader), first=playbook.sections[0])


def open_asked_passage(reader: Reader, *, chapter: str, is_search: bool) -> None:
    """Bring into view the passage that the address asks for, as soon as it stands on the page.

    An anchor asks in the browser, where the server does not see it; a link of `passage_link`
    asks by a parameter. A chapter that took another one's place is brought into view as well.
    """
    anchors = reader.edition.playbook.section_by_anchor
    asked = st.query_params.get(PARAMETER, "")
    before = st.session_state.get(keys.PLAYBOOK_CHAPTER)
    st.session_state[keys.PLAYBOOK_CHAPTER] = chapter
    is_another = before not in (None, chapter)
    if is_another or asked:
        address.tell_anyway()
    if is_search:
        asked = ""
    elif asked not in anchors:
        asked = chapter if is_another else ""
    run_script("passage", chapters=dict(anchors), parameter=PARAMETER, view=chapter, asked=asked)


def show_chapters(reader: Reader, chapter: str) -> None:
    """The chapters as links; `chapter` is the one that is open, none where a search is."""
    show_index(reader, page_files.PLAYBOOK, _titles(reader), chapter=chapter)


def show_hits(reader: Reader, query: str) -> None:
    """What a search found, a line each that leads to its passage."""
    passages = hits(reader.edition, query)
    if not passages:
        text = reader.gettext("No passage speaks of “{text}”. Try fewer words, or others.")
        st.info(as_plain_text(text.format(text=query)), icon=":material/search_off:")
        return
    count = reader.counted("{count} passage found", "{count} passages found", len(passages))
    with st.container(key=keys.PLAYBOOK_FOUND):
        st.header(count, anchor=False)
    with st.container(key=keys.PLAYBOOK_HITS, gap=None):
        rest = len(passages) - HITS_AT_ONCE
        more = reader.counted("{count} more passage", "{count} more passages", rest)
        first_then_folded(passages, HITS_AT_ONCE, more, partial(_show_lines, reader))


def show_chapter(reader: Reader, chapter: str) -> None:
    """One chapter from its title to the way to the next."""
    titles = _titles(reader)
    st.header(as_plain_text(titles[chapter]), anchor=chapter)
    if chapter == SOURCES:
        _show_sources(reader)
    else:
        text = reader.edition.playbook_texts.sections[chapter]
        st.markdown(as_plain_text(text.intro))
        for passage in reader.edition.playbook.passages_of(chapter):
            show_passage(reader, passage)
    show_next_chapter(reader, page_files.PLAYBOOK, titles, chapter=chapter)


def _titles(reader: Reader) -> dict[str, str]:
    sections = reader.edition.playbook_texts.sections
    titles = {section: sections[section].title for section in reader.edition.playbook.sections}
    return {**titles, SOURCES: reader.gettext("Sources, and what is ours")}


def _show_lines(reader: Reader, passages: Iterable[Hit]) -> None:
    for hit in passages:
        line = f"**{_highlighted(hit.title)}** · {_highlighted(hit.line)}"
        passage_link(reader, hit.passage.id, in_markdown=line)


def _highlighted(pieces: Sequence[Piece]) -> str:
    return "".join(
        f":primary-background[{_piece(piece.text)}]" if piece.is_match else _piece(piece.text)
        for piece in pieces
    )


def _piece(text: str) -> str:
    """A part of a line, which keeps the spaces at its ends."""
    within = text.strip()
    return text.replace(within, as_plain_text(within), 1)


def _show_sources(reader: Reader) -> None:
    _, edition = reader.gettext, reader.edition
    st.markdown(
        _(
            "Three articles in French stand behind the playbook, which tells in its own words what "
            "they explain. {a}, {b} and {c} mark what comes from which."
        ).format(**{article.lower(): marks(reader, (article,)) for article in ("A", "B", "C")})
    )
    for article, credit in edition.playbook.articles.items():
        about = as_plain_text(edition.playbook_texts.articles[article].about)
        credited = as_plain_text(credit_line(edition, credit))
        st.markdown(f"{marks(reader, (article,))} **{about}**  \n{credited}")
    st.subheader(_("What is ours"), anchor=False)
    st.markdown(
        _("What is marked {mark} stands in no article: it is what this product adds.").format(
            mark=marks(reader, (), ours=True)
        )
    )
    show_points(
        [
            _("The lists of roles that must not decide, where they go further than the articles."),
            _("The agendas, minute by minute; the rituals and their questions are article B's."),
            _("How a seat is read where two articles differ."),
        ]
    )
