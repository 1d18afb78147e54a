"""Invariants for a reader: the kind of each invariant, and its guards with the role of each guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.guards import AnyOf, Guard, InForce, InState, Not, Shown, walk
from pathway.model.invariants import Always, Invariant, Lasting, OnEntering, OrderRefused, UrgentStays

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

KINDS: tuple[tuple[str, str], ...] = (
    ("always", "after every event, once the case has come to rest, it holds: it is neither false nor unknown"),
    ("on entering", "no transition leads into these states from outside them unless it holds where that is taken"),
    ("lasting", "what was true before an event is true after it, unless the exception is true by then"),
    ("order refused", "wherever it is true, the answer to the order is refused"),
    (
        "urgent advice stays",
        "advice to act now ends only by being done, by its rule's lapse, set aside, or listed as left undone where an "
        "episode closes",
    ),
)
"""The kinds of invariants: the name of each, and the promise that it makes."""


def kind_of(invariant: Invariant) -> str:
    """The kind in plain words, one of `KINDS`."""
    match invariant:
        case Always():
            return "always"
        case OnEntering():
            return "on entering"
        case Lasting():
            return "lasting"
        case OrderRefused():
            return "order refused"
        case UrgentStays():
            return "urgent advice stays"
        case _:
            assert_never(invariant)


def promised(invariant: Invariant) -> tuple[tuple[str, Guard], ...]:
    """The guards of an invariant, each after its role: "wherever shown", "holds", "unless by then"."""
    match invariant:
        case Always(holds=AnyOf(of=(Not(of=Shown(of=where)), then))):
            return ("wherever shown", where), ("holds", then)
        case Always():
            return (("holds", invariant.holds),)
        case OnEntering():
            return (("holds", invariant.requires),)
        case Lasting():
            return ("once true, stays true", invariant.what), ("unless by then", invariant.unless)
        case OrderRefused():
            return (("refused when", invariant.when),)
        case UrgentStays():
            return ()
        case _:
            assert_never(invariant)


def rules_spoken_of(invariant: Invariant, pathway: Pathway) -> tuple[str, ...]:
    """The orders and the advice that an invariant names: "order discharge", "advice take_pulse"."""
    found = {f"order {invariant.order}": None} if isinstance(invariant, OrderRefused) else {}
    if isinstance(invariant, UrgentStays):
        found |= dict.fromkeys(f"advice {advice.id}" for advice in pathway.advice if advice.urgency == "now")
    for _, guard in promised(invariant):
        found |= dict.fromkeys(f"advice {node.advice}" for node in walk(guard) if isinstance(node, InForce))
    return tuple(found)


def states_spoken_of(invariant: Invariant, pathway: Pathway) -> tuple[str, ...]:
    """The states that an invariant or a condition in it names, in the order of the pathway."""
    named = set(invariant.states) if isinstance(invariant, OnEntering) else set()
    for _, guard in promised(invariant):
        named |= {state for node in walk(guard) if isinstance(node, InState) for state in node.states}
    return tuple(state.name for state in pathway.states if state.name in named)
