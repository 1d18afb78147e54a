"""A guard narrowed to a state: the part of it that the facts still decide there."""

from __future__ import annotations

from typing import assert_never

from pathway.model.guards import (
    ALWAYS,
    NEVER,
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
)


def in_that_state(guard: Guard, state: str) -> Guard:
    """The guard where the case is in `state`: `ALWAYS`, `NEVER`, or the part that depends on the facts.

    A named condition keeps its name unless the state decides a part of it. The truth is the same for every record:
    nothing is assumed of any fact.
    """
    match guard:
        case InState():
            return ALWAYS if state in guard.states else NEVER
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InForce():
            return guard
        case Named():
            left = in_that_state(guard.of, state)
            return guard if left == guard.of else left
        case Not():
            left = in_that_state(guard.of, state)
            return NEVER if left == ALWAYS else ALWAYS if left == NEVER else Not(left)
        case Shown():
            left = in_that_state(guard.of, state)
            return left if left in (ALWAYS, NEVER) else Shown(left)
        case All():
            parts = [left for part in guard.of if (left := in_that_state(part, state)) != ALWAYS]
            return NEVER if NEVER in parts else _joined(All, parts)
        case AnyOf():
            parts = [left for part in guard.of if (left := in_that_state(part, state)) != NEVER]
            return ALWAYS if ALWAYS in parts else _joined(AnyOf, parts)
        case AtLeast():
            found = [in_that_state(part, state) for part in guard.of]
            wanted = guard.n - found.count(ALWAYS)
            parts = [part for part in found if part not in (ALWAYS, NEVER)]
            if wanted <= 0:
                return ALWAYS
            return NEVER if wanted > len(parts) else AtLeast(wanted, tuple(parts))
        case _:
            assert_never(guard)


def _joined(kind: type[All] | type[AnyOf], parts: list[Guard]) -> Guard:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
