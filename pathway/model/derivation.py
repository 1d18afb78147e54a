"""The reported facts that a derived fact rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import leaves

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
            case Held() | Settled() | Grade() as derived:
                waiting.append(derived.fact)
            case Captured() as captured:
                waiting.append(captured.of)
            case Excess() as excess:
                waiting += [*excess.parts, excess.whole]
            case Clock() | Product() | None:
                pass
            case unmatched:
                assert_never(unmatched)
    return found


def changed_by(kind: EventType, pathway: Pathway) -> set[str]:
    """The facts, derived facts and clocks that an event of a kind may change by itself, without a transition."""
    names = {field.fact for field in kind.fields} | set(kind.records) | {kind.flags_held}
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
            case Settled() | Captured() | Product() | Excess() | Grade():
                continue
            case _:
                assert_never(derived)
        if kind.name in ends:
            names.add(derived.name)
    return names


def _behind(names: Iterable[str], pathway: Pathway) -> set[str]:
    found: set[str] = set()
    for name in names:
        match pathway.derived_by_name.get(name):
            case Latched() as one:
                found |= facts_behind(one.when, pathway)
            case Held() | Settled() | Grade() as one:
                found.add(one.fact)
            case Captured() as one:
                found |= _behind((one.of,), pathway)
            case Excess() as one:
                found |= {*one.parts, one.whole}
            case Clock():
                pass
            case Product() | None:
                found.add(name)
            case unmatched:
                assert_never(unmatched)
    return found
