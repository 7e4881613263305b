"""What the environment sets for the server: names that it knows, and values that it takes."""

from collections.abc import Mapping
from difflib import get_close_matches

from assessment.errors import SetupError, template
from assessment.storage.csv.places import EPHEMERAL
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL
from assessment.ui.guard.condition import BACKUPS
from assessment.ui.server.answers import METRICS
from assessment.ui.server.headers import FRAME_ANCESTORS
from assessment.ui.server.logs import FORMAT

NAMES = (DATA_FOLDER, DATABASE_URL, BACKUPS, EPHEMERAL, FORMAT, FRAME_ANCESTORS, METRICS)
VALUES = {FORMAT: ("json",), METRICS: ("0", "1")}

NOT_A_NAME = template(
    "{name} is set, but is none of this server's settings; if {meant} is meant, correct it, else "
    "remove it"
)
NOT_A_VALUE = template("{name} has a value that it does not take; expected {expected}, or nothing")

_PREFIX = "WHO_DECIDES_"
_ALIKE = 0.81  # beyond what the port of a service called who-decides-database reaches


def check_settings(environment: Mapping[str, str]) -> None:
    """Raise SetupError where a name is misspelt, or a value would be passed over.

    Names unlike any may be set by others: Kubernetes tells where services of this name are.
    """
    known = [name.removeprefix(_PREFIX) for name in NAMES]
    for name in sorted(environment.keys() - {*NAMES}):
        if name.upper().startswith(_PREFIX):
            rest = name.upper().removeprefix(_PREFIX)
            for meant in get_close_matches(rest, known, n=1, cutoff=_ALIKE):
                raise SetupError(NOT_A_NAME, name=name, meant=_PREFIX + meant)
    for name, values in VALUES.items():
        if environment.get(name, "").strip().casefold() not in ("", *values):
            raise SetupError(NOT_A_VALUE, name=name, expected=" / ".join(values))
