"""How a case moves: the transitions that are open in a symbolic state, rest, and the states that one event passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.verify.event_step import AfterEvent
from pathway.verify.logic import Formula, both, conj, disj, neg
from pathway.verify.transition_step import AfterTransition

if TYPE_CHECKING:
    from pathway.model.rules import Transition
    from pathway.verify.inputs import Inputs
    from pathway.verify.symbolic_state import SymbolicState

LONGEST = 8
"""The most automatic transitions in a row that are followed. `verify` proves that no chain is longer."""


def enabled(symbolic: SymbolicState, rule: Transition) -> Formula:
    """Whether a transition is open: the case is in its source, its event has just arrived, and its guard is true."""
    here = symbolic.in_state(rule.sources)
    if here is False:
        return False
    if rule.on is not None:
        here = conj((here, symbolic.get("arrived"), symbolic.report.is_event(rule.on)))
    return here if here is False else both(here, symbolic.true(rule.when))


def on_event(symbolic: SymbolicState) -> list[tuple[Transition, Formula]]:
    """The transitions on the event that has just arrived, each with whether it is open."""
    return [(rule, enabled(symbolic, rule)) for rule in symbolic.encoding.pathway.transitions if rule.on is not None]


def automatic(symbolic: SymbolicState) -> list[tuple[Transition, Formula]]:
    """The automatic transitions, each with whether it is open."""
    return [(rule, enabled(symbolic, rule)) for rule in symbolic.encoding.pathway.transitions if rule.on is None]


def at_rest(symbolic: SymbolicState) -> Formula:
    """No transition is open."""
    return neg(disj(open_ for _, open_ in (*on_event(symbolic), *automatic(symbolic))))


def unroll(before: SymbolicState, event: Inputs, depth: int = LONGEST) -> list[SymbolicState]:
    """The symbolic states that one event passes: after the event, then after each transition. The last is at rest.

    Where fewer transitions are taken, the later states repeat the last one.
    """
    states: list[SymbolicState] = [AfterEvent(before, event)]
    states.append(AfterTransition(states[-1], on_event(states[-1])))
    for _ in range(depth):
        here = states[-1]
        if not isinstance(here, AfterTransition):
            break
        states.append(AfterTransition(here, automatic(here)))
    return states
