"""What a quantity accepts at the door: its units, its plausible range, and how far a bare number is believed."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  # attrs resolves the types of cached properties at run time
from decimal import Decimal  # attrs resolves the types of cached properties at run time
from functools import cached_property
from typing import NamedTuple, Protocol

from attrs import field, frozen

from pathway.door.spellings import SPELLINGS, fold

PER_CELL = ("/uL", "/mm3", "10*6/L")
"""Units in which a count is a whole number: one cell is the least."""
_THOUSANDS = ("10*3/uL", "10^3/uL", "10*9/L", "10^9/L")


class Unit(Protocol):
    """An accepted unit: its UCUM code, its own plausible range where it has one, its exact conversion."""

    @property
    def code(self) -> str:
        """The unit in UCUM, or as the quantity names it."""

    @property
    def plausible(self) -> tuple[Decimal, Decimal] | None:
        """The plausible range in this unit, where it is not the converted one."""

    def to_canonical(self, number: Decimal, /) -> Decimal:
        """A number in this unit, converted to the canonical unit."""


class Accepted(NamedTuple):
    """A unit as a spelling names it, with the range in which it is read, in this unit or in the canonical one.

    `per_cell` where a count in it is a whole number. `told` where the answer says the unit.
    """

    code: str
    to_canonical: Callable[[Decimal], Decimal]
    low: Decimal
    high: Decimal
    in_unit: bool
    per_cell: bool
    told: bool


@frozen
class Scale:
    """The units of one quantity.

    `unit` is the code of the canonical unit. `units` are all accepted units, the canonical one too. `plausible` is the
    range in the canonical unit. A number without a unit is canonical up to `bare_to`; with None it is never read.
    """

    unit: str
    units: tuple[Unit, ...] = field()
    plausible: tuple[Decimal, Decimal]
    bare_to: Decimal | None = None

    @units.validator
    def _has_the_canonical_unit(self, _: object, units: tuple[Unit, ...]) -> None:
        if self.unit not in (unit.code for unit in units):
            raise ValueError(f"the canonical unit {self.unit} is not among {', '.join(unit.code for unit in units)}")

    @cached_property
    def by_code(self) -> dict[str, Accepted]:
        """The accepted units by their code."""
        return {unit.code: self._accepted(unit, told=False) for unit in self.units}

    @cached_property
    def by_spelling(self) -> dict[str, Accepted]:
        """The accepted units by every spelling of the table. A code of the quantity itself goes first."""
        units = {unit.code: unit for unit in self.units}
        return {
            row.printed: self._accepted(units[row.code], told=row.told) for row in SPELLINGS if row.code in units
        } | self.by_code

    def accepted(self, text: str) -> Accepted | None:
        """The unit that a text spells; None where this quantity accepts no such unit."""
        return self.by_spelling.get(text) or self.by_spelling.get(fold(text))

    @cached_property
    def canonical(self) -> Accepted:
        """The canonical unit."""
        return self.by_code[self.unit]

    @cached_property
    def thousands(self) -> Accepted | None:
        """The unit of a thousand cells a microlitre, where it is accepted."""
        return next((self.by_code[code] for code in _THOUSANDS if code in self.by_code), None)

    def example(self) -> str:
        """An amount that is read."""
        low, high = self.plausible
        number = (low + (high - low) / 100).normalize()
        return f"{number:f} {self.unit}" if self.unit != "1" else f"{number:f}"

    def codes(self) -> str:
        """The codes of the accepted units, for a reader."""
        return ", ".join(code if code != "1" else "a number without unit" for code in self.by_code)

    def _accepted(self, unit: Unit, *, told: bool) -> Accepted:
        low, high = unit.plausible or self.plausible
        return Accepted(
            unit.code, unit.to_canonical, low, high, unit.plausible is not None, unit.code in PER_CELL, told
        )
