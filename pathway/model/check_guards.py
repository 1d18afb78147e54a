"""Whether a guard can be answered: the facts, options, states, advice and conditions that it names exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Held, Latched, Settled
from pathway.model.facts import Choice, Numeric, Truth
from pathway.model.guards import (
    REPORT,
    All,
    AnyOf,
    AtLeast,
    Below,
    Compare,
    Guard,
    InForce,
    InState,
    IsTrue,
    Known,
    Named,
    Not,
    OneOf,
    Scope,
    Shown,
    Within,
    rescoped,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.parts import Parts


def readable(pathway: Parts) -> dict[str, object]:
    """Facts and derived facts by name."""
    return {**pathway.facts_by_name, **pathway.derived_by_name}


def guard_faults(owner: str, guard: Guard, pathway: Parts) -> Iterator[str]:
    """Every fault of a guard, one line each, led by the rule that the guard belongs to."""
    facts, ranged = readable(pathway), {row.fact for row in pathway.reference.rows}
    ranged |= {bound.name for bound in pathway.derived if isinstance(bound, AtMost) and bound.part in ranged}
    unfolded: dict[tuple[str, Scope], Guard] = {}
    for node in walk(guard):
        match node:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                if node.fact not in facts:
                    yield f"{owner}: unknown fact '{node.fact}'"
                    continue
                fact = facts[node.fact]
                if isinstance(node, OneOf):
                    known = fact.options if isinstance(fact, Choice) else ()
                    for option in node.options:
                        if option not in known:
                            yield f"{owner}: {node.fact} has no option '{option}'"
                elif isinstance(node, Compare) and not isinstance(fact, Numeric):
                    yield f"{owner}: {node.fact} is no amount"
                elif isinstance(node, Compare) and not node.value.is_finite():
                    yield f"{owner}: the limit of {node.fact} is no number"
                elif isinstance(node, IsTrue) and not isinstance(fact, Truth):
                    yield f"{owner}: {node.fact} is neither true nor false"
                elif isinstance(node, Below | Within) and node.fact not in ranged:
                    yield f"{owner}: {node.fact} has no reference interval"
                if node.scope == REPORT and isinstance(fact, Latched | Held | Settled | Captured | Clock):
                    yield f"{owner}: {node.fact} is not part of a report"
            case InState():
                for name in node.states:
                    if name not in pathway.states_by_name:
                        yield f"{owner}: unknown state '{name}'"
            case InForce():
                if node.advice not in pathway.advice_by_id:
                    yield f"{owner}: unknown advice '{node.advice}'"
                if not owner.startswith(("order ", "invariant ")):
                    yield f"{owner}: only an order or an invariant may ask whether an advice is in force"
            case AtLeast():
                if not 1 <= node.n <= len(node.of):
                    yield f"{owner}: at least {node.n} of {len(node.of)} parts"
            case Named():
                if node.name not in pathway.conditions_by_name:
                    yield f"{owner}: unknown condition '{node.name}'"
                    continue
                key = (node.name, node.scope)
                if key not in unfolded:
                    unfolded[key] = rescoped(pathway.conditions_by_name[node.name].guard, node.scope)
                if node.of is not unfolded[key] and node.of != unfolded[key]:
                    yield f"{owner}: says something else than the condition '{node.name}'"
            case Not() | Shown() | All() | AnyOf():
                pass
            case _:
                assert_never(node)
