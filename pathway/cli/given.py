"""Facts given as `name=value`, made into the events that carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.door.amounts import is_bare
from pathway.model.errors import BadInput, nearest
from pathway.model.facts import Choice, Fact, Flag, Quantity, Raw, Text
from pathway.model.units import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pathway.model.events import Event, EventType
    from pathway.model.pathway import Pathway

YES, NO = ("true", "yes"), ("false", "no")


def givable(pathway: Pathway) -> dict[str, Fact]:
    """The facts that some event carries or records, by name."""
    carried = {name for kind in pathway.events for name in (*carried_by(kind), *kind.records)}
    return {fact.name: fact for fact in pathway.facts if fact.name in carried}


def carried_by(kind: EventType) -> tuple[str, ...]:
    """The facts that are fields of an event."""
    return tuple(field.fact for field in kind.fields)


def split_setting(text: str) -> tuple[str, str]:
    """`name=value` as its two halves."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise BadInput(f"set: '{text}' is not name=value; write for example --set splenomegaly=true")
    return name.strip(), value.strip()


def events_from(given: Sequence[tuple[str, str]], pathway: Pathway) -> list[Event]:
    """The events that record the given facts, in the order of the events table.

    An amount may be a bare number, which is in the canonical unit. Raises `BadInput` with every fault at once.
    """
    faults: list[str] = []
    known = givable(pathway)
    raw: dict[str, Raw] = {}
    for name, text in given:
        if name not in known:
            faults.append(_unknown(name, known, pathway))
        elif name in raw:
            faults.append(f"{name}: given twice")
        else:
            try:
                raw[name] = read_raw(known[name], text, pathway.door)
            except BadInput as fault:
                faults += fault.faults
    recorded = {name for kind in pathway.events for name in kind.records}
    for name in [name for name in raw if name in recorded and raw[name] is False]:
        faults.append(f"{name}: it is recorded when it has happened; where it has not, leave it out")
        del raw[name]
    events = []
    for kind, fields in allocate(raw, pathway):
        try:
            events.append(pathway.event(kind.name, **fields))
        except BadInput as fault:
            faults += fault.faults
    if faults:
        raise BadInput(*faults)
    return events


def read_raw(fact: Fact, text: str, door: int) -> Raw:
    """A value as an event takes it: a bare number gets the canonical unit, yes and no become a flag.

    With a `door` (see `Parts`) a bare number stays bare where the quantity says how far such a number is believed.
    """
    match fact:
        case Quantity():
            if fact.unit == "1" or (door and fact.bare_to is not None):
                return text
            if door:
                return f"{text} {fact.unit}" if is_bare(text) else text
            try:
                read_number(text)
            except BadInput:
                return text
            return f"{text} {fact.unit}"
        case Flag():
            if text.lower() not in YES + NO:
                raise BadInput(f"{fact.name}: '{text}' is neither true nor false; write true, false, yes or no")
            return text.lower() in YES
        case Choice():
            low = text.lower()
            return low if low in fact.options or low in dict(fact.spellings) else text
        case Text():
            return text


def allocate(raw: Mapping[str, Raw], pathway: Pathway) -> list[tuple[EventType, dict[str, Raw]]]:
    """Which event carries which fact.

    A fact that several events carry goes with an event that is recorded anyway, else with the first that records
    nothing by happening: a fever alone does not mean that the child was examined.
    """
    carriers = {name: [kind for kind in pathway.events if name in carried_by(kind)] for name in raw}
    recorders = {name: [kind for kind in pathway.events if name in kind.records] for name in raw}
    chosen = {kinds[0].name for kinds in recorders.values() if kinds}
    chosen |= {kinds[0].name for kinds in carriers.values() if len(kinds) == 1}
    fields: dict[str, dict[str, Raw]] = {name: {} for name in chosen}
    for name in (fact.name for fact in pathway.facts if fact.name in raw):
        kinds = carriers[name]
        if not kinds:
            continue
        taken = [kind for kind in kinds if kind.name in chosen]
        kind = (taken or [kind for kind in kinds if _claims_nothing(kind, raw)] or kinds)[0]
        chosen.add(kind.name)
        fields.setdefault(kind.name, {})[name] = raw[name]
    return [(kind, fields[kind.name]) for kind in pathway.events if kind.name in fields]


def _claims_nothing(kind: EventType, raw: Mapping[str, Raw]) -> bool:
    """Whether an event records nothing by happening, and every field that it requires is given."""
    return not kind.records and all(field.fact in raw for field in kind.fields if field.required)


def _unknown(name: str, known: Iterable[str], pathway: Pathway) -> str:
    if name in pathway.facts_by_name or name in pathway.derived_by_name:
        return f"{name}: it follows from other facts and cannot be given"
    return f"unknown fact '{name}'; {nearest(name, known)}"
