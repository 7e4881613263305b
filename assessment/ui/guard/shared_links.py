"""The links there are: kept in the store, looked up and ended there; the one place that knows."""

from datetime import datetime
from uuid import UUID

from assessment.errors import Conflict
from assessment.model.link import Link
from assessment.ui.guard.whole_store import stored_now, unguarded_store

TRIES = 5  # how often a link is switched off anew when somebody changes it at the same moment


def links() -> tuple[Link, ...]:
    """Every link there is, ended ones and codes included, in the order they were made."""
    return stored_now().links


def listed_links() -> tuple[Link, ...]:
    """The links that are listed, and switched off one by one: codes end with their survey."""
    return tuple(link for link in links() if link.kind in ("view", "invite"))


def restored_at() -> datetime | None:
    """When all links were switched off, since an older copy of the data was found here."""
    store = unguarded_store()
    store.read()
    return store.links_restored_at()


def save(*new: Link) -> None:
    """Store new links."""
    unguarded_store().add(new)


def revoke(link_id: UUID, *, now: datetime) -> None:
    """Switch a link off for good; one that is gone or already off stays as it is.

    Raises Conflict where it was changed by others at every try, StorageError where the store is
    out of reach: then it may still be on.
    """
    for left in reversed(range(TRIES)):
        link = next((link for link in links() if link.link_id == link_id), None)
        if link is None or link.revoked_at:
            return
        try:
            unguarded_store().revise(link, link.revoked(now))
        except Conflict:
            if not left:
                raise
