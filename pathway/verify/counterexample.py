"""A counterexample: the events of one child as the solver found them, and as a scenario that can be replayed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import z3
from attrs import frozen

from pathway.model.facts import Choice, Quantity, Value
from pathway.model.units import written
from pathway.scenarios.read import Scenario, ScenarioStep
from pathway.verify.encoding import BITS, Encoding
from pathway.verify.inputs import Inputs

if TYPE_CHECKING:
    from pathway.model.facts import Raw
    from pathway.model.pathway import Pathway
    from pathway.verify.logic import Formula, Term

FIRST_DAY = date(2026, 1, 22)
MORNING = 9 * 60
MINUTES = 24 * 60
MONTHS_AFTER = (31, 59, 90, 120, 151, 181)
"""Days from the first one on which the child is a month older: it was born on that day of a month."""


@frozen
class Happening:
    """One event of a counterexample: its name, the values of its fields, its day (from 0) and its minute of the day."""

    event: str
    fields: tuple[tuple[str, Value], ...]
    day: int
    minute: int

    def without(self, fact: str) -> Happening:
        """The same event without a field."""
        kept = tuple((name, value) for name, value in self.fields if name != fact)
        return Happening(self.event, kept, self.day, self.minute)

    def with_value(self, fact: str, value: Value) -> Happening:
        """The same event with another value of a field."""
        fields = tuple((name, value if name == fact else old) for name, old in self.fields)
        return Happening(self.event, fields, self.day, self.minute)


@frozen
class Counterexample:
    """A child, `months` completed months old on the first day, and the events that happen to it."""

    months: int
    happenings: tuple[Happening, ...]

    @property
    def born(self) -> date:
        """The date of birth: the same day of the month as the first day of the counterexample."""
        total = FIRST_DAY.year * 12 + FIRST_DAY.month - 1 - self.months
        return date(total // 12, total % 12 + 1, FIRST_DAY.day)

    def scenario(self, pathway: Pathway, file: str, title: str, why: str, cites: tuple[str, ...]) -> Scenario:
        """The counterexample as a scenario without expectations."""
        steps = tuple(
            ScenarioStep(
                number,
                None,
                moment_of(happening),
                "event",
                happening.event,
                pathway.event(
                    happening.event, **{name: raw_of(pathway, name, value) for name, value in happening.fields}
                ),
            )
            for number, happening in enumerate(self.happenings, 1)
        )
        return Scenario(file, title, why, tuple(dict.fromkeys(cites)), self.born, "UTC", steps)


class ConcreteEvent(Inputs):
    """An event whose every part is a constant, for symbolic states."""

    def __init__(self, encoding: Encoding, happening: Happening, months: int) -> None:
        super().__init__(encoding, "told", happening.event)
        self.exact = True
        self.values = dict(happening.fields)
        self.t = z3.IntVal(happening.day * MINUTES + happening.minute)
        self.day = z3.IntVal(happening.day)
        self.age = z3.IntVal(months + sum(happening.day >= day for day in MONTHS_AFTER))

    def variable(self, fact: str) -> Term:
        """The value of the field, a constant where it is given."""
        value = self.values.get(fact)
        declared = self.encoding.pathway.facts_by_name.get(fact)
        if value is None or declared is None:
            return super().variable(fact)
        return constant_of(self.encoding, fact, value)

    def given(self, fact: str) -> Formula:
        """Whether the field is given."""
        return fact in self.values

    def refused(self, fact: str) -> Formula:  # noqa: ARG002  # nothing is held back in a counterexample
        """Whether the field was held back."""
        return False


def constant_of(encoding: Encoding, fact: str, value: Value) -> Term:
    """A value as a constant of the solver."""
    declared = encoding.pathway.facts_by_name[fact]
    if isinstance(declared, Choice):
        return z3.BitVecVal(encoding.option(fact, str(value)), BITS)
    if isinstance(declared, Quantity):
        return z3.RealVal(str(value))
    return bool(value)


def moment_of(happening: Happening) -> datetime:
    """The moment of the event, in UTC."""
    midnight = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
    return midnight + timedelta(days=happening.day, minutes=happening.minute)


def raw_of(pathway: Pathway, fact: str, value: Value) -> Raw:
    """A value as it is written in a scenario."""
    declared = pathway.facts_by_name[fact]
    if isinstance(declared, Quantity):
        assert isinstance(value, Decimal)
        return written(value) if declared.unit == "1" else f"{written(value)} {declared.unit}"
    return value if isinstance(value, bool) else str(value)
