"""A pathway made ready to run: its guards compiled, its machine built, once for all its cases."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakValueDictionary

from pathway.model.derived import Clock, Latched
from pathway.model.guards import NEVER, Guard, Not, leaves
from pathway.model.partial import in_that_state
from pathway.model.rules import URGENCIES
from pathway.model.told import told
from pathway.run.compile import Compiler
from pathway.run.derived_places import DerivedPlaces
from pathway.run.event_plan import EventPlan
from pathway.run.forgetting import Forgetting
from pathway.run.frame import Frame
from pathway.run.functions import Functions
from pathway.run.layout import Layout
from pathway.run.machine import AUTOMATIC, GuardedEvent, build

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathway.model.events import Event, EventType
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, Contradiction, Transition


F = TypeVar("F")


class CompiledPathway:
    """Everything about a pathway that its cases share. Use `compiled`."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.layout = layout = Layout(pathway)
        self._functions = Functions(pathway, layout, Compiler(pathway, layout))
        self._numbered: dict[int, Callable[[Any], bool]] = {}
        self._guards: dict[Guard, Callable[[Any], bool]] = {}
        self._grounds: dict[int, Callable[[Any], bool]] = {}
        self._tells: dict[int, Callable[[Any], bool]] = {}
        self._completes: dict[int, Callable[[Any], bool]] = {}
        self._hopeless: dict[str, Callable[[Any], bool]] = {}
        self.machine = build(pathway, {rule.id: self._functions.way(rule) for rule in pathway.transitions})
        self.automatic = self.machine.guarded(AUTOMATIC) or GuardedEvent(AUTOMATIC, self.machine)
        places = DerivedPlaces(pathway, layout)
        self.products, self.excesses, self.spans = places.products, places.excesses, places.spans
        self.captures, self.capturing, self.highest = places.captures, places.capturing, places.highest
        self.windows, self.bounds = places.windows, places.bounds
        self.lasting, self.latches = places.lasting, places.latches
        self.age, self.days = layout.age, layout.days
        self.silence = Frame.blank(layout)
        """The report in which no fact is reported. Nobody changes it."""
        self.clocks = (layout.age, layout.days)
        self.counting_days = _counting_days(pathway)
        self.merges = bool(pathway.simultaneous_cites)
        self.most_transitions = max(50, 2 * len(pathway.states))
        self.forgetting = Forgetting(pathway, layout, self.guard)
        self.plans = {
            kind.name: EventPlan(kind, pathway, layout, places, self.guard, self.machine.guarded(kind.name))
            for kind in pathway.events
        }
        functions = self._functions
        self.latch = functions.latches()
        self.after = _OnDemand(lambda name: After(pathway.event_type(name), functions))
        """The functions of a record after an event, by the name of the event."""
        self.advise = _OnDemand(functions.advise)
        """Says which advice is raised, completed and withdrawn, as bit masks: a function of a record, by state."""
        self.awaits = _OnDemand(functions.awaits)
        """Says which unknown facts are awaited, as a bit mask: a function of a record, by state."""
        self.revised = _OnDemand(functions.revised)
        """Says which facts are awaited where no fact is unknown, as a bit mask: a function of a record, by state."""
        self.place_of = {advice.id: place for place, advice in enumerate(pathway.advice)}
        self.now_mask = sum(1 << place for place, advice in enumerate(pathway.advice) if advice.urgency == "now")
        self.surviving_mask = sum(1 << place for place, advice in enumerate(pathway.advice) if advice.outlives_episode)
        self.advice_of = lru_cache(maxsize=4096)(self._advice_of)
        self.by_urgency = lru_cache(maxsize=4096)(self._by_urgency)
        self.names_of = lru_cache(maxsize=4096)(layout.names_in)
        self.places = lru_cache(maxsize=4096)(_places)

    def guard(self, guard: Guard) -> Callable[[Any], bool]:
        """A function of a fold that is true exactly where the guard is true."""
        if (number := self._functions.number(guard)) is not None:
            if number not in self._numbered:
                self._numbered[number] = self._functions.guard(guard)
            return self._numbered[number]
        if guard not in self._guards:
            self._guards[guard] = self._functions.guard(guard)
        return self._guards[guard]

    def decided(self, guard: Guard, record: Any) -> bool | None:
        """Whether a guard is true, false or unknown (None) in a record."""
        if self.guard(guard)(record):
            return True
        return False if self.guard(Not(guard))(record) else None

    def rank(self, event: Event) -> tuple[int, int]:
        """The place of an event among the events of its moment: in the order of the definition, authority last.

        Only reports of one rank are merged: a report without authority never counts together with a report that has it.
        """
        plan = self.plans[event.name]
        if not self.merges or plan.authority is None:
            return plan.rank
        return plan.authoritative_rank if plan.authority(_Probe(event, self.silence, self.layout.index)) else plan.rank

    def hopeless(self, rule: Transition) -> Callable[[Any], bool]:
        """A function of a fold that is true where the next report cannot make a transition's guard true."""
        if rule.id not in self._hopeless:
            self._hopeless[rule.id] = self._functions.hopeless(rule)
        return self._hopeless[rule.id]

    def ground(self, place: int) -> Callable[[Any], bool]:
        """The guard that raises the advice at a place."""
        if place not in self._grounds:
            self._grounds[place] = self.guard(self.pathway.advice[place].when)
        return self._grounds[place]

    def tells(self, place: int) -> Callable[[Any], bool]:
        """Where the report at hand tells the ground of the advice at a place."""
        if place not in self._tells:
            self._tells[place] = self.guard(told(self.pathway.advice[place].when, self.pathway))
        return self._tells[place]

    def completes(self, place: int) -> Callable[[Any], bool]:
        """The guard that completes the advice at a place; never true for advice without such a guard."""
        if place not in self._completes:
            until = self.pathway.advice[place].until
            self._completes[place] = self.guard(NEVER if until is None else until)
        return self._completes[place]

    def contradictions_of(self, mask: int) -> tuple[Contradiction, ...]:
        """The contradictions whose bits are set."""
        if not mask:
            return ()
        return tuple(rule for number, rule in enumerate(self.pathway.contradictions) if mask >> number & 1)

    def _advice_of(self, mask: int) -> tuple[Advice, ...]:
        return tuple(advice for place, advice in enumerate(self.pathway.advice) if mask >> place & 1)

    def _by_urgency(self, mask: int) -> tuple[Advice, ...]:
        """The advice of a mask, most urgent first, then in the order of the definition."""
        return tuple(sorted(self.advice_of(mask), key=lambda advice: URGENCIES.index(advice.urgency)))


class After:
    """The functions of a record after an event of a kind, where the case was at rest before it.

    They read only the latches, the advice and the ways out that such an event may change; all others stay as they were.
    By state, `advise` says which advice is raised, completed and withdrawn, and `may_move` whether a way out may have
    opened. `contradicted` is None for a kind of event that shows no contradiction.
    """

    __slots__ = ("advise", "contradicted", "latch", "may_move")

    def __init__(self, kind: EventType, functions: Functions) -> None:
        self.latch = functions.latches_after(kind)
        self.contradicted = functions.contradicted_by(kind)
        self.advise = _OnDemand(lambda state: functions.advise_after(kind, state))
        self.may_move = _OnDemand(lambda state: functions.may_move(kind, state))


class _OnDemand(dict[str, F]):
    """Functions and answers by name, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], F]) -> None:
        self._make = make

    def __missing__(self, name: str) -> F:
        made = self[name] = self._make(name)
        return made


class _Probe:
    """A record that holds a report, and no other fact."""

    def __init__(self, event: Event, silence: Frame, index: Mapping[str, int]) -> None:
        self.state, self.active, self.old = "", 0, 0
        self.episode = self.latest = silence
        self.report = Frame(silence.values[:], silence.low, silence.high, silence.when)
        for name, value in event.given:
            self.report.values[index[name]] = value


def _counting_days(pathway: Pathway) -> frozenset[str]:
    """The states in which some rule reads how many days the case has been there."""
    clocks = {clock.name for clock in pathway.derived if isinstance(clock, Clock) and clock.counts == "days_in_state"}

    def counts(guard: Guard | None) -> bool:
        return guard is not None and any(leaf.fact in clocks for leaf in leaves(guard))

    everywhere: list[Guard | None] = [latched.when for latched in pathway.derived if isinstance(latched, Latched)]
    everywhere += [rule.when for rule in pathway.contradictions]
    everywhere += [guard for order in pathway.orders for guard in (order.refused, order.act_when)]
    everywhere += [guard for kind in pathway.events if kind.authority is not None
                   for guard in (kind.authority.when, kind.authority.on, kind.authority.clears)]  # fmt: skip
    if any(map(counts, everywhere)):
        return frozenset(state.name for state in pathway.states)
    # Narrowed to a state, a guard reads no further clock: only guards that read such a clock are narrowed.
    advised = [
        guard for advice in pathway.advice for guard in (advice.when, advice.until, advice.lapses) if counts(guard)
    ]
    ways = frozenset(source for rule in pathway.transitions if counts(rule.when) for source in rule.sources)
    return ways | {
        state.name
        for state in pathway.states
        if any(guard is not None and counts(in_that_state(guard, state.name)) for guard in advised)
    }


def _places(mask: int) -> tuple[int, ...]:
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


_IN_USE: WeakValueDictionary[int, CompiledPathway] = WeakValueDictionary()
_LATEST: deque[CompiledPathway] = deque(maxlen=8)
"""The compiled pathways made last, kept although no case may be using them."""


def compiled(pathway: Pathway) -> CompiledPathway:
    """The pathway compiled; made once for each pathway value that is in use."""
    found = _IN_USE.get(id(pathway))
    if found is None:
        found = CompiledPathway(pathway)
        _IN_USE[id(pathway)] = found
        _LATEST.append(found)
    return found
