"""What may hold in every record of a case: the claims of the definition, and small ones that help to prove them.

Nothing here is believed: `induction` keeps of them only what it proves, all together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import z3
from attrs import field, frozen

from pathway.model.derived import Settled
from pathway.model.facts import Choice, Flag
from pathway.model.guards import All, Compare, Guard, Named, Not, Shown
from pathway.model.invariants import Always
from pathway.verify.anatomy import BITS, read_by
from pathway.verify.logic import Formula, both, conj, equal, implied, neg
from pathway.verify.world import EPISODE, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.derived import Latched
    from pathway.verify.anatomy import Anatomy


@frozen
class Candidate:
    """Something that may hold of every record: its name, and the formula that it is in a world."""

    name: str
    of: Callable[[World], Formula] = field(repr=False, eq=False)


def candidates_of(anatomy: Anatomy) -> list[Candidate]:
    """All that is tried, in a stable order."""
    return [*_forms(anatomy), *_claims(anatomy), *_of_states(anatomy)]


def _claims(anatomy: Anatomy) -> Iterator[Candidate]:
    for one in anatomy.pathway.invariants:
        if isinstance(one, Always):
            yield Candidate(one.id, _true(one.holds))


def _true(guard: Guard) -> Callable[[World], Formula]:
    return lambda world: world.true(guard)


def _forms(anatomy: Anatomy) -> Iterator[Candidate]:
    """The form of a record: options that exist, limits that do not cross, spans that began before they went on."""
    pathway = anatomy.pathway
    yield Candidate("a state that exists", lambda world: _below(world.get("state"), len(anatomy.states)))
    yield Candidate("days are counted from nought", lambda world: world.get("days") >= 0)
    scopes: list[tuple[object, str]] = [(EPISODE, one.name) for one in pathway.facts]
    scopes += [("latest", name) for name in sorted(anatomy.read_latest)]
    scopes += [(("carried", advice), name) for advice, names in anatomy.until_facts.items() for name in sorted(names)]
    for scope, name in scopes:
        one = pathway.facts_by_name.get(name)
        if isinstance(one, Choice):
            yield Candidate(f"{scope} {name}: an option", _an_option(scope, name, len(one.options)))
            for option in one.no_result:
                yield Candidate(f"{scope} {name}: never {option}", _not_option(scope, name, option))
        elif isinstance(one, Flag) and name in anatomy.recorders and name not in anatomy.reporters:
            yield Candidate(f"{scope} {name}: recorded only as true", _only_true(scope, name))
        if name in anatomy.ranged:
            yield Candidate(f"{scope} {name}: limits", _limits(scope, name))
    for latch in anatomy.latched:
        yield Candidate(f"{latch.name}: up to date", _up_to_date(latch))
    for span in anatomy.spans:
        yield Candidate(f"{span.name}: a span", _a_span(span.name))
        if isinstance(span, Settled):
            high = Compare(span.fact, ">=", span.limit, "report")
            yield Candidate(f"{span.name}: not while high", _not_while(span.as_guard(), high))
    for captured in anatomy.captured:
        yield Candidate(f"{captured.name}: captured", _captured(captured.name))
        if captured.of in (anatomy.age, anatomy.days):
            yield Candidate(f"{captured.name}: known once captured", _known_once_captured(captured.name))
    for advice in pathway.advice:
        yield Candidate(f"{advice.id}: old", _old(advice.id))


def _below(code: object, count: int) -> Formula:
    if isinstance(code, str):
        return True
    return z3.ULT(code, z3.BitVecVal(count, BITS))


def _an_option(scope: object, name: str, count: int) -> Callable[[World], Formula]:
    return lambda world: implied(world.known(scope, name), _below(world.value(scope, name), count))


def _not_option(scope: object, name: str, option: str) -> Callable[[World], Formula]:
    def of(world: World) -> Formula:
        code = z3.BitVecVal(world.anatomy.option(name, option), BITS)
        return neg(both(world.known(scope, name), equal(world.value(scope, name), code)))

    return of


def _only_true(scope: object, name: str) -> Callable[[World], Formula]:
    return lambda world: implied(world.known(scope, name), world.value(scope, name))


def _limits(scope: object, name: str) -> Callable[[World], Formula]:
    def of(world: World) -> Formula:
        ranged, below, above = world.limits(scope, name)
        return both(implied(ranged, world.known(scope, name)), neg(both(below, above)))

    return of


def _up_to_date(latch: Latched) -> Callable[[World], Formula]:
    return lambda world: implied(world.true(latch.when), world.true(latch.as_guard()))


def _a_span(name: str) -> Callable[[World], Formula]:
    def of(world: World) -> Formula:
        began, last = world.get("began_known", name), world.get("last_known", name)
        parts = [
            implied(began, both(last, world.get("began", name) <= world.get("last", name))),
            implied(last, world.get("last", name) <= world.get("t")),
        ]
        return conj(parts)

    return of


def _not_while(guard: Guard, other: Guard) -> Callable[[World], Formula]:
    return lambda world: implied(world.true(other), neg(world.true(guard)))


def _captured(name: str) -> Callable[[World], Formula]:
    return lambda world: implied(world.known(EPISODE, name), world.get("caught", name))


def _known_once_captured(name: str) -> Callable[[World], Formula]:
    return lambda world: implied(world.get("caught", name), world.known(EPISODE, name))


def _old(advice: str) -> Callable[[World], Formula]:
    return lambda world: implied(world.get("old", advice), world.get("active", advice))


def _of_states(anatomy: Anatomy) -> Iterator[Candidate]:
    """What the ways into a state asked for, and the conditions by name: perhaps they hold while a case is there."""
    pathway = anatomy.pathway
    for state in pathway.states:
        parts: dict[Guard, None] = {}
        for rule in pathway.transitions:
            if rule.target == state.name:
                parts |= dict.fromkeys(_parts(rule.when))
        for part in parts:
            if read_by(part) & {anatomy.days}:
                continue
            yield Candidate(f"in {state.name}: {part!r}", _in_state(state.name, part))
        for latch in anatomy.latched:
            yield Candidate(f"in {state.name}: {latch.name}", _in_state(state.name, latch.as_guard()))
        for captured in anatomy.captured:
            yield Candidate(f"in {state.name}: {captured.name} known", _in_state(state.name, captured.known()))
        if any(rule.closes and rule.closes.keeps_day for rule in pathway.transitions if state.name in rule.sources):
            for latch in anatomy.latched:
                yield Candidate(f"in {state.name}: {latch.name} only today", _only_today(state.name, latch))


def _only_today(state: str, latch: Latched) -> Callable[[World], Formula]:
    def of(world: World) -> Formula:
        here = both(world.in_state((state,)), world.true(latch.as_guard()))
        return implied(here, world.get("latched_today", latch.name))

    return of


def _parts(guard: Guard) -> Iterator[Guard]:
    match guard:
        case All():
            for part in guard.of:
                yield from _parts(part)
        case Named(of=All()):
            yield guard
            yield from _parts(guard.of)
        case Not(of=Shown()):
            yield guard
        case _:
            yield guard


def _in_state(state: str, part: Guard) -> Callable[[World], Formula]:
    return lambda world: implied(world.in_state((state,)), world.true(part))


__all__ = ["Candidate", "candidates_of"]
