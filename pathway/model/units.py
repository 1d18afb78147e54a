"""Amounts with units: read and converted exactly, never by guess."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from functools import cached_property

from attrs import field, frozen

from pathway.model.bounds import DIGITS
from pathway.model.errors import BadInput, DefinitionError, one_line

_EXACT = Context(prec=50)
_FURTHEST = 30
_AMOUNT = re.compile(r"\s*(?P<number>[^\s]+)(?:\s+(?P<unit>\S.*?))?\s*")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
"""How a finite decimal number is written."""
_ZERO, _ONE = Decimal(0), Decimal(1)


def exact(value: Decimal | int | str) -> Decimal:
    """An amount of a definition as a decimal number.

    Raises `DefinitionError` for a float, because it is not exact, and for anything that is no number.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        said = f"{one_line(repr(value))} is a {type(value).__name__} and no exact amount"
        raise DefinitionError([f"{said}; write it as a text, such as '0.1'"])
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise DefinitionError([f"'{one_line(str(value)[:200])}' is no number; write for example '0.1'"]) from None
    if number.is_finite() and (len(number.as_tuple().digits) > DIGITS or abs(number.adjusted()) > DIGITS):
        raise DefinitionError([f"{number:.2E} has more than {DIGITS} digits; no amount needs them"])
    return number


def maybe_exact(value: Decimal | int | str | None) -> Decimal | None:
    """An amount of a definition that may be missing. Raises `DefinitionError` as `exact` does."""
    return None if value is None else exact(value)


def _maybe_range(
    bounds: tuple[Decimal | int | str, Decimal | int | str] | None,
) -> tuple[Decimal, Decimal] | None:
    return None if bounds is None else (exact(bounds[0]), exact(bounds[1]))


@frozen
class AcceptedUnit:
    """A unit (UCUM) in which a quantity may be given: canonical = (value + offset) * factor / divisor, exactly.

    `plausible` is the plausible range in this unit, where it differs from the converted range; `loinc` are the codes
    that imply the unit.
    """

    code: str
    factor: Decimal = field(default=Decimal(1), converter=exact)
    divisor: Decimal = field(default=Decimal(1), converter=exact)
    offset: Decimal = field(default=Decimal(0), converter=exact)
    plausible: tuple[Decimal, Decimal] | None = field(default=None, converter=_maybe_range)
    loinc: tuple[str, ...] = ()

    @cached_property
    def _is_canonical(self) -> bool:
        return self.factor == self.divisor == 1 and self.offset == 0

    def to_canonical(self, number: Decimal) -> Decimal:
        """A number in this unit, converted to the canonical unit of the quantity."""
        if self._is_canonical:
            return plain(number)
        scaled = _EXACT.multiply(_EXACT.add(number, self.offset), self.factor)
        return plain(_EXACT.divide(scaled, self.divisor))

    def from_canonical(self, number: Decimal) -> Decimal:
        """A number in the canonical unit, converted to this unit."""
        scaled = _EXACT.divide(_EXACT.multiply(number, self.divisor), self.factor)
        return plain(_EXACT.subtract(scaled, self.offset))


def plain(number: Decimal) -> Decimal:
    """The number without an exponent and without trailing zeros, so that equal numbers read alike."""
    if not number:
        return _ZERO
    if abs(number.adjusted()) > _FURTHEST:
        return number.normalize(_EXACT)
    number = number.normalize(_EXACT)
    return number.quantize(_ONE, context=_EXACT) if number == number.to_integral_value() else number


def written(number: Decimal | int) -> str:
    """The number as a reader sees it: no exponent, no trailing zeros, after a division at most six digits."""
    number = Decimal(number)
    if number and abs(number.adjusted()) > _FURTHEST:
        return f"{number:.3E}"
    if len(number.as_tuple().digits) > 12:
        number = plain(Context(prec=6).plus(number))
    return f"{plain(number):f}"


def read_number(text: str) -> Decimal:
    """A finite decimal number. `BadInput` for anything else, NaN and infinities included."""
    if not NUMBER.fullmatch(text):
        raise BadInput(f"'{text}' is not a number")
    return Decimal(text)


def split_amount(text: str) -> tuple[Decimal, str]:
    """`"0.7 10*9/L"` as its number and its unit; the unit is "" where none is written."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise BadInput(f"'{text}' is not an amount")
    return read_number(found["number"]), found["unit"] or ""
