"""An event that could arrive, as variables of the solver: its kind, its given fields, their values, the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from pathway.model.facts import Choice, Quantity
from pathway.verify.bounded import INFINITE, MOST, is_most, most_of
from pathway.verify.encoding import BITS
from pathway.verify.logic import Formula, Term, both, conj, disj, either, equal, implied, ite, neg, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.events import EventType
    from pathway.model.part_and_whole import PartsOf
    from pathway.verify.encoding import Encoding


class Inputs:
    """One event. `event` names its kind; None: the kind is a variable too.

    `axioms()` are the formulas that every event obeys: required fields, plausible amounts, an age in range.
    """

    def __init__(self, encoding: Encoding, name: str, event: str | None = None) -> None:
        self.encoding = encoding
        self.name = name
        self.event: str | Term = event if event is not None else z3.BitVec(f"{name}.event", BITS)
        self.t = z3.Int(f"{name}.t")
        self.day = z3.Int(f"{name}.day")
        self.age = z3.Int(f"{name}.age")
        self._variables: dict[str, Term] = {}
        self._given: dict[str, Formula] = {}
        self._refused: dict[str, Formula] = {}
        self._aside: dict[str, Formula] = {}
        self._between: dict[str, Formula] = {}
        self.exact = False

    def is_event(self, name: str) -> Formula:
        """Whether it is that event."""
        if isinstance(self.event, str):
            return self.event == name
        return equal(self.event, z3.BitVecVal(self.encoding.event_code(name), BITS))

    def variable(self, fact: str) -> Term:
        """The value of the field."""
        if fact not in self._variables:
            self._variables[fact] = self.encoding.variable(f"{self.name}.{fact}", fact)
        return self._variables[fact]

    def given(self, fact: str) -> Formula:
        """Whether the field is given, whatever the kind of the event."""
        if fact not in self._given:
            kinds = self.encoding.reporters.get(fact, [])
            if not isinstance(self.event, str) or any(kind.name == self.event for kind in kinds):
                self._given[fact] = z3.Bool(f"{self.name}.{fact}?")
            else:
                self._given[fact] = False
        return self._given[fact]

    def refused(self, fact: str) -> Formula:
        """Whether the field was held back as implausible."""
        if fact not in self._refused:
            amount = isinstance(self.encoding.pathway.facts_by_name.get(fact), Quantity)
            possible = amount and self.given(fact) is not False
            self._refused[fact] = z3.Bool(f"{self.name}.{fact}!") if possible else False
        return self._refused[fact]

    def aside(self, advice: str) -> Formula:
        """Whether a clinician has set the advice aside when the event arrives. A story of events alone sets none."""
        if self.exact or self.encoding.pathway.advice_by_id[advice].urgency != "now":
            return False
        if advice not in self._aside:
            self._aside[advice] = z3.Bool(f"{self.name}.aside.{advice}")
        return self._aside[advice]

    def between(self, span: str) -> Formula:
        """Whether a reading of a span, neither its first nor its last, lies in the window before the event."""
        if span not in self._between:
            self._between[span] = z3.Bool(f"{self.name}.between.{span}")
        return self._between[span]

    def highest_of_days(self, fact: str) -> Term:
        """The highest reading of a fact in the days before the event, where a proof does not know it."""
        return z3.Real(f"{self.name}.highest.{fact}")

    def known(self, fact: str) -> Formula:
        """Whether the report has a value: given, taken by default, or recorded by happening."""
        found = []
        for kind in self.encoding.reporters.get(fact, []):
            here = self.is_event(kind.name)
            if here is False:
                continue
            counts = self._counts(kind)
            if fact in self.encoding.flags_of_who:
                found.append(both(here, neg(counts)))
                continue
            default = next(field.default for field in kind.fields if field.fact == fact)
            given = True if default is not None else either(self.given(fact), self._absent(kind, fact))
            if kind.counted_by is not None and fact in kind.counted_by.fields:
                given = both(given, counts)
            found.append(both(here, given))
        found += [self.is_event(kind.name) for kind in self.encoding.recorders.get(fact, [])]
        return disj(found)

    def value(self, fact: str) -> Term:
        """The value in the report, where it has one."""
        if fact in self.encoding.flags_of_who:
            return True
        recorded = disj(self.is_event(kind.name) for kind in self.encoding.recorders.get(fact, []))
        if recorded is True or (recorded is not False and fact not in self.encoding.reporters):
            return True
        value: Term = ite(recorded, True, self.variable(fact))
        for kind in self.encoding.reporters.get(fact, []):
            default = next(field.default for field in kind.fields if field.fact == fact)
            if default is not None:
                settled = self._constant(fact, default)
                value = ite(both(self.is_event(kind.name), neg(self.given(fact))), settled, value)
            elif (absent := self._absent(kind, fact)) is not False:
                value = ite(conj((self.is_event(kind.name), neg(self.given(fact)), absent)), False, value)
        return value

    def _counts(self, kind: EventType) -> Formula:
        """Whether a report counts, by who said it."""
        if (counted := kind.counted_by) is None:
            return True
        who = self.variable(counted.who)
        codes = [z3.BitVecVal(self.encoding.option(counted.who, option), BITS) for option in counted.whom]
        return both(self.given(counted.who), disj(equal(who, code) for code in codes))

    def any_refused(self, kind: EventType) -> Formula:
        """Whether a field of that kind of event was held back."""
        return disj(self.refused(field.fact) for field in kind.fields)

    def axioms(self) -> Iterator[Formula]:
        """The formulas that hold of every event that can be recorded."""
        encoding = self.encoding
        if not isinstance(self.event, str):
            yield z3.ULT(self.event, len(encoding.events))
        yield from (self.age >= 0, self.age <= encoding.oldest)
        for fact, kinds in encoding.reporters.items():
            given = self.given(fact)
            if given is False:
                continue
            yield implied(either(given, self.refused(fact)), disj(self.is_event(kind.name) for kind in kinds))
            yield neg(both(given, self.refused(fact)))
            for kind in kinds:
                if any(field.fact == fact and field.required for field in kind.fields):
                    # With a door, an event without a required field moves nothing: it is no event for a proof.
                    there = given if encoding.pathway.door else either(given, self.refused(fact))
                    yield implied(self.is_event(kind.name), there)
            yield from self._values(fact)
        for kind in encoding.pathway.events:
            if kind.parts is not None:
                yield from self._parts(kind.name, kind.parts)

    def _bound(self, fact: str) -> Iterator[Formula]:
        """The two ends of an amount are given together: an exact amount, or all from 0 to it, or all from it on."""
        declared, most = self.encoding.pathway.facts_by_name[fact], most_of(fact)
        assert isinstance(declared, Quantity)
        yield equal(self.given(fact), self.given(most))
        yield equal(self.refused(fact), self.refused(most))
        low, high = (number(end) for end in self.encoding.plausible(declared))
        first, last = self.variable(fact), self.variable(most)
        exact = conj((first == last, first >= low, first <= high))
        upper = conj((first == 0, last >= low, last <= high))
        lower = conj((first >= low, first <= high, last == number(INFINITE)))
        yield disj((exact, upper, lower))

    def is_upper(self, fact: str) -> Formula:
        """Whether the report gives only an upper bound of an amount."""
        if fact.removesuffix(MOST) not in self.encoding.bounded:
            return False
        first, last = (self.value(end) for end in self.encoding.ends(fact.removesuffix(MOST)))
        return both(first < last, last < number(INFINITE))

    def _parts(self, event: str, parts: PartsOf) -> Iterator[Formula]:
        """A part that counts is not more than its whole, and not above its bound without the whole."""
        here, whole = self.is_event(event), self.given(parts.whole)
        for part in parts.parts:
            counts = both(here, self.given(part))
            if counts is not False:
                most = self.variable(self.encoding.ends(parts.whole)[1]) * (100 + parts.percent)
                yield implied(both(counts, whole), self.variable(part) * 100 <= most)
                yield implied(both(counts, neg(whole)), self.variable(part) <= number(parts.alone))

    def _values(self, fact: str) -> Iterator[Formula]:
        declared = self.encoding.pathway.facts_by_name[fact]
        if is_most(fact):
            return
        if fact in self.encoding.bounded:
            yield from self._bound(fact)
        elif isinstance(declared, Quantity):
            low, high = self.encoding.plausible(declared)
            yield self.variable(fact) >= number(low)
            yield self.variable(fact) <= number(high)
        elif isinstance(declared, Choice):
            yield z3.ULT(self.variable(fact), len(declared.options))

    def _absent(self, kind: EventType, fact: str) -> Formula:
        if kind.rest_absent is None or fact not in kind.rest_absent[1]:
            return False
        flag = kind.rest_absent[0]
        return both(self.given(flag), self.variable(flag))

    def _constant(self, fact: str, value: bool | str) -> Term:
        return value if isinstance(value, bool) else z3.BitVecVal(self.encoding.option(fact, value), BITS)
