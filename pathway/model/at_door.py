"""A quantity at the door: what is written from outside becomes an amount in the canonical unit, or is held back."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from pathway.door.amounts import read_amount, read_measured
from pathway.door.doubts import Doubt
from pathway.model.errors import LINE, BadInput
from pathway.model.values import Bound, HeldBack

if TYPE_CHECKING:
    from pathway.door.amounts import Amount
    from pathway.door.scale import Scale
    from pathway.model.values import Raw


class AtDoor:
    """Reads what is written for the fact of a name."""

    def __init__(self, name: str, scale: Scale) -> None:
        self._name = name
        self._scale = scale
        # The same amounts of a quantity are written again and again.
        self._text = lru_cache(maxsize=2048)(self._entered)

    def read(self, raw: Raw) -> Decimal | Bound | HeldBack:
        """The amount in the canonical unit; held back where it cannot be read, or cannot be true.

        Raises `BadInput` where `raw` is neither a text nor a number.
        """
        if type(raw) is str and len(raw) <= LINE:
            return self._text(raw)
        if not isinstance(raw, str | int | float | Decimal):
            example = self._scale.example()  # type: ignore[unreachable]  # a file may hold anything
            raise BadInput(f"{self._name}: {raw!r} is not an amount; write for example '{example}'")
        return self._entered(raw)

    def said(self, raw: Raw) -> str:
        """How an amount was read; "" where nobody would read it otherwise."""
        read = self._amount(raw)
        return "" if isinstance(read, Doubt) else read.said

    def _entered(self, raw: Raw) -> Decimal | Bound | HeldBack:
        read = self._amount(raw)
        if isinstance(read, Doubt):
            return HeldBack(self._name, read.printed, read.reason, read.readings)
        if not read.bound:
            return read.value
        if self._scale.plausible[0] < 0:
            reason = f"'{read.printed}' is a bound, which is not read of an amount that may be below 0"
            return HeldBack(self._name, read.printed, reason)
        return Bound("<" if read.bound == "<" else ">", read.value)

    def _amount(self, raw: Raw) -> Amount | Doubt:
        return read_amount(raw, self._scale) if isinstance(raw, str) else read_measured(raw, "", self._scale)
