"""What a proof needs to know of a pathway's facts and events: kinds of values, who reports what, what is kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import z3

from pathway.model.derived import Captured, Clock, Excess, Held, Latched, Product, Settled
from pathway.model.facts import Choice, Flag, Quantity, Text
from pathway.model.guards import LATEST, leaves
from pathway.model.pathway import guards_of
from pathway.verify.logic import Formula, Term, both, disj, number

if TYPE_CHECKING:
    from decimal import Decimal

    from pathway.model.events import EventType
    from pathway.model.facts import Fact
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.model.reference import Interval
    from pathway.model.rules import Transition

Key: TypeAlias = tuple[Any, ...]
BITS = 8
"""The width of the numbers that stand for options, states and events."""


class Anatomy:
    """The parts of a pathway, by what the fold does with them."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.states = list(pathway.states_by_name)
        self.events = list(pathway.events_by_name)
        derived = pathway.derived
        self.latched = [one for one in derived if isinstance(one, Latched)]
        self.spans = [one for one in derived if isinstance(one, Held | Settled)]
        self.captured = [one for one in derived if isinstance(one, Captured)]
        self.products = [one for one in derived if isinstance(one, Product)]
        self.excesses = [one for one in derived if isinstance(one, Excess)]
        clocks = {one.counts: one.name for one in derived if isinstance(one, Clock)}
        self.age, self.days = clocks["age"], clocks["days_in_state"]
        self.derived = set(pathway.derived_by_name)
        self.lasting = {one.name for one in self.spans} | {one.name for one in self.latched if one.for_good}
        self.highest = {one.of for one in self.captured if one.how == "highest_of_day"}
        self.oldest = pathway.oldest_years * 12
        most = max(len(self.states), len(self.events), *(len(getattr(one, "options", ())) for one in pathway.facts))
        if most >= 2**BITS:
            raise ValueError(f"{most} states, events or options are too many for {BITS} bits")
        self.ranged = {row.fact for row in pathway.reference.rows}

    # --- values ---------------------------------------------------------------------------------------------

    def variable(self, name: str, fact: str) -> Term:
        """A new unknown of the kind of a fact's values."""
        one = self.pathway.fact_or_derived(fact)
        match one:
            case Choice():
                return z3.BitVec(name, BITS)
            case Flag() | Latched() | Held() | Settled() | Excess() | Text():
                return z3.Bool(name)
            case Clock():
                return z3.Int(name)
            case Captured() if isinstance(self.pathway.fact_or_derived(one.of), Clock):
                return z3.Int(name)
            case _:
                return z3.Real(name)

    def option(self, fact: str, option: str) -> int:
        """The number that stands for an option of a choice."""
        one = self.pathway.facts_by_name[fact]
        assert isinstance(one, Choice)
        return one.options.index(option)

    def options(self, fact: str) -> tuple[str, ...]:
        """The options of a choice, in the order of their numbers."""
        one = self.pathway.facts_by_name[fact]
        assert isinstance(one, Choice)
        return one.options

    def code(self, state: str) -> int:
        """The number that stands for a state."""
        return self.states.index(state)

    def event_code(self, event: str) -> int:
        """The number that stands for an event."""
        return self.events.index(event)

    def plausible(self, fact: Quantity) -> tuple[Decimal, Decimal]:
        """The widest range, in the canonical unit, within which an amount of any accepted unit is taken."""
        lows, highs = [fact.plausible[0]], [fact.plausible[1]]
        for unit in fact.accepted():
            if unit.plausible is not None:
                lows.append(unit.to_canonical(unit.plausible[0]))
                highs.append(unit.to_canonical(unit.plausible[1]))
        return min(lows), max(highs)

    # --- reference intervals --------------------------------------------------------------------------------

    def in_band(self, row: Interval, age: Term) -> Formula:
        """Whether an age in months is one of a row of the reference table."""
        low = age >= row.from_month
        return low if row.to_month is None else both(low, age <= row.to_month)

    def compared(self, fact: str, value: Term, age: Term) -> tuple[Formula, Formula, Formula]:
        """Whether there is a limit for that age, whether the value is below the lower one, and above the upper one."""
        rows = [row for row in self.pathway.reference.rows if row.fact == fact]
        bands = [(self.in_band(row, age), row) for row in rows]
        return (
            disj(band for band, _ in bands),
            disj(both(band, value < number(row.lower)) for band, row in bands),
            disj(both(band, value > number(row.upper)) for band, row in bands if row.upper is not None),
        )

    # --- who reports what -----------------------------------------------------------------------------------

    @cached_property
    def reporters(self) -> dict[str, list[EventType]]:
        """The events that carry a fact as a field, by fact."""
        found: dict[str, list[EventType]] = {}
        for kind in self.pathway.events:
            for one in kind.fields:
                found.setdefault(one.fact, []).append(kind)
        return found

    @cached_property
    def recorders(self) -> dict[str, list[EventType]]:
        """The events that set a flag by happening, by flag."""
        found: dict[str, list[EventType]] = {}
        for kind in self.pathway.events:
            for name in kind.records:
                found.setdefault(name, []).append(kind)
        return found

    @cached_property
    def raisers(self) -> dict[str, list[EventType]]:
        """The events whose authority raises or lowers a flag, by flag."""
        found: dict[str, list[EventType]] = {}
        for kind in self.pathway.events:
            if kind.authority is not None:
                found.setdefault(kind.authority.raises, []).append(kind)
        return found

    @cached_property
    def held_flags(self) -> dict[str, list[EventType]]:
        """The events that say in a flag whether a field was held back, by flag."""
        found: dict[str, list[EventType]] = {}
        for kind in self.pathway.events:
            if kind.flags_held:
                found.setdefault(kind.flags_held, []).append(kind)
        return found

    def own(self, kind: EventType, fact: str) -> bool:
        """Whether a field belongs to the event alone."""
        return any(one.fact == fact and one.own for one in kind.fields)

    # --- what is read ---------------------------------------------------------------------------------------

    @cached_property
    def read_latest(self) -> set[str]:
        """The facts that some guard reads beyond the episode."""
        return {
            leaf.fact
            for _, guard in guards_of(self.pathway)
            for leaf in leaves(guard)
            if leaf.scope == LATEST and leaf.fact not in self.derived
        }

    @cached_property
    def until_facts(self) -> dict[str, set[str]]:
        """For each advice that can outlive its episode, the facts that its completion reads in the episode."""
        found: dict[str, set[str]] = {}
        for one in self.pathway.advice:
            if one.until is not None:
                found[one.id] = {leaf.fact for leaf in leaves(one.until) if leaf.scope == "episode"}
        return found

    # --- ways -----------------------------------------------------------------------------------------------

    def ways(self, state: str, *, on: str | None = None) -> list[Transition]:
        """The transitions that leave a state on an event, or automatically where none is named."""
        return [one for one in self.pathway.transitions if state in one.sources and one.on == on]

    def facts_with_values(self) -> list[Fact]:
        """Facts that a record holds a value of."""
        return [one for one in self.pathway.facts if not isinstance(one, Text)]


def read_by(guard: Guard) -> set[str]:
    """The facts that a guard reads."""
    return {leaf.fact for leaf in leaves(guard)}
