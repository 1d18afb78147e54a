"""Proving the claims: over every record first, then over the records that induction leaves, then step by step.

A claim that fails all three is not proved. That alone is no fault yet: `patient` looks for a case that shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.verify.arrival import Arrival
from pathway.verify.induction import Induction, Step, arrival_step, passage_step
from pathway.verify.logic import Formula, disj, formula, neg
from pathway.verify.motion import at_rest, enabled, on_event
from pathway.verify.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.verify.anatomy import Anatomy
    from pathway.verify.claims import Claim
    from pathway.verify.world import World


class Prover:
    """Proves claims of one pathway. `induction` has run."""

    def __init__(self, anatomy: Anatomy, induction: Induction) -> None:
        self.anatomy = anatomy
        self.induction = induction
        self.queries = 0
        self._points: dict[str | None, tuple[World, z3.Solver]] = {}
        self._steps: list[tuple[Step, z3.Solver]] | None = None

    def open_claims(self, claims: Iterable[Claim], progress: Callable[[str], None] = lambda _: None) -> list[Claim]:
        """The claims that are not proved."""
        left = []
        for claim in claims:
            progress(claim.id)
            if not self.holds(claim):
                left.append(claim)
        return left

    def holds(self, claim: Claim) -> bool:
        """Whether the claim is proved."""
        match claim.moment:
            case "point" | "rest":
                return self._holds_at(claim)
            case "taking":
                return self._holds_taking(claim)
            case "step":
                return self._holds_stepwise(claim)

    def _holds_at(self, claim: Claim) -> bool:
        assert claim.at is not None
        for state in claim.about or (None,):
            world, solver = self._point(state)
            broken = [claim.at(world)]
            if claim.moment == "rest":
                broken.append(at_rest(world))
            if self._possible(solver, broken):
                return self._kept_by_steps(claim)
        return True

    def _kept_by_steps(self, claim: Claim) -> bool:
        """The same, of what follows a step: more is known there, such as that the case was at rest before."""
        assert claim.at is not None
        for step, solver in self.steps:
            broken = [claim.at(step.after)]
            if broken[0] is False:
                continue
            if claim.moment == "rest":
                broken.append(at_rest(step.after))
            if self._possible(solver, broken):
                return False
        return True

    def _holds_taking(self, claim: Claim) -> bool:
        assert claim.taking is not None
        for step, solver in self.steps:
            if step.rule is None:
                continue
            if self._possible(solver, [claim.taking(step.before, step.rule)]):
                return False
        return True

    def _holds_stepwise(self, claim: Claim) -> bool:
        assert claim.step is not None
        return not any(self._possible(solver, [claim.step(step.before, step.after)]) for step, solver in self.steps)

    def _point(self, state: str | None) -> tuple[World, z3.Solver]:
        if state not in self._points:
            world = Start(self.anatomy, "case", state)
            solver = z3.Solver()
            for given in (*world.report.axioms(), *self.induction.assumed(world)):
                solver.add(formula(given))
            self._points[state] = world, solver
        return self._points[state]

    @property
    def steps(self) -> list[tuple[Step, z3.Solver]]:
        """Every step that a case can take, each with a solver that knows what is so when it is taken."""
        if self._steps is None:
            made = [arrival_step(self.anatomy, event) for event in self.anatomy.events]
            made += [
                passage_step(self.anatomy, rule, source)
                for rule in self.anatomy.pathway.transitions
                for source in rule.sources
            ]
            self._steps = [(step, self._solver(step)) for step in made]
        return self._steps

    def _solver(self, step: Step) -> z3.Solver:
        solver = z3.Solver()
        given: list[Formula] = [*step.given, *self.induction.assumed(step.before), *self.induction.assumed(step.after)]
        if isinstance(step.after, Arrival):
            given += [at_rest(step.before), *step.after.assumed]
        for one in given:
            solver.add(formula(one))
        return solver

    def _possible(self, solver: z3.Solver, parts: list[Formula]) -> bool:
        if any(part is False for part in parts):
            return False
        self.queries += 1
        solver.push()
        for part in parts:
            solver.add(formula(part))
        found = solver.check()
        if found == z3.sat:
            self.model = solver.model()
        solver.pop()
        if found == z3.unknown:
            raise RuntimeError(f"the solver gave up: {solver.reason_unknown()}")
        return bool(found == z3.sat)


__all__ = ["Prover", "disj", "enabled", "neg", "on_event"]
