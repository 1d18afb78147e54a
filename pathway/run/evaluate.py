"""Guards interpreted plainly, one node at a time: whether they hold of a record.

This is the second opinion on `model.rails`: `compile` gives the same answers faster, and tests compare the two. So they
share no logic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, assert_never

from pathway.model.guards import (
    LATEST,
    All,
    AnyOf,
    AtLeast,
    Below,
    Compare,
    Guard,
    InForce,
    InState,
    IsTrue,
    Known,
    Leaf,
    Named,
    Not,
    OneOf,
    Shown,
    Within,
)

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.run.compiled import CompiledPathway
    from pathway.run.frame import Frame

Truth: TypeAlias = bool | None
"""True, false or, as None, unknown."""


class Record(Protocol):
    """A record that guards read: the record of a fold, or a snapshot of it."""

    episode: Frame
    latest: Frame
    report: Frame
    state: str
    active: int
    months: int


class Evaluator:
    """Evaluates guards against one record."""

    def __init__(self, compiled: CompiledPathway, record: Record) -> None:
        self.compiled = compiled
        self.pathway: Pathway = compiled.pathway
        self.record = record

    def truth(self, guard: Guard) -> Truth:
        """Whether the guard is true, false or, as None, unknown."""
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._leaf(guard)
            case InState():
                return self.record.state in guard.states
            case InForce():
                return bool(self.record.active >> list(self.pathway.advice_by_id).index(guard.advice) & 1)
            case Not():
                inner = self.truth(guard.of)
                return None if inner is None else not inner
            case Shown():
                return self.truth(guard.of) is True
            case Named():
                return self.truth(guard.of)
            case All():
                parts = [self.truth(part) for part in guard.of]
                return False if False in parts else None if None in parts else True
            case AnyOf():
                parts = [self.truth(part) for part in guard.of]
                return True if True in parts else None if None in parts else False
            case AtLeast():
                parts = [self.truth(part) for part in guard.of]
                if parts.count(True) >= guard.n:
                    return True
                return None if parts.count(True) + parts.count(None) >= guard.n else False
            case _:
                assert_never(guard)

    def value(self, leaf: Leaf) -> tuple[Any, Any, Any]:
        """The value that a leaf reads, with the limits of its reference interval at the sample."""
        place = self.compiled.layout.index[leaf.fact]
        scope = "episode" if leaf.scope == LATEST and place in self.compiled.layout.derived else leaf.scope
        frame: Frame = getattr(self.record, scope)
        if (limit := self.compiled.layout.ranged.get(place)) is None:
            return frame.values[place], None, None
        return frame.values[place], frame.low[limit], frame.high[limit]

    def _leaf(self, leaf: Leaf) -> Truth:
        value, low, high = self.value(leaf)
        if isinstance(leaf, Known):
            return value is not None
        if value is None:
            return None
        match leaf:
            case Compare():
                below, above = (value < leaf.value, value <= leaf.value), (value > leaf.value, value >= leaf.value)
                strict = leaf.op in ("<", ">")
                # What contradicts "<" is ">=", and so on.
                shown, refuted = (below, above) if leaf.op in ("<", "<=") else (above, below)
                return _decided(shown[not strict], refuted[strict])
            case OneOf():
                return value in leaf.options
            case IsTrue():
                return value is True
            case Below():
                return None if low is None else _decided(value < low, value >= low)
            case Within():
                if low is None:
                    return None
                inside = value >= low and (high is None or value <= high)
                return _decided(inside, value < low or (high is not None and value > high))
            case _:
                assert_never(leaf)


def _decided(shown: Any, refuted: Any) -> Truth:
    """True or false where it is shown or refuted. A bound may leave both open."""
    return True if shown else False if refuted else None
