"""What was just added goes again only where nobody else went on with it; pure."""

from collections.abc import Collection
from uuid import UUID

from assessment.errors import Conflict, template
from assessment.model import Framework
from assessment.storage.kinds import fitted
from assessment.storage.protocol import Record, Stored

NOT_DELETED = template(
    "somebody changed this meanwhile, so nothing was deleted; look at it again, then delete it"
)
GONE_ON_WITH = template(
    "somebody went on with this meanwhile, so it was not undone; see where it stands"
)


def check_untouched(records: Collection[Record], stored: Stored, framework: Framework) -> None:
    """Raise Conflict where one of these records reads otherwise by now, or another one names it.

    One that is gone is no conflict, nor is the moment at which one was saved: both may be of an
    earlier try.
    """
    by_id = {record.id: _content(fitted(record, framework)) for record in records}
    for record in stored.records:
        if record.id not in by_id:
            if any(isinstance(value, UUID) and value in by_id for _field, value in record):
                raise Conflict(GONE_ON_WITH)
        elif _content(record) != by_id[record.id]:
            raise Conflict(NOT_DELETED)


def _content(record: Record) -> dict[str, object]:
    return record.model_dump(exclude={"saved_at"})
