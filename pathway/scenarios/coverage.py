"""Coverage: the parts of a pathway that scenarios exercise, and the parts that none of them does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from pathway.model.check import cited
from pathway.model.guards import ALWAYS, NEVER, Guard, Not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.model.pathway import Pathway
    from pathway.model.rules import OrderRule
    from pathway.scenarios.replay import Replay, Replayed

KINDS = ("states", "transitions", "advice", "verdicts", "contradictions", "statements")
"""The kinds of parts. The scenarios of a folder should exercise every part of each kind but the last."""


@frozen
class Covered:
    """A part that scenarios can exercise, the rule that it belongs to, and the scenario files that exercise it."""

    kind: str
    name: str
    rule: str
    files: tuple[str, ...] = field(factory=tuple)


@frozen
class Coverage:
    """Every part that scenarios can exercise, in the order of the definition."""

    items: tuple[Covered, ...]

    def of(self, kind: str) -> tuple[Covered, ...]:
        """The parts of a kind."""
        return tuple(item for item in self.items if item.kind == kind)

    def missing(self, kind: str) -> tuple[str, ...]:
        """The names of the parts of a kind that no scenario exercises."""
        return tuple(item.name for item in self.of(kind) if not item.files)

    @property
    def complete(self) -> bool:
        """Whether every state, transition, advice, order verdict and contradiction is exercised."""
        return not any(self.missing(kind) for kind in KINDS[:-1])

    def to_json(self) -> dict[str, Any]:
        """The coverage as JSON data: for each kind the number covered, the number in all, and the missing names."""
        return {
            kind: {
                "covered": sum(bool(item.files) for item in self.of(kind)),
                "of": len(self.of(kind)),
                "missing": list(self.missing(kind)),
            }
            for kind in KINDS
        }


def possible_verdicts(order: OrderRule) -> tuple[str, ...]:
    """The verdicts that an order can have by the form of its rule, and "overridden" where it can be refused."""
    found = []
    if order.refused != NEVER:
        found += ["refused", "overridden"]
    if order.permitted is not None and order.permitted != NEVER:
        found.append("permitted")
    exhaustive = order.permitted is not None and _negations(order.refused, order.permitted)
    if order.refused != ALWAYS and not exhaustive:
        found.append("not_addressed")
    return tuple(found)


def _negations(refused: Guard, permitted: Guard) -> bool:
    return refused == Not(permitted) or permitted == Not(refused)


def coverage_of(replays: Iterable[Replay], pathway: Pathway) -> Coverage:
    """The coverage of a set of replays."""
    files: dict[tuple[str, str], dict[str, None]] = {key: {} for key, _ in _all(pathway)}
    owners = _owners(pathway)
    for replay in replays:
        for step in replay.steps:
            for key in exercised(step):
                _note(files, key, replay.scenario.file)
                for statement in owners.get(rule_of(*key), ()):
                    _note(files, ("statements", statement), replay.scenario.file)
            for owner in _touched(step):
                for statement in owners.get(owner, ()):
                    _note(files, ("statements", statement), replay.scenario.file)
    return Coverage(tuple(Covered(*key, rule, tuple(files[key])) for key, rule in _all(pathway)))


_SINGULAR = {
    "states": "state", "transitions": "transition", "advice": "advice", "verdicts": "order",
    "contradictions": "contradiction",
}  # fmt: skip


def rule_of(kind: str, name: str) -> str:
    """The rule or state that a part belongs to: "to_ward from door" is of "transition to_ward"."""
    return f"{_SINGULAR[kind]} {name.split(' ', 1)[0]}"


def _note(files: dict[tuple[str, str], dict[str, None]], key: tuple[str, str], file: str) -> None:
    if key in files:
        files[key][file] = None


def _all(pathway: Pathway) -> Iterator[tuple[tuple[str, str], str]]:
    for state in pathway.states:
        yield ("states", state.name), f"state {state.name}"
    for rule in pathway.transitions:
        for source in rule.sources:
            yield ("transitions", f"{rule.id} from {source}"), f"transition {rule.id}"
    for advice in pathway.advice:
        yield ("advice", f"{advice.id} raised"), f"advice {advice.id}"
        yield ("advice", f"{advice.id} {'ended' if advice.until is None else 'completed'}"), f"advice {advice.id}"
    for order in pathway.orders:
        for verdict in possible_verdicts(order):
            yield ("verdicts", f"{order.id} {verdict}"), f"order {order.id}"
    for contradiction in pathway.contradictions:
        yield ("contradictions", f"{contradiction.id} shown"), f"contradiction {contradiction.id}"
    for statement in pathway.statements:
        if not statement.not_modelled:
            yield ("statements", statement.id), statement.id


def _owners(pathway: Pathway) -> dict[str, tuple[str, ...]]:
    """The rules that cite each statement, directly or through a note that is about it."""
    found = {owner: tuple(cites) for owner, cites in cited(pathway)}
    for note in pathway.notes:
        found[f"note {note.id}"] = note.about
    return found


def exercised(step: Replayed) -> Iterator[tuple[str, str]]:
    """The parts that a step exercises, as (kind, name). A part occurs as often as the step exercises or names it."""
    yield "states", step.plan.state
    result = step.result
    if result is not None:
        yield "states", result.came_from
        for fired in result.fired:
            yield "states", fired.source
            yield "states", fired.transition.target
            yield "transitions", f"{fired.transition.id} from {fired.source}"
        for advice in result.raised:
            yield "advice", f"{advice.id} raised"
        for advice in result.completed:
            yield "advice", f"{advice.id} completed"
        for advice in result.withdrawn:
            yield "advice", f"{advice.id} ended"
        for contradiction in result.contradictions:
            yield "contradictions", f"{contradiction.id} shown"
    if step.verdict is not None:
        yield "verdicts", f"{step.verdict.order} {step.verdict.verdict}"
        if step.verdict.override is not None:
            yield "verdicts", f"{step.verdict.order} overridden"


def _touched(step: Replayed) -> Iterator[str]:
    """The other owners of citations that a step shows a reader: event, facts, notes, conditions, scope, banner."""
    yield "banner"
    yield "scope"
    for note in step.plan.notes:
        yield f"note {note.id}"
    if step.step.event is not None:
        yield f"event {step.step.event.name}"
        for name, _ in step.step.event.given:
            yield f"fact {name}"
    for finding in step.plan.counts:
        yield f"condition low_{finding.fact}"
    if step.result is not None:
        for fired in step.result.fired:
            for node in _conditions(fired.transition.when):
                yield f"condition {node}"


def _conditions(guard: Guard) -> Iterator[str]:
    from pathway.model.guards import Named, walk

    for node in walk(guard):
        if isinstance(node, Named):
            yield node.name
