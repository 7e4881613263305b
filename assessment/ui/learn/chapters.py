"""A page in chapters: an index beside the one that is open, and the way to the next."""

from collections.abc import Mapping

import streamlit as st

from assessment.ui.session import address, keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_points
from assessment.ui.session.ways import show_link

COLUMNS = (2, 7)  # how wide the index is, and what stands beside it


def show_index(reader: Reader, page: str, titles: Mapping[str, str], *, chapter: str) -> None:
    """The chapters as links; `chapter` is the one that is open, so no link. A phone has a list."""
    st.session_state[keys.CHAPTER_PICKER] = chapter or None
    st.selectbox(
        reader.gettext("Chapter"),
        tuple(titles),
        format_func=titles.__getitem__,
        key=keys.CHAPTER_PICKER,
        on_change=address.write_choice,  # whatever passage or search it held before
        args=("view", keys.CHAPTER_PICKER, "passage", "q"),
        placeholder=reader.gettext("Chapter"),
        label_visibility="collapsed",
    )
    with st.container(key=keys.CHAPTER_INDEX, gap=None):
        for name, title in titles.items():
            if name == chapter:
                st.markdown(f"**{as_plain_text(title)}**")
            else:
                show_link(reader, page, as_plain_text(title), {"view": name})


def show_next_chapter(
    reader: Reader, page: str, titles: Mapping[str, str], *, chapter: str
) -> None:
    """The way to the chapter after this one, where there is one."""
    names = list(titles)
    for following in names[names.index(chapter) + 1 :][:1]:
        label = reader.gettext("Next chapter: {title}").format(title=titles[following])
        icon = ":material/arrow_forward:"
        show_link(reader, page, as_plain_text(label), {"view": following}, icon=icon)


def show_section(title: str, *lines: str) -> None:
    """A heading, and what stands under it as a list."""
    st.subheader(title, anchor=False)
    show_points(lines)
