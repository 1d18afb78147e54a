"""The ways of a pathway, asked one by one: can each ever be taken, and do automatic ones come to rest?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3
from attrs import frozen

from pathway.verify.fold import Passage, Start
from pathway.verify.logic import disj, formula, neg
from pathway.verify.motion import LONGEST, enabled, on_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.rules import Transition
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
