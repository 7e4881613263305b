"""The command line as tests run it, and what it gave back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from assessment.__main__ import main

STORE = "Answers are kept in "


@dataclass
class Printed:
    """What a run of a command gave back: its status, and its lines of output and of complaint.

    The lines that say which stores it worked on, each before what was done, are `stores`.
    """

    status: int
    out: list[str]
    err: list[str]
    stores: list[str] = field(default_factory=list, compare=False)

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out]


Run = Callable[..., Printed]


def commands(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, to be called with its arguments."""

    def command(*arguments: object) -> Printed:
        status = main([*map(str, arguments)])
        printed = capsys.readouterr()
        out = printed.out.splitlines()
        stores = [line for line in out if line.startswith(STORE)]
        rest = [line for line in out if not line.startswith(STORE)]
        return Printed(status, rest, printed.err.splitlines(), stores)

    return command
