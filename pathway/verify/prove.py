"""Proving the claims: over every record first, then over the records that induction leaves, then step by step.

A claim that fails all three is not proved. That alone is no fault yet: `patient` looks for a case that shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.verify.arrival import Arrival
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, formula
from pathway.verify.motion import at_rest
from pathway.verify.start import Later, New, Start

if TYPE_CHECKING:
    from pathway.verify.anatomy import Anatomy
    from pathway.verify.claims import Claim
    from pathway.verify.induction import Induction, Step
    from pathway.verify.world import World


class Prover:
    """Proves claims of one pathway. `induction` has run."""

    def __init__(self, anatomy: Anatomy, induction: Induction) -> None:
        self.anatomy = anatomy
        self.induction = induction
        self._points: dict[str | None, tuple[World, z3.Solver]] = {}
        self._new = Arrival(New(anatomy), Inputs(anatomy, "nothing", ""))

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
        if claim.later and _possible(z3.Solver(), _broken(claim, self._new)):
            return False
        for state in claim.about or (None,):
            world, solver = self._point(state)
            broken = _broken(claim, world)
            if _possible(solver, broken):
                return self._kept_by_steps(claim)
        return True

    def _kept_by_steps(self, claim: Claim) -> bool:
        """The same, of what follows a step: more is known there, such as that the case was at rest before."""
        return not any(self._happens(step, _broken(claim, step.after)) for step in self._all_steps)

    def _holds_taking(self, claim: Claim) -> bool:
        assert claim.taking is not None
        return not any(
            self._happens(step, [claim.taking(step.before, step.rule)])
            for step in self._all_steps
            if step.rule is not None
        )

    @property
    def _all_steps(self) -> list[Step]:
        return [*self.induction.first, *self.induction.steps]

    def _holds_stepwise(self, claim: Claim) -> bool:
        assert claim.step is not None
        return not any(self._happens(step, [claim.step(step.before, step.after)]) for step in self._all_steps)

    def _happens(self, step: Step, parts: list[Formula]) -> bool:
        return step.model(parts, step.assume(self.induction.proved)) is not None

    def _point(self, state: str | None) -> tuple[World, z3.Solver]:
        if state not in self._points:
            world = Start(self.anatomy, "case", state)
            solver = z3.Solver()
            for given in (*world.report.axioms(), *self.induction.assumed(world)):
                solver.add(formula(given))
            self._points[state] = world, solver
        return self._points[state]


def _broken(claim: Claim, world: World) -> list[Formula]:
    """What must hold for a claim about a moment to be broken in a world."""
    assert claim.at is not None
    broken = []
    if claim.later:
        later = Later(world)
        broken = later.passing()
        broken.append(claim.at(later))
    else:
        broken.append(claim.at(world))
    if not any(part is False for part in broken) and claim.moment == "rest":
        broken.append(at_rest(world))
    return broken


def _possible(solver: z3.Solver, parts: list[Formula]) -> bool:
    if any(part is False for part in parts):
        return False
    solver.push()
    for part in parts:
        solver.add(formula(part))
    found = solver.check()
    solver.pop()
    if found == z3.unknown:
        raise RuntimeError(f"the solver gave up: {solver.reason_unknown()}")
    return bool(found == z3.sat)
