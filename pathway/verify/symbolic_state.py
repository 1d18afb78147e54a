"""The record of a case at a moment, as formulas. A part is written when a proof asks for it, and only then.

A symbolic state answers `get(key)`. It makes its parts from those of the state before it. Guards are read from it in
three-valued logic, by the formulas of `model.rails`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

import z3

from pathway.model.guards import LATEST, Below, Compare, Guard, IsTrue, Known, Leaf, OneOf, Within
from pathway.model.rails import Rails
from pathway.verify.bounded import INFINITE
from pathway.verify.encoding import BITS, Encoding, Key
from pathway.verify.logic import Formula, Term, both, conj, count_at_least, disj, either, equal, ite, neg, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.verify.inputs import Inputs

EPISODE = "episode"
NOTHING = "nothing"
"""The scope of an absent report: every fact is unknown in it."""


class SymbolicState:
    """The record of a case at a moment. `report` is the event at hand, the last that arrived."""

    def __init__(self, encoding: Encoding, report: Inputs) -> None:
        self.encoding = encoding
        self.report = report
        self._made: dict[Key, Any] = {}
        self._terms: dict[Any, Terms] = {}

    def get(self, *key: Any) -> Any:
        """A part of the state: a formula or a term."""
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
        if scope == LATEST and fact in self.encoding.derived:
            scope = EPISODE
        if fact in (self.encoding.age, self.encoding.days):
            return True
        return self.get("known", scope, fact)

    def value(self, scope: Any, fact: str) -> Term:
        """The value of a fact, where it has one."""
        if scope in ("report", NOTHING):
            return self._report_value(fact)
        if scope == LATEST and fact in self.encoding.derived:
            scope = EPISODE
        if fact == self.encoding.age:
            return self.get("age")
        if fact == self.encoding.days:
            return self.get("days")
        return self.get("value", scope, fact)

    def limits(self, scope: Any, fact: str) -> tuple[Formula, Formula, Formula]:
        """Whether a value has a reference limit, is below the lower limit, is above the upper limit."""
        if scope == NOTHING:
            return False, False, False
        if scope == "report":
            key = ("limits", fact)
            if key not in self._made:
                known = self._report_known(fact)
                found = self.encoding.compared(fact, self._report_value(fact), self.report.age)
                self._made[key] = tuple(both(known, part) for part in found)
            return self._made[key]  # type: ignore[no-any-return]  # a triple by its key
        return tuple(self.get(part, scope, fact) for part in ("ranged", "below", "above"))

    def in_state(self, states: Iterable[str]) -> Formula:
        """Whether the case is in one of some states."""
        here = self.get("state")
        names = list(states)
        if isinstance(here, str):
            return here in names
        if len(set(names)) == len(self.encoding.states):
            return True
        return disj(equal(here, z3.BitVecVal(self.encoding.code(name), BITS)) for name in names)

    def _report_known(self, fact: str) -> Formula:
        for excess in self.encoding.excesses:
            if excess.name == fact:
                return conj(self.report.known(part) for part in (*excess.parts, excess.whole))
        if (bound := self.encoding.bounds.get(fact)) is not None:
            drawn = both(self.report.known(bound.whole), neg(self.report.known(bound.part)))
            whole = self.encoding.ends(bound.whole)[1]
            return drawn if whole == bound.whole else both(drawn, self.report.value(whole) < number(INFINITE))
        return self.report.known(fact)

    def _report_value(self, fact: str) -> Term:
        if any(excess.name == fact for excess in self.encoding.excesses):
            return self.excess(fact, want=True)
        if (bound := self.encoding.bounds.get(fact)) is not None:
            whole, less = self.report.value(self.encoding.ends(bound.whole)[1]), self.report.value(bound.less)
            rest = ite(self.report.known(bound.less), whole - less, whole)
            return ite(rest > 0, rest, z3.RealVal(0))
        return self.report.value(fact)

    def excess(self, name: str, *, want: bool) -> Formula:
        """Whether the parts of a report surely are more than their whole; without `want`, surely are not."""
        excess = next(excess for excess in self.encoding.excesses if excess.name == name)
        ends = self.encoding.ends
        parts = sum(self.report.value(ends(part)[not want]) for part in excess.parts)
        more = parts * 100 > self.report.value(ends(excess.whole)[want]) * (100 + excess.percent)
        return more if want else neg(more)

    # --- guards ---------------------------------------------------------------------------------------------

    def true(self, guard: Guard, report: Any = "report") -> Formula:
        """A formula that holds where the guard is true. `report` is the scope in which report-guards are read."""
        return self.terms(report).true(guard)

    def false(self, guard: Guard, report: Any = "report") -> Formula:
        """A formula that holds where the guard is false. Where it is unknown neither formula holds."""
        return self.terms(report).false(guard)

    def terms(self, report: Any = "report") -> Terms:
        """The back end that writes guards over this record. `report` is the scope in which report-guards are read."""
        if report not in self._terms:
            self._terms[report] = Terms(self, report)
        return self._terms[report]


class Terms(Rails[Formula]):
    """Guards as formulas of the solver over one record; each is written once."""

    def __init__(self, symbolic: SymbolicState, report: Any) -> None:
        super().__init__()
        self._symbolic = symbolic
        self._report = report

    def rail(self, guard: Guard, *, want: bool) -> Formula:
        """Where the guard is true (or, without `want`, false)."""
        key = (guard, want)
        if key not in self.written:
            self.written[key] = self.write(guard, want=want)
        return self.written[key]

    def in_state(self, states: tuple[str, ...]) -> Formula:
        """Where the state is one of some."""
        return self._symbolic.in_state(states)

    def in_force(self, advice: str) -> Formula:
        """Where the advice is in force."""
        return self._symbolic.get("active", advice)

    def conj(self, parts: Iterable[Formula]) -> Formula:
        """The conjunction, simplified where a part is decided."""
        return conj(parts)

    def disj(self, parts: Iterable[Formula]) -> Formula:
        """The disjunction, simplified where a part is decided."""
        return disj(parts)

    def neg(self, of: Formula) -> Formula:
        """The negation."""
        return neg(of)

    def at_least(self, n: int, parts: Iterable[Formula]) -> Formula:
        """At least `n` of the parts hold."""
        return count_at_least(n, parts)

    def leaf(self, leaf: Leaf, *, want: bool) -> Formula:
        """A test of a value that is known."""
        symbolic = self._symbolic
        scope: Any = self._report if leaf.scope == "report" else leaf.scope
        match leaf:
            case Known():
                known = symbolic.known(scope, leaf.fact)
                return known if want else neg(known)
            case Compare():
                # What every value within a bound must satisfy is asked of the end that satisfies it last.
                ends, limit = symbolic.encoding.ends(leaf.fact), number(leaf.value)
                value = symbolic.value(scope, ends[(leaf.op in ("<", "<=")) is want])
                test = {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[leaf.op]
            case OneOf():
                value = symbolic.value(scope, leaf.fact)
                code = {option: symbolic.encoding.option(leaf.fact, option) for option in leaf.options}
                test = disj(equal(value, z3.BitVecVal(code[option], BITS)) for option in leaf.options)
            case IsTrue():
                excesses = symbolic.encoding.excesses if symbolic.encoding.bounded else ()
                if any(excess.name == leaf.fact for excess in excesses):
                    return both(symbolic.known(scope, leaf.fact), symbolic.excess(leaf.fact, want=want))
                test = symbolic.value(scope, leaf.fact)
            case Below():
                ranged, below, _ = symbolic.limits(scope, symbolic.encoding.ends(leaf.fact)[want])
                return both(ranged, below if want else neg(below))
            case Within():
                least, most = (symbolic.limits(scope, end) for end in symbolic.encoding.ends(leaf.fact))
                ranged = least[0]
                below, above = (least[1], most[2]) if want else (most[1], least[2])
                outside = either(below, above)
                return both(ranged, neg(outside) if want else outside)
            case _:
                assert_never(leaf)
        return both(symbolic.known(scope, leaf.fact), test if want else neg(test))


def state_code(symbolic: SymbolicState) -> Any:
    """The number of the state: a constant where the state is known."""
    state = symbolic.get("state")
    return z3.BitVecVal(symbolic.encoding.code(state), BITS) if isinstance(state, str) else state
