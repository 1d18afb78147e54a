"""A pathway as canonical JSON and back: the same content gives the same bytes, and the same digest."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, assert_never

import cattrs
from attrs import fields, resolve_types

from pathway.model import guards as g
from pathway.model.derived import Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.errors import BadInput, DefinitionError, one_line
from pathway.model.facts import Choice, Fact, Flag, Quantity, Text
from pathway.model.invariants import Always, Entry, Invariant, Lasting, Refusal, UrgentStays
from pathway.model.pathway import Condition, Pathway

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
resolve_types(Pathway)
_FACTS: dict[str, type] = {one.__name__: one for one in (Quantity, Flag, Choice, Text)}
_DERIVED: dict[str, type] = {
    one.__name__: one for one in (Clock, Latched, Held, Settled, Captured, Product, Excess, Grade)
}
_INVARIANTS: dict[str, type] = {one.__name__: one for one in (Always, Entry, Lasting, Refusal, UrgentStays)}


def to_json(pathway: Pathway) -> str:
    """The canonical JSON: keys sorted, no idle white space, amounts as exact text, ASCII, one line."""
    data = {"format": FORMAT, "pathway": _converter().unstructure(pathway, Pathway)}
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def from_json(text: str) -> Pathway:
    """The pathway that `to_json` wrote. Raises `BadInput` where the text is none, or contradicts itself."""
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise BadInput(f"this is no pathway of format {FORMAT}")
        body = data["pathway"]
        conditions: dict[str, Condition] = {}
        converter = _converter(conditions)
        for one in body["conditions"]:
            if not isinstance(one, dict):
                raise BadInput("conditions: an object is wanted for each")
            conditions[one["name"]] = converter.structure(one, Condition)
        return converter.structure(body, Pathway)
    except DefinitionError as fault:
        raise BadInput(*fault.faults) from None
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        cattrs.errors.CattrsError,
    ) as fault:
        if isinstance(fault, BadInput):
            raise fault.at("this is no pathway") from None
        raise BadInput(f"this is no pathway: {type(fault).__name__} {one_line(str(fault))}") from fault


def with_changes(pathway: Pathway, **changes: Any) -> Pathway:
    """The pathway with some of its parts exchanged, and every rule saying what the conditions that it names now say."""
    data = json.loads(to_json(pathway))
    converter = _converter()
    types = {one.name: one.type for one in fields(Pathway)}
    for name, value in changes.items():
        data["pathway"][name] = json.loads(json.dumps(converter.unstructure(value, types[name])))
    return from_json(json.dumps(data))


def digest_of(pathway: Pathway) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(pathway).encode()).hexdigest()


def guard_to_data(guard: g.Guard) -> Any:
    """A guard as JSON data; a named condition by its name."""
    match guard:
        case g.Compare():
            return [guard.op, guard.fact, f"{guard.value.normalize():f}", guard.scope]
        case g.OneOf():
            return ["one_of", guard.fact, list(guard.options), guard.scope]
        case g.IsTrue():
            return ["is_true", guard.fact, guard.scope]
        case g.Known():
            return ["known", guard.fact, guard.scope]
        case g.Below():
            return ["below", guard.fact, guard.scope]
        case g.Within():
            return ["within", guard.fact, guard.scope]
        case g.InState():
            return ["in_state", list(guard.states)]
        case g.InForce():
            return ["in_force", guard.advice]
        case g.Not():
            return ["not", guard_to_data(guard.of)]
        case g.Shown():
            return ["shown", guard_to_data(guard.of)]
        case g.All():
            return ["all", [guard_to_data(part) for part in guard.of]]
        case g.AnyOf():
            return ["any", [guard_to_data(part) for part in guard.of]]
        case g.AtLeast():
            return ["at_least", guard.n, [guard_to_data(part) for part in guard.of]]
        case g.Named():
            return ["named", guard.name, guard.scope]
        case _:
            assert_never(guard)


def guard_from_data(data: Any, conditions: Mapping[str, Condition]) -> g.Guard:
    """The contrary of `guard_to_data`, given the conditions that it may name."""

    def all_of(parts: Any) -> tuple[g.Guard, ...]:
        return tuple(guard_from_data(part, conditions) for part in parts)

    match data:
        case ["<" | "<=" | ">" | ">=" as op, str(fact), str(value), "episode" | "report" | "latest" as scope]:
            return g.Compare(fact, op, Decimal(value), scope)
        case ["one_of", str(fact), [*options], "episode" | "report" | "latest" as scope]:
            return g.OneOf(fact, tuple(options), scope)
        case ["is_true", str(fact), "episode" | "report" | "latest" as scope]:
            return g.IsTrue(fact, scope)
        case ["known", str(fact), "episode" | "report" | "latest" as scope]:
            return g.Known(fact, scope)
        case ["below", str(fact), "episode" | "report" | "latest" as scope]:
            return g.Below(fact, scope)
        case ["within", str(fact), "episode" | "report" | "latest" as scope]:
            return g.Within(fact, scope)
        case ["in_state", [*states]]:
            return g.InState(tuple(states))
        case ["in_force", str(advice)]:
            return g.InForce(advice)
        case ["not", part]:
            return g.Not(guard_from_data(part, conditions))
        case ["shown", part]:
            return g.Shown(guard_from_data(part, conditions))
        case ["all", [*parts]]:
            return g.All(all_of(parts))
        case ["any", [*parts]]:
            return g.AnyOf(all_of(parts))
        case ["at_least", int(n), [*parts]]:
            return g.AtLeast(n, all_of(parts))
        case ["named", str(name), "episode" | "report" | "latest" as scope]:
            if name not in conditions:
                raise BadInput(f"unknown condition '{name}' (a condition may name only those before it)")
            return g.Named(name, g.rescoped(conditions[name].guard, scope), scope)
        case _:
            raise BadInput(f"no guard: {str(data)[:80]}")


def _converter(conditions: Mapping[str, Condition] | None = None) -> cattrs.Converter:
    return _writer() if conditions is None else _new_converter(conditions)


@lru_cache(maxsize=1)
def _writer() -> cattrs.Converter:
    return _new_converter({})


def _new_converter(conditions: Mapping[str, Condition]) -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_unstructure_hook(Decimal, lambda value: f"{value.normalize():f}")
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(_exactly(value, str)))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_structure_hook(bool | str | None, lambda value, _: value)
    converter.register_unstructure_hook(g.Guard, guard_to_data)
    converter.register_structure_hook(g.Guard, lambda data, _: guard_from_data(data, conditions))
    maybe = g.Guard | None
    converter.register_unstructure_hook(maybe, lambda one: None if one is None else guard_to_data(one))
    converter.register_structure_hook(
        maybe, lambda data, _: None if data is None else guard_from_data(data, conditions)
    )
    for union, members in ((Fact, _FACTS), (Derived, _DERIVED), (Invariant, _INVARIANTS)):
        _register_tagged(converter, union, members)
    return converter


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise BadInput(f"{str(value)[:40]!r} is no {kind.__name__}")
    return value


def _register_tagged(converter: cattrs.Converter, union: Any, members: Mapping[str, type]) -> None:
    converter.register_unstructure_hook(
        union, lambda one: {"kind": type(one).__name__, **converter.unstructure(one, type(one))}
    )
    converter.register_structure_hook(union, lambda data, _: _tagged(converter, data, members))


def _tagged(converter: cattrs.Converter, data: Mapping[str, Any], members: Mapping[str, type]) -> Any:
    body = dict(data)
    kind = body.pop("kind", None)
    if kind not in members:
        raise BadInput(f"unknown kind '{kind}'")
    return converter.structure(body, members[kind])
