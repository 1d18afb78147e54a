"""Values: as they are given, as they are known, and as they are held back."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import Literal, TypeAlias

from attrs import frozen

from pathway.door.doubts import Reading  # attrs classes keep their types resolvable
from pathway.door.numbers import DIGITS
from pathway.model.units import written

_ZERO, _INFINITY = Decimal(0), Decimal("Infinity")


@frozen(order=False)
class Bound:
    """An amount of which only a bound is known, such as "<0.1": every value from 0 to `limit`, or from `limit` on.

    A comparison holds where it holds of every such value. So `bound < 0.5` and `bound >= 0.5` may both be False: then
    the bound leaves it open.
    """

    op: Literal["<", ">"]
    limit: Decimal

    @property
    def low(self) -> Decimal:
        """The least value."""
        return self.limit if self.op == ">" else _ZERO

    @property
    def high(self) -> Decimal:
        """The greatest value, which may be infinite."""
        return self.limit if self.op == "<" else _INFINITY

    def __lt__(self, other: Decimal) -> bool:
        return self.op == "<" and self.limit < other

    def __le__(self, other: Decimal) -> bool:
        return self.op == "<" and self.limit <= other

    def __gt__(self, other: Decimal) -> bool:
        return self.low > other

    def __ge__(self, other: Decimal) -> bool:
        return self.low >= other

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies within the bound."""
        return value <= self.limit if self.op == "<" else value >= self.limit

    def __str__(self) -> str:
        return f"{self.op} {written(self.limit)}"


Value: TypeAlias = Decimal | Bound | bool | str
"""A known value: an amount in the canonical unit or a bound of it, a flag, a choice or a text."""

Raw: TypeAlias = "str | int | float | bool | Decimal"
"""A value as a caller or a file gives it, before it is checked."""

LONGEST_RAW = 500
"""So many characters of an amount that cannot be read are kept."""


def least(amount: Decimal | Bound) -> Decimal:
    """The least value that an amount can have."""
    return amount.low if isinstance(amount, Bound) else amount


def most(amount: Decimal | Bound) -> Decimal:
    """The greatest value that an amount can have, which may be infinite."""
    return amount.high if isinstance(amount, Bound) else amount


@frozen
class HeldBack:
    """A field that was not taken because its value cannot be true or cannot be read, with the reason.

    `readings` are the plausible readings of a value that can be read in several ways. `exceeds` names the fact of the
    same report whose part this field is, and which it contradicts.
    """

    fact: str
    given: str
    reason: str
    readings: tuple[Reading, ...] = ()
    exceeds: str = ""

    def line(self, event: str) -> str:
        """The field in one line, led by its event."""
        return f"{event}: {self.fact} {self.reason}; held back."

    def to_json(self) -> dict[str, object]:
        """The field as JSON data; `readings` where there are any."""
        data: dict[str, object] = {"fact": self.fact, "given": self.given, "reason": self.reason}
        if self.readings:
            data["readings"] = [
                {"amount": f"{reading.amount:f}", "words": reading.words, "write": reading.write}
                for reading in self.readings
            ]
        return data


def kept(raw: Raw) -> Raw:
    """A raw amount as a log keeps it, so that it is read there as here. JSON has no exact numbers and no infinity.

    A typed number of three decimals gets a fourth: as a text it would have two readings (1.500 is 1.5 or 1500).
    """
    if isinstance(raw, str):
        return raw if len(raw) <= LONGEST_RAW else f"{raw[: LONGEST_RAW - 3]}..."
    if isinstance(raw, Decimal):
        if not raw.is_finite() or len(raw.as_tuple().digits) > DIGITS or abs(raw.adjusted()) > DIGITS:
            return str(raw)[:LONGEST_RAW]
        text = f"{raw:f}"
        return f"{text}0" if len(text.partition(".")[2]) == 3 else text
    if isinstance(raw, float) and not isfinite(raw):
        return str(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) >= 10**DIGITS:
        return f"a number of more than {DIGITS} digits"
    return raw
