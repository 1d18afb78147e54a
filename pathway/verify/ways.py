"""The ways of a pathway, asked one by one: whether each can ever be taken, and automatic ones come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3
from attrs import frozen

from pathway.model.rules import Transition  # attrs classes keep their types resolvable
from pathway.verify.logic import disj, formula, neg
from pathway.verify.motion import LONGEST, enabled, on_event
from pathway.verify.passage import Passage
from pathway.verify.start import Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.verify.anatomy import Anatomy
    from pathway.verify.induction import Induction
    from pathway.verify.world import World


@frozen
class Circle:
    """Automatic transitions, one after another, that lead back to the state where they began."""

    rules: tuple[Transition, ...]
    state: str


def never_taken(anatomy: Anatomy, induction: Induction) -> Iterator[tuple[Transition, str]]:
    """Transitions that no record opens, each with the state from which it never leads."""
    for rule in anatomy.pathway.transitions:
        for source in rule.sources:
            world, solver = _case(anatomy, induction, source)
            solver.add(formula(enabled(world, rule)))
            if solver.check() == z3.unsat:
                yield rule, source


def circles(anatomy: Anatomy, induction: Induction) -> Iterator[Circle]:
    """Automatic transitions that can follow one another round in a circle, or without an end.

    Every chain that a record can take is followed. A chain without a circle visits no state twice, so that it ends.
    """
    for state in anatomy.states:
        world, solver = _case(anatomy, induction, state)
        yield from _follow(anatomy, world, solver, [], [state])


def longest_chain(anatomy: Anatomy) -> int:
    """How many automatic transitions can follow one another at most, by their states alone."""
    ways = {state: {rule.target for rule in anatomy.ways(state)} for state in anatomy.states}

    def longest(state: str, seen: frozenset[str]) -> int:
        return max((1 + longest(to, seen | {to}) for to in ways[state] if to not in seen), default=0)

    return min(max(longest(state, frozenset({state})) for state in ways), LONGEST)


def _follow(
    anatomy: Anatomy, world: World, solver: z3.Solver, taken: list[Transition], states: list[str]
) -> Iterator[Circle]:
    here = states[-1]
    for rule in anatomy.ways(here):
        solver.push()
        if not taken:
            solver.add(formula(neg(disj(open_ for _, open_ in on_event(world)))))
        solver.add(formula(enabled(world, rule)))
        if solver.check() != z3.unsat:
            if rule.target in states or len(taken) >= LONGEST:
                yield Circle((*taken, rule), rule.target)
            else:
                after = Passage(world, [(rule, True)])
                yield from _follow(anatomy, after, solver, [*taken, rule], [*states, rule.target])
        solver.pop()


def _case(anatomy: Anatomy, induction: Induction, state: str) -> tuple[World, z3.Solver]:
    world = Start(anatomy, "case", state)
    solver = z3.Solver()
    for given in (*world.report.axioms(), *induction.assumed(world)):
        solver.add(formula(given))
    return world, solver
