"""The ways in which one text can be read, and how they are shown."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from pathway.door.doubts import Doubt, Reading, doubt, in_full, quoted, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.door.scale import Accepted, Scale

_EXACT = Context(prec=50)


class Way(NamedTuple):
    """A number in a unit, its bound, and the amount in the canonical unit."""

    number: Decimal
    bound: str
    unit: Accepted
    amount: Decimal

    @classmethod
    def of(cls, number: Decimal, bound: str, unit: Accepted) -> Way:
        """A number in a unit, converted."""
        return cls(number, bound, unit, unit.to_canonical(number))

    @property
    def plausible(self) -> bool:
        """Whether the amount can be true. Nothing is below 0, so a bound below it says nothing."""
        if self.bound == "<" and self.number <= 0:
            return False
        return self.unit.low <= (self.number if self.unit.in_unit else self.amount) <= self.unit.high

    @property
    def whole(self) -> bool:
        """Whether the number is a whole one."""
        return self.number == self.number.to_integral_value()

    @property
    def words(self) -> str:
        """The number in its unit."""
        return f"{self.bound}{_in_unit(shown(self.number), self.unit.code)}"


def said(way: Way, dropped: Sequence[Way]) -> str:
    """How an amount was read, and which readings cannot be true."""
    line = f"read as {way.words}"
    others = [other for other in dropped if other.amount != way.amount]
    return f"{line}; {' and '.join(other.words for other in others)} is not plausible" if others else line


def doubled(printed: str, ways: Sequence[Way], scale: Scale, tail: str = "") -> Doubt:
    """The doubt of a text with several plausible readings, or with one that cannot be meant so."""
    distinct = {way.amount: way for way in reversed(ways)}
    highest_first = sorted(distinct.values(), key=lambda way: way.amount, reverse=True)
    readings = tuple(Reading(way.amount, _with_canonical(way, scale), _write(way, scale)) for way in highest_first)
    tail = tail or f"Write {' or '.join(reading.write for reading in readings)}"
    return doubt(printed, f"{quoted(printed)}: {', or '.join(reading.words for reading in readings)}? {tail}", readings)


def outside(ways: Sequence[Way], scale: Scale) -> str:
    """The line of an amount that no reading makes plausible, with another unit in which it would be."""
    first, *others = ways
    low, high, unit = first.unit.low, first.unit.high, first.unit.code if first.unit.in_unit else scale.unit
    line = f"{first.words} is outside {shown(low)}..{_in_unit(shown(high), unit)}"
    if others:
        line += f", and so is {' or '.join(other.words for other in others)}"
    for way in ways:
        for accepted in scale.by_code.values():
            other = Way.of(way.number, way.bound, accepted)
            if other.amount != way.amount and other.plausible and other.amount > scale.plausible[0]:
                return f"{line} ({other.words} would be {_canonically(other, scale)})"
    return line


def _with_canonical(way: Way, scale: Scale) -> str:
    same = way.unit.code == scale.unit
    return way.words if same else f"{way.words} = {_canonically(way, scale)}"


def _canonically(way: Way, scale: Scale) -> str:
    return f"{way.bound}{_in_unit(shown(way.amount), scale.unit)}"


def _write(way: Way, scale: Scale) -> str:
    """A text that is read as this and as nothing else."""
    number, unit = way.number, way.unit
    if unit.per_cell and not way.whole and scale.thousands is not None:
        number, unit = number.scaleb(-3, context=_EXACT), scale.thousands
    text = in_full(number)
    whole, _, behind = text.partition(".")
    if len(behind) == 3 and whole.lstrip("+-0"):
        text += "0"  # three digits behind the point would be held again
    return f"{way.bound}{_in_unit(text, unit.code)}"


def _in_unit(number: str, unit: str) -> str:
    return number if unit == "1" else f"{number} {unit}"
