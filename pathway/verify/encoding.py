"""How a pathway is encoded for the solver: kinds of values, the events that report a fact, the facts that are kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

import z3

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Choice, Flag, Quantity, Text
from pathway.model.guards import LATEST, leaves
from pathway.model.pathway import guards_of
from pathway.run.forgetting import forgotten_in
from pathway.verify.bounded import most_of, with_bounds
from pathway.verify.logic import Formula, Term, both, disj, number
from pathway.verify.steps import Steps

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


class Encoding:
    """The parts of a pathway, by what the fold does with them."""

    def __init__(self, pathway: Pathway, *, bounds: bool = False) -> None:
        """With `bounds` an amount may be a bound; the stories of a search give exact amounts."""
        self.pathway, self.bounded = pathway, frozenset[str]()
        if bounds:
            self.pathway, self.bounded = with_bounds(pathway)
            pathway = self.pathway
        self.states = list(pathway.states_by_name)
        self.events = list(pathway.events_by_name)
        self.latched: list[Latched] = []
        self.spans: list[Held | Settled] = []
        self.captured: list[Captured] = []
        self.products: list[Product] = []
        self.excesses: list[Excess] = []
        self.bounds: dict[str, AtMost] = {}
        clocks: dict[str, str] = {}
        for derived in pathway.derived:
            match derived:
                case Latched():
                    self.latched.append(derived)
                case Held() | Settled():
                    self.spans.append(derived)
                case Captured():
                    self.captured.append(derived)
                case Product():
                    self.products.append(derived)
                case Excess():
                    self.excesses.append(derived)
                case AtMost():
                    self.bounds[derived.name] = derived
                case Clock():
                    clocks[derived.counts] = derived.name
                case Grade():
                    pass  # a word for display, which no guard reads
                case _:
                    assert_never(derived)
        self.forgotten = forgotten_in(pathway)
        """By state that forgets: the facts, the latches, and after how many days."""
        self.age, self.days = clocks.get("age"), clocks.get("days_in_state")
        """The clocks by name; None where the pathway has none."""
        self.derived = set(pathway.derived_by_name) - set(self.bounds)
        self.lasting = {span.name for span in self.spans} | {latch.name for latch in self.latched if latch.for_good}
        self.highest = {captured.of for captured in self.captured if captured.how == "highest_of_day"}
        self.windows = {captured.of: captured for captured in self.captured if captured.days}
        self.oldest = pathway.oldest_years * 12
        options = [len(fact.options) for fact in pathway.facts if isinstance(fact, Choice)]
        most = max(len(self.states), len(self.events), *options)
        if most >= 2**BITS:
            raise ValueError(f"{most} states, events or options are too many for {BITS} bits")
        self.ranged = {row.fact for row in pathway.reference.rows}
        self.ranged |= {name for name, bound in self.bounds.items() if bound.part in self.ranged}

    def ends(self, fact: str) -> tuple[str, str]:
        """The facts that are the least and the greatest value of an amount."""
        return fact, most_of(fact) if fact in self.bounded else fact

    # --- values ---------------------------------------------------------------------------------------------

    def variable(self, name: str, fact: str) -> Term:
        """A new variable of the sort of a fact's values."""
        declared = self.pathway.fact_or_derived(fact)
        match declared:
            case Choice():
                return z3.BitVec(name, BITS)
            case Flag() | Latched() | Held() | Settled() | Excess() | Text():
                return z3.Bool(name)
            case Clock():
                return z3.Int(name)
            case Captured() if isinstance(self.pathway.fact_or_derived(declared.of), Clock):
                return z3.Int(name)
            case Quantity() | Captured() | Product() | AtMost() | Grade():
                return z3.Real(name)
            case _:
                assert_never(declared)

    def option(self, fact: str, option: str) -> int:
        """The number that stands for an option of a choice."""
        choice = self.pathway.facts_by_name[fact]
        assert isinstance(choice, Choice)
        return choice.options.index(option)

    def options(self, fact: str) -> tuple[str, ...]:
        """The options of a choice, in the order of their numbers."""
        choice = self.pathway.facts_by_name[fact]
        assert isinstance(choice, Choice)
        return choice.options

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
        """Whether an age in months lies in the band of a row of the reference table."""
        low = age >= row.from_month
        return low if row.to_month is None else both(low, age <= row.to_month)

    def compared(self, fact: str, value: Term, age: Term) -> tuple[Formula, Formula, Formula]:
        """Whether that age has a limit, the value is below the lower limit, the value is above the upper one."""
        limited = self.bounds[fact].part if fact in self.bounds else fact
        rows = [row for row in self.pathway.reference.rows if row.fact == limited]
        bands = [(self.in_band(row, age), row) for row in rows]
        return (
            disj(band for band, _ in bands),
            disj(both(band, value < number(row.lower)) for band, row in bands),
            disj(both(band, value > number(row.upper)) for band, row in bands if row.upper is not None),
        )

    @cached_property
    def steps(self) -> Steps:
        """The step by which each limit is moved."""
        return Steps(self.pathway)

    # --- who reports what -----------------------------------------------------------------------------------

    @cached_property
    def reporters(self) -> dict[str, list[EventType]]:
        """The events that carry a fact as a field, by fact."""
        found: dict[str, list[EventType]] = {}
        for kind in self.pathway.events:
            for field in kind.fields:
                found.setdefault(field.fact, []).append(kind)
            if kind.counted_by is not None:
                found.setdefault(kind.counted_by.flag, []).append(kind)
        return found

    @cached_property
    def flags_of_who(self) -> set[str]:
        """The flags that are true where a report does not count because of who said it."""
        return {kind.counted_by.flag for kind in self.pathway.events if kind.counted_by is not None}

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
        """The events that raise a flag where a field was held back, by flag."""
        found: dict[str, list[EventType]] = {}
        for kind in self.pathway.events:
            if kind.flags_held:
                found.setdefault(kind.flags_held, []).append(kind)
        return found

    def own(self, kind: EventType, fact: str) -> bool:
        """Whether a field belongs to the event alone."""
        return any(field.fact == fact and field.own for field in kind.fields)

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
        for advice in self.pathway.advice:
            if advice.until is not None:
                found[advice.id] = {leaf.fact for leaf in leaves(advice.until) if leaf.scope == "episode"}
        return found

    # --- ways -----------------------------------------------------------------------------------------------

    def ways(self, state: str, *, on: str | None = None) -> list[Transition]:
        """The transitions that leave a state on an event, or automatically where none is named."""
        return [rule for rule in self.pathway.transitions if state in rule.sources and rule.on == on]

    def facts_with_values(self) -> list[Fact]:
        """The facts that have a value in a record."""
        return [fact for fact in self.pathway.facts if not isinstance(fact, Text)]


def read_by(guard: Guard) -> set[str]:
    """The facts that a guard reads."""
    return {leaf.fact for leaf in leaves(guard)}
