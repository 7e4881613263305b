"""Every widget key and session entry, in one scheme: room-thing, or room-thing-id."""

from collections.abc import Callable
from typing import Literal

LANGUAGE = "reader-language"
VIEW = "reader-view"
CARRIED = "reader-carried"
MAY_EDIT = "reader-may-edit"
MESSAGE = "message"
LAST_TOLD = "last-told"  # again to the second half of a double click
LAST_WAY = "last-way"  # of the last deed to another page, likewise
OUTCOME = "outcome"
PRESSED = "pressed"
PRESSES = "presses"  # of each button
CONFLICTS = "conflicts"  # the press of each button that met one
NOTICES = "notices"
DEED = "deed"
DEED_BAR = "deed-bar"
DEED_UNDO = "deed-undo"
LAST_STORED = "last-stored"
TRIES = "tries"
DEEDS_TRIED = "deeds-tried"
RETURN = "return"
ADDRESS = "address"
ADDRESS_CHOSEN = "address-chosen"
ADDRESS_WRITTEN_ANYWAY = "address-told-anyway"
SCRIPTS = "frame-scripts"

BROWSER_MEMORY = "browser-memory"
BROWSER_ONCE = "browser-once"
BROWSER_SESSION = "browser-session"

DRAFT_SUBJECT = "draft-subject"
DRAFT_ASIDE = "draft-aside"
DRAFT_SETTLED = "draft-settled"
DRAFT_BACK = "draft-back"  # the answers that came back
DRAFT_NEWS = "draft-news"
DRAFT_NEWS_AT = "draft-news-at"  # the step where it was told
DRAFT_OTHERS = "draft-others"
DRAFT_PUT_OFF = "draft-put-off"
DRAFT_FORGET_OTHERS = "draft-forget-others"
DRAFT_FORGET_OTHERS_BUTTON = "draft-forget-others-button"
DRAFT_UNKEPT = "draft-unkept"
DRAFT_STAYS = "draft-stays"
DRAFT_RESTART = "draft-restart"

CHECK_STEP = "check-step"
CHECK_ID = "check-id"
CHECK_SQUAD = "check-squad"
CHECK_SQUAD_ASKED = "check-squad-asked"
CHECK_NEW_SQUAD = "check-new-squad"
CHECK_MOVED = "check-moved"
CHECK_MOVED_TO_ITEM = "check-moved-to-item"
CHECK_HEADING = "check-heading"
CHECK_PANEL = "check-panel"
CHECK_SO_FAR = "check-so-far"
CHECK_FORM = "check-form"
CHECK_QUESTION = "check-question"
CHECK_ALIKE_USE = "check-alike-use"
CHECK_ALIKE_KEEP = "check-alike-keep"
CHECK_EMPTIED_SAVE = "check-emptied-save"
CHECK_HALF = "check-half"
CHECK_HALF_JOIN = "check-half-join"
CHECK_HALF_APART = "check-half-apart"
CHECK_SAVED_NOTICE = "check-saved-notice"
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
CHECK_JUST_SAVED = "check-just-saved"  # told with the focus, once
CHECK_UNDO = "check-undo"

DEEP_VIEW = "deep-view"
DEEP_LEVEL = "deep-level"
DEEP_EXPECTED = "deep-expected"
DEEP_REFUSED = "deep-refused"
DEEP_TO = "deep-to"
DEEP_SQUAD = "deep-squad"
DEEP_CHECK = "deep-check"
DEEP_ADD = "deep-add"

SETUP_OPEN = "setup-open"
SETUP_SQUAD = "setup-squad"
SETUP_EDITED = "setup-edited"
SETUP_OF_NEW = "setup-of-new"
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
AGREEMENT_FORM = "agreement-form"
AGREEMENT_DECISION = "agreement-decision"
AGREEMENT_WRITE = "agreement-write"
AGREEMENT_DONE = "agreement-done"
AGREEMENT_REFUSALS = "agreement-refusals"

STAGES = "stages"
STAGES_MEANING = "stages-meaning"

CHOICE_BY = "choice-by"
CHOICE_SQUAD = "choice-squad"
CHOICE_SQUADS = "choice-squads"
CHOICE_ALL = "choice-all"
CHOICE_LEFT = "choice-left"  # the squads that are there of those an address named
CHOICE_PERIOD = "choice-period"
CHOICE_SINCE = "choice-since"
CHOSEN = "chosen"

HEAD = "head"
HEAD_CHOICES = "head-choices"
HEAD_NAME = "head-name"
HEAD_LONG_NAME = "head-long-name"
HEAD_CAPTION = "head-caption"
HEAD_MENU = "head-menu"
HEAD_SHARE = "head-share"
HEAD_PERIOD = "head-period"
HEAD_CHOICE = "head-choice"

COMPARE_MORE = "compare-more"

LEADERSHIP_PART = "leadership-part"
LEADERSHIP_SEATS = "leadership-seats"
LEADERSHIP_MORE = "leadership-more"
LEADERSHIP_HEADS = "across-heads"
LEADERSHIP_TILES = "across-tiles"

RESULT_AMISS = "result-amiss"
RESULT_SIGNS = "result-signs"
RESULT_FIRST = "result-first"
RESULT_TO_SETTLE = "result-to-settle"
RESULT_SETTLE = "result-settle"
RESULT_LENSES = "result-lenses"
RESULT_SECTION = "result-section"
RESULT_HOLDS = "result-holds"
RESULT_SECTIONS = "result-sections"
RESULT_DEEP_CHECK = "result-deep-check"
RESULT_CHECK = "result-check"

PLAYBOOK_SEARCH = "playbook-search"
PLAYBOOK_ROLES = "playbook-roles"
PLAYBOOK_CHAPTER = "playbook-chapter"
METHOD_EXAMPLE = "method-example"
PRIVACY_KINDS = "privacy-kinds"
CHAPTER = "chapter"
CHAPTER_INDEX = "chapter-index"
CHAPTER_PICKER = "chapter-picker"
PLAYBOOK_HITS = "playbook-hits"
PLAYBOOK_FOUND = "says-found"  # read out as it changes

DATA_SQUAD = "data-squad"
DATA_SQUAD_OPEN = "data-squad-open"
DATA_DIALOG = "data-dialog"
DATA_DELETE = "data-delete"
DATA_PAGE = "data-page"
DATA_SEARCH = "data-search"
DATA_DELETE_CONFIRM = "data-delete-confirm"

SQUADS_RENAME = "squads-rename"
SQUADS_DELETE = "squads-delete"
SQUADS_END = "squads-end"
SQUADS_GO_ON = "squads-go-on"
SQUADS_VOICE = "squads-voice"
SQUADS_DELETE_VOICE = "squads-delete-voice"

EXCHANGE_UPLOADS = "exchange-uploads"
EXCHANGE_ADD = "exchange-add"
VANISHED_BACK = "vanished-back"
VANISHED_LET_GO = "vanished-let-go"

HOME_START = "home-start"
HOME_SQUADS = "home-squads"
HOME_DATES = "home-dates"
HOME_ASK = "home-ask"

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
SHARING_AGREEMENTS = "sharing-agreements"
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
ROUNDS_WAY_IN = "rounds-way-in"
ROUNDS_PEOPLE = "rounds-people"
ROUNDS_OPEN = "rounds-open"
ROUNDS_MADE = "rounds-made"
ROUNDS_DONE = "rounds-done"
ROUNDS_TO_ROOM = "rounds-to-room"
ROUNDS_EXPECTED = "rounds-expected"
ROUNDS_ROLES = "rounds-roles"
ROUNDS_ROLES_OF = "rounds-roles-of"  # the squad beside which they are shown

ROOM_BAR = "room-bar"
ROOM_STEPS = "room-steps"
ROOM_LEAVE = "room-leave"
ROOM_STAGE = "room-stage"
ROOM_FOOT = "room-foot"
ROOM_RING = "room-ring"
ROOM_TOPICS = "room-topics"
ROOM_SETTLE = "room-settle"
ROOM_AGREED = "room-agreed"
ROOM_DEEDS = "room-deeds"
ROOM_CLOSE = "room-close"
ROOM_INVITE = "room-invite"
ROOM_AGAIN = "room-again"
ROOM_REVEAL = "room-reveal"
ROOM_AGREE = "room-agree"
ROOM_VOTE = "room-vote"
ROOM_WRAP_UP = "room-wrap-up"
ROOM_PHONE = "room-phone"
ROOM_CALL_OFF = "room-call-off"
ROOM_END_VOTE = "room-end-vote"
ROOM_RELEASE = "room-release"
ROOM_MINUTES = "room-minutes"
ROOM_FINISH = "room-finish"
ROOM_NEXT_DAY = "room-next-day"
ROOM_MORE_ACTIONS = "room-more-actions"
ROOM_CHANGE_ACTIONS = "room-change-actions"
ROOM_FURTHER = "room-further"
ROOM_KEEP = "room-keep"
ROOM_LEVER = "room-lever"
ROOM_TAKEN = "room-taken"
ROOM_OPEN = "room-open"
ROOM_SESSION = "room-session"  # the session whose room has what is begun
ROOMS_RESUMED = "rooms-resumed"

ROUND_STAGE = "round-stage"
ROUND_STEP = "round-step"
ROUND_MOVES = "round-moves"
ROUND_ID = "round-id"
ROUND_SENT = "round-sent"
ROUND_ROLES = "round-roles"
ROUND_SEND = "round-send"
ROUND_OVER = "round-over"
ROUND_REFUSALS = "round-refusals"
ROUND_PROMISES = "round-promises"
ROUND_VOTER = "round-voter"

FILE_IN_MAKING = "file-in-making"
FILE_STOP = "file-stop"

SAMPLE_LOOK = "sample-look"
SAMPLE_LOAD = "sample-load"
SAMPLE_REMOVE = "sample-remove"

# Things of which a page has several ---------------------------------------------------------------


def _by_id(thing: str) -> Callable[[object], str]:
    """The keys of a thing of which there are several: each has its id at the end."""
    return lambda identity: f"{thing}-{identity}"


def _by_deed_and_id(thing: str) -> Callable[[str, object], str]:
    """The keys of several widgets of each of such things."""
    return lambda deed, identity: f"{thing}-{deed}-{identity}"


answer = _by_id("check-answer")  # to an item
move = _by_id("check-move")  # the button that leads to a step
moved_to = _by_id("check-moved")  # what brings the heading of a step into view
announced = _by_id("announced")  # what screen readers hear whenever it changes

lens = _by_id("deep-lens")  # the button that opens it
decision = _by_id("deep-decides")  # who decides it
decided_before = _by_id("deep-decided")  # what was chosen for a decision before the last click
lens_item = _by_id("deep-answer")  # the answer to it
sign = _by_id("deep-sign")  # the value of a vital sign
mandate = _by_id("deep-mandate")  # a role's mandate sentence

seat = _by_id("setup-seat")  # how a role's seat is held
seat_label = _by_id("setup-label")  # what a shared one is called
offer = _by_id("opens-offer")  # the button that opens a lever's form
opened = _by_id("opened-by")  # what a button opens in place; the button's key begins with "opens"
new_name = _by_id("squads-name")  # of one squad, so that it never carries over to another
last_day = _by_id("squads-last-day")  # likewise
upload = _by_id("exchange-upload")  # where to drop a file; another number is another, empty place
way = _by_deed_and_id("room-way")  # the button to a screen: a second click on it leads no further
room_language = _by_id("room-language")  # the button that has the wall speak it
sign_in = _by_id("gate-sign-in")  # the button of a provider
download = _by_id("download")  # the button of a file
new_link = _by_id("sharing-new-link")  # what is shown this once of it
made = _by_id("rounds-made")  # likewise of invitations and codes
making = _by_id("making")  # the button that has a long file made
failure = _by_id("failure")  # of a button
picture = _by_id("picture")  # a chart
as_table = _by_id("as-table")  # a chart's table
beside = _by_id("result-beside")  # what was answered and does not count
view = _by_id("view")  # which of several views a parameter of the URL names
data_rows = _by_id("data-rows")  # by the rows that are listed
data_page = _by_id("data-page")  # the button that leads to another page of rows
squad_row = _by_id("across-row")  # a squad among others
late_squads = _by_id("across-late")  # where a role has something overdue
level_deciders = _by_id("level-deciders")  # who decides at a level of the playbook
change = _by_id("opens-change")  # the button that opens an action's form
close = _by_id("closes-action")  # the button that closes it
first_lever = _by_id("first-lever")  # the line of one of the levers to pull first

OfAction = Literal["words", "owner", "name", "due", "act", "settle"]
OfAgreement = Literal[
    "decides", "heard", "from", "until", "limits", "escalation", "agreed", "otherwise-button"
]
OfAnswer = Literal["for", "answer", "reserve", "confirm"]
OfTopic = Literal["pick", "reference", "vote", "send"] | OfAction | OfAgreement | OfAnswer
"""What has a key in the room, on its wall and its phones: another name is an error of types."""

# Fields and buttons of such a thing: what each is or does, then the thing's id.
action = _by_deed_and_id("action")
agreement = _by_deed_and_id("agreement")  # or of a decision that has none
setup = _by_deed_and_id("setup")
of_survey = _by_deed_and_id("rounds")
topic: Callable[[OfTopic, object], str] = _by_deed_and_id("room")  # or of an agreement
