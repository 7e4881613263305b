"""Answers as a short code for a link, and back; ids only, nothing stored; pure.

A code packs, in the framework's order, which option each item was answered with, after one
byte for the format and two for the framework's version; four bytes of SHA-256 close it. All of
it is written in the URL-safe base 64 alphabet, without padding.
"""

import base64
import hashlib
from math import prod

from assessment.errors import Refused, template
from assessment.model import Answers, Framework

FORMAT = 1
PARAMETER = "answers"
"""The URL parameter that carries a code."""

INCOMPLETE = template("this code is incomplete or was changed; copy the whole link once more")

_VERSION_BYTES = 2
_CHECK_BYTES = 4


def code_of(answers: Answers, framework: Framework) -> str:
    """The code of answers; Refused where they name what the framework lacks."""
    framework.check_answers(answers)
    packed = 0
    for item, options in framework.options_by_item.items():
        digit = 1 + options.index(answers[item]) if item in answers else 0
        packed = packed * (1 + len(options)) + digit
    body = _head(framework) + packed.to_bytes(_size(framework), "big")
    return base64.urlsafe_b64encode(body + _check(body)).rstrip(b"=").decode("ascii")


def answers_in(code: str, framework: Framework) -> Answers:
    """The answers a code holds; Refused where it was cut, changed or made for another version."""
    try:
        raw = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Refused(INCOMPLETE) from error
    body, head = raw[:-_CHECK_BYTES], _head(framework)
    if not body or _check(body) != raw[-_CHECK_BYTES:]:
        raise Refused(INCOMPLETE)
    if not body.startswith(head):
        raise Refused(
            "this result was shared by another version of the check, whose answers cannot "
            "be read here; ask for the check to be taken again"
        )
    packed = int.from_bytes(body.removeprefix(head), "big")
    answers: dict[str, str] = {}
    for item, options in reversed(list(framework.options_by_item.items())):
        packed, digit = divmod(packed, 1 + len(options))
        if digit:
            answers = {item: options[digit - 1], **answers}
    # One code for one set of answers: what is longer, larger or spelt otherwise is none.
    if code_of(answers, framework) != code:
        raise Refused(INCOMPLETE)
    if not answers:
        raise Refused("this code holds no answers; share a result with at least one")
    return answers


def _head(framework: Framework) -> bytes:
    return bytes([FORMAT]) + hashlib.sha256(framework.version.encode()).digest()[:_VERSION_BYTES]


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK_BYTES]


def _size(framework: Framework) -> int:
    ways = prod(1 + len(options) for options in framework.options_by_item.values())
    return ((ways - 1).bit_length() + 7) // 8
