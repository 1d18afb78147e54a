"""The fields of a pathway, the look-ups in them, and the guards that they hold.

This module neither checks, writes nor runs a pathway. The modules that do (`check`, `canonical`, `pathway`) import it,
and it imports none of them.
"""

from __future__ import annotations

from datetime import date  # attrs resolves field types at run time for JSON
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, assert_never

from attrs import field, frozen

from pathway.model.added import added
from pathway.model.citations import CitationKind, Literature, ReviewNote, Statement, kind_of_citation
from pathway.model.derived import AtMost, Captured, Clock, Derived, Grade, Latched, Product
from pathway.model.errors import BadInput, nearest, one_line
from pathway.model.events import Event, EventType, make_event
from pathway.model.facts import Fact, Quantity, Raw, fact_named
from pathway.model.guards import ALWAYS, Guard, Named
from pathway.model.invariants import Always, Invariant, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.model.reference import Reference
from pathway.model.rules import Advice, Contradiction, HandoverRule, OrderRule, State, Transition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


@frozen
class Condition:
    """A guard with a name: the word that the ward uses for it, and its citations.

    `negated` are the words where the condition is not shown, that is, false or unknown; without them it is "not shown:"
    and the title.
    """

    name: str
    title: str
    guard: Guard
    cites: tuple[str, ...]
    local_choice: str = ""
    negated: str = added("", since="0.2.0")

    def as_guard(self) -> Named:
        """The condition as a part of another guard."""
        return Named(self.name, self.guard)


@frozen
class Parts:
    """The fields of a pathway, unchecked. `Pathway` has the same fields, checked.

    `scope` is true for the patients that the source speaks of; for all others the plan shows `scope_words`. A patient
    older than `oldest_years` is refused. `handover` words the call to a specialist. `simultaneous_cites` are the
    citations of the rule for two reports of one kind at one moment; without citations that rule is off, as in version
    0.1.0. `door` is 1 where amounts are read by the table of `pathway.door` and held back where they cannot be read; 0:
    as in version 0.1, where such an amount is refused with its whole event.
    """

    id: str
    version: str
    title: str
    source_title: str
    source_date: date
    banner: str
    banner_cites: tuple[str, ...]
    scope: Guard
    scope_words: str
    scope_cites: tuple[str, ...]
    override_cites: tuple[str, ...]
    pending_cites: tuple[str, ...]
    oldest_years: int
    initial: str
    states: tuple[State, ...]
    facts: tuple[Fact, ...]
    derived: tuple[Derived, ...]
    conditions: tuple[Condition, ...]
    events: tuple[EventType, ...]
    transitions: tuple[Transition, ...]
    advice: tuple[Advice, ...]
    orders: tuple[OrderRule, ...]
    contradictions: tuple[Contradiction, ...]
    invariants: tuple[Invariant, ...]
    reference: Reference
    statements: tuple[Statement, ...]
    notes: tuple[ReviewNote, ...]
    literature: tuple[Literature, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    handover: HandoverRule | None = added(None, since="0.1.1")
    simultaneous_cites: tuple[str, ...] = added((), since="0.1.1")
    door: int = added(0, since="0.2.0")

    def event(self, name: str, /, **raw: Raw | None) -> Event:
        """A checked event of this pathway from its raw fields.

        Raises `BadInput` for an unknown event or with every fault of the fields.
        """
        return make_event(self.event_type(name), self.facts_by_name, raw, self.door)

    def event_type(self, name: str) -> EventType:
        """The event type of that name; `BadInput` with the nearest names otherwise."""
        return _named("event", name, self.events_by_name)

    def fact(self, name: str) -> Fact:
        """The fact of that name; `BadInput` with the nearest names otherwise."""
        return fact_named(self.facts_by_name, name)

    def state(self, name: str) -> State:
        """The state of that name; `BadInput` with the nearest names otherwise."""
        return _named("state", name, self.states_by_name)

    def transition(self, name: str) -> Transition:
        """The transition of that id; `BadInput` with the nearest ids otherwise."""
        return _named("transition", name, self.transitions_by_id)

    def advice_named(self, name: str) -> Advice:
        """The advice of that id; `BadInput` with the nearest ids otherwise."""
        return _named("advice", name, self.advice_by_id)

    def order(self, name: str) -> OrderRule:
        """The order of that id; `BadInput` with the nearest ids otherwise."""
        return _named("order", name, self.orders_by_id)

    def condition(self, name: str) -> Condition:
        """The condition of that name; `BadInput` with the nearest names otherwise."""
        return _named("condition", name, self.conditions_by_name)

    def note(self, name: str) -> ReviewNote:
        """The review note of that id; `BadInput` with the nearest ids otherwise."""
        return _named("note", name, self.notes_by_id)

    def fact_or_derived(self, name: str) -> Fact | Derived:
        """The fact or derived fact that a guard reads under that name. A product's name means its fact."""
        if isinstance(name, str) and name in self.facts_by_name:
            return self.facts_by_name[name]
        return _named("fact", name, {**self.derived_by_name, **self.facts_by_name})

    def title_of(self, name: str) -> str:
        """The title of a fact or derived fact."""
        found = self.fact_or_derived(name)
        return found.words if isinstance(found, Product) else found.title

    def unit_of(self, name: str) -> str:
        """The canonical unit of a numeric fact; "" where it has none."""
        found = self.fact_or_derived(name)
        return found.unit if isinstance(found, Quantity | Clock | Captured | AtMost) else ""

    def limited(self, name: str) -> str:
        """The fact whose reference limits hold for a fact: its own, or for a bound those of its part."""
        found = self.derived_by_name.get(name)
        return found.part if isinstance(found, AtMost) else name

    def group(self, name: str) -> tuple[str, ...]:
        """The states of a named group."""
        return dict(self.groups)[name]

    @cached_property
    def facts_by_name(self) -> dict[str, Fact]:
        """Facts by name."""
        return {fact.name: fact for fact in self.facts}

    @cached_property
    def derived_by_name(self) -> dict[str, Derived]:
        """Derived facts by name, without products: a product has the name of the fact that it computes."""
        return {derived.name: derived for derived in self.derived if not isinstance(derived, Product)}

    @cached_property
    def grades(self) -> dict[str, Grade]:
        """Grades by the fact that they grade."""
        return {grade.fact: grade for grade in self.derived if isinstance(grade, Grade)}

    @cached_property
    def conditions_by_name(self) -> dict[str, Condition]:
        """Named conditions by name."""
        return {condition.name: condition for condition in self.conditions}

    @cached_property
    def events_by_name(self) -> dict[str, EventType]:
        """Event types by name, in the order of the events table."""
        return {kind.name: kind for kind in self.events}

    @cached_property
    def states_by_name(self) -> dict[str, State]:
        """States by name."""
        return {state.name: state for state in self.states}

    @cached_property
    def transitions_by_id(self) -> dict[str, Transition]:
        """Transitions by id."""
        return {transition.id: transition for transition in self.transitions}

    @cached_property
    def advice_by_id(self) -> dict[str, Advice]:
        """Advice by id."""
        return {advice.id: advice for advice in self.advice}

    @cached_property
    def orders_by_id(self) -> dict[str, OrderRule]:
        """Orders by id."""
        return {order.id: order for order in self.orders}

    @cached_property
    def invariants_by_id(self) -> dict[str, Invariant]:
        """Invariants by id."""
        return {invariant.id: invariant for invariant in self.invariants}

    @cached_property
    def notes_by_id(self) -> dict[str, ReviewNote]:
        """Review notes by id."""
        return {note.id: note for note in self.notes}

    @cached_property
    def citations(self) -> dict[str, Statement | ReviewNote | Literature]:
        """Statements, review notes and literature by id."""
        found: dict[str, Statement | ReviewNote | Literature] = {}
        for citation in (*self.statements, *self.notes, *self.literature):
            assert isinstance(citation, Statement | ReviewNote | Literature)
            found[citation.id] = citation
        return found

    @cached_property
    def citation_kinds(self) -> tuple[CitationKind, ...]:
        """The kinds of citations in use: statements, review notes, literature; each with its letters."""
        kinds = (("statement", self.statements), ("review note", self.notes), ("literature", self.literature))
        return tuple(kind_of_citation(name, (entry.id for entry in entries)) for name, entries in kinds if entries)

    @cached_property
    def statements_by_id(self) -> dict[str, Statement]:
        """Statements by id."""
        return {statement.id: statement for statement in self.statements}


def _named(kind: str, name: str, known: Mapping[str, T]) -> T:
    if not isinstance(name, str):
        raise BadInput(f"unknown {kind} {one_line(repr(name))}; a name is wanted here")
    try:
        return known[name]
    except KeyError:
        raise BadInput(f"unknown {kind} '{name}'; {nearest(name, known)}") from None


def guards_of(pathway: Parts) -> Iterable[tuple[str, Guard]]:
    """Every guard of a pathway, led by the rule that it belongs to, such as "transition to_ward"."""
    yield "scope", pathway.scope
    for condition in pathway.conditions:
        yield f"condition {condition.name}", condition.guard
    for derived in pathway.derived:
        if (when := getattr(derived, "when", None)) is not None:
            yield f"derived {derived.name}", when
        if isinstance(derived, Latched) and derived.ends_when is not None:
            yield f"derived {derived.name}", derived.ends_when
    for kind in pathway.events:
        if kind.authority is not None:
            yield f"event {kind.name}", kind.authority.when
            yield f"event {kind.name}", kind.authority.on
            yield f"event {kind.name}", kind.authority.clears
    for transition in pathway.transitions:
        yield f"transition {transition.id}", transition.when
    for advice in pathway.advice:
        yield f"advice {advice.id}", advice.when
        if advice.until is not None:
            yield f"advice {advice.id}", advice.until
        if advice.lapses is not None:
            yield f"advice {advice.id}", advice.lapses
        if advice.offers is not None:
            yield f"advice {advice.id}", advice.offers
    for order in pathway.orders:
        yield f"order {order.id}", order.refused
        if order.permitted is not None:
            yield f"order {order.id}", order.permitted
        if order.act_when != ALWAYS:
            yield f"order {order.id}", order.act_when
        if order.asks is not None:
            yield f"order {order.id}", order.asks
        yield f"order {order.id}", order.matters
    for contradiction in pathway.contradictions:
        yield f"contradiction {contradiction.id}", contradiction.when
    for state in pathway.states:
        if state.waits is not None:
            yield f"state {state.name}", state.waits
    for invariant in pathway.invariants:
        for guard in _guards_of_invariant(invariant):
            yield f"invariant {invariant.id}", guard
    for note in pathway.notes:
        if note.when is not None:
            yield f"note {note.id}", note.when


def _guards_of_invariant(invariant: Invariant) -> tuple[Guard, ...]:
    match invariant:
        case Always():
            return (invariant.holds,)
        case OnEntering():
            return (invariant.requires,)
        case Lasting():
            return (invariant.what, invariant.unless)
        case OrderRefused():
            return (invariant.when,)
        case UrgentStays():
            return ()
        case _:
            assert_never(invariant)
