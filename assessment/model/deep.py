"""One voice's answers to the deep check; every lens is optional."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from assessment.errors import Refused, template
from assessment.model.base import Frozen
from assessment.model.lenses import NOBODY, UNCLEAR
from assessment.model.names import one_line

LONGEST_MANDATE = 300


def mandate_sentence(text: str) -> str:
    """A mandate on one line, trimmed, at most 300 characters; else Refused."""
    return one_line(
        text,
        most=LONGEST_MANDATE,
        unfit_text=template(
            "the mandate sentence contains a control character ({code}); remove it"
        ),
        too_long=template("the mandate sentence has {length} characters; keep it to {most}"),
    )


def named_deciders(roles: tuple[str, ...]) -> tuple[str, ...]:
    """Who decides: roles, each once, or nobody or unclear alone; else Refused."""
    for alone in (NOBODY, UNCLEAR):
        if alone in roles and len(set(roles)) > 1:
            raise Refused(
                "'{alone}' stands beside {others}; choose either roles or '{alone}'",
                alone=alone,
                others=", ".join(sorted(set(roles) - {alone})),
            )
    return tuple(dict.fromkeys(roles))


class DeepAnswers(Frozen):
    """Answers to the deep check, unanswered ones absent.

    `deciders` holds role ids by decision id, or `nobody` or `unclear` alone; `options` option
    ids by lens item id; `signs` numbers by vital sign id; `mandates` sentences by role id.
    """

    deciders: Mapping[str, Annotated[tuple[str, ...], AfterValidator(named_deciders)]] = Field(
        default_factory=dict
    )
    options: Mapping[str, str] = Field(default_factory=dict)
    signs: Mapping[str, Annotated[float, Field(allow_inf_nan=False)]] = Field(default_factory=dict)
    mandates: Mapping[str, Annotated[str, AfterValidator(mandate_sentence)]] = Field(
        default_factory=dict
    )

    def __bool__(self) -> bool:
        return bool(self.deciders or self.options or self.signs or self.mandates)

    def __len__(self) -> int:
        """How many answers there are, whatever they answer."""
        return sum(map(len, (self.deciders, self.options, self.signs, self.mandates)))
