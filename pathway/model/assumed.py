"""The truth of a guard under assumed truths of its parts: for questions about a guard alone, without any record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pathway.model.guards import Guard, InForce, InState, Leaf
from pathway.model.rails import Rails

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Truth: TypeAlias = bool | None
"""True, false or, as None, unknown."""


class _Assumed(Rails[bool]):
    """Guards over assumed truths: a formula is whether it holds under them."""

    def __init__(self, truths: Mapping[Guard, Truth]) -> None:
        super().__init__()
        self._truths = truths
        # What is assumed of a part stands before what follows from the parts of that part.
        self.written = {(part, want): truth is want for part, truth in truths.items() for want in (True, False)}

    def leaf(self, leaf: Leaf, *, want: bool) -> bool:
        """Whether the assumed truth is the wanted one."""
        return self._truths[leaf] is want

    def in_state(self, states: tuple[str, ...]) -> bool:
        """Whether it is assumed."""
        return self._truths[InState(states)] is True

    def in_force(self, advice: str) -> bool:
        """Whether it is assumed."""
        return self._truths[InForce(advice)] is True

    def conj(self, parts: Iterable[bool]) -> bool:
        """Every part."""
        return all(parts)

    def disj(self, parts: Iterable[bool]) -> bool:
        """Some part."""
        return any(parts)

    def neg(self, of: bool) -> bool:
        """The negation."""
        return not of

    def at_least(self, n: int, parts: Iterable[bool]) -> bool:
        """At least `n` of the parts."""
        return sum(parts) >= n


def assumed_truth(guard: Guard, truths: Mapping[Guard, Truth]) -> Truth:
    """The truth of a guard, given the truth of each of its leaves (of states and advice too), or of whole parts.

    Raises `KeyError` where neither a leaf nor a part around it has a truth.
    """
    rails = _Assumed(truths)
    if rails.true(guard):
        return True
    return False if rails.false(guard) else None
