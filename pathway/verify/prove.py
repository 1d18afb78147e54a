"""Proving the claims: first over all records that induction allows, then over the records after each step.

A claim that fails both is not proved. That alone shows no flaw: `patient` looks for a case that breaks the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.verify.event_step import AfterEvent
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, formula
from pathway.verify.start import Later, New, Start
from pathway.verify.unrolling import at_rest, enabled

if TYPE_CHECKING:
    from pathway.verify.claims import Claim
    from pathway.verify.encoding import Encoding
    from pathway.verify.houdini import Houdini, InductionStep
    from pathway.verify.symbolic_state import SymbolicState


class Prover:
    """Proves claims of one pathway. `houdini` has run."""

    def __init__(self, encoding: Encoding, houdini: Houdini) -> None:
        self.encoding = encoding
        self.houdini = houdini
        self._points: dict[str | None, tuple[SymbolicState, z3.Solver]] = {}
        self._new = AfterEvent(New(encoding), Inputs(encoding, "nothing", ""))

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
            symbolic, solver = self._point(state)
            broken = _broken(claim, symbolic)
            if _possible(solver, broken):
                return self._kept_by_steps(claim)
        return True

    def _kept_by_steps(self, claim: Claim) -> bool:
        """Whether the claim holds after every step. More is known there: the case was at rest before."""
        return not any(self._happens(step, _broken(claim, step.after)) for step in self._all_steps)

    def _holds_taking(self, claim: Claim) -> bool:
        assert claim.taking is not None
        return not any(
            self._happens(step, [claim.taking(step.before, step.rule)])
            for step in self._all_steps
            if step.rule is not None
        )

    @property
    def _all_steps(self) -> list[InductionStep]:
        return [*self.houdini.first, *self.houdini.steps]

    def _holds_stepwise(self, claim: Claim) -> bool:
        assert claim.step is not None
        return not any(self._happens(step, [claim.step(step.before, step.after)]) for step in self._all_steps)

    def _happens(self, step: InductionStep, parts: list[Formula]) -> bool:
        return step.model(parts, step.assume(self.houdini.proved)) is not None

    def _point(self, state: str | None) -> tuple[SymbolicState, z3.Solver]:
        if state not in self._points:
            symbolic = Start(self.encoding, "case", state)
            solver = z3.Solver()
            for given in (*symbolic.report.axioms(), *self.houdini.assumed(symbolic)):
                solver.add(formula(given))
            self._points[state] = symbolic, solver
        return self._points[state]


def follows_from_guards(encoding: Encoding, claim: Claim) -> bool:
    """Whether a claim follows from the text of the guards alone: it holds of every record, however a case moves.

    Nothing that induction proved is assumed, nor that the case is at rest. A claim that compares two records never
    follows from guards alone.
    """
    match claim.moment:
        case "step":
            return False
        case "point" | "rest":
            assert claim.at is not None
            record = Start(encoding, "any")
            return not _possible(_any(record), [claim.at(record)])
        case "taking":
            assert claim.taking is not None
            for rule in encoding.pathway.transitions:
                for source in rule.sources:
                    record = Start(encoding, "any", source, rule.on)
                    if _possible(_any(record), [enabled(record, rule), claim.taking(record, rule)]):
                        return False
            return True


def _any(record: SymbolicState) -> z3.Solver:
    """A solver that knows nothing of a record but that its last event can be recorded."""
    solver = z3.Solver()
    for given in record.report.axioms():
        solver.add(formula(given))
    return solver


def _broken(claim: Claim, symbolic: SymbolicState) -> list[Formula]:
    """The formulas that all hold where a claim about a moment is broken."""
    assert claim.at is not None
    broken = []
    if claim.later:
        later = Later(symbolic)
        broken = later.passing()
        broken.append(claim.at(later))
    else:
        broken.append(claim.at(symbolic))
    if not any(part is False for part in broken) and claim.moment == "rest":
        broken.append(at_rest(symbolic))
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
