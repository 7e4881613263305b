"""Opening a survey: for which squad, how deep, how confidential, until when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import uuid4

import streamlit as st

from assessment.access.hosts import reaches_this_machine_alone
from assessment.forms.setup import setup_of_roles
from assessment.forms.survey import SurveyRequest, new_survey
from assessment.model import DEPTHS, OWN, PRIVACIES, USUAL_VOICES, Framework, Survey
from assessment.model.setup import WITHOUT, preset_seats
from assessment.scoring.seats import setup_in_force
from assessment.storage.protocol import Record, Stored
from assessment.ui.guard.site import site
from assessment.ui.guard.stored import (
    check_squad_known,
    note_last,
    store,
    until_done,
    visible_records,
)
from assessment.ui.parts.fields import ask_count
from assessment.ui.parts.records import squad_names, squads_going_on
from assessment.ui.parts.url_choices import squad_asked_for
from assessment.ui.rounds.invitation import NewInvitation, new_invitation
from assessment.ui.rounds.slips import NewCodes, ask_how_many, codes_for, people_in
from assessment.ui.session import keys
from assessment.ui.session.language import empty_fields
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.wording.surveys import depth_caption, depth_title, hides_easily, questions

USUAL_DAYS = 7


def show_form(reader: Reader, stored: Stored) -> None:
    """What the next survey is to be; one invitation at a time is shown."""
    if keys.ROUNDS_MADE in st.session_state:
        return
    _ = reader.gettext
    st.header(_("Open a session"), anchor=False)
    st.markdown(
        _(
            "Everyone in a squad answers alone, on a phone or at a desk. Nobody sees a result, you "
            "included, until you reveal it."
        )
    )
    _warn_of_address(reader)
    _ask_squad(reader, stored)
    with st.container():  # there or not, what follows is not drawn anew under a person's focus
        _ask_roles(reader, stored)
    depths, privacy = st.columns(2, gap="large")
    confidential = st.session_state.get(keys.ROUNDS_PRIVACY) == "confidential"
    with depths:
        st.radio(
            _("How deep"),
            DEPTHS,
            format_func=partial(depth_title, reader.edition),
            captions=[
                depth_caption(reader.edition, depth, confidential=confidential) for depth in DEPTHS
            ],
            key=keys.ROUNDS_DEPTH,
        )
    with privacy:
        _ask_privacy(reader)
    _show_questions(reader, confidential=confidential)
    with st.container(horizontal=True, gap="large"):
        st.date_input(
            _("Last day to answer"),
            value=reader.today + timedelta(days=USUAL_DAYS),
            format="DD/MM/YYYY",
            key=keys.ROUNDS_CLOSES,
            width=240,
        )
        if not _by_codes():  # of codes there is one for each
            ask_count(_("How many are you? (optional)"), key=keys.ROUNDS_EXPECTED)
    with st.expander(_("More choices"), type="compact"):
        _ask_way_in(reader)
    _warn_of_few(reader)
    button(
        _("Open the session"),
        _open,
        key=keys.ROUNDS_OPEN,
        icon="how_to_vote",
        look="primary",
        shows_failure=True,
    )


def _warn_of_address(reader: Reader) -> None:
    """That phones cannot open this address, while there is still time before the meeting."""
    address = site("rounds")
    if not reaches_this_machine_alone(address):
        return
    text = reader.gettext(
        "Phones cannot open {address}: this address works on this computer only. Before the "
        "meeting, open the app by this computer's address in your network, or ask the person "
        "who runs the server for one.",
        address=address.partition("//")[2],
    )
    st.warning(as_plain_text(text), icon=":material/phonelink_off:")


def _ask_squad(reader: Reader, stored: Stored) -> None:
    """A known squad, or a new name, which comes before the known one."""
    _ = reader.gettext
    names = tuple(squad_names(stored.squad_records).values())
    columns = iter(st.columns(2, gap="large"))
    if names:
        asked = squad_asked_for(names)
        if asked and not _squad():
            st.session_state[keys.ROUNDS_SQUAD] = asked
        chosen = st.session_state.get(keys.ROUNDS_SQUAD)
        going_on = squads_going_on(reader, names, chosen=chosen)
        next(columns).selectbox(
            _("Squad"), going_on, index=None, placeholder=_("Choose a squad"), key=keys.ROUNDS_SQUAD
        )
    next(columns).text_input(
        _("Or a new squad's name") if names else _("The squad's name"), key=keys.ROUNDS_NEW_SQUAD
    )


def _ask_roles(reader: Reader, stored: Stored) -> None:
    """Which roles a squad has whose setup nobody told: what is asked and expected follows them."""
    _, squad, framework = reader.gettext, _squad(), reader.edition.framework
    has_to_choose = not squad and stored.knows_squads
    if has_to_choose or setup_in_force(stored.setups, squad, reader.today):
        return
    if st.session_state.get(keys.ROUNDS_ROLES_OF) != squad:
        st.session_state.pop(keys.ROUNDS_ROLES, None)  # chosen for another one
        st.session_state[keys.ROUNDS_ROLES_OF] = squad
    st.pills(
        _("Which roles does the squad have?"),
        framework.role_ids,
        default=_usual_roles(framework),
        selection_mode="multi",
        format_func=reader.edition.role,
        key=keys.ROUNDS_ROLES,
        persist_state="session",  # what failed once its setup was stored is sent again unchanged
        wrap=True,
    )
    st.caption(
        _(
            "From these roles the app tells who is expected to decide. How each seat is held can "
            "be described later, on the squad's page."
        )
    )


def _usual_roles(framework: Framework) -> Sequence[str]:
    seats = preset_seats(framework, next(iter(WITHOUT)))
    return [role for role, seat in seats.items() if seat == OWN]


def _show_questions(reader: Reader, *, confidential: bool) -> None:
    """What people will be asked, for whoever wants to know that first."""
    depth = st.session_state[keys.ROUNDS_DEPTH]
    with st.expander(reader.gettext("Read the questions first"), type="compact"):
        for title, asked in questions(reader.edition, depth, confidential=confidential).items():
            lines = "\n".join(f"- {as_plain_text(question)}" for question in asked)
            st.markdown(f"**{as_plain_text(title)}**\n\n{lines}")
        st.caption(reader.gettext("Nothing is asked about a role that the squad does not have."))


def _ask_privacy(reader: Reader) -> None:
    _ = reader.gettext
    titles = {"open": _("Not confidential"), "confidential": _("Confidential")}
    captions = {
        "open": _(
            "Time is kept, and alias, role and note where people give them; who answered what "
            "can be read, and roles are compared."
        ),
        "confidential": _(
            "Neither alias, role, note nor time of day is kept; results are shown only "
            "together, and only from a minimum number of voices."
        ),
    }
    chosen = st.radio(
        _("How confidential"),
        PRIVACIES,
        format_func=titles.__getitem__,
        captions=[captions[privacy] for privacy in PRIVACIES],
        key=keys.ROUNDS_PRIVACY,
    )
    if chosen == "confidential":
        ask_count(
            _("Fewest voices needed to show results"), key=keys.ROUNDS_LEAST, value=USUAL_VOICES
        )


def _warn_of_few(reader: Reader) -> None:
    """That a confidential session of few people hides much, before anybody answers."""
    request = _request()
    if request.privacy == "confidential":
        people, least = request.expected, request.least_voices
        if text := hides_easily(reader.edition, people=people, least=least):
            st.warning(as_plain_text(text), icon=":material/visibility_off:")


def _ask_way_in(reader: Reader) -> None:
    """How people join; the link is enough between people who trust each other."""
    _ = reader.gettext
    titles = {"link": _("One link for all"), "codes": _("A one-time code each")}
    captions = {
        "link": _("To send or to show as a QR code. Each browser answers once."),
        "codes": _("Slips to print, with a QR code. Each code works once, in any browser."),
    }
    chosen = st.radio(
        _("How people join"),
        tuple(titles),
        format_func=titles.__getitem__,
        captions=list(captions.values()),
        key=keys.ROUNDS_WAY_IN,
        horizontal=True,
    )
    if chosen == "codes":
        ask_how_many(reader, key=keys.ROUNDS_PEOPLE)


def _open() -> None:
    """Store a session, the setup of a squad that has none, and the way in, all or none."""
    state, reader = st.session_state, current_reader()
    people = people_in(keys.ROUNDS_PEOPLE) if _by_codes() else None
    # A name comes together with the click that follows it: then nobody was asked the roles.
    was_asked = state.get(keys.ROUNDS_ROLES_OF) == _squad()
    roles = state.get(keys.ROUNDS_ROLES) if was_asked else _usual_roles(reader.edition.framework)
    form = _request(), tuple(roles or ()), people
    opening = partial(_opening, *form)
    with until_done(form, reader.today, opening, records=_survey_of) as (records, shown):
        is_known = state.get(keys.ROUNDS_SQUAD) and not state.get(keys.ROUNDS_NEW_SQUAD)
        check = partial(check_squad_known, shown.survey.squad) if is_known else None
        store().add(records, check=check)
    note_last(shown.survey)
    empty_fields()
    state[keys.ROUNDS_MADE] = shown


def _survey_of(opening: tuple[Sequence[Record], NewInvitation | NewCodes]) -> Sequence[Survey]:
    return [opening[1].survey]


def _opening(
    request: SurveyRequest, roles: Sequence[str], people: int | None
) -> tuple[Sequence[Record], NewInvitation | NewCodes]:
    """What is stored of a session that is opened, with codes for so many people or one link."""
    reader, now = current_reader(), datetime.now(UTC)
    today, framework = reader.today, reader.edition.framework
    survey = new_survey(request, survey_id=uuid4(), now=now, today=today)
    records: list[Record] = [survey]
    if setup_in_force(visible_records().setups, survey.squad, today) is None:
        records.append(
            setup_of_roles(survey.squad, roles, framework, setup_id=uuid4(), now=now, today=today)
        )
    links, shown = new_invitation(survey) if people is None else codes_for(survey, people)
    return [*records, *links], shown


def _by_codes() -> bool:
    return st.session_state.get(keys.ROUNDS_WAY_IN) == "codes"


def _squad() -> str:
    """The squad as it is named, a new one before one that is known; empty until then."""
    state = st.session_state
    return str(state.get(keys.ROUNDS_NEW_SQUAD) or state.get(keys.ROUNDS_SQUAD) or "").strip()


def _request() -> SurveyRequest:
    """What the form says; a browser may send anything, so nothing in it is taken on trust."""
    state = st.session_state
    closes, least = state.get(keys.ROUNDS_CLOSES), state.get(keys.ROUNDS_LEAST, USUAL_VOICES)
    expected = people_in(keys.ROUNDS_PEOPLE) if _by_codes() else state.get(keys.ROUNDS_EXPECTED)
    return SurveyRequest(
        squad=_squad(),
        depth=str(state.get(keys.ROUNDS_DEPTH)),
        privacy=str(state.get(keys.ROUNDS_PRIVACY)),
        closes_on=closes if isinstance(closes, date) else None,
        least_voices=least if isinstance(least, int) else 0,
        expected=expected if isinstance(expected, int) else None,
    )
