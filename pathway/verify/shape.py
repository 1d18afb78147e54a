"""The shape of a pathway: what can be seen of its rules without asking for any record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.check import cited, faults_of
from pathway.model.derived import Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Choice, Flag, Quantity, Text
from pathway.model.guards import Named, leaves, walk
from pathway.model.pathway import guards_of
from pathway.verify.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway


def shape_faults(pathway: Pathway) -> Iterator[Finding]:
    """Unknown names, states that nothing leads to or from, and facts, events, conditions, statements of no use."""
    for line in faults_of(pathway):
        yield Finding("shape", line.split(":", 1)[0], line)
    yield from _states(pathway)
    yield from _facts(pathway)
    yield from _events(pathway)
    yield from _conditions(pathway)
    yield from _statements(pathway)


def reached(pathway: Pathway) -> set[str]:
    """The states to which transitions lead from the initial one."""
    found = {pathway.initial}
    while True:
        more = {one.target for one in pathway.transitions if found & set(one.sources)} - found
        if not more:
            return found
        found |= more


def read_facts(pathway: Pathway) -> set[str]:
    """The facts and derived facts that a rule, or what computes another fact, reads."""
    found = {leaf.fact for _, guard in guards_of(pathway) for leaf in leaves(guard)}
    for one in pathway.derived:
        match one:
            case Held() | Settled() | Grade():
                found.add(one.fact)
            case Captured():
                found.add(one.of)
            case Product():
                found |= {one.left, one.right}
            case Excess():
                found |= {*one.parts, one.whole}
            case Latched() | Clock():
                pass
    found |= {name for one in pathway.advice for name in one.lists}
    found |= {kind.rest_absent[0] for kind in pathway.events if kind.rest_absent is not None}
    return found


def _states(pathway: Pathway) -> Iterator[Finding]:
    there = reached(pathway)
    left = {source for one in pathway.transitions for source in one.sources}
    for state in pathway.states:
        if state.name not in there:
            yield Finding("shape", f"state {state.name}", "no transition leads here from the first state", state.cites)
        if state.name not in left and not state.end:
            yield Finding(
                "shape", f"state {state.name}", "no transition leads on, and it is no declared end", state.cites
            )


def _facts(pathway: Pathway) -> Iterator[Finding]:
    read = read_facts(pathway)
    for fact in pathway.facts:
        assert isinstance(fact, Quantity | Flag | Choice | Text)
        if fact.name not in read and not fact.unread:
            yield Finding("shape", f"fact {fact.name}", "no rule reads it, and nothing says why it is kept", fact.cites)
        if fact.name in read and fact.unread:
            yield Finding("shape", f"fact {fact.name}", "is said to be read by no rule, and is read", fact.cites)
    brought = {one.fact for kind in pathway.events for one in kind.fields}
    for kind in pathway.events:
        brought |= {*kind.records, kind.flags_held, kind.authority.raises if kind.authority is not None else ""}
    for fact in pathway.facts:
        if fact.name not in brought:
            yield Finding("shape", f"fact {fact.name}", "no event brings it", fact.cites)
    for derived in pathway.derived:
        if not isinstance(derived, Product | Grade) and derived.name not in read:
            yield Finding("shape", f"derived {derived.name}", "no rule reads it", derived.cites)


def _events(pathway: Pathway) -> Iterator[Finding]:
    moved_by = {one.on for one in pathway.transitions} | {one.act for one in pathway.orders}
    for derived in pathway.derived:
        if isinstance(derived, Latched):
            moved_by |= set(derived.cleared_by)
        elif isinstance(derived, Held):
            moved_by |= set(derived.restarted_by)
    read = read_facts(pathway)
    kept = {fact.name for fact in pathway.facts if fact.unread}
    for kind in pathway.events:
        brings = {one.fact for one in kind.fields} | set(kind.records)
        if kind.name not in moved_by and not brings & (read | kept):
            yield Finding(
                "shape", f"event {kind.name}", "nothing comes of it: no rule reads what it brings", kind.cites
            )


def _conditions(pathway: Pathway) -> Iterator[Finding]:
    used = {node.name for _, guard in guards_of(pathway) for node in walk(guard) if isinstance(node, Named)}
    for one in pathway.conditions:
        if one.name not in used:
            yield Finding("shape", f"condition {one.name}", "no rule names it", one.cites)


def _statements(pathway: Pathway) -> Iterator[Finding]:
    used = {name for _, cites in cited(pathway) for name in cites}
    used |= {name for note in pathway.notes for name in note.about}
    for one in pathway.statements:
        if one.id not in used and not one.not_modelled:
            yield Finding("shape", f"statement {one.id}", "no rule cites it, and nothing says why", (one.id,))
