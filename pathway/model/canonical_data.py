"""The parts of a pathway as JSON data and back, the canonical text, and its digest.

A field that was added after version 0.1.0 is left out where it has its default (see `added`). The data name the kind
of a fact, derived fact or invariant by its class name, or by the word in `TAGS` where the class was renamed.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, assert_never, get_args

import cattrs
from attrs import resolve_types
from cattrs.gen import make_dict_unstructure_fn, override

from pathway.model import guards as g
from pathway.model.added import added_to
from pathway.model.derived import Derived
from pathway.model.errors import BadInput, one_line
from pathway.model.facts import Fact
from pathway.model.invariants import TAGS, Invariant
from pathway.model.parts import Condition, Parts
from pathway.model.units import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
resolve_types(Parts)


def _by_tag(union: Any) -> dict[str, type]:
    """The classes of a union by the words that name them in the data."""
    return {TAGS.get(kind, kind.__name__): kind for kind in get_args(union)}


KINDS: dict[Any, dict[str, type]] = {union: _by_tag(union) for union in (Fact, Derived, Invariant)}
"""The classes of each union by the word that names them in the data. A class added to a union is included."""


def to_json(pathway: Parts) -> str:
    """The canonical JSON: keys sorted, no white space between them, amounts as exact text, ASCII, one line."""
    data = {"format": FORMAT, "pathway": converter().unstructure(pathway, Parts)}
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(pathway: Parts) -> str:
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


class Conditions(dict[str, Condition]):
    """The conditions that a guard may name. Each is unfolded once for each scope, and guards share the result."""

    def __init__(self, known: Mapping[str, Condition] | None = None) -> None:
        super().__init__(known or {})
        self._unfolded: dict[tuple[str, g.Scope], g.Guard] = {}

    def unfolded(self, name: str, scope: g.Scope) -> g.Guard:
        """The guard of a condition, read in a scope. Raises `BadInput` for an unknown condition."""
        if name not in self:
            raise BadInput(f"unknown condition '{one_line(name)}' (a condition may name only those before it)")
        if (name, scope) not in self._unfolded:
            guard = self[name].guard
            self._unfolded[name, scope] = guard if scope == g.EPISODE else g.rescoped(guard, scope)
        return self._unfolded[name, scope]


def guard_from_data(data: Any, conditions: Mapping[str, Condition]) -> g.Guard:
    """The guard that `guard_to_data` wrote, given the conditions that it may name."""
    return _guard(data, conditions if isinstance(conditions, Conditions) else Conditions(conditions))


def _guard(data: Any, conditions: Conditions) -> g.Guard:

    def all_of(parts: Any) -> tuple[g.Guard, ...]:
        return tuple(_guard(part, conditions) for part in parts)

    match data:
        case ["<" | "<=" | ">" | ">=" as op, str(fact), str(value), "episode" | "report" | "latest" as scope]:
            return g.Compare(fact, op, exact(value), scope)
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
            return g.Not(_guard(part, conditions))
        case ["shown", part]:
            return g.Shown(_guard(part, conditions))
        case ["all", [*parts]]:
            return g.All(all_of(parts))
        case ["any", [*parts]]:
            return g.AnyOf(all_of(parts))
        case ["at_least", int(n), [*parts]]:
            return g.AtLeast(n, all_of(parts))
        case ["named", str(name), "episode" | "report" | "latest" as scope]:
            return g.Named(name, conditions.unfolded(name, scope), scope)
        case _:
            raise BadInput(f"no guard: {one_line(str(data)[:200])}")


def converter(conditions: Mapping[str, Condition] | None = None) -> cattrs.Converter:
    """The converter between the parts of a pathway and JSON data. Reading needs the conditions that guards may name."""
    return _writer() if conditions is None else _new_converter(conditions)


@lru_cache(maxsize=1)
def _writer() -> cattrs.Converter:
    return _new_converter({})


def _new_converter(conditions: Mapping[str, Condition]) -> cattrs.Converter:
    known = conditions if isinstance(conditions, Conditions) else Conditions(conditions)
    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
    made.register_unstructure_hook_factory(_has_added, lambda cls: _without_defaults(cls, made))
    for kind in (str, int, bool):
        made.register_structure_hook(kind, _exactly)
    made.register_unstructure_hook(Decimal, lambda value: f"{value.normalize():f}")
    made.register_structure_hook(Decimal, lambda value, _: exact(_exactly(value, str)))
    made.register_unstructure_hook(date, lambda value: value.isoformat())
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_structure_hook(bool | str | None, lambda value, _: value)
    made.register_unstructure_hook(g.Guard, guard_to_data)
    made.register_structure_hook(g.Guard, lambda data, _: _guard(data, known))
    maybe = g.Guard | None
    made.register_unstructure_hook(maybe, lambda guard: None if guard is None else guard_to_data(guard))
    made.register_structure_hook(maybe, lambda data, _: None if data is None else _guard(data, known))
    for union, members in KINDS.items():
        _register_tagged(made, union, members)
    return made


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise BadInput(f"{str(value)[:40]!r} is no {kind.__name__}")
    return value


def _has_added(cls: Any) -> bool:
    return isinstance(cls, type) and bool(added_to(cls))


def _without_defaults(cls: type, made: cattrs.Converter) -> Any:
    """The hook that writes a class with added fields. An added field that has its default is left out."""
    return make_dict_unstructure_fn(
        cls,
        made,
        **{name: override(omit_if_default=True) for name in added_to(cls)},  # type: ignore[arg-type]  # overrides are passed by field name
    )


def _register_tagged(made: cattrs.Converter, union: Any, members: Mapping[str, type]) -> None:
    tags = {cls: tag for tag, cls in members.items()}
    made.register_unstructure_hook(
        union, lambda member: {"kind": tags[type(member)], **made.unstructure(member, type(member))}
    )
    made.register_structure_hook(union, lambda data, _: _tagged(made, data, members))


def _tagged(made: cattrs.Converter, data: Mapping[str, Any], members: Mapping[str, type]) -> Any:
    body = dict(data)
    kind = body.pop("kind", None)
    if kind not in members:
        raise BadInput(f"unknown kind '{kind}'")
    return made.structure(body, members[kind])
