"""The step by which a limit is moved: one unit in the last place in which the limits of its amount are written.

A definition read from JSON has its amounts without trailing zeros. So all limits of an amount share one place: a
pathway with 38.0 and 38.3 moves both by 0.1, however it was built or loaded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pathway.model.derived import Held, Settled
from pathway.model.guards import Compare, leaves
from pathway.model.pathway import guards_of
from pathway.model.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.pathway import Pathway


class Steps:
    """The steps of the limits of one pathway."""

    def __init__(self, pathway: Pathway) -> None:
        limits: dict[str, list[Decimal]] = {}
        for _, guard in guards_of(pathway):
            for leaf in leaves(guard):
                if isinstance(leaf, Compare):
                    limits.setdefault(leaf.fact, []).append(leaf.value)
        for derived in pathway.derived:
            if isinstance(derived, Held | Settled):
                limits.setdefault(derived.fact, []).append(derived.limit)
        for row in pathway.reference.rows:
            found = limits.setdefault(row.fact, [])
            found += [limit for limit in (row.lower, row.upper) if limit is not None]
        self._by_name = {name: last_place(values) for name, values in limits.items()}

    def of(self, name: str) -> Decimal:
        """The step of the limits of a fact or derived fact. `KeyError` where nothing compares it with a limit."""
        return self._by_name[name]

    def beside(self, name: str, limit: Decimal) -> tuple[Decimal, Decimal]:
        """The limit a step higher, and a step lower."""
        return limit + self.of(name), limit - self.of(name)

    def written(self, name: str, limit: Decimal) -> str:
        """The limit to the place of its step: 38.0 where the step is 0.1."""
        return f"{limit.quantize(self.of(name)):f}"


def last_place(values: Iterable[Decimal]) -> Decimal:
    """One unit in the last place that any of the numbers needs, and at most 1: 0.1 for 38 and 38.3."""
    return min((Decimal(1).scaleb(min(_exponent(value), 0)) for value in values), default=Decimal(1))


def _exponent(value: Decimal) -> int:
    exponent = plain(value).as_tuple().exponent
    assert isinstance(exponent, int)  # limits are finite
    return exponent
