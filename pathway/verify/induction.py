"""Induction: what holds of a new case and is kept by every event and every transition holds of every case.

All candidates are assumed together and each must be kept; one that is not is dropped, and the rest are tried again,
until nothing more is dropped (Houdini). What is left is true of every record that a case can come to hold, after event
sequences of any length: the number of events nowhere occurs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.verify.arrival import Arrival
from pathway.verify.candidates import Candidate, candidates_of
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, disj, formula, neg
from pathway.verify.motion import at_rest, enabled, on_event
from pathway.verify.passage import Passage
from pathway.verify.start import New, Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.rules import Transition
    from pathway.verify.anatomy import Anatomy
    from pathway.verify.world import World


class Step:
    """One way a record becomes another: the records before and after, and what is so when it happens.

    A step keeps its solver: what is assumed of the record before is switched on by marks, one for each candidate.
    """

    def __init__(
        self, name: str, before: World, after: World, given: Iterable[Formula], rule: Transition | None = None
    ) -> None:
        self.name = name
        self.rule = rule
        self.before, self.after = before, after
        self.solver = z3.Solver()
        for one in given:
            self.solver.add(formula(one))
        if isinstance(after, Arrival) and not isinstance(before, New):
            self.solver.add(formula(at_rest(before)))
        self._marks: dict[str, z3.BoolRef] = {}
        self._after: dict[str, Formula] = {}

    def assume(self, candidates: Iterable[Candidate]) -> list[z3.BoolRef]:
        """The marks that assume candidates of the record before."""
        if isinstance(self.before, New):
            return []
        marks = []
        for one in candidates:
            if one.name not in self._marks:
                self._marks[one.name] = z3.Bool(f"assume {one.name}")
                self.solver.add(z3.Implies(self._marks[one.name], formula(one.of(self.before))))
            marks.append(self._marks[one.name])
        return marks

    def said_after(self, candidate: Candidate) -> Formula:
        """A candidate, said of the record after."""
        if candidate.name not in self._after:
            self._after[candidate.name] = candidate.of(self.after)
        return self._after[candidate.name]

    def model(self, parts: Iterable[Formula], assumed: list[z3.BoolRef]) -> z3.ModelRef | None:
        """A record in which all parts hold; None where there is none."""
        wanted = list(parts)
        if any(part is False for part in wanted):
            return None
        self.solver.push()
        if isinstance(self.after, Arrival):
            wanted += self.after.assumed
        for part in wanted:
            self.solver.add(formula(part))
        found = self.solver.check(*assumed)
        model = self.solver.model() if found == z3.sat else None
        self.solver.pop()
        if found == z3.unknown:
            raise RuntimeError(f"the solver gave up on {self.name}: {self.solver.reason_unknown()}")
        return model


def arrival_step(anatomy: Anatomy, event: str, before: World | None = None) -> Step:
    """The event arrives in a case at rest."""
    before = Start(anatomy, "before") if before is None else before
    inputs = Inputs(anatomy, "event", event)
    after = Arrival(before, inputs)
    return Step(f"event {event}", before, after, [*inputs.axioms(), *after.passing(), *report_axioms(before)])


def passage_step(anatomy: Anatomy, rule: Transition, source: str) -> Step:
    """The transition is taken from one of its sources."""
    before = Start(anatomy, "before", source, rule.on)
    given = [enabled(before, rule), *before.report.axioms()]
    if rule.on is None:
        given.append(neg(disj(open_ for _, open_ in on_event(before))))
    return Step(f"transition {rule.id} from {source}", before, Passage(before, [(rule, True)]), given, rule)


def report_axioms(world: World) -> list[Formula]:
    """What holds of the event at hand in a record."""
    return [] if isinstance(world, New) else list(world.report.axioms())


class Induction:
    """The candidates that are proved of every record, wherever a case stands; use `proved` after `run`."""

    def __init__(self, anatomy: Anatomy, candidates: list[Candidate] | None = None) -> None:
        self.anatomy = anatomy
        self.proved: list[Candidate] = candidates_of(anatomy) if candidates is None else candidates
        self.dropped: dict[str, str] = {}
        self.first: list[Step] = []
        """The events that can come first of all."""
        self.steps: list[Step] = []

    def run(self, progress: Callable[[str], None] = lambda _: None) -> None:
        """Drop what does not hold, until all that is left is kept by every step."""
        anatomy = self.anatomy
        self.first = [arrival_step(anatomy, event, New(anatomy)) for event in anatomy.events]
        for step in self.first:
            self._weed(step)
        self.steps = [arrival_step(anatomy, event) for event in anatomy.events]
        self.steps += [
            passage_step(anatomy, rule, source) for rule in anatomy.pathway.transitions for source in rule.sources
        ]
        changed = True
        while changed:
            changed = False
            for step in self.steps:
                progress(step.name)
                changed |= self._weed(step)

    def assumed(self, world: World) -> list[Formula]:
        """What is proved, said of a world."""
        return [one.of(world) for one in self.proved]

    def _weed(self, step: Step) -> bool:
        """Drop every candidate that the step does not keep; whether there was one."""
        dropped = False
        while True:
            lost = disj(neg(step.said_after(one)) for one in self.proved)
            model = step.model([lost], step.assume(self.proved))
            if model is None:
                return dropped
            broken = {
                one.name
                for one in self.proved
                if not z3.is_true(model.eval(formula(step.said_after(one)), model_completion=True))
            }
            assert broken, step.name
            self.dropped |= dict.fromkeys(broken, step.name)
            self.proved = [one for one in self.proved if one.name not in broken]
            dropped = True
