"""Generated scenarios: the shortest story to each transition, and the stories on both sides of each limit.

They repeat the definition, so that a change of the definition is seen as a change of stories. Hand-written stories say
what the definition should say. The solver names the events. Fields, days and values are then chosen, the plainest
first, as long as a story remains. Each task has its own solver, so that the same solver always writes the same files.
"""

from __future__ import annotations

from concurrent.futures import as_completed
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from pathway.model.guards import Compare, leaves
from pathway.model.words import in_words
from pathway.scenarios.read import ScenarioStep
from pathway.scenarios.replay import Replayed, replay
from pathway.scenarios.write import scenario_text
from pathway.verify.encoding import Encoding
from pathway.verify.limits import SIDES, Boundary, boundary, limits
from pathway.verify.logic import Formula, both, disj
from pathway.verify.patient import slug
from pathway.verify.search import Search, UnrolledEvent
from pathway.verify.unrolling import enabled
from pathway.verify.ways import longest_chain
from pathway.verify.workers import workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition
    from pathway.scenarios.read import Scenario
    from pathway.verify.counterexample import Counterexample
    from pathway.verify.limits import Limit
    from pathway.verify.search import Goal


@frozen
class Task:
    """A task to find stories for: a transition from a state, or a limit, by name."""

    kind: str
    name: str


def tasks_of(pathway: Pathway) -> list[Task]:
    """All tasks, in the order of the definition."""
    ways = [Task("way", f"{rule.id} from {source}") for rule in pathway.transitions for source in rule.sources]
    return [*ways, *(Task("limit", limit.name) for limit in limits(Encoding(pathway)))]


class Generator:
    """Finds the stories of one pathway: `{file name: text}` for each task."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.encoding = Encoding(pathway)
        self.search = Search(self.encoding, longest_chain(self.encoding))

    def stories(self, task: Task) -> dict[str, str]:
        """The stories of a task; empty where none of a few events was found."""
        if task.kind == "limit":
            found = {limit.name: limit for limit in limits(self.encoding)}
            return dict(self._of_limit(found[task.name]))
        ways = {
            f"{rule.id} from {source}": (rule, source) for rule in self.pathway.transitions for source in rule.sources
        }
        return dict(self._of_way(*ways[task.name]))

    def _of_way(self, rule: Transition, source: str) -> Iterator[tuple[str, str]]:
        example = self.search.shortest(_taking(rule, source))
        if example is None:
            return
        file = f"ways/{slug(f'{rule.id} from {source}')}.toml"
        state = self.pathway.state
        title = f"{rule.label}: from {state(source).title} to {state(rule.target).title}"
        why = f"The shortest story to this transition: {in_words(rule.when, self.pathway)}."
        yield file, self._scenario(example, file, title, why, rule.cites)

    def _of_limit(self, limit: Limit) -> Iterator[tuple[str, str]]:
        found = boundary(self.search, limit)
        if found is None:
            return
        for side in SIDES:
            example = self._plausible(found, side)
            if example is not None:
                file = f"limits/{slug(limit.name)}-{side}.toml"
                words = {"below": "just below the limit", "on": "on the limit", "above": "just above the limit"}
                title = f"{limit.words}: {words.get(side, 'not known')}"
                why = "Told on both sides of the limit, on it, and without the value."
                yield file, self._scenario(example, file, title, why, limit.cites, orders_of(self.pathway, limit))

    def _plausible(self, found: Boundary, side: str) -> Counterexample | None:
        """The example on that side of the limit; None where its values cannot be reported or no event is left."""
        example = found.at_side(side)  # type: ignore[arg-type]  # one of SIDES
        if example is None:
            return None
        kinds = self.pathway.events_by_name
        kept = []
        for happening in example.happenings:
            given = {name for name, _ in happening.fields}
            if all(field.fact in given for field in kinds[happening.event].fields if field.required):
                kept.append(happening)
        example = evolve(example, happenings=tuple(kept))
        if not kept:
            return None
        held = [
            fault
            for step in example.scenario(self.pathway, "", "", "", ()).steps
            if step.event is not None
            for fault in step.event.held
        ]
        return None if held else example

    def _scenario(
        self,
        example: Counterexample,
        file: str,
        title: str,
        why: str,
        cites: tuple[str, ...],
        orders: Sequence[str] = (),
    ) -> str:
        scenario = example.scenario(self.pathway, file, title, why, cites)
        last = scenario.steps[-1]
        asked = tuple(
            ScenarioStep(last.number + more, None, last.at, "order", name) for more, name in enumerate(orders, 1)
        )
        return scenario_text(with_expectations(evolve(scenario, steps=(*scenario.steps, *asked)), self.pathway))


def orders_of(pathway: Pathway, limit: Limit) -> list[str]:
    """The orders whose answer the limit decides by itself."""
    fact = limit.captured or limit.fact
    return [
        order.id
        for order in pathway.orders
        if any(
            isinstance(leaf, Compare) and (leaf.fact, leaf.value) == (fact, limit.value)
            for guard in (order.refused, order.permitted)
            if guard is not None
            for leaf in leaves(guard)
        )
    ]


def with_expectations(scenario: Scenario, pathway: Pathway) -> Scenario:
    """The scenario with expectations: the state and the urgent advice of each step, and all advice at the end."""
    done = replay(scenario, pathway)
    last = sum(replayed.step.kind == "event" for replayed in done.steps)
    steps = tuple(_expecting(replayed, last=number == last) for number, replayed in enumerate(done.steps, 1))
    return evolve(scenario, steps=steps)


def _expecting(done: Replayed, *, last: bool) -> ScenarioStep:
    if done.verdict is not None:
        return evolve(done.step, expects=(("verdict", done.verdict.verdict), ("cites", done.verdict.cites)))
    plan = done.plan
    expects: list[tuple[str, object]] = [("state", plan.state)]
    if done.result is not None and done.result.passed_through:
        expects.append(("passes_through", done.result.passed_through))
    expects.append(("urgent", tuple(line.id for line in plan.of("now"))))
    if last:
        others = tuple(line.id for line in plan.lines if line.id not in {advice.id for advice in plan.of("now")})
        expects.append(("advises", others))
        if plan.awaits:
            expects.append(("awaits", plan.awaits))
    return evolve(done.step, expects=tuple(expects))


def _taking(rule: Transition, source: str) -> Goal:
    def goal(unrolled: list[UnrolledEvent]) -> Formula:
        states = unrolled[-1].states[:-1]
        return disj(both(symbolic.in_state((source,)), enabled(symbolic, rule)) for symbolic in states)

    return goal


def generated(pathway: Pathway, tasks: Sequence[Task], jobs: int = 1) -> Iterator[tuple[Task, dict[str, str]]]:
    """The stories of each task, as they are found. Each task has its own process, so that none depends on another."""
    with workers(jobs, max_tasks_per_child=1) as pool:
        asked = {pool.submit(_found, pathway, task): task for task in tasks}
        for done in as_completed(asked):
            yield asked[done], done.result()


def _found(pathway: Pathway, task: Task) -> dict[str, str]:
    return Generator(pathway).stories(task)
