"""The words of the domain as frozen types: framework, texts, assessment; no I/O."""

from assessment.model.action import DUE_WITHIN, OVER, STATUSES, Action, Status, day_since
from assessment.model.agreement import CONFIRMATION_ANSWERS, Agreement, Confirmation
from assessment.model.assessment import Assessment
from assessment.model.base import NOT_APPLICABLE, UNKNOWN, Answers
from assessment.model.deep import LONGEST_MANDATE, DeepAnswers, mandate_sentence, named_deciders
from assessment.model.framework import Framework, Item, Level, Lever, Module
from assessment.model.lenses import (
    NOBODY,
    UNCLEAR,
    Decision,
    Lens,
    Lenses,
    LensItem,
    mandate_column,
)
from assessment.model.names import (
    LONGEST_NAME,
    LONGEST_NOTE,
    alias,
    fit_for_files,
    name_key,
    note_text,
    past_date,
    single_line,
    sort_key,
    squad_name,
)
from assessment.model.setup import ABSENT, EMPTY, OWN, SAME_AS, SHARED, Company, Setup, seats_held
from assessment.model.survey import (
    DEPTHS,
    FEWEST_VOICES,
    MOST_VOICES,
    PRIVACIES,
    USUAL_VOICES,
    Depth,
    Survey,
)
from assessment.model.texts import LensText, LensTexts, Texts
from assessment.model.total import FEWEST_COUNTED, Total
from assessment.model.vote import Vote
