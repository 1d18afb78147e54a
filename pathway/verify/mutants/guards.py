"""Guards changed in one place: a limit moved by a step, a part dropped or negated, a `shown` taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from attrs import evolve

from pathway.model.guards import (
    ALWAYS,
    EPISODE,
    LATEST,
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
)
from pathway.model.units import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.guards import Op
    from pathway.verify.steps import Steps

_OTHER: dict[Op, Op] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_SCOPES: tuple[Scope, ...] = (EPISODE, REPORT, LATEST)


class GuardChange(NamedTuple):
    """A guard changed in one place: the kind of the change, its words, and the changed guard."""

    kind: str
    words: str
    guard: Guard


def guard_changes(guard: Guard, steps: Steps) -> Iterator[GuardChange]:
    """Every change of a guard, its limits moved by those steps.

    A named condition is changed where it is defined, not where a guard names it.
    """
    yield GuardChange("part negated", "negated", _negation(guard))
    if not isinstance(guard, All | AnyOf | AtLeast):
        yield GuardChange("part dropped", "always", ALWAYS)
    yield from _inside(guard, "", steps)


def _inside(guard: Guard, path: str, steps: Steps) -> Iterator[GuardChange]:
    place = f" (part {path})" if path else ""
    match guard:
        case Compare():
            yield from _of_comparison(guard, place, steps)
            yield from _of_scope(guard, f"{guard.fact} {guard.op} {written(guard.value)}", place)
        case OneOf():
            for option in guard.options if len(guard.options) > 1 else ():
                left = tuple(other for other in guard.options if other != option)
                yield GuardChange("option", f"{guard.fact} no more {option}{place}", evolve(guard, options=left))
            yield from _of_scope(guard, f"{guard.fact} {' or '.join(guard.options)}", place)
        case IsTrue() | Known() | Below() | Within():
            known = {IsTrue: "", Known: " known", Below: " low", Within: " in range"}[type(guard)]
            yield from _of_scope(guard, f"{guard.fact}{known}", place)
        case Named():
            yield from _of_scope(guard, guard.name, place)
        case InState():
            for state in guard.states if len(guard.states) > 1 else ():
                left = tuple(other for other in guard.states if other != state)
                yield GuardChange("option", f"no more in {state}{place}", InState(left))
        case InForce():
            return
        case Not():
            for change in _inside(guard.of, path, steps):
                yield change._replace(guard=Not(change.guard))
        case Shown():
            yield GuardChange("unknown", f"unknown is not false{place}", guard.of)
            for change in _inside(guard.of, path, steps):
                yield change._replace(guard=Shown(change.guard))
        case All() | AnyOf() | AtLeast():
            yield from _of_parts(guard, path, steps)
        case _:
            assert_never(guard)


def _of_parts(guard: All | AnyOf | AtLeast, path: str, steps: Steps) -> Iterator[GuardChange]:
    if isinstance(guard, AtLeast):
        for n in (guard.n + 1, guard.n - 1):
            place = f" (part {path})" if path else ""
            yield GuardChange("number", f"at least {guard.n} -> {n}{place}", AtLeast(n, guard.of))
    for number, part in enumerate(guard.of, 1):
        here = f"{path}.{number}" if path else str(number)
        before, after = guard.of[: number - 1], guard.of[number:]
        yield GuardChange("part dropped", f"part {here} dropped", evolve(guard, of=(*before, *after)))
        yield GuardChange("part negated", f"part {here} negated", evolve(guard, of=(*before, _negation(part), *after)))
        for change in _inside(part, here, steps):
            yield change._replace(guard=evolve(guard, of=(*before, change.guard, *after)))


def _of_comparison(guard: Compare, place: str, steps: Steps) -> Iterator[GuardChange]:
    test = f"{guard.fact} {guard.op} {written(guard.value)}"
    other = evolve(guard, op=_OTHER[guard.op])
    yield GuardChange("comparison", f"{test} -> {other.op} {written(guard.value)}{place}", other)
    for limit in steps.beside(guard.fact, guard.value):
        words = f"{test} -> {guard.op} {written(limit)}{place}"
        yield GuardChange("threshold", words, evolve(guard, value=limit))


def _of_scope(guard: Compare | OneOf | IsTrue | Known | Below | Within | Named, test: str, place: str,
              ) -> Iterator[GuardChange]:  # fmt: skip
    for scope in _SCOPES if guard.scope != EPISODE else ():
        if scope == guard.scope:
            continue
        if isinstance(guard, Named):
            # Its guard in that scope is made from its definition when the pathway is built.
            changed: Guard = Named(guard.name, guard.of, scope)
        else:
            changed = evolve(guard, scope=scope)
        yield GuardChange("scope", f"{test} read in the {scope}, not the {guard.scope}{place}", changed)


def _negation(guard: Guard) -> Guard:
    return guard.of if isinstance(guard, Not) else Not(guard)
