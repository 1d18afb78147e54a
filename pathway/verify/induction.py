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
from pathway.verify.logic import Formula, conj, disj, formula, neg
from pathway.verify.motion import at_rest, enabled, on_event
from pathway.verify.passage import Passage
from pathway.verify.start import New, Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.rules import Transition
    from pathway.verify.anatomy import Anatomy
    from pathway.verify.world import World


class Step:
    """One way a record becomes another: the records before and after, and what is so when it happens."""

    def __init__(
        self, name: str, before: World, after: World, given: Iterable[Formula], rule: Transition | None = None
    ) -> None:
        self.name = name
        self.rule = rule
        self.before, self.after = before, after
        self.given = list(given)


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
        self.queries = 0

    def run(self, progress: Callable[[str], None] = lambda _: None) -> None:
        """Drop what does not hold, until all that is left is kept by every step."""
        anatomy, pathway = self.anatomy, self.anatomy.pathway
        for event in anatomy.events:
            self._weed(arrival_step(anatomy, event, New(anatomy)))
        steps: list[Callable[[], Step]] = [
            *(lambda event=event: arrival_step(anatomy, event) for event in anatomy.events),
            *(
                lambda rule=rule, source=source: passage_step(anatomy, rule, source)
                for rule in pathway.transitions
                for source in rule.sources
            ),
        ]
        made = [make() for make in steps]
        changed = True
        while changed:
            changed = False
            for step in made:
                progress(step.name)
                changed |= self._weed(step)

    def assumed(self, world: World) -> list[Formula]:
        """What is proved, said of a world."""
        return [one.of(world) for one in self.proved]

    def _weed(self, step: Step) -> bool:
        """Drop every candidate that the step does not keep; whether there was one."""
        solver = z3.SolverFor("QF_LIRA") if False else z3.Solver()
        fresh = isinstance(step.before, New)
        for given in step.given:
            solver.add(formula(given))
        marks = {}
        after = {}
        if not fresh and isinstance(step.after, Arrival):
            solver.add(formula(at_rest(step.before)))
        for one in self.proved:
            after[one.name] = one.of(step.after)
            if not fresh:
                marks[one.name] = z3.Bool(f"assume {one.name}")
                solver.add(z3.Implies(marks[one.name], formula(one.of(step.before))))
        if isinstance(step.after, Arrival):
            for given in step.after.assumed:
                solver.add(formula(given))
        dropped = False
        while True:
            self.queries += 1
            solver.push()
            solver.add(formula(disj(neg(after[one.name]) for one in self.proved)))
            found = solver.check(*(marks[one.name] for one in self.proved if one.name in marks))
            if found == z3.unsat:
                return dropped
            if found == z3.unknown:
                raise RuntimeError(f"the solver gave up on {step.name}: {solver.reason_unknown()}")
            model = solver.model()
            broken = [
                one.name
                for one in self.proved
                if not z3.is_true(model.eval(formula(after[one.name]), model_completion=True))
            ]
            solver.pop()
            assert broken, step.name
            self.dropped |= dict.fromkeys(broken, step.name)
            self.proved = [one for one in self.proved if one.name not in broken]
            dropped = True


__all__ = ["Induction", "Step", "arrival_step", "conj", "passage_step"]
