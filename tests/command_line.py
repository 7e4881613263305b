"""The command line as tests run it, and what it gave back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from assessment.__main__ import main


@dataclass
class Printed:
    """What a run of a command gave back: its status, and its lines of output and of complaint."""

    status: int
    out: list[str]
    err: list[str]

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out]


Run = Callable[..., Printed]


def commands(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, to be called with its arguments."""

    def command(*arguments: object) -> Printed:
        status = main([*map(str, arguments)])
        printed = capsys.readouterr()
        return Printed(status, printed.out.splitlines(), printed.err.splitlines())

    return command
