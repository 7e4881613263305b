"""What the environment sets, for server and commands: names there are, and values they take."""

import re
from collections.abc import Mapping

from assessment.errors import SetupError, template
from assessment.storage.csv.places import EPHEMERAL
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL

BACKUPS = "WHO_DECIDES_BACKUPS"
"""The folder into which a schedule exports, so that the last backup can be told."""

LOG_FORMAT = "WHO_DECIDES_LOG"  # `json` asks for one JSON object a line
METRICS = "WHO_DECIDES_METRICS"  # `1` opens the server's figures to whoever reaches them

FRAME_ANCESTORS = "WHO_DECIDES_FRAME_ANCESTORS"
"""Names the pages that may show the app inside themselves; without it, the app's own alone."""

NAMES = (DATA_FOLDER, DATABASE_URL, BACKUPS, EPHEMERAL, LOG_FORMAT, METRICS, FRAME_ANCESTORS)
VALUES = {EPHEMERAL: ("0", "1"), LOG_FORMAT: ("json",), METRICS: ("0", "1")}

NOT_A_NAME = template(
    "{name} is set, but there is no such setting; correct its name or remove it: there are {known}"
)
NOT_A_VALUE = template("{name} has a value that it does not take; expected {expected}, or nothing")

_PREFIX = "WHO_DECIDES_"
_OF_KUBERNETES = re.compile(
    r"(\w+_)?(SERVICE_HOST=.*|SERVICE_PORT(_\w+)?=\d*|PORT(_\d+_(TCP|UDP|SCTP))?=(tcp|udp|sctp)://.*"
    r"|PORT_\d+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)=.*)"
)
"""Where a service is whose name begins with who-decides: every container is told by variables."""


def check_settings(environment: Mapping[str, object]) -> None:
    """Raise SetupError where a name is none, or a value would be passed over."""
    for name in sorted(environment.keys() - {*NAMES}):
        prefix, rest = name[: len(_PREFIX)].upper(), name[len(_PREFIX) :]
        if prefix == _PREFIX and not _OF_KUBERNETES.fullmatch(f"{rest}={environment[name]}"):
            raise SetupError(NOT_A_NAME, name=name, known=", ".join(NAMES))
    for name, values in VALUES.items():
        if str(environment.get(name, "")).strip().casefold() not in ("", *values):
            raise SetupError(NOT_A_VALUE, name=name, expected=" / ".join(values))
