"""What a reader takes away: documents and pictures, made when their button is clicked."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from itertools import count
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.charts.specs import Spec
from assessment.reports.downloads import file_name
from assessment.reports.formats import FORMATS, Format, Kind, document, formats_of
from assessment.reports.images import png, svg
from assessment.rounds.leadership import Summary
from assessment.ui.parts.downloads import download
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import button
from assessment.wording.briefing import Briefing, SquadPart, briefing_of, squad_briefing
from assessment.wording.decision_records import calendar_entries, chat_lines

DecisionFile = Literal["calendar", "charter", "records"]

FEW = 12  # squads whose pictures are drawn in a few seconds


def show_summary_files(reader: Reader, summary: Summary) -> Callable[[], None]:
    """The documents of several squads; returns what makes a long one once all else is drawn."""
    st.subheader(reader.gettext("Take it away"), anchor=False)
    return _show_documents(
        reader,
        lambda: briefing_of(reader.edition, summary, today=reader.today),
        identity=("leadership", summary.identity),
        name=file_name(reader.gettext("Leadership"), str(summary.period)),
        squads=len(summary.results),
    )


def show_squad_files(reader: Reader, squad: SquadPart) -> None:
    """The documents of a single squad."""
    _show_documents(
        reader,
        lambda: squad_briefing(reader.edition, squad.result, today=reader.today),
        identity=("squad", squad.identity),
        name=file_name(squad.squad, squad.period),
        formats=formats_of(squad),
    )


def show_agreement_files(reader: Reader, squad: SquadPart) -> None:
    """What the squad agreed: as one page, as records, as days to keep, as lines for a chat."""
    has_days, chat = _days_and_chat(squad.identity, reader.version, squad)
    with st.container(horizontal=True):
        if squad.agreed.items:
            show_decision_file(reader, squad, "charter")
            show_decision_file(reader, squad, "records")
        if has_days:
            show_decision_file(reader, squad, "calendar")
    st.caption(reader.gettext("To paste into a chat:"))
    st.code(chat, language=None, wrap_lines=True)


@kept(at_most=64)
def _days_and_chat(identity: Hashable, reader: Hashable, _squad: SquadPart) -> tuple[bool, str]:
    """Whether there are days to keep, and the lines for a chat."""
    return bool(calendar_entries(_squad)), "\n".join(chat_lines(_squad))


def show_decision_file(reader: Reader, squad: SquadPart, what: DecisionFile) -> None:
    """The button of one file: the charter is what was agreed and each role's mandates, to print."""
    _, name = reader.gettext, file_name(squad.squad, squad.day.isoformat())
    label, called, ending = {
        "charter": (_("Charter (PDF)"), _("charter"), "pdf"),
        "records": (_("Decision records (ZIP)"), _("decisions"), "zip"),
        "calendar": (_("Days to keep (ICS)"), _("calendar"), "ics"),
    }[what]

    def make() -> bytes:
        # What makes a file is imported when one is asked for, since most people never do.
        from assessment.reports import decision_files as files

        makers = {
            "charter": files.charter_pdf,
            "records": files.records_zip,
            "calendar": files.calendar_file,
        }
        return makers[what](squad)

    download(label, make, name=f"{file_name(called, name)}.{ending}", what=what)


def picture_buttons(
    reader: Reader, spec: Spec, *, label: str, name: str, title: str, badge: str | None
) -> None:
    """A chart as PNG and as SVG, its title above it; `label` names the chart."""
    for suffix, draw in (("png", png), ("svg", svg)):
        download(
            f"{label} ({suffix.upper()})",
            partial(draw, spec, style=reader.style, title=title, badge=badge),
            name=f"{file_name(name, label)}.{suffix}",
            what=f"{name}-{label}-{suffix}",
        )


def _show_documents(
    reader: Reader,
    briefing: Callable[[], Briefing],
    *,
    identity: Hashable,
    name: str,
    squads: int = 1,
    formats: Mapping[Kind, Format] = FORMATS,
) -> Callable[[], None]:
    _, identity = reader.gettext, (identity, reader.version)
    with st.container(horizontal=True):
        for kind, made in formats.items():
            label, suffix = _(made.label), made.suffix and _(made.suffix)
            if made.is_drawn and squads > FEW and not _file.holds(kind, identity):
                _show_making(reader, kind, label)
                continue
            download(
                label,
                partial(_file, kind, identity, briefing),
                name=f"{file_name(_('who-decides'), name, suffix)}.{made.ending}",
                what=kind,
            )
    making = st.container()
    if squads > FEW:
        text = _(
            "A button with an hourglass prepares its file, which takes a while; click once more "
            "to save it."
        )
        st.caption(text)
    return partial(_make_what_was_asked_for, reader, briefing, identity, squads, making)


def _show_making(reader: Reader, kind: Kind, label: str) -> None:
    """A button that has a file of many squads made; the one that saves it stands there then."""
    button(
        label,
        partial(st.session_state.__setitem__, keys.FILE_IN_MAKING, kind),
        key=keys.making(kind),
        icon="hourglass_empty",
        help=reader.gettext(
            "You see how far it is, and can stop it; the file is then saved from here."
        ),
    )


def _make_what_was_asked_for(
    reader: Reader,
    briefing: Callable[[], Briefing],
    identity: Hashable,
    squads: int,
    slot: DeltaGenerator,
) -> None:
    """Make a file of many squads in this run: a click on Stop, or on anything else, ends it."""
    kind: Kind | None = st.session_state.pop(keys.FILE_IN_MAKING, None)
    if kind is None:
        return
    number, text = reader.edition.words.number, reader.gettext("Squad {done} of {total}")
    bar = slot.progress(0.0)
    slot.button(reader.gettext("Stop"), icon=":material/stop_circle:", key=keys.FILE_STOP)
    begun = count(1)

    def before_squad() -> None:
        done = min(next(begun), squads)
        bar.progress((done - 1) / squads, text.format(done=number(done), total=number(squads)))

    _file(kind, identity, briefing, before_squad)
    st.rerun()


@kept(at_most=24)
def _file(
    kind: Kind,
    identity: Hashable,
    _briefing: Callable[[], Briefing],
    _before_squad: Callable[[], object] = lambda: None,
) -> bytes:
    return document(kind, _briefing(), before_squad=_before_squad)
