"""Mutants: the pathway changed in one place, as a slip of the pen would change it.

A scenario that does not notice a limit moved by a step protects nothing. So every limit is moved, every part of a guard
is dropped and negated, every target is exchanged, and the hand-written scenarios are replayed on each mutant.

Some parts are not changed, because scenarios do not speak of them: words, notes, contradictions, plausible ranges and
units. They have tests of their own. A named condition is changed once, where it is defined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from pathway.verify.mutants.build import with_part
from pathway.verify.mutants.memory import changes_of_derived, changes_of_event, changes_of_fact, changes_of_reference
from pathway.verify.mutants.rules import (
    changes_of_advice,
    changes_of_condition,
    changes_of_order,
    changes_of_transition,
)
from pathway.verify.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway
    from pathway.verify.mutants.rules import Change

GUARDS = ("threshold", "comparison", "part dropped", "part negated", "number", "option", "unknown", "scope")
TARGETS = ("target", "transition", "source")
KINDS = (
    *GUARDS, *TARGETS, "event", "closing", "urgency", "due", "completion", "listed", "verdict", "act", "memory",
    "reference limit", "reference age",
)  # fmt: skip
"""The kinds of change, as the table of `pathway mutate` lists them."""
STRICT = (*GUARDS, *TARGETS, "reference limit", "reference age")
"""The kinds of change of which no mutant `of_source` may survive."""


@frozen
class Mutant:
    """One change of a pathway. `id` names it for good: "transition to_ward: target ward -> theatre".

    `of_source`: the changed rule cites a statement and makes no local choice. `part` and `place` say where the rule
    stands in the pathway. `changed` is the rule that stands there instead; None: the rule is removed.
    """

    id: str
    rule: str
    kind: str
    of_source: bool
    part: str = field(repr=False)
    place: int = field(repr=False)
    changed: Any = field(repr=False)

    @property
    def strict(self) -> bool:
        """Whether a hand-written scenario must notice it: the source gives the threshold, guard or target."""
        return self.of_source and self.kind in STRICT

    def build(self, pathway: Pathway) -> Pathway:
        """The mutated pathway. Raises `DefinitionError` where the checks of the pathway refuse it."""
        return with_part(pathway, self.part, self.place, self.changed)


def mutants_of(pathway: Pathway) -> Iterator[Mutant]:
    """Every mutant, in the order of the definition; none twice, and none that is the pathway itself."""
    seen: set[tuple[str, int, Any]] = set()
    for rule, part, place, original, change in _changes(pathway):
        key = (part, place, change.rule)
        if change.rule == _at(pathway, part, place) or key in seen:
            continue
        seen.add(key)
        yield Mutant(
            f"{rule}: {change.words}", rule, change.kind, _of_source(original, pathway), part, place, change.rule
        )


def _changes(pathway: Pathway) -> Iterator[tuple[str, str, int, Any, Change]]:
    steps = Steps(pathway)
    for row, change in changes_of_reference(pathway.reference, steps):
        yield f"reference {row.fact} {row.band()}", "reference", 0, row, change
    for place, fact in enumerate(pathway.facts):
        for change in changes_of_fact(fact):
            yield f"fact {fact.name}", "facts", place, fact, change
    for place, derived in enumerate(pathway.derived):
        for change in changes_of_derived(derived, pathway, steps):
            yield f"derived {derived.name}", "derived", place, derived, change
    for place, condition in enumerate(pathway.conditions):
        for change in changes_of_condition(condition, steps):
            yield f"condition {condition.name}", "conditions", place, condition, change
    for place, kind in enumerate(pathway.events):
        for change in changes_of_event(kind, steps):
            yield f"event {kind.name}", "events", place, kind, change
    for place, rule in enumerate(pathway.transitions):
        for change in changes_of_transition(rule, pathway, steps):
            yield f"transition {rule.id}", "transitions", place, rule, change
    for place, advice in enumerate(pathway.advice):
        for change in changes_of_advice(advice, steps):
            yield f"advice {advice.id}", "advice", place, advice, change
    for place, order in enumerate(pathway.orders):
        for change in changes_of_order(order, steps):
            yield f"order {order.id}", "orders", place, order, change


def _at(pathway: Pathway, part: str, place: int) -> Any:
    return pathway.reference if part == "reference" else getattr(pathway, part)[place]


def _of_source(rule: Any, pathway: Pathway) -> bool:
    return not getattr(rule, "local_choice", "") and any(cite in pathway.statements_by_id for cite in rule.cites)
