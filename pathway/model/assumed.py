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
    """Reads guards under assumed truths. A formula is a bool: whether it holds."""

    def __init__(self, truths: Mapping[Guard, Truth]) -> None:
        super().__init__()
        self._truths = truths
        # The assumed truth of a part goes before the truth that follows from the parts inside it.
        self.written = {(part, want): truth is want for part, truth in truths.items() for want in (True, False)}

    def leaf(self, leaf: Leaf, *, want: bool) -> bool:
        """Whether the assumed truth of the leaf is `want`."""
        return self._truths[leaf] is want

    def in_state(self, states: tuple[str, ...]) -> bool:
        """Whether the case is assumed to be in one of the states."""
        return self._truths[InState(states)] is True

    def in_force(self, advice: str) -> bool:
        """Whether the advice is assumed to be in force."""
        return self._truths[InForce(advice)] is True

    def conj(self, parts: Iterable[bool]) -> bool:
        """Whether every part holds."""
        return all(parts)

    def disj(self, parts: Iterable[bool]) -> bool:
        """Whether some part holds."""
        return any(parts)

    def neg(self, of: bool) -> bool:
        """The negation."""
        return not of

    def at_least(self, n: int, parts: Iterable[bool]) -> bool:
        """Whether at least `n` of the parts hold."""
        return sum(parts) >= n


def assumed_truth(guard: Guard, truths: Mapping[Guard, Truth]) -> Truth:
    """The truth of a guard, given the truth of each of its leaves (`InState` and `InForce` too) or of whole parts.

    Raises `KeyError` where neither a leaf nor a part around it has a truth.
    """
    rails = _Assumed(truths)
    if rails.true(guard):
        return True
    return False if rails.false(guard) else None
