"""What a resting case is told that it waits for: the same reading as `run.compile` makes, said as a formula.

The next report is not there yet, so what is read in a report is open here, and so is the passage of time. A report
with authority may still follow one without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import Captured, Clock, Held, Latched, Settled
from pathway.model.guards import (
    REPORT,
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
    leaves,
)
from pathway.verify.logic import Formula, both, conj, count_at_least, disj, neg

if TYPE_CHECKING:
    from pathway.verify.world import World


def named_as_awaited(world: World, state: str) -> Formula:
    """Whether something is named: a fact that is awaited, or an event on which a way leads out that is not hopeless."""
    unknown, revised = _Reader(world), _Reader(world, revisable=True)
    found: list[Formula] = []
    for rule in world.anatomy.pathway.transitions:
        if state in rule.sources:
            found += [unknown.waits(rule.when), revised.waits(rule.when)]
            if rule.on is not None:
                found.append(neg(unknown.false(rule.when)))
    return disj(found)


class _Reader:
    """Reads guards as a case does that waits; with `revisable`, as one that can only be told otherwise."""

    def __init__(self, world: World, *, revisable: bool = False) -> None:
        self.world = world
        self.revisable = revisable
        pathway = world.anatomy.pathway
        self.replaceable = {
            leaf.fact for kind in pathway.events if kind.authority for leaf in leaves(kind.authority.when)
        }
        if revisable:
            self.replaceable = set(pathway.facts_by_name)
        raised = {kind.authority.raises for kind in pathway.events if kind.authority is not None}
        raised |= {kind.flags_held for kind in pathway.events}
        self.hidden = raised

    def true(self, guard: Guard) -> Formula:
        """Whether a guard is true whatever comes."""
        return self._rail(guard, want=True)

    def false(self, guard: Guard) -> Formula:
        """Whether a guard is false whatever comes."""
        return self._rail(guard, want=False)

    def waits(self, guard: Guard, *, want: bool = True) -> Formula:
        """Whether a fact that could make the guard true (or false) is still to come."""
        match guard:
            case Known() if not want:
                return False
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._waits_leaf(guard, want=want)
            case InState() | InForce():
                return False
            case Not():
                return self.waits(guard.of, want=not want)
            case Shown():
                return both(neg(self.true(guard.of)), self.waits(guard.of)) if want else False
            case Named():
                return self.waits(guard.of, want=want)
            case All() | AnyOf():
                hopeless = self.false(guard) if want else self.true(guard)
                reached = self.true(guard) if want else self.false(guard)
                decisive = hopeless if isinstance(guard, All) is want else reached
                return both(neg(decisive), disj(self.waits(part, want=want) for part in guard.of))
            case AtLeast():
                decided = disj((self.true(guard), self.false(guard)))
                return both(neg(decided), disj(self.waits(part, want=want) for part in guard.of))
            case _:
                assert_never(guard)

    def _waits_leaf(self, leaf: Leaf, *, want: bool) -> Formula:
        if leaf.scope == REPORT:
            return True
        world, pathway = self.world, self.world.anatomy.pathway
        if leaf.fact in self.hidden:
            return False
        unknown = neg(world.known(leaf.scope, leaf.fact))
        if leaf.fact in self.replaceable:
            return neg(world.true(leaf) if want else world.false(leaf))
        derived = pathway.derived_by_name.get(leaf.fact)
        match derived:
            case Clock():
                return False
            case Latched():
                still = neg(world.true(leaf)) if self.revisable else unknown
                return both(still, self.waits(derived.when))
            case Captured():
                return False if derived.of in pathway.derived_by_name else unknown
            case None | Held() | Settled():
                return unknown
            case _:
                return False

    def _rail(self, guard: Guard, *, want: bool) -> Formula:
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._leaf(guard, want=want)
            case Not(of=Known() as inner) if inner.scope != REPORT:
                return self.world.false(inner) if want else self.world.true(inner)
            case InState() | InForce():
                return self.world.true(guard) if want else self.world.false(guard)
            case Not():
                return self._rail(guard.of, want=not want)
            case Shown():
                there = self._rail(guard.of, want=True)
                return there if want else neg(there)
            case Named():
                return self._rail(guard.of, want=want)
            case All():
                parts = (self._rail(part, want=want) for part in guard.of)
                return conj(parts) if want else disj(parts)
            case AnyOf():
                parts = (self._rail(part, want=want) for part in guard.of)
                return disj(parts) if want else conj(parts)
            case AtLeast():
                enough = guard.n if want else len(guard.of) - guard.n + 1
                return count_at_least(enough, [self._rail(part, want=want) for part in guard.of])
            case _:
                assert_never(guard)

    def _leaf(self, leaf: Leaf, *, want: bool) -> Formula:
        if leaf.scope == REPORT or leaf.fact == self.world.anatomy.days:
            return False
        if not want and (isinstance(leaf, Known) or leaf.fact in self.replaceable):
            return False
        return self.world.true(leaf) if want else self.world.false(leaf)
