"""What a squad agreed on who decides, on its page: what is to be settled, then what holds."""

import streamlit as st

from assessment.ui.parts.chips import badge_of
from assessment.ui.parts.columns import apart
from assessment.ui.results import agreement_forms, open_form
from assessment.ui.session import page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_lines, as_plain_text, show_points
from assessment.ui.session.ways import show_link
from assessment.wording.agreement import AgreementPart
from assessment.wording.agreements import AgreementsPart, OpenDecision
from assessment.wording.briefing import SquadPart

TO_SETTLE_AT_ONCE = 1
ROOM_FOR_DECISION = 210  # pixels of a contested decision before the button that settles it


def has_agreements(part: AgreementsPart) -> bool:
    """Whether there is anything agreed, or this visitor may write it down."""
    return bool(part.items) or open_form.may_write(part.squad)


def show_agreements(reader: Reader, squad: SquadPart) -> None:
    """What is to settle, each with its button; the agreements; mandates that follow from them."""
    _, part = reader.gettext, squad.agreed
    st.markdown(f"#### {as_plain_text(part.title)}", anchors=False)
    show_to_settle(reader, part)
    _show_items(reader, part)
    if mandates := squad.mandates_to_write:
        with st.expander(_("Mandates proposed from these agreements"), type="compact"):
            words = reader.edition.words
            show_points(words.labelled(role, sentence) for role, sentence in mandates.items())
            if open_form.may_write(part.squad):
                label = _("Write them in your own words, under “Mandate sentences”")
                show_link(reader, page_files.DEEP_CHECK, label, icon=":material/edit_note:")


def _show_items(reader: Reader, part: AgreementsPart) -> None:
    """Every agreement, what needs an eye first, in one fold; open right after a change."""
    may_write, summary = open_form.may_write(part.squad), as_plain_text(part.summary)
    is_open = may_write and bool(agreement_forms.just_done(part))
    fold = st.expander(summary, type="compact", expanded=is_open) if part.items else st.container()
    with fold:
        if not part.items:
            st.caption(summary)
        for item in part.items:
            _show_agreement(reader, part, item)
        if may_write and part.to_write:
            agreement_forms.write_popover(reader, part)


def show_to_settle(reader: Reader, part: AgreementsPart, *, title: str = "") -> None:
    """The decisions that voices contest, strongest first, for whoever may settle them."""
    if not open_form.may_write(part.squad):
        return
    if title and part.to_settle:
        st.subheader(title, anchor=False)
    agreement_forms.show_done(reader, part)
    agreement_forms.show_dialog(reader)
    for decision in part.to_settle[:TO_SETTLE_AT_ONCE]:
        _show_open(reader, part, decision)
    if more := part.to_settle[TO_SETTLE_AT_ONCE:]:
        text = reader.counted(
            "{count} more contested decision without an agreement",
            "{count} more contested decisions without an agreement",
            len(more),
        )
        with st.expander(text, type="compact"):
            for decision in more:
                _show_open(reader, part, decision)


def _show_open(reader: Reader, part: AgreementsPart, decision: OpenDecision) -> None:
    """A decision by name, and the button that settles it; whom voices name stands in the map."""
    with apart():
        st.markdown(as_plain_text(decision.name), width=ROOM_FOR_DECISION)
        agreement_forms.settle_button(reader, part.squad, decision)


def _show_agreement(reader: Reader, part: AgreementsPart, item: AgreementPart) -> None:
    with st.container(border=True, gap="xxsmall"):
        st.markdown(" ".join((as_plain_text(item.sentence), *map(badge_of, item.chips))))
        for line in filter(None, (*item.lines, item.agreement.note)):
            st.caption(as_plain_lines(line))
        if open_form.may_write(part.squad):
            with st.container(horizontal=True):
                concerned = part.agreements.concerned(item.agreement)
                if concerned and not part.agreements.is_over(item.agreement):
                    agreement_forms.confirm_popover(reader, item, concerned)
                agreement_forms.replace_button(reader, item)
