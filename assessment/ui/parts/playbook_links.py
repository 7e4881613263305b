"""Links to passages of the playbook from any page."""

from assessment.ui.session import page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.ui.session.ways import show_link

PARAMETER = "passage"


def passage_link(
    reader: Reader, passage_id: str, label: str | None = None, *, in_markdown: str | None = None
) -> None:
    """A link that opens the playbook at a passage, in this session and in the reader's language.

    Where no label is given, it names the playbook and the passage; one `in_markdown` is shown as
    it is, without a picture of a book.
    """
    title = reader.edition.playbook_texts.passages[passage_id].title
    text = label or reader.gettext("In the playbook: {title}", title=title)
    icon = "" if in_markdown else ":material/menu_book:"
    shown = in_markdown or as_plain_text(text)
    show_link(reader, page_files.PLAYBOOK, shown, {PARAMETER: passage_id}, icon=icon)
