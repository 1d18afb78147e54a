"""Amounts with units: parsed and converted exactly, never by guess."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from attrs import field, frozen

from pathway.model.errors import BadInput

_EXACT = Context(prec=50)
_FURTHEST = 30
_AMOUNT = re.compile(r"\s*(?P<number>[^\s]+)(?:\s+(?P<unit>\S.*?))?\s*")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


def _decimal(value: Decimal | int | str) -> Decimal:
    return Decimal(value)


def _maybe_range(
    bounds: tuple[Decimal | int | str, Decimal | int | str] | None,
) -> tuple[Decimal, Decimal] | None:
    return None if bounds is None else (Decimal(bounds[0]), Decimal(bounds[1]))


@frozen
class AcceptedUnit:
    """A unit (UCUM) in which a quantity may be given: canonical = (value + offset) * factor / divisor, exactly.

    `plausible` is the range in this very unit, where it is stated for it; `loinc` the codes that imply the unit.
    """

    code: str
    factor: Decimal = field(default=Decimal(1), converter=_decimal)
    divisor: Decimal = field(default=Decimal(1), converter=_decimal)
    offset: Decimal = field(default=Decimal(0), converter=_decimal)
    plausible: tuple[Decimal, Decimal] | None = field(default=None, converter=_maybe_range)
    loinc: tuple[str, ...] = ()

    def to_canonical(self, number: Decimal) -> Decimal:
        """The number, given in this unit, in the canonical unit of its quantity."""
        scaled = _EXACT.multiply(_EXACT.add(number, self.offset), self.factor)
        return plain(_EXACT.divide(scaled, self.divisor))

    def from_canonical(self, number: Decimal) -> Decimal:
        """The contrary of `to_canonical`."""
        scaled = _EXACT.divide(_EXACT.multiply(number, self.divisor), self.factor)
        return plain(_EXACT.subtract(scaled, self.offset))


def plain(number: Decimal) -> Decimal:
    """The number without an exponent and without idle zeros, so that equal numbers read alike."""
    if number == 0:
        return Decimal(0)
    if abs(number.adjusted()) > _FURTHEST:
        return number.normalize(_EXACT)
    number = number.normalize(_EXACT)
    return number.quantize(Decimal(1), context=_EXACT) if number == number.to_integral_value() else number


def written(number: Decimal | int) -> str:
    """The number for a reader: no exponent, no idle zeros, at most six significant digits after a division."""
    number = Decimal(number)
    if number and abs(number.adjusted()) > _FURTHEST:
        return f"{number:.3E}"
    if len(number.as_tuple().digits) > 12:
        number = plain(Context(prec=6).plus(number))
    return f"{plain(number):f}"


def read_number(text: str) -> Decimal:
    """A finite decimal number. `BadInput` for anything else, NaN and infinities included."""
    if not _NUMBER.fullmatch(text):
        raise BadInput(f"'{text}' is not a number")
    return Decimal(text)


def split_amount(text: str) -> tuple[Decimal, str]:
    """`"0.7 10*9/L"` as its number and its unit; the unit is "" where none is written."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise BadInput(f"'{text}' is not an amount")
    return read_number(found["number"]), found["unit"] or ""
