"""A pathway with one rule exchanged, built without writing the pathway out and reading it again.

`pathway.model.canonical.with_changes` gives the same pathway for any change. This way is fast enough for thousands of
mutants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from attrs import AttrsInstance, evolve, fields

from pathway.model.events import Authority
from pathway.model.guards import (
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
    Shown,
    Within,
    rescoped,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.model.pathway import Condition, Pathway

T = TypeVar("T", bound=AttrsInstance)
_READ_CONDITIONS = (
    "derived", "events", "transitions", "advice", "orders", "contradictions", "states", "invariants", "notes",
)  # fmt: skip


def with_part(pathway: Pathway, part: str, place: int, changed: Any) -> Pathway:
    """The pathway with the rule at a place of a part exchanged; without it where `changed` is None.

    Where a condition is exchanged, every rule that names it follows the new definition. Raises `DefinitionError` where
    the checks of the pathway refuse it.
    """
    if part == "reference":
        return evolve(pathway, reference=changed)
    if part == "conditions":
        return _with_condition(pathway, place, changed)
    rules = getattr(pathway, part)
    kept = () if changed is None else (_renewed_rule(changed, pathway.conditions_by_name),)
    changes: dict[str, Any] = {part: (*rules[:place], *kept, *rules[place + 1 :])}
    return evolve(pathway, **changes)


def _with_condition(pathway: Pathway, place: int, changed: Condition) -> Pathway:
    conditions: dict[str, Condition] = {}
    for number, condition in enumerate(pathway.conditions):
        conditions[condition.name] = _renewed_rule(changed if number == place else condition, conditions)
    changes: dict[str, Any] = {
        part: tuple(_renewed_rule(rule, conditions) for rule in getattr(pathway, part, ()))
        for part in _READ_CONDITIONS
        if hasattr(pathway, part)
    }
    return evolve(pathway, conditions=tuple(conditions.values()), scope=_renewed(pathway.scope, conditions), **changes)


def _renewed_rule(rule: T, conditions: Mapping[str, Condition]) -> T:
    """The rule with the conditions that its guards name as they are defined now; the same rule where none changed."""
    changes: dict[str, Any] = {}
    for field in fields(type(rule)):
        value = getattr(rule, field.name)
        renewed = value
        if isinstance(value, Guard):
            renewed = _renewed(value, conditions)
        elif isinstance(value, Authority):
            renewed = _renewed_rule(value, conditions)
        if renewed is not value:
            changes[field.name] = renewed
    return evolve(rule, **changes) if changes else rule  # type: ignore[misc]  # the bound says so


def _renewed(guard: Guard, conditions: Mapping[str, Condition]) -> Guard:
    match guard:
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InState() | InForce():
            return guard
        case Named():
            definition = rescoped(conditions[guard.name].guard, guard.scope)
            return guard if definition == guard.of else Named(guard.name, definition, guard.scope)
        case Not() | Shown():
            inner = _renewed(guard.of, conditions)
            return guard if inner is guard.of else evolve(guard, of=inner)
        case All() | AnyOf() | AtLeast():
            parts = tuple(_renewed(part, conditions) for part in guard.of)
            same = all(part is other for part, other in zip(parts, guard.of, strict=True))
            return guard if same else evolve(guard, of=parts)
        case _:
            assert_never(guard)
