"""The shape of a pathway: flaws of its rules that are seen without a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.check import cited, faults_of
from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Choice, Flag, Quantity, Text
from pathway.model.guards import Named, leaves, walk
from pathway.model.pathway import guards_of
from pathway.verify.flaws import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway


def shape_faults(pathway: Pathway) -> Iterator[Flaw]:
    """Unknown names, states without a way in or out, and facts, events, conditions and statements that are not used."""
    for line in faults_of(pathway):
        yield Flaw("shape", line.split(":", 1)[0], line)
    yield from _states(pathway)
    yield from _facts(pathway)
    yield from _events(pathway)
    yield from _conditions(pathway)
    yield from _statements(pathway)


def reached(pathway: Pathway) -> set[str]:
    """The states to which transitions lead from the initial one."""
    found = {pathway.initial}
    while True:
        more = {rule.target for rule in pathway.transitions if found & set(rule.sources)} - found
        if not more:
            return found
        found |= more


def read_facts(pathway: Pathway) -> set[str]:
    """The facts and derived facts that a rule reads, or that another fact is computed from."""
    found = {leaf.fact for _, guard in guards_of(pathway) for leaf in leaves(guard)}
    for derived in pathway.derived:
        match derived:
            case Held() | Settled() | Grade():
                found.add(derived.fact)
            case Captured():
                found.add(derived.of)
            case Product():
                found |= {derived.left, derived.right}
            case Excess():
                found |= {*derived.parts, derived.whole}
            case AtMost():
                found |= {derived.part, derived.whole, derived.less}
            case Latched() | Clock():
                pass
            case _:
                assert_never(derived)
    found |= {name for advice in pathway.advice for name in advice.lists}
    found |= {kind.rest_absent[0] for kind in pathway.events if kind.rest_absent is not None}
    found |= {kind.counted_by.who for kind in pathway.events if kind.counted_by is not None}
    return found


def _states(pathway: Pathway) -> Iterator[Flaw]:
    there = reached(pathway)
    left = {source for rule in pathway.transitions for source in rule.sources}
    for state in pathway.states:
        if state.name not in there:
            yield Flaw("shape", f"state {state.name}", "no transition leads here from the first state", state.cites)
        if state.name not in left and not state.end:
            yield Flaw("shape", f"state {state.name}", "no transition leads on, and it is no declared end", state.cites)


def _facts(pathway: Pathway) -> Iterator[Flaw]:
    read = read_facts(pathway)
    for fact in pathway.facts:
        assert isinstance(fact, Quantity | Flag | Choice | Text)
        if fact.name not in read and not fact.unread:
            yield Flaw("shape", f"fact {fact.name}", "no rule reads it, and nothing says why it is kept", fact.cites)
        if fact.name in read and fact.unread:
            yield Flaw("shape", f"fact {fact.name}", "is said to be read by no rule, and is read", fact.cites)
    brought = {field.fact for kind in pathway.events for field in kind.fields}
    for kind in pathway.events:
        brought |= {*kind.records, kind.flags_held, kind.authority.raises if kind.authority is not None else ""}
        brought |= {kind.counted_by.flag} if kind.counted_by is not None else set()
    for fact in pathway.facts:
        if fact.name not in brought:
            yield Flaw("shape", f"fact {fact.name}", "no event brings it", fact.cites)
    for derived in pathway.derived:
        if not isinstance(derived, Product | Grade) and derived.name not in read:
            yield Flaw("shape", f"derived {derived.name}", "no rule reads it", derived.cites)


def _events(pathway: Pathway) -> Iterator[Flaw]:
    moved_by = {rule.on for rule in pathway.transitions} | {order.act for order in pathway.orders}
    for derived in pathway.derived:
        match derived:
            case Latched():
                moved_by |= set(derived.cleared_by)
            case Held():
                moved_by |= set(derived.restarted_by)
            case Captured():
                moved_by.add(derived.ends_with)
            case Clock() | Settled() | Product() | Excess() | AtMost() | Grade():
                pass
            case _:
                assert_never(derived)
    read = read_facts(pathway)
    kept = {fact.name for fact in pathway.facts if fact.unread}
    for kind in pathway.events:
        brings = {field.fact for field in kind.fields} | set(kind.records)
        if kind.name not in moved_by and not brings & (read | kept):
            yield Flaw("shape", f"event {kind.name}", "nothing comes of it: no rule reads what it brings", kind.cites)


def _conditions(pathway: Pathway) -> Iterator[Flaw]:
    used = {node.name for _, guard in guards_of(pathway) for node in walk(guard) if isinstance(node, Named)}
    for condition in pathway.conditions:
        if condition.name not in used:
            yield Flaw("shape", f"condition {condition.name}", "no rule names it", condition.cites)


def _statements(pathway: Pathway) -> Iterator[Flaw]:
    used = {name for _, cites in cited(pathway) for name in cites}
    used |= {name for note in pathway.notes for name in note.about}
    for statement in pathway.statements:
        if statement.id not in used and not statement.not_modelled:
            yield Flaw("shape", f"statement {statement.id}", "no rule cites it, and nothing says why", (statement.id,))
