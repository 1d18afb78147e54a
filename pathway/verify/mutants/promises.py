"""The promises of a pathway, checked in stories: its invariants; no two ways are open at once; no order is both refused
and permitted; no case rests in a state once what the state waits for is shown.

`pathway verify` proves them over every record. Here a mutant is checked for the promises of the original in the
cases of the hand-written stories. A mutant that breaks a promise is noticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.errors import BadInput
from pathway.model.guards import NEVER, InForce, walk
from pathway.model.invariants import Always, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.run.case import Case
from pathway.run.compiled import compiled
from pathway.scenarios.replay import replay_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from typing import Any

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.run.compiled import CompiledPathway
    from pathway.run.record import Record
    from pathway.run.step import Step
    from pathway.scenarios.read import Scenario, ScenarioStep


def broken_promise(original: Pathway, mutant: Pathway, scenarios: Iterable[Scenario]) -> str:
    """A promise of the original that the mutant breaks in a story, with the story; "" where it breaks none."""
    promises = Promises(original, mutant)
    for scenario in scenarios:
        if found := promises.broken_in(scenario):
            return found
    return ""


class Promises:
    """The promises of a pathway, checked on a mutant while stories are replayed on it."""

    def __init__(self, original: Pathway, mutant: Pathway) -> None:
        self.broken: list[tuple[str, str]] = []
        self._stood: list[bool] = []
        self._mutant = mutant
        self._compiled: CompiledPathway = compiled(mutant)
        guard = self._guard
        invariants = original.invariants
        self._always = [(promise.id, guard(promise.holds)) for promise in invariants if isinstance(promise, Always)]
        self._lasting = [
            (promise.id, guard(promise.what), guard(promise.unless), _spoken(promise.what))
            for promise in invariants
            if isinstance(promise, Lasting)
        ]
        self._entries = [
            (promise.id, promise.states, guard(promise.requires))
            for promise in invariants
            if isinstance(promise, OnEntering)
        ]
        self._refusals = [
            (promise.id, guard(promise.when), guard(mutant.order(promise.order).refused))
            for promise in invariants
            if isinstance(promise, OrderRefused)
        ]
        self._stays = next((promise.id for promise in invariants if isinstance(promise, UrgentStays)), "")
        self._aside: set[str] = set()
        self._urgent = {
            advice.id: guard(NEVER if advice.lapses is None else advice.lapses)
            for advice in original.advice
            if advice.urgency == "now"
        }
        self._verdicts = [
            (order.id, guard(order.refused), guard(order.permitted))
            for order in mutant.orders
            if order.permitted is not None
        ]
        self._waits = {state.name: guard(state.waits) for state in original.states if state.waits is not None}
        self._ways = [(rule, guard(rule.when)) for rule in mutant.transitions]

    def broken_in(self, scenario: Scenario) -> str:
        """The first promise that is broken in a story, with the story and the step; "" where none is."""
        case = Case(self._mutant, born=scenario.born, timezone=scenario.timezone)
        latest: datetime | None = None
        self.broken = []
        for step in scenario.steps:
            latest = step.at if latest is None else max(latest, step.at)
            self.before(case)
            try:
                result = _done(case, step, latest)
            except BadInput:
                return ""
            self.after(case, step, result)
            if self.broken:
                return self.first_in(scenario)
        return ""

    def first_in(self, scenario: Scenario) -> str:
        """The first promise that was broken since `broken` was emptied, with its story; "" where none was."""
        return f"{self.broken[0][1]} ({scenario.file}: {self.broken[0][0]})" if self.broken else ""

    def before(self, case: Case) -> None:
        """Keep which lasting promises are true before a step, and what is set aside: that may go with its ground."""
        record = case.timeline.end.record
        self._stood = [what(record) for _, what, _, _ in self._lasting]
        self._aside = {advice.id for advice in self._compiled.advice_of(record.aside)}

    def after(self, case: Case, step: ScenarioStep, result: Step | None) -> None:
        """Note the promises that are broken after a step, each with the step."""
        if result is None:
            return
        record = case.timeline.end.record
        # Where every entry was withdrawn, nothing has happened yet.
        names = [*self._at_rest(record)] if record.at is not None else []
        # While something waits, the plan holds what is urgent with it and without it: more than the rules raise.
        if result.change is None and not case.pending:
            names += [*self._taken(step, result), *self._lost(self._stood, record, result)]
        self.broken += [(step.place, name) for name in names]

    def _at_rest(self, record: Record) -> Iterator[str]:
        yield from (name for name, holds in self._always if not holds(record))
        yield from (name for name, when, refused in self._refusals if when(record) and not refused(record))
        for order, refused, permitted in self._verdicts:
            if refused(record) and permitted(record):
                yield f"order {order}: two verdicts"
        waits = self._waits.get(record.state)
        if waits is not None and waits(record):
            yield f"{record.state}: missed"

    def _taken(self, step: ScenarioStep, result: Step) -> Iterator[str]:
        for place, fired in enumerate(result.fired):
            open_ways = [
                rule.id
                for rule, when in self._ways
                if fired.source in rule.sources
                and (rule.on is None or (place == 0 and rule.on == step.name))
                and when(fired.record)
            ]
            if len(open_ways) > 1:
                yield f"{' or '.join(open_ways)} from {fired.source}"
            for name, states, requires in self._entries:
                if fired.transition.target in states and fired.source not in states and not requires(fired.record):
                    yield name

    def _lost(self, stood: list[bool], record: Record, result: Step) -> Iterator[str]:
        for was, (name, what, unless, spoken) in zip(stood, self._lasting, strict=True):
            if was and not what(record) and not unless(record) and not spoken & self._aside:
                yield name
        excused = {advice.id for advice in result.left_undone} | self._aside
        gone = [advice.id for advice in result.withdrawn if advice.id in self._urgent and advice.id not in excused]
        if self._stays and any(not self._urgent[name](record) for name in gone):
            yield self._stays

    def _guard(self, guard: Guard) -> Callable[[Any], bool]:
        return self._compiled.guard(guard)


def _spoken(guard: Guard) -> set[str]:
    """The advice that a guard asks to be in force."""
    return {node.advice for node in walk(guard) if isinstance(node, InForce)}


def _done(case: Case, step: ScenarioStep, latest: datetime) -> Step | None:
    if step.kind == "event" and step.event is not None:
        return case.record(step.event, at=step.at, by=step.by, id=step.id)
    return replay_step(case, step, latest, reasons=False).result
