"""The units and plausible ranges of an amount in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.facts import Quantity
from pathway.model.units import written

if TYPE_CHECKING:
    from pathway.model.facts import Fact
    from pathway.model.units import AcceptedUnit


def units_of(fact: Quantity) -> tuple[str, str]:
    """The canonical unit and the other accepted units, each with its plausible range if it has one."""
    canonical, *others = (_with_range(unit) for unit in fact.accepted())
    return canonical, ", ".join(others)


def _with_range(unit: AcceptedUnit) -> str:
    code = unit.code if unit.code != "1" else "a fraction without unit"
    return code if unit.plausible is None else f"{code} ({written(unit.plausible[0])}..{written(unit.plausible[1])})"


def loinc_of(fact: Fact) -> tuple[str, ...]:
    """The LOINC codes of a fact, in every unit."""
    if isinstance(fact, Quantity):
        return tuple(dict.fromkeys(code for unit in fact.accepted() for code in unit.loinc))
    return fact.loinc
