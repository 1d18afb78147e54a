"""Which scenarios reach which rule. A mutant of the rule is replayed first on those that are likely to notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import InState, walk
from pathway.scenarios.coverage import exercised, rule_of
from pathway.scenarios.replay import first_failure, replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.scenarios.read import Scenario


class Reach:
    """The rules that each scenario exercises, and the facts that it reports."""

    def __init__(self, pathway: Pathway, scenarios: Sequence[Scenario]) -> None:
        self._pathway = pathway
        self._brings = [_brings(scenario, pathway) for scenario in scenarios]
        self._expectations = [sum(len(step.expects) for step in scenario.steps) for scenario in scenarios]

    def order(self, rule: str) -> tuple[int, ...]:
        """The places of all scenarios: first those that exercise the rule, or report the facts that it reads."""
        wanted = self._wanted(rule)

        def likely(place: int) -> tuple[bool, int, int, int]:
            brings = self._brings[place]
            return (rule not in brings, -len(wanted & brings), -self._expectations[place], place)

        return tuple(sorted(range(len(self._brings)), key=likely))

    def _wanted(self, rule: str) -> set[str]:
        kind, _, name = rule.partition(" ")
        pathway = self._pathway
        found: set[str] = set()
        guards: list[Guard] = []
        match kind:
            case "transition":
                way = pathway.transition(name)
                guards, found = [way.when], {f"state {source}" for source in way.sources}
            case "advice":
                advice = pathway.advice_named(name)
                guards = [guard for guard in (advice.when, advice.until, advice.lapses) if guard is not None]
            case "order":
                order = pathway.order(name)
                guards = [guard for guard in (order.refused, order.permitted) if guard is not None]
                found = set() if order.act is None else {f"event {order.act}"}
            case "condition":
                guards = [pathway.condition(name).guard]
            case "derived":
                found = _read_by(name, pathway)
            case "reference":
                found = {f"fact {name.split(' ', 1)[0]}"}
            case _:
                pass
        return found.union(*(_read(guard, pathway) for guard in guards)) if guards else found


def _brings(scenario: Scenario, pathway: Pathway) -> set[str]:
    found = set()
    for done in replay(scenario, pathway).steps:
        found |= {rule_of(*key) for key in exercised(done)}
        event = done.step.event
        if event is not None:
            found |= {f"event {event.name}", *(f"fact {name}" for name, _ in event.given)}
            found |= {f"fact {name}" for name in event.kind.records}
    return found


def _read(guard: Guard, pathway: Pathway) -> set[str]:
    found: set[str] = set()
    for node in walk(guard):
        if isinstance(node, InState):
            found |= {f"state {state}" for state in node.states}
        elif (name := getattr(node, "fact", None)) is not None:
            found |= {f"fact {name}"} | _read_by(name, pathway)
    return found


def _read_by(name: str, pathway: Pathway) -> set[str]:
    found: set[str] = set()
    for derived in pathway.derived:
        if derived.name != name:
            continue
        match derived:
            case Latched():
                found |= _read(derived.when, pathway) | {f"event {event}" for event in derived.cleared_by}
            case Held() | Settled() | Grade():
                found.add(f"fact {derived.fact}")
            case Captured():
                found |= {f"fact {derived.of}", f"state {derived.entering}", f"event {derived.ends_with}"}
            case Product():
                found |= {f"fact {derived.left}", f"fact {derived.right}"}
            case Excess():
                found |= {f"fact {part}" for part in (*derived.parts, derived.whole)}
            case AtMost():
                found |= {f"fact {part}" for part in (derived.part, derived.whole, derived.less)}
            case Clock():
                pass
            case _:
                assert_never(derived)
    return found


def faults_of_scenarios(scenarios: Iterable[Scenario], pathway: Pathway) -> list[str]:
    """The scenarios that fail on the pathway itself: they can judge no mutant."""
    failing = ((scenario.file, first_failure(scenario, pathway)) for scenario in scenarios)
    return [f"{file}: {where}: does not hold of the pathway itself" for file, where in failing if where]
