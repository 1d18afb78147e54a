"""An event that could arrive, as unknowns: which event, which fields are given, what they say, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.model.facts import Choice, Quantity
from pathway.verify.anatomy import BITS
from pathway.verify.logic import Formula, Term, both, conj, disj, either, equal, implied, ite, neg, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.events import EventType
    from pathway.verify.anatomy import Anatomy


class Inputs:
    """One event. `event` names it where it is settled; else it is an unknown too.

    `axioms()` says what every event that can be recorded obeys: required fields, plausible amounts, time that goes on.
    """

    def __init__(self, anatomy: Anatomy, name: str, event: str | None = None) -> None:
        self.anatomy = anatomy
        self.name = name
        self.event: str | Term = event if event is not None else z3.BitVec(f"{name}.event", BITS)
        self.t = z3.Int(f"{name}.t")
        self.day = z3.Int(f"{name}.day")
        self.age = z3.Int(f"{name}.age")
        self._variables: dict[str, Term] = {}
        self._given: dict[str, Formula] = {}
        self._refused: dict[str, Formula] = {}
        self.exact = False

    def is_event(self, name: str) -> Formula:
        """Whether it is that event."""
        if isinstance(self.event, str):
            return self.event == name
        return equal(self.event, z3.BitVecVal(self.anatomy.event_code(name), BITS))

    def variable(self, fact: str) -> Term:
        """What the field says."""
        if fact not in self._variables:
            self._variables[fact] = self.anatomy.variable(f"{self.name}.{fact}", fact)
        return self._variables[fact]

    def given(self, fact: str) -> Formula:
        """Whether the field is given, in whichever event it is."""
        if fact not in self._given:
            kinds = self.anatomy.reporters.get(fact, [])
            if not isinstance(self.event, str) or any(kind.name == self.event for kind in kinds):
                self._given[fact] = z3.Bool(f"{self.name}.{fact}?")
            else:
                self._given[fact] = False
        return self._given[fact]

    def refused(self, fact: str) -> Formula:
        """Whether the field was held back as implausible."""
        if fact not in self._refused:
            amount = isinstance(self.anatomy.pathway.facts_by_name.get(fact), Quantity)
            possible = amount and self.given(fact) is not False
            self._refused[fact] = z3.Bool(f"{self.name}.{fact}!") if possible else False
        return self._refused[fact]

    def known(self, fact: str) -> Formula:
        """Whether the report says it: given, taken for granted, or recorded by happening."""
        found = []
        for kind in self.anatomy.reporters.get(fact, []):
            here = self.is_event(kind.name)
            if here is False:
                continue
            default = next(one.default for one in kind.fields if one.fact == fact)
            said = True if default is not None else either(self.given(fact), self._absent(kind, fact))
            found.append(both(here, said))
        found += [self.is_event(kind.name) for kind in self.anatomy.recorders.get(fact, [])]
        return disj(found)

    def value(self, fact: str) -> Term:
        """What the report says, where it says it."""
        recorded = disj(self.is_event(kind.name) for kind in self.anatomy.recorders.get(fact, []))
        if recorded is True or (recorded is not False and fact not in self.anatomy.reporters):
            return True
        value: Term = ite(recorded, True, self.variable(fact))
        for kind in self.anatomy.reporters.get(fact, []):
            default = next(one.default for one in kind.fields if one.fact == fact)
            if default is not None:
                settled = self._constant(fact, default)
                value = ite(both(self.is_event(kind.name), neg(self.given(fact))), settled, value)
            elif (absent := self._absent(kind, fact)) is not False:
                value = ite(conj((self.is_event(kind.name), neg(self.given(fact)), absent)), False, value)
        return value

    def any_refused(self, kind: EventType) -> Formula:
        """Whether a field of that kind of event was held back."""
        return disj(self.refused(one.fact) for one in kind.fields)

    def axioms(self) -> Iterator[Formula]:
        """What holds of every event that can be recorded."""
        anatomy = self.anatomy
        if not isinstance(self.event, str):
            yield z3.ULT(self.event, len(anatomy.events))
        yield from (self.age >= 0, self.age <= anatomy.oldest)
        for fact, kinds in anatomy.reporters.items():
            given = self.given(fact)
            if given is False:
                continue
            yield implied(either(given, self.refused(fact)), disj(self.is_event(kind.name) for kind in kinds))
            yield neg(both(given, self.refused(fact)))
            for kind in kinds:
                if any(one.fact == fact and one.required for one in kind.fields):
                    yield implied(self.is_event(kind.name), either(given, self.refused(fact)))
            yield from self._values(fact)

    def _values(self, fact: str) -> Iterator[Formula]:
        one = self.anatomy.pathway.facts_by_name[fact]
        if isinstance(one, Quantity):
            low, high = self.anatomy.plausible(one)
            yield self.variable(fact) >= number(low)
            yield self.variable(fact) <= number(high)
        elif isinstance(one, Choice):
            yield z3.ULT(self.variable(fact), len(one.options))

    def _absent(self, kind: EventType, fact: str) -> Formula:
        if kind.rest_absent is None or fact not in kind.rest_absent[1]:
            return False
        says = kind.rest_absent[0]
        return both(self.given(says), self.variable(says))

    def _constant(self, fact: str, value: bool | str) -> Term:
        return value if isinstance(value, bool) else z3.BitVecVal(self.anatomy.option(fact, value), BITS)
