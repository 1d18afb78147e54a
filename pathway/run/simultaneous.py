"""Reports of one kind at one moment: what they say together, and where they say different things.

Fields that one report alone gives are merged. Where two values differ, latches see both; what stands is the one that
the fact prevails by (the lower or the higher), or nothing, and both are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.events import Event
from pathway.model.facts import Choice, Flag, Quantity, Text
from pathway.model.guards import ALWAYS, leaves
from pathway.model.rules import Contradiction
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
    """The reports as one event; a contradiction for each fact that differs; the places of those that stay unknown.

    What a latch remembers of each report alone is latched in the record.
    """
    pathway, index = record.compiled.pathway, record.compiled.layout.index
    events = [item.event for item in items if item.event is not None]
    values: dict[str, list[Value]] = {}
    for event in events:
        for name, value in event.given:
            told = values.setdefault(name, [])
            if value not in told:
                told.append(value)
    given, differing, unclear = [], [], []
    # All of them have authority, or none has: the items of one rank.
    authoritative = _read_by_authority(events[0].kind) if items[0].rank == plan.authoritative_rank else frozenset()
    for name, every in values.items():
        fact = pathway.facts_by_name[name]
        told = _saying_something(fact, every, authoritative)
        stands = _standing(fact, told)
        if stands is not None:
            given.append((name, stands))
        else:
            unclear.append(index[name])
        if len(told) > 1:
            differing.append(_contradiction(name, told, stands, pathway))
    if differing:
        for event in events:
            _let_latches_see(record, plan, event)
    held = tuple(field for event in events for field in event.held)
    merged = Event(events[0].kind, (), tuple(given), held)
    return merged, tuple(differing), tuple(unclear)


def _saying_something(fact: Fact, told: list[Value], authoritative: AbstractSet[str]) -> list[Value]:
    """The values that differ from one another, each for a reader: what is no difference is made one value.

    Words that say that nothing was found are left out where another says something; words of persons stand together;
    by whom a report has authority is no difference between two that have it.
    """
    match fact:
        case Choice() if fact.name in authoritative:
            return [min(told, key=lambda value: fact.options.index(str(value)))]
        case Choice():
            return [value for value in told if value not in fact.no_result] or told
        case Text():
            return ["; ".join(sorted(map(str, told)))]
        case Quantity() | Flag():
            return told
        case _:
            assert_never(fact)


def _read_by_authority(kind: EventType) -> frozenset[str]:
    """The facts by which a report has authority."""
    return frozenset() if kind.authority is None else frozenset(leaf.fact for leaf in leaves(kind.authority.when))


def _standing(fact: Fact, told: Sequence[Value]) -> Value | None:
    """The value that counts, of the different ones that were reported; None where none does."""
    if len(told) == 1:
        return told[0]
    match fact:
        case Quantity():
            return {"lower": min, "higher": max}[fact.prevails](told) if fact.prevails else None
        case Choice():
            # A word that yields to the other does not count beside it.
            left = [value for value in told if not any(fact.keeps(other, value) for other in told if other != value)]
            return left[0] if len(left) == 1 else None
        case Flag() | Text():
            return None
        case _:
            assert_never(fact)


def _contradiction(name: str, told: Sequence[Value], stands: Value | None, pathway: Pathway) -> Contradiction:
    said = " and ".join(sorted(amount(name, value, pathway) for value in told))
    none = "neither counts" if len(told) == 2 else "none of them counts"
    counts = none if stands is None else f"{amount(name, stands, pathway)} counts"
    words = f"{pathway.title_of(name)}: {said} were reported for one moment; {counts}."
    return Contradiction(f"reports_differ_{name}", words, ALWAYS, pathway.simultaneous_cites)


def _let_latches_see(record: Record, plan: EventPlan, event: Event) -> None:
    """Latch what one of the reports alone would latch."""
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
