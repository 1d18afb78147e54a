"""The parts of a definition: every value with its owner, every guard, every local choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from attrs import fields, frozen, has

from pathway.model.guards import Guard, Leaf, Named, Not, Shown, parts_of
from pathway.model.reference import Interval, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway

_GUARDS = get_args(Guard)
_KINDS = {"OrderRule": "order", "EventType": "event", "ReviewNote": "note"}
_COLLECTIONS = {"facts": "fact", "derived": "derived", "invariants": "invariant"}


@frozen
class Part:
    """A value of the definition and its owner: "transition to_ward", "reference a_count 0 to 11 months"."""

    owner: str
    value: Any


@frozen
class Use:
    """A use of `shown` in a guard. `negated`: the guard can be true where its inside is not shown."""

    owner: str
    part: str
    inside: Guard
    negated: bool


def parts(pathway: Pathway) -> Iterator[Part]:
    """Every value of the definition that has fields of its own, in the order of the definition."""
    for attribute in fields(type(pathway)):
        value = getattr(pathway, attribute.name)
        inside = value.rows if isinstance(value, Reference) else value if isinstance(value, tuple) else ()
        for item in inside:
            if has(type(item)):
                yield from _inside(_owner(attribute.name, item), item)


def guards(pathway: Pathway) -> Iterator[tuple[str, str, Guard]]:
    """Every guard of the definition: (owner, the part that it is, guard)."""
    for owner, value in (("pathway", pathway), *((part.owner, part.value) for part in parts(pathway))):
        for attribute in fields(type(value)):
            inside = getattr(value, attribute.name)
            if isinstance(inside, _GUARDS):
                yield owner if owner != "pathway" else attribute.name, attribute.name, inside


def local_choices(pathway: Pathway) -> Iterator[Part]:
    """Every value with a local choice."""
    return (part for part in parts(pathway) if getattr(part.value, "local_choice", ""))


def uses_of_shown(pathway: Pathway) -> list[Use]:
    """Every use of `shown`, once for each part of a rule. A use inside a condition belongs to the condition."""
    return list(dict.fromkeys(
        Use(owner, part, inside, negated)
        for owner, part, guard in guards(pathway)
        for inside, negated in _shown(guard, negated=False)
    ))  # fmt: skip


def outermost(guard: Guard) -> Iterator[Named | Leaf]:
    """The named conditions and the leaves of a guard, without those inside named conditions."""
    if isinstance(guard, Named | Leaf):
        yield guard
        return
    for part in parts_of(guard):
        yield from outermost(part)


def _shown(guard: Guard, *, negated: bool) -> Iterator[tuple[Guard, bool]]:
    if isinstance(guard, Named):
        return
    if isinstance(guard, Shown):
        yield guard.of, negated
    for part in parts_of(guard):
        yield from _shown(part, negated=negated is not isinstance(guard, Not))


def _inside(owner: str, value: Any) -> Iterator[Part]:
    yield Part(owner, value)
    for attribute in fields(type(value)):
        inside = getattr(value, attribute.name)
        for item in inside if isinstance(inside, tuple) else (inside,):
            if has(type(item)) and not isinstance(item, _GUARDS):
                yield from _inside(owner, item)


def _owner(collection: str, value: Any) -> str:
    if isinstance(value, Interval):
        return f"reference {value.fact} {value.band()}"
    name = type(value).__name__
    kind = _COLLECTIONS.get(collection) or _KINDS.get(name) or name.lower()
    return f"{kind} {getattr(value, 'id', '') or value.name}"
