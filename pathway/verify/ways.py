"""The transitions of a pathway one by one: whether each can ever be taken, and whether automatic ones come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3
from attrs import frozen

from pathway.model.rules import Transition  # attrs classes keep their types resolvable
from pathway.verify.logic import disj, formula, neg
from pathway.verify.start import Start
from pathway.verify.transition_step import AfterTransition
from pathway.verify.unrolling import LONGEST, enabled, on_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.verify.encoding import Encoding
    from pathway.verify.houdini import Houdini
    from pathway.verify.symbolic_state import SymbolicState


@frozen
class Circle:
    """Automatic transitions, one after another, that lead back to a state on their way."""

    rules: tuple[Transition, ...]
    state: str


def never_taken(encoding: Encoding, houdini: Houdini) -> Iterator[tuple[Transition, str]]:
    """The transitions that no record opens, each with the state from which it is never taken."""
    for rule in encoding.pathway.transitions:
        for source in rule.sources:
            symbolic, solver = _case(encoding, houdini, source)
            solver.add(formula(enabled(symbolic, rule)))
            if solver.check() == z3.unsat:
                yield rule, source


def circles(encoding: Encoding, houdini: Houdini) -> Iterator[Circle]:
    """Automatic transitions that can follow one another in a circle, or without an end.

    Every chain that a record can take is followed. A chain without a circle visits no state twice, so that it ends.
    """
    for state in encoding.states:
        symbolic, solver = _case(encoding, houdini, state)
        yield from _follow(encoding, symbolic, solver, [], [state])


def longest_chain(encoding: Encoding) -> int:
    """The most automatic transitions that can follow one another, by their states alone."""
    ways = {state: {rule.target for rule in encoding.ways(state)} for state in encoding.states}

    def longest(state: str, seen: frozenset[str]) -> int:
        return max((1 + longest(to, seen | {to}) for to in ways[state] if to not in seen), default=0)

    return min(max(longest(state, frozenset({state})) for state in ways), LONGEST)


def _follow(
    encoding: Encoding, symbolic: SymbolicState, solver: z3.Solver, taken: list[Transition], states: list[str]
) -> Iterator[Circle]:
    here = states[-1]
    for rule in encoding.ways(here):
        solver.push()
        if not taken:
            solver.add(formula(neg(disj(open_ for _, open_ in on_event(symbolic)))))
        solver.add(formula(enabled(symbolic, rule)))
        if solver.check() != z3.unsat:
            if rule.target in states or len(taken) >= LONGEST:
                yield Circle((*taken, rule), rule.target)
            else:
                after = AfterTransition(symbolic, [(rule, True)])
                yield from _follow(encoding, after, solver, [*taken, rule], [*states, rule.target])
        solver.pop()


def _case(encoding: Encoding, houdini: Houdini, state: str) -> tuple[SymbolicState, z3.Solver]:
    symbolic = Start(encoding, "case", state)
    solver = z3.Solver()
    for given in (*symbolic.report.axioms(), *houdini.assumed(symbolic)):
        solver.add(formula(given))
    return symbolic, solver
