"""The sharing page: how access is decided, the links there are, a new one, an end to one."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pandas as pd
import streamlit as st

from assessment.access.invitations import last_day_of
from assessment.access.links import DAYS, PARAMETER, LinkRequest, new_link, url_of
from assessment.model.link import EVERY_SQUAD, Link
from assessment.model.period import BYS, Period
from assessment.storage.protocol import Stored
from assessment.ui.guard import shared_links
from assessment.ui.guard.network_exposure import is_reached_from_beyond
from assessment.ui.guard.site import site
from assessment.ui.guard.stored import history
from assessment.ui.guard.visitor import current_policy, refuse_unless_editor
from assessment.ui.parts.fields import choose_from
from assessment.ui.parts.qr_picture import show_qr
from assessment.ui.parts.tables import show_cells
from assessment.ui.parts.unreleased import show_unreleased
from assessment.ui.session import keys
from assessment.ui.session.language import empty_fields
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button

LASTING = (1, 7, DAYS, 90, 365)  # how many days a link may last, as the form offers it


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link just made, with its token: this session shows it once, then forgets it."""

    link: Link
    token: str


def show_mode(reader: Reader) -> None:
    """Plainly, who may do what on this server as it runs."""
    _, policy = reader.gettext, current_policy()
    if policy.protected:
        text = _(
            "**Protected.** Editors sign in and may do everything: {editors}. Everybody else "
            "reaches only what a link gives."
        )
        editors = reader.edition.words.all_of(sorted(policy.access.editors))
        st.success(text.format(editors=as_plain_text(editors)), icon=":material/lock:")
        return
    if is_reached_from_beyond(policy):
        st.warning(
            _(
                "**Open, and reached from beyond this machine.** There is no sign-in: anyone "
                "who reaches this address may read, change and delete everything. A link "
                "decides what its holder is shown, not what they could do. The person who runs "
                "the server can have people sign in first."
            ),
            icon=":material/lock_open:",
        )
        return
    st.info(
        _(
            "**Open, on this machine only.** Anyone who reaches this address may do everything. "
            "Before others reach it, ask the person who runs the server to set up sign-in."
        ),
        icon=":material/lock_open:",
    )


def tell_of_restored_links(reader: Reader) -> None:
    """Where an older copy of the data was put back: that its links are off, and what to do."""
    _, restored = reader.gettext, shared_links.restored_at()
    if restored is None:
        return
    text = _(
        "On {day} an older copy of the data was put back. Nobody can know which links had been "
        "switched off since it was made, so all of its links are off. Make new ones for anyone who "
        "still needs them, and new invitations on the page “Ask the squad”.",
        day=reader.day_of(restored),
    )
    st.warning(text, icon=":material/link_off:")


def show_new_link(reader: Reader) -> None:
    """The link just made, to copy or to scan; it is shown this once."""
    new = _new_link()
    if new is None:
        return
    _ = reader.gettext
    with st.container(border=True, key=(key := keys.new_link(new.link.link_id))):
        text = _("The link for {label} is ready")
        st.header(as_plain_text(text.format(label=new.link.label)), anchor=False)
        take_focus(f".st-key-{key} h2", occasion=str(new.link.link_id))
        st.markdown(
            _(
                "Copy it now: only its fingerprint is kept, so once this page is reloaded neither "
                "it nor its QR code can be shown again. Anyone who has the link sees what it "
                "shares."
            )
        )
        url = url_of(site("sharing"), **{PARAMETER: new.token})
        st.code(url, language=None, wrap_lines=True)
        show_qr(url, alt=_("QR code of the link above"), size="220px")
        button(_("I have copied it"), _forget, key=keys.SHARING_DONE)


def show_links(reader: Reader) -> None:
    """Every link, latest first, numbered as it was made, and the way to switch one off."""
    in_order = sorted(shared_links.listed_links(), key=lambda link: link.created_at)
    links = dict(reversed(list(enumerate(in_order, start=1))))
    if not links:
        return
    st.header(reader.gettext("Links"), anchor=False)
    now = datetime.now(UTC)
    lines = [_line(reader, number, link, now) for number, link in links.items()]
    show_cells(pd.DataFrame(lines), alt=reader.gettext("Links"))
    valid = {number: link for number, link in links.items() if link.state(now) == "valid"}
    if valid:
        _show_revoking(reader, valid)


def show_form(reader: Reader, stored: Stored) -> None:
    """What a new link is to share, with whom and for how long; one link at a time."""
    if keys.SHARING_NEW_LINK in st.session_state:
        return
    _, names = reader.gettext, history(stored, "month").squads
    if not names:
        st.markdown(_("There is nothing to share until a check is saved."))
        return
    st.header(_("Share results by a link"), anchor=False)
    st.text_input(
        _("Whom is it for?"),
        key=keys.SHARING_LABEL,
        help=_("Anyone who opens the link reads this, too."),
    )
    st.session_state.setdefault(keys.SHARING_SQUADS, list(names))
    every = st.checkbox(_("Every squad, later ones too"), key=keys.SHARING_EVERY)
    squads = st.multiselect(
        _("Squads"),
        names,
        key=keys.SHARING_SQUADS,
        placeholder=_("Choose squads"),
        disabled=every,
        select_all=False,
    )
    shared = names if every else squads
    if shared:
        show_unreleased(reader, shared)
    periods = _periods(stored)
    period, days = st.columns(2)
    period.selectbox(
        _("Period"),
        ("", *periods),
        format_func=lambda text: (
            reader.edition.period(periods[text])
            if text
            else _("Every period, and how results moved")
        ),
        key=keys.SHARING_PERIOD,
    )
    days.selectbox(
        _("Lasts"),
        LASTING,
        index=LASTING.index(DAYS),
        format_func=lambda count: reader.counted("{count} day", "{count} days", count),
        key=keys.SHARING_DAYS,
    )
    st.checkbox(_("With the notes people wrote and the names in actions"), key=keys.SHARING_NOTES)
    st.checkbox(_("With the roles of those who answered"), key=keys.SHARING_ROLES)
    st.checkbox(_("With what the squads agreed"), value=True, key=keys.SHARING_AGREEMENTS)
    st.caption(_("Aliases are never shared: a link shows numbers in their place."))
    label = reader.counted(
        "Make the link to {count} squad", "Make the link to {count} squads", len(shared)
    )
    button(
        _("Make the link to every squad") if every else label if shared else _("Make the link"),
        _make,
        key=keys.SHARING_MAKE,
        icon="add_link",
        look="primary",
        shows_failure=True,
    )


def _line(reader: Reader, number: int, link: Link, now: datetime) -> dict[str, str | int]:
    _, words = reader.gettext, reader.edition.words
    kinds = {"view": _("Reads results"), "invite": _("Answers and follows a session")}
    last_day = last_day_of(link) if link.kind == "invite" else reader.day_of(link.expires_at)
    states = {"valid": _("Valid"), "expired": _("Expired"), "revoked": _("Switched off")}
    return {
        _("No."): number,
        _("For"): as_plain_text(link.label),
        _("Kind"): kinds[link.kind],
        _("Shares"): as_plain_text(_scope(reader, link)),
        _("Made"): words.date(reader.day_of(link.created_at)),
        _("Until"): words.date(last_day),
        _("State"): states[link.state(now)],
    }


def _scope(reader: Reader, link: Link) -> str:
    _, words = reader.gettext, reader.edition.words
    squads = _("Every squad") if link.squads == EVERY_SQUAD else words.all_of(link.squads)
    parts = [squads, reader.edition.period(link.period) if link.period else ""]
    parts += [_("with notes")] if link.with_notes else []
    parts += [_("with roles")] if link.with_roles else []
    parts += [] if link.with_agreements else [_("without agreements")]
    return " · ".join(part for part in parts if part)


def _show_revoking(reader: Reader, valid: Mapping[int, Link]) -> None:
    _ = reader.gettext
    by_id = {str(link.link_id): (number, link) for number, link in valid.items()}
    names = {
        link_id: f"{number} · {link.label} · {_scope(reader, link)}"
        for link_id, (number, link) in by_id.items()
    }
    chosen = choose_from(_("Switch a link off"), names, key=keys.SHARING_LINK)
    if chosen:
        number, link = by_id[chosen]
        with st.popover(_("Switch off…"), icon=":material/link_off:"):
            text = _("Anyone who holds link {number} for {label} loses access at their next click.")
            st.markdown(as_plain_text(text.format(number=number, label=link.label)))
            button(
                _("Yes, switch it off"),
                _revoke,
                link.link_id,
                key=keys.SHARING_REVOKE,
                look="primary",
                done=_("The link is switched off."),
            )


def _periods(stored: Stored) -> dict[str, Period]:
    histories = [history(stored, by) for by in BYS]
    periods = [period for rounds in histories for period in rounds.periods(rounds.squads)]
    periods.sort(key=lambda period: (period.first_day, period.by), reverse=True)
    return {str(period): period for period in periods}


def _make() -> None:
    refuse_unless_editor()
    link, token = new_link(
        _link_request(), link_id=uuid4(), now=current_reader().now, mint=secrets.token_bytes
    )
    shared_links.save(link)
    empty_fields()
    st.session_state[keys.SHARING_NEW_LINK] = NewLink(link, token)


def _link_request() -> LinkRequest:
    """What the form says; a browser may send anything, so nothing in it is taken on trust."""
    state = st.session_state
    days, period = state.get(keys.SHARING_DAYS), state.get(keys.SHARING_PERIOD)
    every = state.get(keys.SHARING_EVERY) is True
    return LinkRequest(
        kind="view",
        label=str(state.get(keys.SHARING_LABEL) or ""),
        squads=EVERY_SQUAD if every else tuple(map(str, state.get(keys.SHARING_SQUADS) or ())),
        period=Period.parse(str(period)) if period else None,
        days=days if isinstance(days, int) else 0,
        with_notes=state.get(keys.SHARING_NOTES) is True,
        with_roles=state.get(keys.SHARING_ROLES) is True,
        with_agreements=state.get(keys.SHARING_AGREEMENTS) is not False,
    )


def _new_link() -> NewLink | None:
    new: NewLink | None = st.session_state.get(keys.SHARING_NEW_LINK)
    return new


def _forget() -> None:
    st.session_state.pop(keys.SHARING_NEW_LINK, None)


def _revoke(link_id: UUID) -> None:
    refuse_unless_editor()
    shared_links.revoke(link_id, now=datetime.now(UTC))
    new = _new_link()
    if new and new.link.link_id == link_id:
        _forget()
    st.session_state[keys.SHARING_LINK] = None
