"""Where each fact has its place in a record: facts first, then derived facts, in the order of the definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.awaited import reportable
from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Choice

if TYPE_CHECKING:
    from decimal import Decimal

    from pathway.model.derived import Derived
    from pathway.model.pathway import Pathway


class Layout:
    """The places of a pathway's facts, and what merging needs to know about each place."""

    __slots__ = (
        "age", "bounds", "days", "derived", "facts", "index", "limits", "names", "ranged", "size", "visible", "yields",
    )  # fmt: skip

    def __init__(self, pathway: Pathway) -> None:
        self.names = [fact.name for fact in pathway.facts]
        self.facts = len(self.names)
        self.names += [derived.name for derived in pathway.derived if _has_place(derived)]
        self.size = len(self.names)
        self.index = {name: place for place, name in enumerate(self.names)}
        clocks = {clock.counts: self.index[clock.name] for clock in pathway.derived if isinstance(clock, Clock)}
        self.age = clocks["age"] if "age" in clocks else self._spare_place()
        self.days = clocks["days_in_state"] if "days_in_state" in clocks else self._spare_place()
        self.bounds = {self.index[bound.name]: bound for bound in pathway.derived if isinstance(bound, AtMost)}
        self.derived = frozenset(range(self.facts, self.size)) - self.bounds.keys()
        asked = reportable(pathway)
        self.visible = sum(1 << place for place in range(self.facts) if self.names[place] in asked)
        self.yields = {
            self.index[fact.name]: fact
            for fact in pathway.facts
            if isinstance(fact, Choice) and (fact.yields or fact.no_result)
        }
        limited = {bound.part: bound.name for bound in self.bounds.values()}
        ranged = dict.fromkeys(self.index[row.fact] for row in pathway.reference.rows)
        ranged |= dict.fromkeys(self.index[limited[row.fact]] for row in pathway.reference.rows if row.fact in limited)
        self.ranged = {place: number for number, place in enumerate(ranged)}
        """The places of facts with reference limits, each with the place of its limits."""
        self.limits: dict[int, list[tuple[Decimal | None, Decimal | None]]] = {
            place: [_limits(pathway, self._limited(place), months) for months in range((pathway.oldest_years + 1) * 12)]
            for place in self.ranged
        }

    def _limited(self, place: int) -> str:
        """The fact whose reference limits a place has: a bound has those of its part."""
        return self.bounds[place].part if place in self.bounds else self.names[place]

    def _spare_place(self) -> int:
        """A place without a name: a fold keeps every clock, also a clock that the pathway does not read."""
        self.size += 1
        return self.size - 1

    def names_in(self, mask: int) -> tuple[str, ...]:
        """The names whose bits are set, in the order of the definition."""
        return tuple(name for place, name in enumerate(self.names) if mask >> place & 1)


def _has_place(derived: Derived) -> bool:
    match derived:
        case Clock() | Latched() | Held() | Settled() | Captured() | Excess() | AtMost():
            return True
        case Product() | Grade():
            return False  # a product has the place of the fact that it computes; a grade is a word for display
        case _:
            assert_never(derived)


def _limits(pathway: Pathway, fact: str, months: int) -> tuple[Decimal | None, Decimal | None]:
    row = pathway.reference.interval(fact, months)
    return (None, None) if row is None else (row.lower, row.upper)
