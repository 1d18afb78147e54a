"""How a case moves: which ways are open in a world, when it is at rest, and what one event comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.verify.arrival import Arrival
from pathway.verify.logic import Formula, both, conj, disj, neg
from pathway.verify.passage import Passage

if TYPE_CHECKING:
    from pathway.model.rules import Transition
    from pathway.verify.inputs import Inputs
    from pathway.verify.world import World

LONGEST = 8
"""Automatic transitions in a row that are followed; `verify` proves that none follows this many."""


def enabled(world: World, rule: Transition) -> Formula:
    """Whether a transition is open: the case is where it leads from, its event has just arrived, its guard is true."""
    here = world.in_state(rule.sources)
    if here is False:
        return False
    if rule.on is not None:
        here = conj((here, world.get("arrived"), world.report.is_event(rule.on)))
    return here if here is False else both(here, world.true(rule.when))


def on_event(world: World) -> list[tuple[Transition, Formula]]:
    """The transitions on the event that has just arrived, each with whether it is open."""
    return [(one, enabled(world, one)) for one in world.anatomy.pathway.transitions if one.on is not None]


def automatic(world: World) -> list[tuple[Transition, Formula]]:
    """The automatic transitions, each with whether it is open."""
    return [(one, enabled(world, one)) for one in world.anatomy.pathway.transitions if one.on is None]


def at_rest(world: World) -> Formula:
    """No transition is open."""
    return neg(disj(open_ for _, open_ in (*on_event(world), *automatic(world))))


def arrivals(before: World, event: Inputs, depth: int = LONGEST) -> list[World]:
    """The worlds that one event passes: the arrival, then one after each transition in turn; the last is at rest.

    Where fewer transitions are taken, the later worlds are the same as the one before.
    """
    worlds: list[World] = [Arrival(before, event)]
    worlds.append(Passage(worlds[-1], on_event(worlds[-1])))
    for _ in range(depth):
        here = worlds[-1]
        if not isinstance(here, Passage):
            break
        worlds.append(Passage(here, automatic(here)))
    return worlds
