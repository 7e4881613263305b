"""Why the system refused something about a file, as a reason that can be translated."""

import errno
from collections.abc import Mapping

from assessment.errors import Refused, template

_REASONS: Mapping[int, str] = {
    errno.ENOSPC: template("the disk is full"),
    errno.EDQUOT: template("the space allowed on the disk is used up"),
    errno.EACCES: template("this program is not permitted to"),
    errno.EPERM: template("this program is not permitted to"),
    errno.EROFS: template("the disk can only be read"),
    errno.EIO: template("the disk does not answer as it should"),
    errno.ENOENT: template("it is not there"),
    errno.ENOTDIR: template("part of its path is not a folder"),
    errno.EISDIR: template("it is a folder"),
    errno.EMFILE: template("too many files are open"),
    errno.ENFILE: template("too many files are open"),
}
_OTHER = template("the system answers {name}")


def reason_of(error: OSError) -> Refused:
    """The reason in words of ours; the system's own sign, such as ENOLCK, where we have none."""
    number = error.errno or 0
    return Refused(
        _REASONS.get(number, _OTHER), name=errno.errorcode.get(number, type(error).__name__)
    )
