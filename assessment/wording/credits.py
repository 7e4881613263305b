"""What is said of the articles behind the playbook; pure."""

from assessment.content.edition import Edition
from assessment.model.playbook import Credit


def credit_line(edition: Edition, credit: Credit) -> str:
    """Title, publisher, author and date of an article, as far as it tells them."""
    _ = edition.words.gettext
    parts = (
        _("“{title}”", title=credit.title) if credit.title else _("title not given"),
        credit.publisher or _("publisher not given"),
        credit.author or _("author not given"),
        _("updated on {day}", day=credit.updated) if credit.updated else "",
    )
    return " · ".join(part for part in parts if part)
