"""A pathway made ready to run: its guards compiled, its machine built, once for all its cases."""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from pathway.model.derivation import facts_behind
from pathway.model.derived import Captured, Excess, Held, Latched, Product, Settled
from pathway.model.guards import NEVER, Guard
from pathway.model.partial import in_that_state
from pathway.run.compile import AwaitsCoder, Coder
from pathway.run.layout import Layout
from pathway.run.machine import AUTOMATIC, GuardedEvent, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.events import EventType
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, Contradiction, Transition


class EventPlan:
    """What an event does to the record, with places instead of names."""

    __slots__ = (
        "acts",
        "authority",
        "clears",
        "event",
        "fields",
        "flags_held",
        "flags_on",
        "lowers",
        "own",
        "raises",
        "ranged",
        "rank",
        "records",
        "remembered", "replaces",
        "restarts",
        "ways",
    )  # fmt: skip

    def __init__(self, kind: EventType, program: Program) -> None:
        index, pathway = program.layout.index, program.pathway
        self.event = kind.name
        self.rank = (1, 0) if kind.last else (0, list(pathway.events_by_name).index(kind.name))
        self.fields = [index[one.fact] for one in kind.fields if not one.own]
        self.remembered = [place for place in self.fields if place in program.spans or place in program.highest]
        self.flags_held = index[kind.flags_held] if kind.flags_held else -1
        self.own = frozenset(one.fact for one in kind.fields if one.own)
        self.records = [index[name] for name in kind.records]
        self.replaces = kind.replaces
        self.ranged = any(place in program.layout.ranged for place in self.fields)
        self.authority = program.guard(kind.authority.when) if kind.authority else None
        self.flags_on = program.guard(kind.authority.on) if kind.authority else None
        self.lowers = program.guard(kind.authority.clears) if kind.authority else None
        self.raises = index[kind.authority.raises] if kind.authority else -1
        self.clears = [
            index[one.name] for one in pathway.derived if isinstance(one, Latched) and kind.name in one.cleared_by
        ]
        self.restarts = [
            index[one.name] for one in pathway.derived if isinstance(one, Held) and kind.name in one.restarted_by
        ]
        self.acts = [
            (order, program.guard(order.act_when), program.guard(order.refused))
            for order in pathway.orders
            if order.act == kind.name
        ]
        self.ways = program.machine.guarded(kind.name)


class Program:
    """Everything about a pathway that its cases share. Use `program_of`."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.layout = Layout(pathway)
        self._coder = Coder(pathway, self.layout)
        self._awaits_coder = AwaitsCoder(pathway, self.layout)
        self._revisions_coder = AwaitsCoder(pathway, self.layout, revisable=True)
        self._guards: dict[Guard, Callable[[Any], bool]] = {}
        self._grounds: dict[int, Callable[[Any], bool]] = {}
        self._completes: dict[int, Callable[[Any], bool]] = {}
        self._advise: dict[str, Callable[[Any], tuple[int, int, int]]] = {}
        self._awaits: dict[str, Callable[[Any], int]] = {}
        self._hopeless: dict[str, Callable[[Any], bool]] = {}
        self.machine = build(pathway, {one.id: self._own_guard(one.when) for one in pathway.transitions})
        self.automatic = self.machine.guarded(AUTOMATIC) or GuardedEvent(AUTOMATIC, self.machine)
        self._place_derived()
        self.plans = {kind.name: EventPlan(kind, self) for kind in pathway.events}
        self.latch = self._compile_latches()
        self.contradicted = self._coder.function(
            "contradicted",
            lambda: ["return " + (" | ".join(
                f"({1 << number} if {self._coder.true(one.when)} else 0)"
                for number, one in enumerate(pathway.contradictions)
            ) or "0")],
            [one.when for one in pathway.contradictions],
        )  # fmt: skip
        self.place_of = {one.id: place for place, one in enumerate(pathway.advice)}
        self.now_mask = sum(1 << place for place, one in enumerate(pathway.advice) if one.urgency == "now")
        self.surviving_mask = sum(1 << place for place, one in enumerate(pathway.advice) if one.outlives_episode)
        self.advice_of = lru_cache(maxsize=4096)(self._advice_of)
        self.names_of = lru_cache(maxsize=4096)(self.layout.names_in)
        self.places = lru_cache(maxsize=4096)(_places)

    def guard(self, guard: Guard) -> Callable[[Any], bool]:
        """A function of a fold that is true exactly where the guard is."""
        if guard not in self._guards:
            self._guards[guard] = self._own_guard(guard)
        return self._guards[guard]

    def advise(self, state: str) -> Callable[[Any], tuple[int, int, int]]:
        """The function that says which advice is raised, completed and withdrawn in a state, as bit masks."""
        if state not in self._advise:
            self._advise[state] = self._compile_advise(state)
        return self._advise[state]

    def awaits(self, state: str) -> Callable[[Any], int]:
        """The function that says which facts are awaited in a state, as a bit mask.

        Where nothing is unknown and still the state is no end, those are awaited which, reported otherwise, would
        open a way.
        """
        if state not in self._awaits:
            unknown = self._compile_awaits(state, self._awaits_coder)
            if self.pathway.state(state).end:
                self._awaits[state] = unknown
            else:
                revised = self._compile_awaits(state, self._revisions_coder)
                self._awaits[state] = lambda fold: unknown(fold) or revised(fold)
        return self._awaits[state]

    def hopeless(self, rule: Transition) -> Callable[[Any], bool]:
        """A function of a fold that is true where the next report cannot make a transition's guard true."""
        if rule.id not in self._hopeless:
            coder = self._awaits_coder
            self._hopeless[rule.id] = coder.function("hopeless", lambda: [f"return {coder.false(rule.when)}"])
        return self._hopeless[rule.id]

    def ground(self, place: int) -> Callable[[Any], bool]:
        """The guard that raises the advice at a place."""
        if place not in self._grounds:
            self._grounds[place] = self.guard(self.pathway.advice[place].when)
        return self._grounds[place]

    def completes(self, place: int) -> Callable[[Any], bool]:
        """The guard that completes the advice at a place; never true for advice that has none."""
        if place not in self._completes:
            until = self.pathway.advice[place].until
            self._completes[place] = self.guard(NEVER if until is None else until)
        return self._completes[place]

    def contradictions_of(self, mask: int) -> tuple[Contradiction, ...]:
        """The contradictions whose bits are set."""
        if not mask:
            return ()
        return tuple(one for number, one in enumerate(self.pathway.contradictions) if mask >> number & 1)

    def _advice_of(self, mask: int) -> tuple[Advice, ...]:
        return tuple(one for place, one in enumerate(self.pathway.advice) if mask >> place & 1)

    def _own_guard(self, guard: Guard) -> Callable[[Any], bool]:
        return self._coder.function("guard", lambda: [f"return {self._coder.true(guard)}"], [guard])

    def _place_derived(self) -> None:
        index = self.layout.index
        derived = self.pathway.derived
        self.products = [
            (index[one.fact], index[one.left], index[one.right], one.factor)
            for one in derived if isinstance(one, Product)
        ]  # fmt: skip
        self.excesses = [
            (index[one.name], [index[part] for part in one.parts], index[one.whole], 1 + Decimal(one.percent) / 100)
            for one in derived if isinstance(one, Excess)
        ]  # fmt: skip
        self.spans = {
            index[fact]: [
                (index[one.name], isinstance(one, Held), one.limit, one.minutes * 60)
                for one in derived
                if isinstance(one, Held | Settled) and one.fact == fact
            ]
            for fact in {one.fact for one in derived if isinstance(one, Held | Settled)}
        }
        self.captures = [
            (index[one.name], index[one.of], one.entering, one.how) for one in derived if isinstance(one, Captured)
        ]
        self.capturing = frozenset(entering for _, _, entering, _ in self.captures)
        self.highest = {source: place for place, source, _, how in self.captures if how == "highest_of_day"}
        self.lasting = [
            index[one.name]
            for one in derived
            if isinstance(one, Held | Settled) or (isinstance(one, Latched) and one.for_good)
        ]
        clocks = {one.counts: index[one.name] for one in derived if hasattr(one, "counts")}
        self.age, self.days = clocks["age"], clocks["days_in_state"]

    def _compile_latches(self) -> Callable[[Any], None]:
        latched = [one for one in self.pathway.derived if isinstance(one, Latched)]

        def body() -> Iterable[str]:
            for one in latched:
                place = self.layout.index[one.name]
                yield f"if e[{place}] is not True:"
                yield f"    if {self._coder.true(one.when)}:"
                yield f"        e[{place}] = True; m.latched_at[{place}] = m.at; m.met_on[{place}] = m.day"
                yield f"    else: e[{place}] = False if {self._coder.false(one.when)} else None"
                if not one.for_good and (told := self._told(one.when)):
                    # What only stands from the day before is not met again today.
                    again = f"m.met_on[{place}] != m.day and ({told}) and {self._coder.true(one.when)}"
                    yield f"elif {again}: m.met_on[{place}] = m.day"
            yield "return None"

        return self._coder.function("latch", body)

    def _told(self, guard: Guard) -> str:
        """An expression: the report at hand says something that the guard rests on."""
        facts = sorted(facts_behind(guard, self.pathway))
        return " or ".join(f"r[{self.layout.index[name]}] is not None" for name in facts)

    def _compile_advise(self, state: str) -> Callable[[Any], tuple[int, int, int]]:
        coder = self._coder
        rules = [
            (
                1 << place,
                in_that_state(one.when, state),
                None if one.until is None else in_that_state(one.until, state),
                None if one.lapses is None else in_that_state(one.lapses, state),
            )
            for place, one in enumerate(self.pathway.advice)
        ]

        def body() -> Iterable[str]:
            yield "up = done = gone = 0"
            for bit, when, until, lapses in rules:
                if until is None:
                    yield f"if {coder.true(when)}:"
                    yield f"    if not a & {bit}: up |= {bit}"
                    yield f"elif a & {bit}: gone |= {bit}"
                    continue
                yield f"if a & {bit}:"
                yield f"    if not o & {bit} and {coder.true(until)}: done |= {bit}"
                if lapses is not None:
                    yield f"    elif {coder.true(lapses)}: gone |= {bit}"
                allowed = f"not {coder.true(until)}"
                if lapses is not None:
                    allowed += f" and not {coder.true(lapses)}"
                yield f"elif {coder.true(when)} and {allowed}: up |= {bit}"
            yield "return up, done, gone"

        guards = [guard for _, *three in rules for guard in three if guard is not None]
        return coder.function(f"advise_{state}", body, guards)

    def _compile_awaits(self, state: str, coder: AwaitsCoder) -> Callable[[Any], int]:
        ways = [in_that_state(one.when, state) for one in self.pathway.transitions if state in one.sources]
        urgent = [
            (1 << place, in_that_state(one.until, state))
            for place, one in enumerate(self.pathway.advice)
            if one.urgency == "now" and one.until is not None
        ]
        listed = [
            (1 << place, [self.layout.index[name] for name in one.lists])
            for place, one in enumerate(self.pathway.advice)
            if one.lists
        ]

        def body() -> Iterable[str]:
            yield "w = 0"
            for way in ways:
                if (waits := coder.waits(way)) != "0":
                    yield f"w |= {waits}"
            for bit, until in urgent:
                if (waits := coder.waits(until)) != "0":
                    yield f"if a & {bit}: w |= {waits}"
            for bit, places in listed:
                unknown = " | ".join(f"({1 << place} if e[{place}] is None else 0)" for place in places)
                yield f"if a & {bit}: w |= {unknown}"
            yield f"return w & {self.layout.visible}"

        return coder.function(f"awaits_{state}", body, [*ways, *(until for _, until in urgent)])


def _places(mask: int) -> tuple[int, ...]:
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


_IN_USE: WeakValueDictionary[int, Program] = WeakValueDictionary()
_LATEST: deque[Program] = deque(maxlen=8)
"""The programs made last, kept although no case may be using them."""


def program_of(pathway: Pathway) -> Program:
    """The program of a pathway; made once for each pathway value that is in use."""
    program = _IN_USE.get(id(pathway))
    if program is None:
        program = Program(pathway)
        _IN_USE[id(pathway)] = program
        _LATEST.append(program)
    return program
