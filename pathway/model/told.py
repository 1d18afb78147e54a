"""Whether the report at hand tells that a guard is true: it holds, and something of it stands in the report.

Setting urgent advice aside answers what was recorded before. A later report brings the advice back where the ground of
the advice is true by what that report says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import evolve

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import (
    NEVER,
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
    Leaf,
    Named,
    Not,
    OneOf,
    Shown,
    Within,
)

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway


def told(guard: Guard, pathway: Pathway) -> Guard:
    """The guard that the report at hand tells `guard`.

    A leaf is told where it is true in the report. `any` is told where some part is, `all` where every part is true and
    some part is told, and a latch where its own guard is. A state or an advice in force is never told.
    """
    return _told(guard, pathway, want=True)


def _told(guard: Guard, pathway: Pathway, *, want: bool) -> Guard:
    match guard:
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
            return _leaf(guard, pathway, want=want)
        case InState() | InForce():
            return NEVER
        case Not():
            return _told(guard.of, pathway, want=not want)
        case Shown() | Named():
            return _told(guard.of, pathway, want=want)
        case All() | AnyOf():
            some = AnyOf(tuple(_told(part, pathway, want=want) for part in guard.of))
            return All((_either_way(guard, want=want), some)) if isinstance(guard, All) is want else some
        case AtLeast():
            parts = [All((_either_way(part, want=want), _told(part, pathway, want=want))) for part in guard.of]
            return All((_either_way(guard, want=want), AnyOf(tuple(parts))))
        case _:
            assert_never(guard)


def _either_way(guard: Guard, *, want: bool) -> Guard:
    return guard if want else Not(guard)


def _leaf(leaf: Leaf, pathway: Pathway, *, want: bool) -> Guard:
    derived = pathway.derived_by_name.get(leaf.fact)
    match derived:
        case Latched():
            return _told(derived.when, pathway, want=True) if want else NEVER
        case Held() | Settled() | Captured():
            reading = derived.of if isinstance(derived, Captured) else derived.fact
            return All((_either_way(leaf, want=want), Known(reading, REPORT)))
        case Clock() | Grade():
            return NEVER
        case Excess() | AtMost() | Product() | None:
            return _fact(leaf, pathway, want=want)
        case _:
            assert_never(derived)


def _fact(leaf: Leaf, pathway: Pathway, *, want: bool) -> Guard:
    # A report tells what is known; that something is unknown it cannot tell.
    if isinstance(leaf, Known) and not want:
        return NEVER
    here = [_either_way(evolve(leaf, scope=REPORT), want=want)]
    for kind in pathway.events:
        # A flag that an event raises stands in no report: the report tells it by what raises it.
        if kind.authority is not None and kind.authority.raises == leaf.fact:
            here.append(All((_either_way(leaf, want=want), kind.authority.on if want else kind.authority.clears)))
        if kind.flags_held == leaf.fact:  # a flag of who did not count stands in the report itself
            fields = (*(field.fact for field in kind.fields), *kind.records)
            here.append(All((_either_way(leaf, want=want), AnyOf(tuple(Known(name, REPORT) for name in fields)))))
    return here[0] if len(here) == 1 else AnyOf(tuple(here))
