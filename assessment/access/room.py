"""What of the stored a survey's room shows: on its wall, and on the phones that took part; pure."""

from assessment.access.guarded_store import showable_records
from assessment.access.invitations import answers_to
from assessment.access.rights import without_texts
from assessment.model import Survey
from assessment.storage.protocol import Stored


def shown_in_room(stored: Stored, survey: Survey, *, on_phones: bool) -> Stored:
    """What may be shown of a survey, and of its squad.

    How roles answered what was agreed elsewhere is among it, without why: those words were given to
    another session, which may have promised to keep them to itself. On phones what was agreed
    elsewhere goes without its texts as well: no invitation shows notes.
    """
    shown, squad = showable_records(stored), survey.squad_key
    agreements = [agreement for agreement in shown.agreements if agreement.squad_key == squad]
    made_here = {agreement.id: agreement.survey == survey.id for agreement in agreements}
    return Stored(
        assessments=tuple(answers_to(survey, shown.assessments)),
        setups=tuple(setup for setup in shown.setups if setup.squad_key == squad),
        actions=tuple(action for action in shown.actions if action.squad_key == squad),
        votes=tuple(vote for vote in shown.votes if vote.gathering == survey.id),
        agreements=tuple(
            without_texts(agreement) if on_phones and not made_here[agreement.id] else agreement
            for agreement in agreements
        ),
        confirmations=tuple(
            answer if made_here[answer.agreement_id] else without_texts(answer)
            for answer in shown.confirmations
            if answer.agreement_id in made_here
        ),
    )
