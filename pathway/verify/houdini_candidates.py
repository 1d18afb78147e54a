"""The candidates of the induction: invariants of the definition, and small formulas that help to prove them.

None of them is taken for true: `houdini` keeps only those that it proves, all together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

import z3
from attrs import field, frozen

from pathway.model.derived import Settled
from pathway.model.facts import Choice, Flag
from pathway.model.guards import (
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
from pathway.model.invariants import Always
from pathway.verify.encoding import BITS, read_by
from pathway.verify.logic import Formula, both, conj, equal, implied, neg
from pathway.verify.symbolic_state import EPISODE, SymbolicState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.derived import Latched
    from pathway.verify.encoding import Encoding


@frozen
class Candidate:
    """A formula that may hold of every record: its name, and what writes it over a symbolic state."""

    name: str
    of: Callable[[SymbolicState], Formula] = field(repr=False, eq=False)


def candidates_of(encoding: Encoding) -> list[Candidate]:
    """All candidates, in a stable order."""
    return [*_forms(encoding), *_claims(encoding), *_of_states(encoding)]


def _claims(encoding: Encoding) -> Iterator[Candidate]:
    for invariant in encoding.pathway.invariants:
        if isinstance(invariant, Always):
            yield Candidate(invariant.id, _true(invariant.holds))


def _true(guard: Guard) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: symbolic.true(guard)


def _forms(encoding: Encoding) -> Iterator[Candidate]:
    """The form of a record: options that exist, limits that do not cross, spans that began before they went on."""
    pathway = encoding.pathway
    yield Candidate("a state that exists", lambda symbolic: _below(symbolic.get("state"), len(encoding.states)))
    yield Candidate("days are counted from nought", lambda symbolic: symbolic.get("days") >= 0)
    scopes: list[tuple[object, str]] = [(EPISODE, fact.name) for fact in pathway.facts]
    scopes += [("latest", name) for name in sorted(encoding.read_latest)]
    scopes += [(("carried", advice), name) for advice, names in encoding.until_facts.items() for name in sorted(names)]
    for scope, name in scopes:
        fact = pathway.facts_by_name.get(name)
        if isinstance(fact, Choice):
            yield Candidate(f"{scope} {name}: an option", _an_option(scope, name, len(fact.options)))
            for option in fact.no_result:
                yield Candidate(f"{scope} {name}: never {option}", _not_option(scope, name, option))
        elif isinstance(fact, Flag) and name in encoding.recorders and name not in encoding.reporters:
            yield Candidate(f"{scope} {name}: recorded only as true", _only_true(scope, name))
        if name in encoding.ranged:
            yield Candidate(f"{scope} {name}: limits", _limits(scope, name))
    for latch in encoding.latched:
        yield Candidate(f"{latch.name}: up to date", _up_to_date(latch))
    for span in encoding.spans:
        yield Candidate(f"{span.name}: a span", _a_span(span.name))
        if isinstance(span, Settled):
            high = Compare(span.fact, ">=", span.limit, "report")
            yield Candidate(f"{span.name}: not while high", _not_while(span.as_guard(), high))
    for captured in encoding.captured:
        yield Candidate(f"{captured.name}: captured", _captured(captured.name))
        if captured.of in (encoding.age, encoding.days):
            yield Candidate(f"{captured.name}: known once captured", _known_once_captured(captured.name))
    for advice in pathway.advice:
        yield Candidate(f"{advice.id}: old", _old(advice.id))


def _below(code: object, count: int) -> Formula:
    if isinstance(code, str):
        return True
    return z3.ULT(code, z3.BitVecVal(count, BITS))


def _an_option(scope: object, name: str, count: int) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.known(scope, name), _below(symbolic.value(scope, name), count))


def _not_option(scope: object, name: str, option: str) -> Callable[[SymbolicState], Formula]:
    def of(symbolic: SymbolicState) -> Formula:
        code = z3.BitVecVal(symbolic.encoding.option(name, option), BITS)
        return neg(both(symbolic.known(scope, name), equal(symbolic.value(scope, name), code)))

    return of


def _only_true(scope: object, name: str) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.known(scope, name), symbolic.value(scope, name))


def _limits(scope: object, name: str) -> Callable[[SymbolicState], Formula]:
    def of(symbolic: SymbolicState) -> Formula:
        ranged, below, above = symbolic.limits(scope, name)
        return both(implied(ranged, symbolic.known(scope, name)), neg(both(below, above)))

    return of


def _up_to_date(latch: Latched) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.true(latch.when), symbolic.true(latch.as_guard()))


def _a_span(name: str) -> Callable[[SymbolicState], Formula]:
    def of(symbolic: SymbolicState) -> Formula:
        began, last = symbolic.get("began_known", name), symbolic.get("last_known", name)
        parts = [
            implied(began, both(last, symbolic.get("began", name) <= symbolic.get("last", name))),
            implied(last, symbolic.get("last", name) <= symbolic.get("t")),
        ]
        return conj(parts)

    return of


def _not_while(guard: Guard, other: Guard) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.true(other), neg(symbolic.true(guard)))


def _captured(name: str) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.known(EPISODE, name), symbolic.get("caught", name))


def _known_once_captured(name: str) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.get("caught", name), symbolic.known(EPISODE, name))


def _old(advice: str) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.get("old", advice), symbolic.get("active", advice))


def _of_states(encoding: Encoding) -> Iterator[Candidate]:
    """The guards of the transitions into a state, part by part: each may go on holding while a case is there."""
    pathway = encoding.pathway
    for state in pathway.states:
        parts: dict[Guard, None] = {}
        for rule in pathway.transitions:
            if rule.target == state.name:
                parts |= dict.fromkeys(_parts(rule.when))
        for part in parts:
            if read_by(part) & {encoding.days}:
                continue
            yield Candidate(f"in {state.name}: {part!r}", _in_state(state.name, part))
        for latch in encoding.latched:
            yield Candidate(f"in {state.name}: {latch.name}", _in_state(state.name, latch.as_guard()))
        for captured in encoding.captured:
            yield Candidate(f"in {state.name}: {captured.name} known", _in_state(state.name, captured.known()))
        if any(rule.closes and rule.closes.keeps_day for rule in pathway.transitions if state.name in rule.sources):
            for latch in encoding.latched:
                yield Candidate(f"in {state.name}: {latch.name} only today", _only_today(state.name, latch))


def _only_today(state: str, latch: Latched) -> Callable[[SymbolicState], Formula]:
    def of(symbolic: SymbolicState) -> Formula:
        here = both(symbolic.in_state((state,)), symbolic.true(latch.as_guard()))
        return implied(here, symbolic.get("latched_today", latch.name))

    return of


def _parts(guard: Guard) -> Iterator[Guard]:
    match guard:
        case All():
            for part in guard.of:
                yield from _parts(part)
        case Named(of=All()):
            yield guard
            yield from _parts(guard.of)
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InState() | InForce():
            yield guard
        case Named() | AnyOf() | AtLeast() | Not() | Shown():
            yield guard  # not taken apart: what holds of the whole need not hold of a part
        case _:
            assert_never(guard)


def _in_state(state: str, part: Guard) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: implied(symbolic.in_state((state,)), symbolic.true(part))


__all__ = ["Candidate", "candidates_of"]
