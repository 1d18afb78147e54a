"""The promises of a pathway, looked for in stories: what its invariants say, that no two ways are open at once, that
no order is both refused and permitted, and that no case rests where it has what it waits for.

`pathway verify` proves them over every record; here a mutant is asked whether it keeps the promises of the pathway that
it was made from in the cases that the hand-written stories tell. A broken one is a mutant that somebody noticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.errors import BadInput
from pathway.model.invariants import Always, Entry, Lasting, Refusal, UrgentStays
from pathway.run.case import Case
from pathway.run.program import program_of
from pathway.scenarios.replay import replay_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from typing import Any

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.run.fold import Fold
    from pathway.run.program import Program
    from pathway.run.step import Step
    from pathway.scenarios.read import Scenario, ScenarioStep


def broken_promise(original: Pathway, mutant: Pathway, scenarios: Iterable[Scenario]) -> str:
    """A promise of the original that the mutant breaks in a story, with the story; "" where it breaks none."""
    promises = _Promises(original, mutant)
    for scenario in scenarios:
        for place, name in promises.broken_in(scenario):
            return f"{name} ({scenario.file}: {place})"
    return ""


class _Promises:
    def __init__(self, original: Pathway, mutant: Pathway) -> None:
        self._mutant = mutant
        self._program: Program = program_of(mutant)
        guard = self._guard
        invariants = original.invariants
        self._always = [(one.id, guard(one.holds)) for one in invariants if isinstance(one, Always)]
        self._lasting = [(one.id, guard(one.what), guard(one.unless)) for one in invariants if isinstance(one, Lasting)]
        self._entries = [(one.id, one.states, guard(one.requires)) for one in invariants if isinstance(one, Entry)]
        self._refusals = [
            (one.id, guard(one.when), guard(mutant.order(one.order).refused))
            for one in invariants
            if isinstance(one, Refusal)
        ]
        self._stays = next((one.id for one in invariants if isinstance(one, UrgentStays)), "")
        self._urgent = {one.id for one in original.advice if one.urgency == "now"}
        self._verdicts = [
            (one.id, guard(one.refused), guard(one.permitted)) for one in mutant.orders if one.permitted is not None
        ]
        self._waits = {one.name: guard(one.waits) for one in original.states if one.waits is not None}
        self._ways = [(one, guard(one.when)) for one in mutant.transitions]

    def broken_in(self, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """The promises that are broken in a story, each with the step."""
        case = Case(self._mutant, born=scenario.born, timezone=scenario.timezone)
        latest: datetime | None = None
        for step in scenario.steps:
            latest = step.at if latest is None else max(latest, step.at)
            stood = [what(case._fold) for _, what, _ in self._lasting]
            try:
                result = _done(case, step, latest)
            except BadInput:
                return
            # Where every entry was withdrawn, nothing has happened yet.
            names = [*self._at_rest(case._fold)] if result is not None and case._fold.at is not None else []
            # While something waits, the plan holds what is urgent with it and without it: more than the rules raise.
            if result is not None and result.change is None and not case.pending:
                names += [*self._taken(step, result), *self._lost(stood, case._fold, result)]
            for name in names:
                yield step.place, name

    def _at_rest(self, fold: Fold) -> Iterator[str]:
        yield from (name for name, holds in self._always if not holds(fold))
        yield from (name for name, when, refused in self._refusals if when(fold) and not refused(fold))
        for order, refused, permitted in self._verdicts:
            if refused(fold) and permitted(fold):
                yield f"order {order}: two verdicts"
        waits = self._waits.get(fold.state)
        if waits is not None and waits(fold):
            yield f"{fold.state}: missed"

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

    def _lost(self, stood: list[bool], fold: Fold, result: Step) -> Iterator[str]:
        for was, (name, what, unless) in zip(stood, self._lasting, strict=True):
            if was and not what(fold) and not unless(fold):
                yield name
        left = {one.id for one in result.left_undone}
        if self._stays and any(one.id in self._urgent and one.id not in left for one in result.withdrawn):
            yield self._stays

    def _guard(self, guard: Guard) -> Callable[[Any], bool]:
        return self._program.guard(guard)


def _done(case: Case, step: ScenarioStep, latest: datetime) -> Step | None:
    if step.kind == "event" and step.event is not None:
        return case.record(step.event, at=step.at, by=step.by, id=step.id)
    return replay_step(case, step, latest, reasons=False).result
