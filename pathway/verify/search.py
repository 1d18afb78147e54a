"""The search for the shortest example that reaches a goal: from a new case, with one event more each time.

An example is made plain afterwards: as few fields and days as possible, and values that a reader knows.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import z3

from pathway.model.facts import Choice, Flag, Quantity, Text, Value
from pathway.model.guards import Compare, leaves
from pathway.model.pathway import guards_of
from pathway.model.units import plain
from pathway.verify.counterexample import MINUTES, MONTHS_AFTER, MORNING, Counterexample, Happening
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, formula, neg
from pathway.verify.start import New
from pathway.verify.unrolling import unroll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.verify.encoding import Encoding
    from pathway.verify.logic import Term
    from pathway.verify.symbolic_state import SymbolicState

LONGEST_COUNTEREXAMPLE = 7
LAST_DAY = 180
USUAL_MONTHS = (13, 4, 7, 30, 140)
USUAL_DAYS = (0, 1, 6, 7, 8, 14, 15)
BETWEEN = 5
"""Minutes between events, where the goal allows it."""


class UnrolledEvent:
    """One event of an example: the record before it, and the symbolic states that it passes."""

    def __init__(self, before: SymbolicState, event: Inputs, depth: int) -> None:
        self.before = before
        self.event = event
        self.states = unroll(before, event, depth)

    @property
    def after(self) -> SymbolicState:
        """The record once the case has come to rest."""
        return self.states[-1]


Goal: TypeAlias = Callable[[list[UnrolledEvent]], Formula]
"""The goal of an example, as a formula over its events. The last event reaches it."""


class Search:
    """Looks for examples in one pathway. The events that were unrolled for one goal serve the next.

    `patience` bounds the work of the solver on each length, in its own units (about eight million a second); an example
    that takes more is not found. A bound in seconds would find more on a fast machine than on a busy one.
    """

    def __init__(self, encoding: Encoding, depth: int = 6, patience: int | None = None) -> None:
        self.encoding = encoding
        self.depth = depth
        self._months = z3.Int("months")
        self._unrolled: list[UnrolledEvent] = []
        self._solver = z3.Solver()
        if patience is not None:
            self._solver.set("rlimit", patience)
        self._solver.add(self._months >= 0, self._months < encoding.oldest - len(MONTHS_AFTER))

    def shortest(
        self, goal: Goal, longest: int = LONGEST_COUNTEREXAMPLE, given: Goal | None = None
    ) -> Counterexample | None:
        """The shortest example that reaches the goal, made plain; None where no example of so many events does."""
        for length in range(1, longest + 1):
            while len(self._unrolled) < length:
                self._unroll()
            unrolled = self._unrolled[:length]
            wanted = goal(unrolled)
            if wanted is False:
                continue
            self._solver.push()
            self._solver.add(formula(wanted))
            if given is not None:
                self._solver.add(formula(given(unrolled)))
            events = self._events(unrolled)
            self._solver.pop()
            if events is not None:
                return _Plain(self.encoding, self.depth, events, goal, given).example()
        return None

    def _unroll(self) -> None:
        before = self._unrolled[-1].after if self._unrolled else New(self.encoding)
        event = Inputs(self.encoding, f"event{len(self._unrolled) + 1}")
        for axiom in rules_of_time(self._months, event, self._unrolled[-1].event if self._unrolled else None):
            self._solver.add(formula(axiom))
        for axiom in (*event.axioms(), *nothing_held_back(self.encoding, event)):
            self._solver.add(formula(axiom))
        self._unrolled.append(UnrolledEvent(before, event, self.depth))

    def _events(self, unrolled: list[UnrolledEvent]) -> list[str] | None:
        """The names of the events of an example; None where there is none."""
        if self._solver.check() != z3.sat:
            return None  # there is none, or the time is over
        return [self.encoding.events[self._code(unrolled_event.event.event)] for unrolled_event in unrolled]

    def _code(self, term: Term) -> int:
        return int(self._solver.model().eval(term, model_completion=True).as_long())


def rules_of_time(months: Term, event: Inputs, before: Inputs | None) -> Iterator[Formula]:
    """The calendar of an example: minutes, days and months agree, and no two events are of one minute."""
    yield event.day >= 0
    yield event.day <= LAST_DAY
    yield event.t >= event.day * MINUTES
    yield event.t < (event.day + 1) * MINUTES
    yield event.age == months + z3.Sum([z3.If(event.day >= day, 1, 0) for day in MONTHS_AFTER])
    if before is None:
        yield event.day == 0
    else:
        yield event.t > before.t


def nothing_held_back(encoding: Encoding, event: Inputs) -> Iterator[Formula]:
    """No value of an example is held back as implausible."""
    for fact in encoding.reporters:
        yield neg(event.refused(fact))


class _Plain:
    """Makes an example plain whose events are known: each choice is the plainest that still reaches the goal."""

    def __init__(self, encoding: Encoding, depth: int, events: list[str], goal: Goal, given: Goal | None) -> None:
        self.encoding = encoding
        self.months = z3.Int("months")
        self.solver = z3.Solver()
        self.solver.add(self.months >= 0, self.months < encoding.oldest - len(MONTHS_AFTER))
        self.unrolled: list[UnrolledEvent] = []
        for number, name in enumerate(events, 1):
            before = self.unrolled[-1] if self.unrolled else None
            event = Inputs(encoding, f"event{number}", name)
            for axiom in rules_of_time(self.months, event, before.event if before else None):
                self.solver.add(formula(axiom))
            for axiom in (*event.axioms(), *nothing_held_back(encoding, event)):
                self.solver.add(formula(axiom))
            self.unrolled.append(UnrolledEvent(before.after if before else New(encoding), event, depth))
        self.solver.add(formula(goal(self.unrolled)))
        if given is not None:
            self.solver.add(formula(given(self.unrolled)))
        assert self.solver.check() == z3.sat

    def example(self) -> Counterexample:
        """The plain example."""
        for unrolled_event in reversed(self.unrolled):
            for fact in reversed(self._fields(unrolled_event)):
                self._prefer(neg(unrolled_event.event.given(fact)))
        self._prefer(self.unrolled[-1].event.day == 0)
        months = self._settle_number(self.months, USUAL_MONTHS)
        happenings = []
        day = minute = 0
        for number, unrolled_event in enumerate(self.unrolled):
            event = unrolled_event.event
            day = self._settle_number(event.day, [day + more for more in USUAL_DAYS] if number else [0])
            usual = MORNING + BETWEEN * number
            later = [day * MINUTES + minutes for minutes in (usual, usual + 60, minute % MINUTES + 1)]
            minute = self._settle_number(event.t, later)
            fields = tuple(
                (fact, self._settle_value(unrolled_event, fact))
                for fact in self._fields(unrolled_event)
                if self._always(unrolled_event.event.given(fact))
            )
            assert isinstance(event.event, str)
            happenings.append(Happening(event.event, fields, day, minute - day * MINUTES))
        return Counterexample(months, tuple(happenings))

    def _fields(self, unrolled_event: UnrolledEvent) -> list[str]:
        kind = self.encoding.pathway.events_by_name[str(unrolled_event.event.event)]
        return [field.fact for field in kind.fields]

    def _prefer(self, wish: Formula) -> bool:
        """Demand the formula if the goal can still be reached. Returns whether it was demanded."""
        if wish is True:
            return True
        if wish is False:
            return False
        self.solver.push()
        self.solver.add(formula(wish))
        if self.solver.check() == z3.sat:
            return True
        self.solver.pop()
        return False

    def _always(self, of: Formula) -> bool:
        return not self._prefer(neg(of))

    def _settle_number(self, term: Term, usual: tuple[int, ...] | list[int]) -> int:
        for value in usual:
            if self._prefer(term == value):
                return value
        found = self._now(term)
        while self._prefer(term < found):
            found = self._now(term)
        assert self._prefer(term == found)
        return found

    def _now(self, term: Term) -> int:
        assert self.solver.check() == z3.sat
        return int(self.solver.model().eval(term, model_completion=True).as_long())

    def _settle_value(self, unrolled_event: UnrolledEvent, fact: str) -> Value:
        declared = self.encoding.pathway.facts_by_name[fact]
        variable = unrolled_event.event.variable(fact)
        match declared:
            case Flag():
                return not self._prefer(z3.Not(variable))
            case Text():
                return "as written in the record"
            case Choice():
                for place, option in enumerate(declared.options):
                    if self._prefer(variable == place):
                        return option
            case Quantity():
                for value in plain_values(self.encoding, declared):
                    if self._prefer(variable == z3.RealVal(str(value))):
                        return value
                return self._settle_amount(variable)
        raise AssertionError(fact)

    def _settle_amount(self, variable: Term) -> Decimal:
        assert self.solver.check() == z3.sat
        found = self.solver.model().eval(variable, model_completion=True)
        exact = Decimal(found.numerator_as_long()) / Decimal(found.denominator_as_long())
        for places in range(6):
            rounded = round(exact, places)
            if self._prefer(variable == z3.RealVal(str(rounded))):
                return rounded
        raise AssertionError(f"no plain value for {variable}")


def limits_of(encoding: Encoding, fact: str) -> list[Decimal]:
    """The limits that rules compare an amount with, and those of its reference intervals, lowest first."""
    pathway = encoding.pathway
    found = {
        leaf.value
        for _, guard in guards_of(pathway)
        for leaf in leaves(guard)
        if isinstance(leaf, Compare) and leaf.fact == fact
    }
    found |= {span.limit for span in encoding.spans if span.fact == fact}
    for captured in encoding.captured:
        if captured.of == fact:
            found |= set(limits_of(encoding, captured.name))
    for row in pathway.reference.rows:
        if row.fact == fact:
            found |= {row.lower} | ({row.upper} if row.upper is not None else set())
    return sorted(found)


def plain_values(encoding: Encoding, fact: Quantity) -> list[Decimal]:
    """Values of an amount that stand for all others, the plainest first: between limits, on limits and beside them."""
    limits = limits_of(encoding, fact.name)
    low, high = fact.plausible
    floor = max(low, limits[0] / 4) if limits else low
    usual = [_between(lower, upper) for lower, upper in pairwise([floor, *limits, high])]
    beside = [value for limit in limits for value in (limit, *encoding.steps.beside(fact.name, limit))]
    usual.sort(key=lambda value: abs(value - _between(limits[0], limits[-1])) if limits else value)
    found = [value for value in (*usual, *beside) if low <= value <= high]
    return list(dict.fromkeys(found))


def _between(lower: Decimal, upper: Decimal) -> Decimal:
    """A round number between two, nearer to the lower one where they lie far apart."""
    middle = 2 * lower if 0 < 3 * lower < upper else (lower + upper) / 2
    for digits in (1, 2, 3):
        rounded = plain(Context(prec=digits).plus(middle))
        if lower < rounded < upper:
            return rounded
    return middle
