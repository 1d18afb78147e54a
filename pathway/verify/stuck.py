"""Whether a case can get stuck: some event must move every record in which a case rests, except at an end.

The solver names a record that none of the events found so far moves, then an event that moves this record. If there is
no such event, the record is stuck. If there is no such record, the events found so far are the proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3
from attrs import frozen

from pathway.verify.event_step import AfterEvent
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, Term, conj, disj, formula, neg
from pathway.verify.search import Goal, nothing_held_back
from pathway.verify.start import Start
from pathway.verify.unrolling import at_rest, automatic, on_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.verify.encoding import Encoding
    from pathway.verify.houdini import Houdini
    from pathway.verify.search import UnrolledEvent
    from pathway.verify.symbolic_state import SymbolicState

_ENOUGH = 60


class _Again(Inputs):
    """An event of a model, repeated after another record: the same fields, at the same distance in time."""

    def __init__(self, of: AfterEvent, model: z3.ModelRef) -> None:
        encoding, report, before = of.encoding, of.report, of.before
        event = encoding.events[model.eval(report.event, model_completion=True).as_long()]
        super().__init__(encoding, "again", event)
        self._terms = {fact: model.eval(report.variable(fact), model_completion=True) for fact in encoding.reporters}
        self._given = {
            fact: z3.is_true(model.eval(formula(report.given(fact)), model_completion=True))
            for fact in encoding.reporters
        }

        def gap(later: Term, earlier: Term) -> int:
            return int(model.eval(later - earlier, model_completion=True).as_long())

        self._later = gap(report.t, before.get("t")), gap(report.day, before.get("day"))

    def after(self, before: SymbolicState) -> AfterEvent:
        """The record after the event, from another record."""
        self.t, self.day = (before.get(part) + more for part, more in zip(("t", "day"), self._later, strict=True))
        self.age = before.get("age")
        return AfterEvent(before, self)

    def variable(self, fact: str) -> Term:
        """The value of the field."""
        return self._terms[fact] if fact in self._terms else super().variable(fact)

    def given(self, fact: str) -> Formula:
        """Whether the field is given."""
        return self._given.get(fact, False)

    def refused(self, fact: str) -> Formula:  # noqa: ARG002  # nothing is held back
        """Whether the field was held back."""
        return False


@frozen
class Stuck:
    """A state in which a record rests that no event moves. An example that reaches `goal` comes to such a record."""

    state: str
    goal: Goal


def stuck_in(encoding: Encoding, houdini: Houdini) -> Iterator[Stuck]:
    """The states that are no end and in which a case can rest that no event moves."""
    for state in encoding.pathway.states:
        if not state.end and (stuck := _stuck(encoding, houdini, state.name)) is not None:
            yield stuck


def _stuck(encoding: Encoding, houdini: Houdini, state: str) -> Stuck | None:
    before = Start(encoding, "case", state)
    anything = Inputs(encoding, "event")
    after = AfterEvent(before, anything)
    resting = z3.Solver()
    for given in (
        *before.report.axioms(),
        *houdini.assumed(before),
        at_rest(before),
    ):
        resting.add(formula(given))
    moving = z3.Solver()
    moving.add(formula(_moved(after)))
    for given in (*anything.axioms(), *nothing_held_back(encoding, anything), *after.passing(), *after.assumed):
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
    def goal(unrolled: list[UnrolledEvent]) -> Formula:
        case = unrolled[-1].after
        here = conj((case.in_state((state,)), at_rest(case)))
        return here if here is False else conj((here, *(neg(_moved(event.after(case))) for event in events)))

    return goal


def _moved(after: SymbolicState) -> Formula:
    return disj(open_ for _, open_ in (*on_event(after), *automatic(after)))
