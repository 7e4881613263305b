"""Every widget key and session entry, in one scheme: room-thing-id."""

from __future__ import annotations

from uuid import UUID

LANGUAGE = "reader-language"
LANGUAGE_SWITCH = "reader-language-switch"
MESSAGE = "message"

CHECK_STEP = "check-step"
CHECK_ID = "check-id"
CHECK_SQUAD = "check-squad"
CHECK_NEW_SQUAD = "check-new-squad"
CHECK_MOVED = "check-moved"
CHECK_HEADING = "check-heading"
CHECK_ROLE = "check-role"
CHECK_VOICE = "check-voice"
CHECK_DATE = "check-date"
CHECK_DATE_CHOSEN = "check-date-chosen"
CHECK_NOTE = "check-note"
CHECK_OPTIONAL = "check-optional"
CHECK_SAVE = "check-save"
CHECK_RESTART = "check-restart"
CHECK_REFUSALS = "check-refusals"
CHECK_SAVED = "check-saved"
CHECK_UNDO = "check-undo"

DEEP_VIEW = "deep-view"
DEEP_LEVEL = "deep-level"
DEEP_EXPECTED = "deep-expected"
DEEP_REFUSED = "deep-refused"
DEEP_TO = "deep-to"
DEEP_SQUAD = "deep-squad"
DEEP_CHECK = "deep-check"
DEEP_ADD = "deep-add"
DEEP_ADDED = "deep-added"
DEEP_UNDO = "deep-undo"

SETUP_OPEN = "setup-open"
SETUP_SQUAD = "setup-squad"
SETUP_EDITED = "setup-edited"
SETUP_ID = "setup-id"
SETUP_BACK = "setup-back"
SETUP_PRESET = "setup-preset"
SETUP_COMPANY = "setup-company"
SETUP_SINCE = "setup-since"
SETUP_SEATS = "setup-seats"
SETUP_SAVE = "setup-save"
SETUP_CANCEL = "setup-cancel"
SETUP_NEW = "setup-new"
SETUP_REFUSALS = "setup-refusals"

ACTION_EDITING = "action-editing"

CHOICE_BY = "choice-by"
CHOICE_SQUAD = "choice-squad"
CHOICE_SQUADS = "choice-squads"
CHOICE_PERIOD = "choice-period"
CHOSEN = "chosen"

COMPARE_MORE = "compare-more"

RESULT_DEEP_CHECK = "result-deep-check"
RESULT_CHECK = "result-check"

PLAYBOOK_SEARCH = "playbook-search"
PLAYBOOK_ROLES = "playbook-roles"

DATA_SQUAD = "data-squad"
DATA_ASSESSMENT = "data-assessment"
DATA_DELETE_CONFIRM = "data-delete-confirm"

SQUADS_RENAME = "squads-rename"
SQUADS_DELETE = "squads-delete"
SQUADS_VOICE = "squads-voice"
SQUADS_DELETE_VOICE = "squads-delete-voice"

EXCHANGE_UPLOADS = "exchange-uploads"
EXCHANGE_ADD = "exchange-add"

EMPTY_START = "empty-start"

LINK = "visitor-link"

GATE_LEAVE = "gate-leave"
GATE_START = "gate-start"
GATE_AGAIN = "gate-again"
GATE_SIGN_OUT = "gate-sign-out"

SHARING_NEW_LINK = "sharing-new-link"
SHARING_LABEL = "sharing-label"
SHARING_EVERY = "sharing-every"
SHARING_SQUADS = "sharing-squads"
SHARING_PERIOD = "sharing-period"
SHARING_DAYS = "sharing-days"
SHARING_NOTES = "sharing-notes"
SHARING_ROLES = "sharing-roles"
SHARING_MAKE = "sharing-make"
SHARING_DONE = "sharing-done"
SHARING_LINK = "sharing-link"
SHARING_REVOKE = "sharing-revoke"

SHARED_TAKE = "shared-take"

ROUNDS_SQUAD = "rounds-squad"
ROUNDS_NEW_SQUAD = "rounds-new-squad"
ROUNDS_DEPTH = "rounds-depth"
ROUNDS_PRIVACY = "rounds-privacy"
ROUNDS_LEAST = "rounds-least"
ROUNDS_CLOSES = "rounds-closes"
ROUNDS_OPEN = "rounds-open"
ROUNDS_MADE = "rounds-made"
ROUNDS_DONE = "rounds-done"
ROUNDS_ROOM = "rounds-room"
ROUNDS_TO_ROOM = "rounds-to-room"
ROUNDS_FROM_ROOM = "rounds-from-room"

ROUND_STEP = "round-step"
ROUND_ID = "round-id"
ROUND_SENT = "round-sent"
ROUND_SEND = "round-send"
ROUND_REFUSALS = "round-refusals"

SAMPLE_LOAD = "sample-load"
SAMPLE_REMOVE = "sample-remove"


def answer(item_id: str) -> str:
    """The key of the answer to an item."""
    return f"check-answer-{item_id}"


def action(what: str, action_id: UUID) -> str:
    """The key of a field or a button of one action's form."""
    return f"action-{what}-{action_id}"


def offer(lever: str) -> str:
    """The key of the button that opens a lever's form."""
    return f"actions-offer-{lever}"


def move(step: str) -> str:
    """The key of the button that leads to a step."""
    return f"check-move-{step}"


def decision(decision_id: str) -> str:
    """The key of who decides a decision."""
    return f"deep-decides-{decision_id}"


def decided_before(decision_id: str) -> str:
    """The key of what was chosen for a decision before the last click."""
    return f"deep-decided-{decision_id}"


def lens_item(item_id: str) -> str:
    """The key of the answer to a lens item."""
    return f"deep-answer-{item_id}"


def sign(sign_id: str) -> str:
    """The key of a vital sign."""
    return f"deep-sign-{sign_id}"


def mandate(role_id: str) -> str:
    """The key of a role's mandate sentence."""
    return f"deep-mandate-{role_id}"


def lens(lens_id: str) -> str:
    """The key of the button that opens a lens."""
    return f"deep-lens-{lens_id}"


def seat(role_id: str) -> str:
    """The key of how a role's seat is held."""
    return f"setup-seat-{role_id}"


def setup(what: str, setup_id: object) -> str:
    """The key of something done to one setup."""
    return f"setup-{what}-{setup_id}"


def new_name(squad_key: str) -> str:
    """The key of the new name for one squad, so that it never carries over to another."""
    return f"squads-name-{squad_key}"


def moved_to(step: str) -> str:
    """The key of what brings the heading of a step into view."""
    return f"check-moved-{step}"


def download(what: str) -> str:
    """The key of a download button."""
    return f"download-{what}"


def sign_in(provider: str) -> str:
    """The key of the button that signs in with a provider."""
    return f"gate-sign-in-{provider}"


def upload(number: int) -> str:
    """The key of the place to drop a file; another number is another, empty place."""
    return f"exchange-upload-{number}"


def of_round(deed: str, gathering_id: object) -> str:
    """The key of a button that does something with one round."""
    return f"rounds-{deed}-{gathering_id}"


def picture(what: str) -> str:
    """The key of a chart."""
    return f"picture-{what}"
