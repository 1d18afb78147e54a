"""Whether a case can get stuck: from every record in which it rests, but at an end of the source, some event leads on.

The solver names a record that none of the events found so far moves; then it is asked for an event that moves that
one. Where there is none, the record is stuck; when no record is left, the events found are a proof for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3
from attrs import frozen

from pathway.verify.arrival import Arrival
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, Term, conj, disj, formula, neg
from pathway.verify.motion import at_rest, automatic, on_event
from pathway.verify.search import Goal, nothing_held_back
from pathway.verify.start import Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.verify.anatomy import Anatomy
    from pathway.verify.induction import Induction
    from pathway.verify.search import Chapter
    from pathway.verify.world import World

_ENOUGH = 60


class _Again(Inputs):
    """An event that says what another said in a model, as long after a record as it was there."""

    def __init__(self, of: Arrival, model: z3.ModelRef) -> None:
        anatomy, said, before = of.anatomy, of.report, of.before
        event = anatomy.events[model.eval(said.event, model_completion=True).as_long()]
        super().__init__(anatomy, "again", event)
        self._told = {fact: model.eval(said.variable(fact), model_completion=True) for fact in anatomy.reporters}
        self._said = {
            fact: z3.is_true(model.eval(formula(said.given(fact)), model_completion=True)) for fact in anatomy.reporters
        }

        def gap(one: Term, two: Term) -> int:
            return int(model.eval(one - two, model_completion=True).as_long())

        self._later = gap(said.t, before.get("t")), gap(said.day, before.get("day"))

    def after(self, before: World) -> Arrival:
        """The event in another record."""
        self.t, self.day = (before.get(part) + more for part, more in zip(("t", "day"), self._later, strict=True))
        self.age = before.get("age")
        return Arrival(before, self)

    def variable(self, fact: str) -> Term:
        """What the field says."""
        return self._told[fact] if fact in self._told else super().variable(fact)

    def given(self, fact: str) -> Formula:
        """Whether the field is given."""
        return self._said.get(fact, False)

    def refused(self, fact: str) -> Formula:  # noqa: ARG002  # nothing is held back
        """Whether the field was held back."""
        return False


@frozen
class Stuck:
    """A state in which a record rests that no event moves. `goal` is that of a tale that comes to such a record."""

    state: str
    goal: Goal


def stuck_in(anatomy: Anatomy, induction: Induction) -> Iterator[Stuck]:
    """The states, none of them an end, in which a case can rest that no event moves."""
    for state in anatomy.pathway.states:
        if not state.end and (stuck := _stuck(anatomy, induction, state.name)) is not None:
            yield stuck


def _stuck(anatomy: Anatomy, induction: Induction, state: str) -> Stuck | None:
    before = Start(anatomy, "case", state)
    anything = Inputs(anatomy, "event")
    after = Arrival(before, anything)
    resting = z3.Solver()
    for given in (
        *before.report.axioms(),
        *induction.assumed(before),
        at_rest(before),
    ):
        resting.add(formula(given))
    moving = z3.Solver()
    moving.add(formula(_moved(after)))
    for given in (*anything.axioms(), *nothing_held_back(anatomy, anything), *after.passing(), *after.assumed):
        moving.add(formula(given))
    moving.add(anything.age == before.get("age"))
    events: list[_Again] = []
    while len(events) < _ENOUGH:
        if resting.check() == z3.unsat:
            return None
        record = resting.model()
        moving.push()
        for term in (*before.made.values(), before.report.t, before.report.day, before.report.age):
            moving.add(term == record.eval(term, model_completion=True))
        found = moving.check()
        model = moving.model() if found == z3.sat else None
        moving.pop()
        if model is None:
            break
        events.append(_Again(after, model))
        resting.add(formula(neg(_moved(events[-1].after(before)))))
    return Stuck(state, _unmoved_by(state, events))


def _unmoved_by(state: str, events: list[_Again]) -> Goal:
    def goal(chapters: list[Chapter]) -> Formula:
        case = chapters[-1].after
        here = conj((case.in_state((state,)), at_rest(case)))
        return here if here is False else conj((here, *(neg(_moved(event.after(case))) for event in events)))

    return goal


def _moved(after: World) -> Formula:
    return disj(open_ for _, open_ in (*on_event(after), *automatic(after)))
