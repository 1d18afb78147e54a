"""Reports of one kind at one moment: their values together, and the facts in which they differ.

Fields that only one report gives are merged. Where two values of a fact differ, latches see both, and both are shown.
The value by which the fact prevails (the lower or the higher) counts; without such a rule the fact is unknown.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from pathway.model.events import Event
from pathway.model.facts import Choice, Flag, Quantity, Text
from pathway.model.guards import ALWAYS, leaves
from pathway.model.rules import Contradiction
from pathway.model.values import Bound, least, most
from pathway.model.words import amount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from pathway.model.events import EventType
    from pathway.model.facts import Fact, Value
    from pathway.model.pathway import Pathway
    from pathway.run.event_plan import EventPlan
    from pathway.run.item import Item
    from pathway.run.record import Record


def together(
    record: Record, plan: EventPlan, items: Sequence[Item]
) -> tuple[Event, tuple[Contradiction, ...], tuple[int, ...]]:
    """The reports as one event; a contradiction for each fact that differs; the places of facts that become unknown.

    A latch that one report alone would set is set in the record.
    """
    pathway, index = record.compiled.pathway, record.compiled.layout.index
    events = [item.event for item in items if item.event is not None]
    values: dict[str, list[Value]] = {}
    for event in events:
        for name, value in event.given:
            reported = values.setdefault(name, [])
            if value not in reported:
                reported.append(value)
    given, differing, unclear = [], [], []
    # Items of one rank: all of them have authority, or none of them has.
    authoritative = _read_by_authority(events[0].kind) if items[0].rank == plan.authoritative_rank else frozenset()
    for name, reported in values.items():
        fact = pathway.facts_by_name[name]
        different = _different(fact, reported, authoritative)
        stands = _standing(fact, different)
        if stands is not None:
            given.append((name, stands))
        else:
            unclear.append(index[name])
        if len(different) > 1:
            differing.append(_contradiction(name, different, stands, pathway))
    if differing:
        for event in events:
            _let_latches_see(record, plan, event)
    held = tuple(field for event in events for field in event.held)
    merged = Event(events[0].kind, (), tuple(given), held)
    return merged, tuple(differing), tuple(unclear)


def _different(fact: Fact, reported: list[Value], authoritative: AbstractSet[str]) -> list[Value]:
    """The reported values that differ for a reader. Values that do not differ become one value.

    An option that brings no result is left out beside an option that brings a result. Texts are joined. The facts by
    which reports have authority (`authoritative`) do not differ between two reports that have it.
    """
    match fact:
        case Choice() if fact.name in authoritative:
            return [min(reported, key=lambda value: fact.options.index(str(value)))]
        case Choice():
            return [value for value in reported if value not in fact.no_result] or reported
        case Text():
            return ["; ".join(sorted(map(str, reported)))]
        case Quantity():
            return _without_looser_bounds(reported)
        case Flag():
            return reported
        case _:
            assert_never(fact)


def _without_looser_bounds(reported: list[Value]) -> list[Value]:
    """The amounts without bounds in which another amount lies: the two agree, and the other says more."""
    if not any(isinstance(value, Bound) for value in reported):
        return reported
    exact = [value for value in reported if isinstance(value, Decimal)]
    tightest = {
        op: choose(bound.limit for bound in reported if isinstance(bound, Bound) and bound.op == op)
        for op, choose in (("<", min), (">", max))
        if any(isinstance(bound, Bound) and bound.op == op for bound in reported)
    }
    return [
        value
        for value in reported
        if not isinstance(value, Bound)
        or (value.limit == tightest[value.op] and not any(value.holds(other) for other in exact))
    ]


def _read_by_authority(kind: EventType) -> frozenset[str]:
    """The facts by which a report has authority."""
    return frozenset() if kind.authority is None else frozenset(leaf.fact for leaf in leaves(kind.authority.when))


def _standing(fact: Fact, different: Sequence[Value]) -> Value | None:
    """The value that counts among different reported values; None where none of them counts."""
    if len(different) == 1:
        return different[0]
    match fact:
        case Quantity():
            if not fact.prevails:
                return None
            amounts = [value for value in different if isinstance(value, Decimal | Bound)]
            return min(amounts, key=most) if fact.prevails == "lower" else max(amounts, key=least)
        case Choice():
            # An option that yields to another does not count beside it.
            left = [
                value
                for value in different
                if not any(fact.keeps(other, value) for other in different if other != value)
            ]
            return left[0] if len(left) == 1 else None
        case Flag() | Text():
            return None
        case _:
            assert_never(fact)


def _contradiction(name: str, different: Sequence[Value], stands: Value | None, pathway: Pathway) -> Contradiction:
    said = " and ".join(sorted(amount(name, value, pathway) for value in different))
    none = "neither counts" if len(different) == 2 else "none of them counts"
    counts = none if stands is None else f"{amount(name, stands, pathway)} counts"
    words = f"{pathway.title_of(name)}: {said} were reported for one moment; {counts}."
    return Contradiction(f"reports_differ_{name}", words, ALWAYS, pathway.simultaneous_cites)


def _let_latches_see(record: Record, plan: EventPlan, event: Event) -> None:
    """Set the latches in the record that one of the reports alone would set."""
    alone = record.copy()
    alone.read(plan, event)
    alone.clear(plan)
    alone.merge(plan, event)
    record.compiled.latch(alone)
    values = record.episode.values
    for place, day in alone.met_on.items():
        if alone.episode.values[place] is True:
            if values[place] is not True:
                record.latched.append(place)
            values[place] = True
            record.met_on[place] = day
