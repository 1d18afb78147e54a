"""Induction: a formula that holds of a new case and is kept by every event and every transition holds of every case.

All candidates are assumed together, and each must be kept. A candidate that is not kept is dropped, and the others are
tried again, until none is dropped (the Houdini algorithm). The candidates that are left hold of every record that a
case can reach, after event sequences of any length: the number of events does not occur in the argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.verify.event_step import AfterEvent
from pathway.verify.houdini_candidates import Candidate, candidates_of
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, disj, formula, neg
from pathway.verify.start import New, Start
from pathway.verify.transition_step import AfterTransition
from pathway.verify.unrolling import at_rest, enabled, on_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.rules import Transition
    from pathway.verify.encoding import Encoding
    from pathway.verify.symbolic_state import SymbolicState


class InductionStep:
    """One event or transition: the records before and after it, and the formulas that hold when it happens.

    A step keeps its solver. The mark of a candidate switches on the assumption that it holds before the step.
    """

    def __init__(
        self,
        name: str,
        before: SymbolicState,
        after: SymbolicState,
        given: Iterable[Formula],
        rule: Transition | None = None,
    ) -> None:
        self.name = name
        self.rule = rule
        self.before, self.after = before, after
        self.solver = z3.Solver()
        for axiom in given:
            self.solver.add(formula(axiom))
        if isinstance(after, AfterEvent) and not isinstance(before, New):
            self.solver.add(formula(at_rest(before)))
        self._marks: dict[str, z3.BoolRef] = {}
        self._after: dict[str, Formula] = {}

    def assume(self, candidates: Iterable[Candidate]) -> list[z3.BoolRef]:
        """The marks that assume candidates of the record before."""
        if isinstance(self.before, New):
            return []
        marks = []
        for candidate in candidates:
            if candidate.name not in self._marks:
                self._marks[candidate.name] = z3.Bool(f"assume {candidate.name}")
                self.solver.add(z3.Implies(self._marks[candidate.name], formula(candidate.of(self.before))))
            marks.append(self._marks[candidate.name])
        return marks

    def formula_after(self, candidate: Candidate) -> Formula:
        """A candidate as a formula over the record after."""
        if candidate.name not in self._after:
            self._after[candidate.name] = candidate.of(self.after)
        return self._after[candidate.name]

    def model(self, parts: Iterable[Formula], assumed: list[z3.BoolRef]) -> z3.ModelRef | None:
        """A record in which all parts hold; None where there is none."""
        wanted = list(parts)
        if any(part is False for part in wanted):
            return None
        self.solver.push()
        if isinstance(self.after, AfterEvent):
            wanted += self.after.assumed
        for part in wanted:
            self.solver.add(formula(part))
        found = self.solver.check(*assumed)
        model = self.solver.model() if found == z3.sat else None
        self.solver.pop()
        if found == z3.unknown:
            raise RuntimeError(f"the solver gave up on {self.name}: {self.solver.reason_unknown()}")
        return model


def event_step(encoding: Encoding, event: str, before: SymbolicState | None = None) -> InductionStep:
    """The event arrives in a case at rest."""
    before = Start(encoding, "before") if before is None else before
    inputs = Inputs(encoding, "event", event)
    after = AfterEvent(before, inputs)
    return InductionStep(f"event {event}", before, after, [*inputs.axioms(), *after.passing(), *report_axioms(before)])


def transition_step(encoding: Encoding, rule: Transition, source: str) -> InductionStep:
    """The transition is taken from one of its sources."""
    before = Start(encoding, "before", source, rule.on)
    given = [enabled(before, rule), *before.report.axioms()]
    if rule.on is None:
        given.append(neg(disj(open_ for _, open_ in on_event(before))))
    return InductionStep(
        f"transition {rule.id} from {source}", before, AfterTransition(before, [(rule, True)]), given, rule
    )


def report_axioms(symbolic: SymbolicState) -> list[Formula]:
    """The formulas that hold of the event at hand in a record."""
    return [] if isinstance(symbolic, New) else list(symbolic.report.axioms())


class Houdini:
    """Finds the candidates that hold of every record. Call `run`, then read `proved`."""

    def __init__(self, encoding: Encoding, candidates: list[Candidate] | None = None) -> None:
        self.encoding = encoding
        self.proved: list[Candidate] = candidates_of(encoding) if candidates is None else candidates
        self.dropped: dict[str, str] = {}
        self.first: list[InductionStep] = []
        """The events that can come first of all."""
        self.steps: list[InductionStep] = []

    def run(self, progress: Callable[[str], None] = lambda _: None) -> None:
        """Drop candidates until every step keeps all that are left."""
        encoding = self.encoding
        self.first = [event_step(encoding, event, New(encoding)) for event in encoding.events]
        for step in self.first:
            self._weed(step)
        self.steps = [event_step(encoding, event) for event in encoding.events]
        self.steps += [
            transition_step(encoding, rule, source) for rule in encoding.pathway.transitions for source in rule.sources
        ]
        changed = True
        while changed:
            changed = False
            for step in self.steps:
                progress(step.name)
                changed |= self._weed(step)

    def assumed(self, symbolic: SymbolicState) -> list[Formula]:
        """The proved candidates as formulas over a symbolic state."""
        return [candidate.of(symbolic) for candidate in self.proved]

    def _weed(self, step: InductionStep) -> bool:
        """Drop every candidate that the step does not keep. Returns whether there was one."""
        dropped = False
        while True:
            lost = disj(neg(step.formula_after(candidate)) for candidate in self.proved)
            model = step.model([lost], step.assume(self.proved))
            if model is None:
                return dropped
            broken = {
                candidate.name
                for candidate in self.proved
                if not z3.is_true(model.eval(formula(step.formula_after(candidate)), model_completion=True))
            }
            assert broken, step.name
            self.dropped |= dict.fromkeys(broken, step.name)
            self.proved = [candidate for candidate in self.proved if candidate.name not in broken]
            dropped = True
