"""The project's errors: one tree, each leaf saying what was refused, where and what next.

    WhoDecidesError
    ├── ContentError    a content file shipped with the product is broken
    ├── SetupError      the operator's settings do not fit together; the app stays closed
    ├── Refused         something that arrived (field, URL, row) does not fit; also a ValueError
    │   └── Conflict    somebody else was faster: it is no longer as it was, or is gone
    │       └── SquadGone   of its squad nothing is stored any more
    └── StorageError    the data could not be read or written
        └── StoreBusy   another process held the lock for too long

Messages are gettext templates with named fields: `str(error)` is the English
sentence, and a reader's language renders the same template with the same fields.
"""

from functools import partial


class Private(str):
    """A field of a message that quotes a file or a form: it may hold anybody's words, so no log."""

    __slots__ = ()


class WhoDecidesError(Exception):
    """Base of every error this project raises on purpose.

    `template` is the English message with `{named}` fields, which is also its
    gettext id; `fields` are the values that fill it; `is_logged` says that the operator was told.
    """

    is_logged = False

    def __init__(self, template: str, /, **fields: object) -> None:
        super().__init__(template, fields)
        self.template = template
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        return partial(type(self), self.template, **self.fields), ()

    def __str__(self) -> str:
        return self.template.format_map(self.fields)

    @property
    def log_text(self) -> str:
        """What happened, with an ellipsis for what is private, also in the reasons within."""
        return self.template.format_map(
            {
                name: value.log_text
                if isinstance(value, WhoDecidesError)
                else "…"
                if isinstance(value, Private)
                else value
                for name, value in self.fields.items()
            }
        )


class ContentError(WhoDecidesError):
    """A content file is broken: names the file, the key and the reason. Raised at start."""


class SetupError(WhoDecidesError):
    """The operator's settings do not fit together; nobody gets in until they do."""


class Refused(WhoDecidesError, ValueError):
    """A value that arrived from outside does not fit; nothing stored has changed.

    One that `names_subject` says of what, and is understood away from the form that it is about.
    """

    names_subject = False


class Conflict(Refused):
    """What was to be changed is no longer as it was when somebody looked at it, or is gone."""


class SquadGone(Conflict):
    """Of the squad that something was written for nothing is stored: renamed, merged or deleted."""


class StorageError(WhoDecidesError):
    """The data could not be read or written; what was stored before is unchanged."""


class StoreBusy(StorageError):
    """Another process held the store's lock for longer than a person would wait."""


def template(text: str, /) -> str:
    """Mark an error template for translation that does not stand in `Refused(…)` itself."""
    return text
