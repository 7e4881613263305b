"""Where a role stands on the decision levels: decides, is consulted; read from the framework."""

from dataclasses import dataclass

from assessment.model import Framework


@dataclass(frozen=True, slots=True)
class RoleLevels:
    """A role's level ids, in framework order.

    `decides_without_po` are the levels it decides only where the company has no PO.
    """

    decides: tuple[str, ...]
    decides_without_po: tuple[str, ...]
    consulted: tuple[str, ...]


def role_levels(framework: Framework, role_id: str) -> RoleLevels:
    """Where a role decides and is consulted, the seats it stands for included.

    Who decides at a level is not also said to be consulted there.
    """
    stands_for = next(role.stands_for for role in framework.roles if role.id == role_id)
    seats = {role_id, *stands_for}

    levels = framework.levels
    decides = tuple(level.id for level in levels if seats & {*level.decides})
    others = [level for level in levels if level.id not in decides]
    without_po = tuple(level.id for level in others if seats & {*level.decides_without_po})
    consulted = tuple(level.id for level in others if seats & {*level.consulted})
    return RoleLevels(decides, without_po, consulted)
