"""What may join a squad's agreements, and what stays as it was confirmed; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID, uuid5

from assessment.errors import Refused
from assessment.model import Agreement, Confirmation, Survey
from assessment.model.agreement import check_beside
from assessment.storage.protocol import Record, Stored


def check_agreements_added(records: Iterable[Record], stored: Stored) -> None:
    """Raise Refused where an agreement or a confirmation cannot join what is stored."""
    arriving = Arriving(stored)
    for record in records:
        arriving.check(record)


class Arriving:
    """Looks at records one after the other, each beside what is stored and came before it.

    Agreements `coming` from a store stand as they stood there: two squads that became one may have
    agreed twice, and what an agreement replaced may be deleted. Those on a decision of which the
    squad has agreements apart from these are looked at like others.
    """

    def __init__(self, stored: Stored, *, coming: Collection[UUID] = ()) -> None:
        self._coming = coming
        self._agreed = {_subject(a) for a in stored.agreements if a.id not in coming}
        self._agreements = {agreement.id: agreement for agreement in stored.agreements}
        self._surveys: Mapping[UUID, Survey] = {survey.id: survey for survey in stored.surveys}

    def check(self, record: Record) -> None:
        """Raise Refused where a record cannot join them; else later ones stand beside it too."""
        if isinstance(record, Agreement):
            is_new = record.id not in self._agreements
            if is_new and not (record.id in self._coming and _subject(record) not in self._agreed):
                check_beside(record, self._agreements.values())
            self._agreements.setdefault(record.id, record)
        elif isinstance(record, Confirmation):
            self._check_confirmation(record)

    def _check_confirmation(self, confirmation: Confirmation) -> None:
        agreement = self._agreements.get(confirmation.agreement_id)
        if agreement is None or agreement.squad_key != confirmation.squad_key:
            raise Refused(
                "this answers an agreement that is not stored here, or one of another squad "
                "({agreement}), so it was not added: add the agreement first",
                agreement=confirmation.agreement_id,
            )
        concerned = (agreement.decides, *agreement.consulted)
        if confirmation.role not in concerned:
            raise Refused(
                "'{role}' neither decides nor is consulted in this agreement, so it has nothing "
                "to confirm; expected one of {expected}",
                role=confirmation.role,
                expected=", ".join(concerned),
            )
        survey = self._surveys.get(agreement.survey) if agreement.survey else None
        if survey and survey.confidential and confirmation.voice:
            raise Refused(
                "this agreement was made in a confidential session, so a role answers it without "
                "an alias; leave the voice out"
            )


def _subject(agreement: Agreement) -> tuple[str, str]:
    return agreement.squad_key, agreement.decision


def confirmation_as_stored(
    confirmation: Confirmation,
    agreement: Agreement,
    given: Sequence[Confirmation],
    *,
    browser: UUID,
) -> Confirmation | None:
    """A browser's answer as it is stored; None where it is the last of those `given`.

    Refused where another browser has answered for the role.
    """
    check_may_answer(browser, given)
    answer = (confirmation.answer, confirmation.reservation)
    if given and (given[-1].answer, given[-1].reservation) == answer:
        return None
    own = {"confirmation_id": id_of_answer(browser, len(given)), "voice": None}
    return confirmation.model_copy(update={**own, "squad": agreement.squad})


def check_answer_added(confirmation: Confirmation, stored: Stored, *, browser: UUID) -> None:
    """Raise Refused where a browser's answer cannot join what is stored by now."""
    check_agreements_added([confirmation], stored)
    asked = confirmation.agreement_id, confirmation.role
    check_may_answer(
        browser, [c for c in stored.confirmations if (c.agreement_id, c.role) == asked]
    )


def id_of_answer(browser: UUID, number: int) -> UUID:
    """The id of an answer for a role: who knows what stands for a `browser` knows its answers."""
    return uuid5(browser, str(number))


def may_answer(browser: UUID, given: Collection[Confirmation]) -> bool:
    """Whether a browser may answer for a role: as the first, or where it has answered before.

    `given` are all answers for that role to one agreement.
    """
    return not given or has_answered(browser, given)


def has_answered(browser: UUID, given: Collection[Confirmation]) -> bool:
    """Whether one of all answers for a role to an agreement is a browser's own."""
    own = {id_of_answer(browser, number) for number in range(len(given))}
    return any(confirmation.id in own for confirmation in given)


def check_may_answer(browser: UUID, given: Collection[Confirmation]) -> None:
    """Raise Refused where another one has answered for a role."""
    if not may_answer(browser, given):
        raise Refused(
            "this role was answered for on another phone or on the big screen, so nothing was "
            "stored; change its answer there"
        )


def check_agreement_revised(before: Record, after: Record, stored: Stored) -> None:
    """Raise Refused where a revision would change what roles have answered, or does not fit."""
    if isinstance(before, Agreement) and isinstance(after, Agreement):
        free = {"note", "squad"}
        if before.model_dump(exclude=free) == after.model_dump(exclude=free):
            return
        if any(c.agreement_id == before.agreement_id for c in stored.confirmations):
            raise Refused(
                "roles have answered this agreement as it reads, so its words stay; nothing was "
                "changed: replace it by another one"
            )
        check_beside(after, [a for a in stored.agreements if a.id != after.id])
    Arriving(stored).check(after)


def confirmations_of(ids: Collection[UUID], stored: Stored) -> set[UUID]:
    """The answers to these agreements: without them they say nothing."""
    return {c.confirmation_id for c in stored.confirmations if c.agreement_id in ids}
