"""The reported facts that a derived fact rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import REPORT, InForce, Leaf, leaves, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.events import EventType
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway


def facts_behind(guard: Guard, pathway: Pathway) -> set[str]:
    """The facts of reports that a guard rests on, those behind derived facts included. Clocks have none."""
    return _behind((leaf.fact for leaf in leaves(guard)), pathway)


def everything_behind(guard: Guard, pathway: Pathway) -> set[str]:
    """Every fact and derived fact that a guard rests on, those behind derived facts included, and clocks."""
    found: set[str] = set()
    waiting = [leaf.fact for leaf in leaves(guard)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        match pathway.derived_by_name.get(name):
            case Latched() as latched:
                waiting += [leaf.fact for leaf in leaves(latched.when)]
                waiting += [] if latched.ends_when is None else [leaf.fact for leaf in leaves(latched.ends_when)]
            case Held() | Settled() | Grade() as derived:
                waiting.append(derived.fact)
            case Captured() as captured:
                waiting.append(captured.of)
            case Excess() as excess:
                waiting += [*excess.parts, excess.whole]
            case AtMost() as bound:
                waiting += [bound.part, bound.whole, bound.less]
            case Clock() | Product() | None:
                pass
            case unmatched:
                assert_never(unmatched)
    return found


def changed_by(kind: EventType, pathway: Pathway) -> set[str]:
    """The facts, derived facts and clocks that an event of a kind may change without a transition."""
    names = _given_by(kind) | set(kind.records) | {kind.flags_held}
    if kind.authority is not None:
        names.add(kind.authority.raises)
    for derived in pathway.derived:
        match derived:
            case Latched():
                ends = derived.cleared_by
            case Held():
                ends = derived.restarted_by
            case Clock():
                names.add(derived.name)
                continue
            case AtMost():
                names |= {derived.name} if derived.whole in names else set()
                continue
            case Settled() | Captured() | Product() | Excess() | Grade():
                continue
            case _:
                assert_never(derived)
        if kind.name in ends:
            names.add(derived.name)
    return names


def told_by(kind: EventType, pathway: Pathway) -> set[str]:
    """The facts and derived facts that a report of a kind may give."""
    given = _given_by(kind)
    excesses = {
        excess.name
        for excess in pathway.derived
        if isinstance(excess, Excess) and {*excess.parts, excess.whole} <= given
    }
    bounds = {bound.name for bound in pathway.derived if isinstance(bound, AtMost) and bound.whole in given}
    return given | set(kind.records) | excesses | bounds


def _given_by(kind: EventType) -> set[str]:
    """The facts that an event of a kind may give."""
    flags = {kind.counted_by.flag} if kind.counted_by is not None else set()
    return {field.fact for field in kind.fields} | set(kind.rest_absent[1] if kind.rest_absent else ()) | flags


def moved_by(guards: Iterable[Guard], kind: EventType, pathway: Pathway) -> bool:
    """Whether an event of a kind may change the truth of some guards while the case stays in its state.

    Each event may change a guard that reads the report at hand, because its report replaces the report before it. Each
    event may also change a guard that asks which advice is in force.
    """
    changed = changed_by(kind, pathway)
    return any(
        any(isinstance(node, InForce) or (isinstance(node, Leaf) and node.scope == REPORT) for node in walk(guard))
        or changed & everything_behind(guard, pathway)
        for guard in guards
    )


def _behind(names: Iterable[str], pathway: Pathway) -> set[str]:
    found: set[str] = set()
    for name in names:
        match pathway.derived_by_name.get(name):
            case Latched() as latched:
                found |= facts_behind(latched.when, pathway)
            case Held() | Settled() | Grade() as derived:
                found.add(derived.fact)
            case Captured() as captured:
                found |= _behind((captured.of,), pathway)
            case Excess() as excess:
                found |= {*excess.parts, excess.whole}
            case AtMost() as bound:
                found |= {bound.part, bound.whole, bound.less}
            case Clock():
                pass
            case Product() | None:
                found.add(name)
            case unmatched:
                assert_never(unmatched)
    return found
