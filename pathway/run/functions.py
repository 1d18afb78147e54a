"""The compiled functions of a pathway: latches, advice in a state, what is awaited in a state, contradictions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pathway.model.derivation import changed_by, everything_behind, facts_behind, moved_by, told_by
from pathway.model.derived import Latched
from pathway.model.partial import in_that_state
from pathway.model.parts import guards_of
from pathway.model.rails import ReportOf
from pathway.run.advising import Advising

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.events import EventType
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition
    from pathway.run.advising import Advised
    from pathway.run.compile import AwaitedBits, Compiler
    from pathway.run.layout import Layout


class Functions:
    """Compiles the functions that the cases of one pathway call again and again. Each function takes a fold."""

    def __init__(self, pathway: Pathway, layout: Layout, compiler: Compiler) -> None:
        self.pathway = pathway
        self.layout = layout
        self.compiler = compiler
        self._advising = Advising(pathway, compiler)
        self._numbers: dict[int, int] = {}
        for number, (_, guard) in enumerate(guards_of(pathway)):
            self._numbers.setdefault(id(guard), number)

    def number(self, guard: Guard) -> int | None:
        """The number of a guard among the guards of the pathway; None for a guard that was made elsewhere."""
        return self._numbers.get(id(guard))

    def guard(self, guard: Guard) -> Callable[[Any], bool]:
        """Where a guard is true."""
        number = self.number(guard)
        return self.compiler.guard(guard, "guard" if number is None else f"guard {number}")

    def way(self, rule: Transition) -> Callable[[Any], bool]:
        """Where the guard of a transition is true: a function of the transition's own."""
        return self.compiler.guard(rule.when, f"way {rule.id}")

    def contradicted_by(self, kind: EventType) -> Callable[[Any], int] | None:
        """Which contradictions a report of a kind shows, as a bit mask; None where it can show no contradiction."""
        rails = ReportOf(self.compiler.here, told_by(kind, self.pathway))
        shown = {1 << number: rails.true(rule.when) for number, rule in enumerate(self.pathway.contradictions)}
        bits = [f"({bit} if {true} else 0)" for bit, true in shown.items() if true != "False"]
        if not bits:
            return None
        return self.compiler.function(f"contradicted {kind.name}", lambda: [f"return {' | '.join(bits)}"])

    def may_move(self, kind: EventType, state: str) -> bool:
        """Whether an event of a kind can open an automatic way out of a state in which the case was at rest."""
        ways = [rule for rule in self.pathway.transitions if not rule.on and state in rule.sources]
        return moved_by([in_that_state(rule.when, state) for rule in ways], kind, self.pathway)

    def latches(self) -> Callable[[Any], None]:
        """Bring every latch up to date, in the order of the definition."""
        return self._latching("latch", [latched for latched in self.pathway.derived if isinstance(latched, Latched)])

    def latches_after(self, kind: EventType) -> Callable[[Any], None]:
        """Bring the latches up to date that an event of a kind may change. All others stay as they were."""
        changed = changed_by(kind, self.pathway)
        latches = [derived for derived in self.pathway.derived if isinstance(derived, Latched)]
        moved = [latch for latch in latches if changed & {latch.name, *everything_behind(latch.when, self.pathway)}]
        return self._latching(f"latch {kind.name}", moved) if moved else _nothing

    def _latching(self, name: str, latches: list[Latched]) -> Callable[[Any], None]:
        here = self.compiler.here

        def body() -> Iterable[str]:
            for latch in latches:
                place = self.layout.index[latch.name]
                yield f"if e[{place}] is not True:"
                yield f"    if {here.true(latch.when)}:"
                yield f"        e[{place}] = True; m.latched.append({place}); m.met_on[{place}] = m.day"
                yield f"    else: e[{place}] = False if {here.false(latch.when)} else None"
                if not latch.for_good and (brought := self._brought(latch.when)):
                    # A latch that only stands from an earlier day is not met again today.
                    again = f"m.met_on[{place}] != m.day and ({brought}) and {here.true(latch.when)}"
                    yield f"elif {again}: m.met_on[{place}] = m.day"
            yield "return None"

        return self.compiler.function(name, body)

    def _brought(self, guard: Guard) -> str:
        """The expression for whether the report at hand gives a fact that the guard rests on."""
        facts = sorted(facts_behind(guard, self.pathway))
        return " or ".join(f"r[{self.layout.index[name]}] is not None" for name in facts)

    def advise(self, state: str) -> Callable[[Any], Advised]:
        """Which advice is raised, completed and withdrawn in a state, as bit masks."""
        return self._advising.anew(state)

    def advise_after(self, kind: EventType, state: str) -> Callable[[Any], Advised]:
        """The same after an event of a kind, where all advice was in line with the record before the event."""
        return self._advising.after(kind, state)

    def awaits(self, state: str) -> Callable[[Any], int]:
        """Which facts are unknown and awaited in a state, as a bit mask."""
        return self._awaits(f"awaits {state}", state, self.compiler.unknown)

    def revised(self, state: str) -> Callable[[Any], int]:
        """Which facts are awaited in a state where no fact is unknown, as a bit mask.

        These are the facts that would open a way if another value were reported. No fact where the source ends.
        """
        if self.pathway.state(state).end:
            return _no_facts
        return self._awaits(f"revised {state}", state, self.compiler.revised)

    def _awaits(self, name: str, state: str, awaited: AwaitedBits) -> Callable[[Any], int]:
        ways = [in_that_state(rule.when, state) for rule in self.pathway.transitions if state in rule.sources]
        urgent = [
            (1 << place, in_that_state(advice.until, state))
            for place, advice in enumerate(self.pathway.advice)
            if advice.urgency == "now" and advice.until is not None
        ]
        listed = [
            (1 << place, [self.layout.index[name] for name in advice.lists])
            for place, advice in enumerate(self.pathway.advice)
            if advice.lists
        ]

        def body() -> Iterable[str]:
            yield "w = 0"
            for way in ways:
                if (waits := awaited.waits(way)) != "0":
                    yield f"w |= {waits}"
            waiting: dict[str, int] = defaultdict(int)
            for bit, until in urgent:
                waiting[awaited.waits(until)] |= bit
            for waits, bits in waiting.items():
                if waits != "0":
                    yield f"if a & {bits}: w |= {waits}"
            for bit, places in listed:
                unknown = " | ".join(f"({1 << place} if e[{place}] is None else 0)" for place in places)
                yield f"if a & {bit}: w |= {unknown}"
            yield f"return w & {self.layout.visible}"

        guards = [*ways, *(until for _, until in urgent)]
        return self.compiler.function(name, body, guards, awaited.sure)

    def hopeless(self, rule: Transition) -> Callable[[Any], bool]:
        """Where the next report cannot make a transition's guard true."""
        sure = self.compiler.sure
        return self.compiler.function(f"hopeless {rule.id}", lambda: [f"return {sure.false(rule.when)}"], (), sure)


def _nothing(_record: Any) -> None:
    """Do nothing."""


def _no_facts(_record: Any) -> int:
    """No fact."""
    return 0
