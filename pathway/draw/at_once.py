"""What a pathway asks for at once, found from its definition: no rule and no state is known here by its name.

Three kinds of advice stand on the overview besides the states: what is done together as soon as a case of the first
phase is to move, what is urgent in any state, and what has a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from pathway.draw.diagram import phases_of
from pathway.draw.rows import advice_in
from pathway.model.derived import Latched
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
    Leaf,
    Named,
    Not,
    OneOf,
    Shown,
    Within,
)
from pathway.model.partial import in_that_state
from pathway.model.rules import Advice  # attrs classes keep their types resolvable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.draw.diagram import Box
    from pathway.model.pathway import Pathway


@frozen
class Together:
    """Advice that is raised together in the first phase.

    `when`: the guard that raises it there, without what must not be shown. `rules`: the transitions of that phase which
    the same things bring about.
    """

    when: Guard
    rules: tuple[str, ...]
    advice: tuple[Advice, ...]


def first_phase(pathway: Pathway) -> Box:
    """The phase in which a case begins."""
    return next(box for box in phases_of(pathway) if pathway.initial in box.states)


def at_once(pathway: Pathway) -> tuple[Together, ...]:
    """The urgent advice of the first phase, by what raises it.

    Advice belongs here if something that raises it also brings about a transition of that phase, or if it is raised by
    being there. Advice that presupposes a state of another phase does not.
    """
    phase = first_phase(pathway)
    moves = {
        rule.id: frozenset(_raisers(rule.when)) for rule in pathway.transitions if set(rule.sources) & set(phase.states)
    }
    moving = frozenset[Guard]().union(*moves.values())
    found: dict[Guard, list[Advice]] = {}
    for advice in pathway.advice:
        when = _raised_in(advice, phase)
        if advice.urgency != "now" or when == NEVER or any(_elsewhere(one, phase, pathway) for one in _raisers(when)):
            continue
        if when == ALWAYS or moving & set(_raisers(when)):
            found.setdefault(_without_negations(when), []).append(advice)
    return tuple(
        Together(when, tuple(rule for rule, by in moves.items() if by and by <= set(_raisers(when))), tuple(advice))
        for when, advice in found.items()
    )


def in_any_state(pathway: Pathway) -> tuple[Advice, ...]:
    """The urgent advice that can be raised in every state, apart from that of `at_once`."""
    others = {advice.id for group in at_once(pathway) for advice in group.advice}
    phase = first_phase(pathway)
    return tuple(
        advice
        for advice in pathway.advice
        if advice.urgency == "now"
        and advice.id not in others
        and all(advice_in(advice, state.name) != NEVER for state in pathway.states)
        and not any(_elsewhere(one, phase, pathway) for one in _raisers(_raised_in(advice, phase)))
    )


def dated(pathway: Pathway) -> tuple[Advice, ...]:
    """The advice that is due on a later day."""
    return tuple(advice for advice in pathway.advice if advice.due_day)


def triggers_of(advice: tuple[Advice, ...], pathway: Pathway) -> tuple[Latched, ...]:
    """What is kept in mind once it was so, among the things that raise some advice."""
    names = dict.fromkeys(one.fact for item in advice for one in _raisers(item.when) if isinstance(one, IsTrue))
    found = (pathway.derived_by_name.get(name) for name in names)
    return tuple(one for one in found if isinstance(one, Latched))


def _raised_in(advice: Advice, phase: Box) -> Guard:
    """The guard that raises the advice in the first state of a phase in which it can be raised."""
    return next((when for state in phase.states if (when := advice_in(advice, state)) != NEVER), NEVER)


def _raisers(guard: Guard, *, holds: bool = True) -> Iterator[Leaf]:
    """The leaves by whose truth a guard can become true."""
    match guard:
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
            if holds:
                yield guard
        case Named() | Shown():
            yield from _raisers(guard.of, holds=holds)
        case Not():
            yield from _raisers(guard.of, holds=not holds)
        case All() | AnyOf() | AtLeast():
            for part in guard.of:
                yield from _raisers(part, holds=holds)
        case InState() | InForce():
            return
        case _:
            assert_never(guard)


def _elsewhere(leaf: Leaf, phase: Box, pathway: Pathway) -> bool:
    """Whether a leaf reads that the case was in a state of another phase."""
    fact = pathway.derived_by_name.get(leaf.fact)
    return isinstance(fact, Latched) and all(in_that_state(fact.when, state) == NEVER for state in phase.states)


def _without_negations(guard: Guard) -> Guard:
    if not isinstance(guard, All) or not guard.of:
        return guard
    kept = tuple(part for part in guard.of if not isinstance(part, Not))
    return kept[0] if len(kept) == 1 else All(kept)
