"""What a case holds at a moment, as formulas: computed part by part when a proof asks for it, and only then.

A world answers `get(key)`; each kind of world makes its parts from those of the world before. Guards are read from it
in three-valued logic: one formula for "is true" and one for "is false"; where neither holds the guard is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

import z3

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
from pathway.verify.anatomy import BITS, Anatomy, Key
from pathway.verify.logic import Formula, Term, both, conj, count_at_least, disj, either, equal, neg, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.verify.inputs import Inputs

EPISODE = "episode"
NOTHING = "nothing"
"""The scope of a report that was not there: every fact is unknown in it."""


class World:
    """A case at a moment. `report` is the event at hand, the last one that arrived."""

    def __init__(self, anatomy: Anatomy, report: Inputs) -> None:
        self.anatomy = anatomy
        self.report = report
        self._made: dict[Key, Any] = {}
        self._rails: dict[tuple[Guard, bool, Any], Formula] = {}

    def get(self, *key: Any) -> Any:
        """A part of the world: a formula or a term."""
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, *key: Any) -> Any:
        raise NotImplementedError

    # --- parts by name --------------------------------------------------------------------------------------

    def known(self, scope: Any, fact: str) -> Formula:
        """Whether a fact has a value."""
        if scope == "report":
            return self._report_known(fact)
        if scope == NOTHING:
            return False
        if scope == LATEST and fact in self.anatomy.derived:
            scope = EPISODE
        if fact in (self.anatomy.age, self.anatomy.days):
            return True
        return self.get("known", scope, fact)

    def value(self, scope: Any, fact: str) -> Term:
        """The value of a fact, where it has one."""
        if scope in ("report", NOTHING):
            return self._report_value(fact)
        if scope == LATEST and fact in self.anatomy.derived:
            scope = EPISODE
        if fact == self.anatomy.age:
            return self.get("age")
        if fact == self.anatomy.days:
            return self.get("days")
        return self.get("value", scope, fact)

    def limits(self, scope: Any, fact: str) -> tuple[Formula, Formula, Formula]:
        """Whether there is a reference limit for a value, whether it is below the lower one, above the upper one."""
        if scope == NOTHING:
            return False, False, False
        if scope == "report":
            key = ("limits", fact)
            if key not in self._made:
                known = self.report.known(fact)
                found = self.anatomy.compared(fact, self.report.value(fact), self.report.age)
                self._made[key] = tuple(both(known, one) for one in found)
            return self._made[key]  # type: ignore[no-any-return]  # a triple by its key
        return tuple(self.get(part, scope, fact) for part in ("ranged", "below", "above"))

    def in_state(self, states: Iterable[str]) -> Formula:
        """Whether the case is in one of some states."""
        here = self.get("state")
        names = list(states)
        if isinstance(here, str):
            return here in names
        if len(set(names)) == len(self.anatomy.states):
            return True
        return disj(equal(here, z3.BitVecVal(self.anatomy.code(name), BITS)) for name in names)

    def _report_known(self, fact: str) -> Formula:
        for excess in self.anatomy.excesses:
            if excess.name == fact:
                return conj(self.report.known(one) for one in (*excess.parts, excess.whole))
        return self.report.known(fact)

    def _report_value(self, fact: str) -> Term:
        for excess in self.anatomy.excesses:
            if excess.name == fact:
                parts = sum(self.report.value(one) for one in excess.parts)
                return parts * 100 > self.report.value(excess.whole) * (100 + excess.percent)
        return self.report.value(fact)

    # --- guards ---------------------------------------------------------------------------------------------

    def true(self, guard: Guard, report: Any = "report") -> Formula:
        """A formula that holds where the guard is true. `report` is the scope in which report-guards are read."""
        return self._rail(guard, True, report)

    def false(self, guard: Guard, report: Any = "report") -> Formula:
        """A formula that holds where the guard is false, and not merely unknown."""
        return self._rail(guard, False, report)

    def _rail(self, guard: Guard, want: bool, report: Any) -> Formula:
        key = (guard, want, report)
        if key not in self._rails:
            self._rails[key] = self._code(guard, want, report)
        return self._rails[key]

    def _code(self, guard: Guard, want: bool, report: Any) -> Formula:
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._leaf(guard, want, report)
            case InState():
                here = self.in_state(guard.states)
                return here if want else neg(here)
            case InForce():
                there = self.get("active", guard.advice)
                return there if want else neg(there)
            case Not():
                return self._rail(guard.of, not want, report)
            case Shown():
                there = self._rail(guard.of, True, report)
                return there if want else neg(there)
            case Named():
                return self._rail(guard.of, want, report)
            case All():
                parts = (self._rail(part, want, report) for part in guard.of)
                return conj(parts) if want else disj(parts)
            case AnyOf():
                parts = (self._rail(part, want, report) for part in guard.of)
                return disj(parts) if want else conj(parts)
            case AtLeast():
                enough = guard.n if want else len(guard.of) - guard.n + 1
                return count_at_least(enough, [self._rail(part, want, report) for part in guard.of])
            case _:
                assert_never(guard)

    def _leaf(self, leaf: Leaf, want: bool, report: Any) -> Formula:
        scope: Any = report if leaf.scope == "report" else leaf.scope
        match leaf:
            case Known():
                known = self.known(scope, leaf.fact)
                return known if want else neg(known)
            case Compare():
                value, limit = self.value(scope, leaf.fact), number(leaf.value)
                test = {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[leaf.op]
            case OneOf():
                value = self.value(scope, leaf.fact)
                test = disj(
                    equal(value, z3.BitVecVal(self.anatomy.option(leaf.fact, option), BITS)) for option in leaf.options
                )
            case IsTrue():
                test = self.value(scope, leaf.fact)
            case Below():
                ranged, below, _ = self.limits(scope, leaf.fact)
                return both(ranged, below if want else neg(below))
            case Within():
                ranged, below, above = self.limits(scope, leaf.fact)
                outside = either(below, above)
                return both(ranged, neg(outside) if want else outside)
            case _:
                assert_never(leaf)
        return both(self.known(scope, leaf.fact), test if want else neg(test))


def state_code(world: World) -> Any:
    """The state as a number, settled or not."""
    state = world.get("state")
    return z3.BitVecVal(world.anatomy.code(state), BITS) if isinstance(state, str) else state
